import { eq } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { ticket } from '../store/schema.ts';
import { lockToAct, recordAct } from './act.ts';
import type { Agent } from './agent.ts';
import type { Ticket } from './ticket.ts';

/** Says in which language a contact is to be answered, also one that the bot does not speak: whoever hands the ticket on sees who speaks it. */
export function setLanguage(db: Db, who: Agent, ticketId: number, language: string): Promise<Ticket> {
  return db.transaction(async (tx) => {
    const before = await lockToAct(tx, who, ticketId);
    if (before.language === language) return before;
    const [after] = await tx.update(ticket).set({ language }).where(eq(ticket.id, ticketId)).returning();
    if (!after) throw new Error(`ticket ${ticketId} vanished under its lock`);
    await recordAct(tx, after, 'language', { from: before.language, language }, who.id);
    return after;
  });
}
