import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Source, SourceState } from '../conversation/source.ts';
import type { Tx } from '../store/connection.ts';
import { outage } from '../store/schema.ts';

/** A time in which a source of a channel is of no use, as stored; `endedAt` null: it lasts. */
export type Outage = typeof outage.$inferSelect;

/** What is wrong with a source, and since when. */
export type Wrong = Pick<Outage, 'code' | 'since'>;

/** A server may refuse once, amid a restart, and a program that takes what is ours may be the one before us: it is an alarm when it goes on for so long. Milliseconds. */
const refusedMs = 60_000;
/** After a start, whoever looks at the source has so long to find out that it works by now. Milliseconds. */
const settleMs = 10_000;

/** Whether a source is out. `watchedSince`: what was not looked at before, because nobody ran, is nobody's fault. All times in milliseconds since 1970. */
export function judge(state: SourceState, { silentMs }: Source, now: number, watchedSince: number): Wrong | undefined {
  const { at = 0, fault } = state;
  const good = Math.max(at, watchedSince);
  const allowedMs = fault?.code === 'refused' || fault?.code === 'taken' ? refusedMs : silentMs;
  if (fault && now - fault.since >= allowedMs && now - watchedSince >= settleMs) return wrong(fault.code, fault.since);
  return now - good >= silentMs ? wrong(fault?.code ?? 'silent', fault?.since ?? good) : undefined;
}

/** Whether a source that was out works: a look at it has succeeded since. */
export function worksAgain({ at = 0, fault }: SourceState, { since }: Pick<Outage, 'since'>): boolean {
  return !fault && at > since.getTime();
}

/** Begins an outage; undefined where one is open already. */
export async function beginOutage(tx: Tx, channel: string, source: string, { code, since }: Wrong): Promise<Outage | undefined> {
  const [begun] = await tx.insert(outage).values({ channel, source, code, since }).onConflictDoNothing().returning();
  return begun;
}

/** Ends an outage; false where it has ended already. */
export async function endOutage(tx: Tx, id: number): Promise<boolean> {
  const ended = await tx
    .update(outage)
    .set({ endedAt: sql`clock_timestamp()` })
    .where(and(eq(outage.id, id), isNull(outage.endedAt)))
    .returning({ id: outage.id });
  return ended.length > 0;
}

function wrong(code: Wrong['code'], since: number): Wrong {
  return { code, since: new Date(since) };
}
