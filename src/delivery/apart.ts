import { sql } from 'drizzle-orm';
import { createLanes } from '../lanes.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/connection.ts';
import { processName } from './deaths.ts';
import type { Turn } from './turn.ts';

const remedy = 'Its contact is handed over to people. What it says is in the desk: try it with destek ask.';

/**
 * Takes a doubted turn, one at a time in this process and written down before it begins: who dies over it names it. A turn that a process died over so is
 * given on as `killed`. Undefined where another process has it in hand, or the state moved.
 */
export type Apart = <T>(turn: Turn, take: (turn: Turn) => Promise<T>) => Promise<T | undefined>;

/** `holder`: this process, as `showLife` shows it. */
export function createApart({ db, holder, log }: { db: Db; holder: string; log: Log }): Apart {
  const lanes = createLanes();
  return (turn, take) =>
    lanes('', async () => {
      const { id, version } = turn.conversation;
      const begun = await begin(id, version);
      if (!begun) return undefined;
      if (begun.killed) log.error({ conversation: id, remedy }, 'a turn ended two processes, and is not read any more');
      try {
        return await take({ ...turn, killed: begun.killed });
      } catch (error) {
        // Who lives to tell is not dead: nobody needs to wait for this process.
        await db.execute(sql`update conversation set apart_by = null where id = ${id} and apart_by = ${holder}`).catch(() => undefined);
        throw error;
      }
    });

  // Who began before us: nobody, we ourselves (it broke off), one who ended in order (no name), one who lives (later), or one who died.
  async function begin(id: number, version: number): Promise<{ killed: boolean } | undefined> {
    const { rows } = await db.execute<{ killed: boolean }>(sql`
      with before as (
        select id, apart_by, (select until < clock_timestamp() from lease where name = ${processName('')} || apart_by) as died
        from conversation where id = ${id} and version = ${version} for no key update
      )
      update conversation set doubted = true, apart_by = case when before.apart_by <> ${holder} and before.died then before.apart_by else ${holder} end
      from before
      where conversation.id = before.id and (before.apart_by is null or before.apart_by = ${holder} or before.died is not false)
      returning coalesce(before.apart_by <> ${holder} and before.died, false) as killed`);
    return rows[0];
  }
}
