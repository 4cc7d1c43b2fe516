import { changeTicket, type Ticket } from '../ticket.ts';
import { lockToAct, type OnTicket, recordAct } from './act.ts';

/** Says in which language a contact is to be answered, also one that the bot does not speak: whoever hands the ticket on sees who speaks it. */
export function setLanguage({ language, ...on }: OnTicket & { language: string }): Promise<Ticket> {
  return on.db.transaction(async (tx) => {
    const before = await lockToAct(tx, on);
    if (before.language === language) return before;
    const after = await changeTicket(tx, before.id, { language });
    await recordAct(tx, after, 'language', { from: before.language, language }, on.who.id);
    return after;
  });
}
