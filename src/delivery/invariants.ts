import { sql } from 'drizzle-orm';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';

/** What must hold of the record at any time; each query lists the ids of conversations that break it. */
export const invariants: Record<string, ReturnType<typeof sql>> = {
  /** Every contact message older than 60 s is answered, handed over or silent with a reason. */
  'contact-waits': sql`select id from conversation where owner = 'bot' and closed_at is null and waiting_since < clock_timestamp() - interval '60 seconds'`,
  /** What waits is really there, and nothing waits unseen. */
  'waiting-mark': sql`select id from conversation where owner = 'bot' and closed_at is null and (waiting_since is null) <> (heard_seq <= handled_seq)`,
  /** Every reply goes out, fails with a reason or is withdrawn; none is left behind. */
  'reply-owed': sql`select conversation_id as id from message where delivery in ('pending', 'sending') and created_at < clock_timestamp() - interval '60 seconds'
    and coalesce(due_at, lease_until, created_at) < clock_timestamp() - interval '60 seconds'`,
};

/** Checks all invariants; sets the metrics and logs ids. Returns how many conversations break each. */
export async function checkInvariants(db: Db, log: Log, also: typeof invariants = {}): Promise<Record<string, number>> {
  const broken: Record<string, number> = {};
  for (const [name, query] of Object.entries({ ...invariants, ...also })) {
    const { rows } = await db.execute<{ id: number }>(query);
    broken[name] = rows.length;
    metrics.invariants.set({ invariant: name }, rows.length);
    if (rows.length > 0) log.error({ invariant: name, conversations: rows.slice(0, 20).map((row) => row.id) }, 'invariant broken');
  }
  return broken;
}
