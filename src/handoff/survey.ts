import { and, eq, isNull, sql } from 'drizzle-orm';
import { recordEvent } from '../conversation/event.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Db, Tx } from '../store/connection.ts';
import { survey, ticket } from '../store/schema.ts';

/** What a contact answered; each part once. */
export type SurveyAnswer = { solved: boolean } | { score: number } | { comment: string };

/** Marks up to this one reach supervisors at once. */
export const lowScore = 2;

/** Stores an answer of a resolution's survey; a part that was answered stays as it was. */
export async function answerSurvey(tx: Tx, ticketId: number, answer: SurveyAnswer): Promise<void> {
  const [part] = Object.keys(answer) as ('solved' | 'score' | 'comment')[];
  if (!part) return;
  const values = 'comment' in answer ? { comment: mask(answer.comment).text } : answer;
  const [row] = await tx
    .update(survey)
    .set({ ...values, answeredAt: sql`now()` })
    .where(and(eq(survey.ticketId, ticketId), isNull(survey[part])))
    .returning();
  const [of] = await tx
    .select({ conversationId: ticket.conversationId, number: ticket.number, department: ticket.department })
    .from(ticket)
    .where(eq(ticket.id, ticketId));
  if (!row || !of) return;
  const low = ('score' in answer && answer.score <= lowScore) || ('solved' in answer && !answer.solved);
  await recordEvent(tx, of.conversationId, {
    kind: 'survey',
    data: {
      ticketId,
      number: of.number,
      department: of.department,
      part,
      low,
      score: row.score ?? undefined,
      solved: row.solved ?? undefined,
    },
  });
}

/** A resolution's survey as its page shows it; undefined where none was asked. */
export async function readSurvey(
  db: Db,
  ticketId: number,
): Promise<{ number: string; language: string; solved?: boolean; score?: number } | undefined> {
  const [row] = await db
    .select({ number: ticket.number, language: ticket.language, survey })
    .from(survey)
    .innerJoin(ticket, eq(ticket.id, survey.ticketId))
    .where(eq(survey.ticketId, ticketId));
  if (!row) return undefined;
  const { solved, score } = row.survey;
  return { number: row.number, language: row.language, solved: solved ?? undefined, score: score ?? undefined };
}
