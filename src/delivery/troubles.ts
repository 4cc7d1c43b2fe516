import { isNull, sql } from 'drizzle-orm';
import { daysLeft, endsSoon } from '../conversation/days-left.ts';
import type { SourceFault } from '../conversation/source.ts';
import type { Db } from '../store/connection.ts';
import { outage } from '../store/schema.ts';

/** Something that people must see to, of a source of a channel: it is out, for a fault or because nobody looks at it (`silent`), or the consent by which we are let in ends soon. */
export type Trouble = { channel: string; name: string } & ({ code: SourceFault | 'silent'; since: Date } | { code: 'ends'; days: number });

/** All of them, those that are out first. */
export async function readTroubles(db: Db, now = Date.now()): Promise<Trouble[]> {
  const [out, ending] = await Promise.all([
    db.select().from(outage).where(isNull(outage.endedAt)).orderBy(outage.since),
    db.execute<{ channel: string; name: string; ends: number }>(sql`
      select channel, substr(name, length('source:') + 1) as name, (value ->> 'endsAt')::float8 as ends from cursor
      where name like 'source:%' and jsonb_typeof(value -> 'endsAt') = 'number' order by 3, 2`),
  ]);
  return [
    ...out.map(({ channel, source, code, since }) => ({ channel, name: source, code, since })),
    ...ending.rows.flatMap(({ channel, name, ends }) => {
      const days = daysLeft(ends, now);
      // Who is not let in any more is not told that they soon will not be.
      const isOut = out.some((each) => each.channel === channel && each.source === name);
      return !isOut && endsSoon(days) ? [{ channel, name, code: 'ends' as const, days }] : [];
    }),
  ];
}
