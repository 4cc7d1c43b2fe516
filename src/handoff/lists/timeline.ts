import { and, asc, desc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm';
import type { RecordedEvent } from '../../conversation/event.ts';
import { type FileFacts, factsOf } from '../../files/of-conversation.ts';
import type { Db } from '../../store/connection.ts';
import { address, attachment, conversation, event, message, note } from '../../store/schema.ts';

/** A message with where it was said, and when its author changed or took it back since. */
export type TimelineMessage = typeof message.$inferSelect & { channel: string; editedAt?: Date; deletedAt?: Date };

/** Everything that was said with a contact and done about it, on all of their addresses, from a moment on. */
export interface Timeline {
  /** Oldest first within a conversation. */
  messages: TimelineMessage[];
  events: RecordedEvent[];
  notes: (typeof note.$inferSelect)[];
  /** The files that the messages name, as they are now. */
  files: Map<string, FileFacts>;
  /** There is more before. */
  earlier: boolean;
}

const shown = ['ticket', 'survey', 'ended'];

/** The newest `limit` messages of a contact over all conversations, with the events and notes among them. */
export async function readTimeline(db: Db, contactId: number, limit: number): Promise<Timeline> {
  const newest = await db
    .select({ message, channel: address.channel })
    .from(message)
    .innerJoin(conversation, eq(conversation.id, message.conversationId))
    .innerJoin(address, eq(address.id, message.addressId))
    .where(and(eq(conversation.contactId, contactId), or(isNull(message.delivery), sql`${message.delivery} <> 'withdrawn'`)))
    .orderBy(desc(message.id))
    .limit(limit + 1);
  const earlier = newest.length > limit;
  const rows = newest
    .slice(0, limit)
    .sort((one, other) => orderOf(one.message) - orderOf(other.message) || one.message.id - other.message.id);
  const from = earlier ? new Date(Math.min(...rows.map((row) => row.message.createdAt.getTime()))) : new Date(0);
  const theirs = db.select({ id: conversation.id }).from(conversation).where(eq(conversation.contactId, contactId));
  const [events, notes, files] = await Promise.all([
    db
      .select()
      .from(event)
      .where(and(inArray(event.conversationId, theirs), inArray(event.kind, [...shown, 'edited', 'deleted']), gte(event.at, from)))
      .orderBy(asc(event.id)),
    db
      .select()
      .from(note)
      .where(and(inArray(note.conversationId, theirs), gte(note.createdAt, from)))
      .orderBy(asc(note.id)),
    db
      .select()
      .from(attachment)
      .where(
        and(
          eq(attachment.contactId, contactId),
          inArray(
            attachment.messageId,
            rows.map((row) => row.message.id),
          ),
        ),
      ),
  ]);
  const last = (kind: string, id: number) =>
    events.findLast((each) => each.kind === kind && (each.data as { messageId?: number }).messageId === id)?.at;
  return {
    messages: rows.map((row) => ({
      ...row.message,
      channel: row.channel,
      editedAt: last('edited', row.message.id),
      deletedAt: last('deleted', row.message.id),
    })),
    events: events.filter(({ kind }) => shown.includes(kind)),
    notes,
    files: new Map(files.map((row) => [row.id, factsOf(row)])),
    earlier,
  };
}

// What has not started to go out has no number yet and stands at the end.
function orderOf({ seq }: { seq: number | null }): number {
  return seq ?? Number.MAX_SAFE_INTEGER;
}
