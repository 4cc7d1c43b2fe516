import { desc, eq, sql } from 'drizzle-orm';
import { recordFact } from '../conversation/event.ts';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db, Tx } from '../store/connection.ts';
import { notice } from '../store/schema.ts';

/** What the bot says before its answers on some topics while it holds ("deposits by card are slow"); `texts` by language. */
export type Notice = Omit<typeof notice.$inferSelect, 'texts'> & { texts: Record<string, string> };

/** A notice as somebody wants it. `endsAt` undefined: until somebody ends it. Whoever asks again with the same `clientId` gets the notice that there is. */
export type NewNotice = Pick<Notice, 'texts' | 'topics'> & { startsAt?: Date; endsAt?: Date; agentId?: number; clientId?: string };

/** Makes a notice; the bot says it within a second. Throws a Fault that says what is wrong with it. */
export async function createNotice(db: Db, wish: NewNotice): Promise<Notice> {
  const texts = Object.fromEntries(Object.entries(wish.texts).filter(([, text]) => /\S/.test(text)));
  if (Object.keys(texts).length === 0) throw new Fault('input.invalid', 'The notice has no text.', 'Write it in at least one language.');
  if (wish.topics.length === 0)
    throw new Fault('input.invalid', 'The notice is for no topic.', 'Choose the topics whose answers it belongs to.');
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(notice)
      .values({ ...wish, texts, startsAt: wish.startsAt ?? sql`clock_timestamp()` })
      .onConflictDoNothing({ target: notice.clientId })
      .returning();
    if (!made) return madeBefore(tx, wish.clientId);
    await recordFact(tx, { kind: 'notice', data: { noticeId: made.id, state: 'made', topics: made.topics }, agentId: wish.agentId });
    return made as Notice;
  });
}

async function madeBefore(tx: Tx, clientId = ''): Promise<Notice> {
  const [made] = await tx.select().from(notice).where(eq(notice.clientId, clientId));
  if (!made) throw new Error('notice was not made');
  return made as Notice;
}

/** Ends a notice now. */
export async function endNotice(db: Db, id: number, agentId?: number): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await tx
      .update(notice)
      .set({ endsAt: sql`least(${notice.endsAt}, clock_timestamp())` })
      .where(eq(notice.id, id))
      .returning({ id: notice.id });
    if (rows.length === 0) throw new Fault('not-found', `There is no notice ${id}.`, 'See them all with: destek notice list');
    await recordFact(tx, { kind: 'notice', data: { noticeId: id, state: 'ended' }, agentId });
  });
}

/** Notices, newest first, those that are over too. */
export async function listNotices(db: Db): Promise<Notice[]> {
  return (await db.select().from(notice).orderBy(desc(notice.id)).limit(100)) as Notice[];
}

/** The notices that hold now for a topic, oldest first. */
export type NoticesFor = (topic: string) => Promise<Notice[]>;

// A notice is said within a second of being made, and costs one small query a second however much is asked.
const freshMs = 1_000;

/** Reads what holds now from the record, at most once a second. While the record does not answer, what it said last holds. */
export function createNoticesFor(db: Db, log: Log): NoticesFor {
  let known: Promise<Notice[]> = Promise.resolve([]);
  let readAt = 0;
  const read = async (before: Promise<Notice[]>): Promise<Notice[]> => {
    try {
      const holds = sql`${notice.startsAt} <= clock_timestamp() and (${notice.endsAt} is null or ${notice.endsAt} > clock_timestamp())`;
      return (await db.select().from(notice).where(holds).orderBy(notice.id)) as Notice[];
    } catch (error) {
      log.warn({ err: (error as Error).message }, 'notices not read');
      return before;
    }
  };
  return async (topic) => {
    if (Date.now() - readAt >= freshMs) {
      readAt = Date.now();
      known = read(known);
    }
    return (await known).filter(({ topics }) => topics.includes(topic));
  };
}
