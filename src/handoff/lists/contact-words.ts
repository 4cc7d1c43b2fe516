import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '../../store/connection.ts';
import { message } from '../../store/schema.ts';

/** What a contact last wrote in a conversation in words of their own (no commands, no pressed choices), newest first; masked. */
export async function contactWords(db: Db, conversationId: number, most = 5): Promise<string[]> {
  const rows = await db
    .select({ text: message.text })
    .from(message)
    .where(
      and(
        eq(message.conversationId, conversationId),
        eq(message.author, 'contact'),
        sql`${message.body} ->> 'choice' is null and ${message.text} !~ '^\s*(/|$)'`,
      ),
    )
    .orderBy(desc(message.seq))
    .limit(most);
  return rows.map(({ text }) => text);
}
