import { sql } from 'drizzle-orm';
import type { Department } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';
import { nextOpening } from './hours.ts';

/** Whether people answer now. `opening`: when the first department opens again, in its zone; undefined while one is open. */
export interface Duty {
  staffed: boolean;
  opening?: Date;
  zone: string;
}

/** Looks at the hours of all departments and at who is online. */
export async function dutyNow(db: Db, departments: Department[], now: Date): Promise<Duty> {
  const openings = departments.map(({ hours }) => ({ opening: nextOpening(hours, now), zone: hours?.zone ?? 'UTC' }));
  const open = openings.length === 0 || openings.some(({ opening }) => opening === undefined);
  const first = open ? undefined : openings.reduce((one, other) => ((other.opening ?? now) < (one.opening ?? now) ? other : one));
  const { rows } = await db.execute<{ staffed: boolean }>(
    sql`select exists (select from agent where presence = 'online' and disabled_at is null) as staffed`,
  );
  return { staffed: rows[0]?.staffed ?? false, opening: first?.opening, zone: first?.zone ?? 'UTC' };
}
