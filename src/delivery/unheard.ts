import { sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';

/**
 * A reply of the bot's has failed: where nothing of what it said in the conversation has arrived or is on its way, nothing was said. What the dialogue
 * remembers goes, and who hears of it next hears first who answers.
 */
export async function forgetUnheard(db: Db, conversationId: number): Promise<void> {
  await db.execute(sql`
    update conversation set state = '{}', version = version + 1 where id = ${conversationId} and state <> '{}' and not exists (
      select from message where conversation_id = ${conversationId} and author in ('bot', 'system')
        and delivery in ('pending', 'sending', 'sent', 'uncertain'))`);
}
