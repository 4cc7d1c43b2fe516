import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../store/connection.ts';
import { conversation, ticket } from '../../store/schema.ts';
import type { Ticket } from '../ticket.ts';

/** What a ticket has no more when it is resolved. */
export const nothingDue = {
  nextAnswerDue: null,
  nextBreachAt: null,
  rungDue: null,
  levelBy: null,
  tellDue: null,
  told: 0,
  onCallDue: null,
};

/** Somebody of ours has answered: the contact waits for nothing, and what the clock had set in motion rests. A rung that a person chose keeps its time. */
export async function markAnswered(tx: Tx, { id, conversationId }: Ticket): Promise<void> {
  await tx
    .update(ticket)
    .set({
      firstAnswerAt: sql`coalesce(${ticket.firstAnswerAt}, now())`,
      nextAnswerDue: null,
      nextBreachAt: null,
      rungDue: sql`case when ${ticket.levelBy} is null then ${ticket.rungDue} end`,
    })
    .where(eq(ticket.id, id));
  await tx
    .update(conversation)
    .set({ handledSeq: sql`${conversation.heardSeq}`, waitingSince: null })
    .where(eq(conversation.id, conversationId));
}
