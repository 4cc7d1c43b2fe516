import type { Queues } from '../delivery/queues.ts';
import type { Vault } from '../privacy/vault.ts';
import type { Db } from '../store/connection.ts';
import type { Moved } from './act.ts';
import type { Agent } from './agent.ts';
import { blockContact, unblockContact } from './block.ts';
import { type CallBackWish, callBackNumber, endCallBack, planCallBack, remindOfCalls } from './call-back.ts';
import type { DeadlinesOf } from './deadlines-of.ts';
import { escalateTicket } from './escalate.ts';
import { setLanguage } from './language.ts';
import type { Line } from './line.ts';
import { linkTickets, unlinkTickets } from './links.ts';
import { mergeByHand } from './merge.ts';
import { addNote, type NewNote } from './note.ts';
import { placeOf } from './place.ts';
import { liftProtection } from './protection.ts';
import { reopenTicket } from './reopen.ts';
import { retryReply } from './retry.ts';
import { snoozeTicket, wakeDue, wakeTicket } from './snooze.ts';
import { type Opening, startConversation } from './start.ts';
import { setTags } from './tags.ts';
import type { Ticket } from './ticket.ts';
import { giveToBot } from './to-bot.ts';
import { type TransferTo, transferTicket } from './transfer.ts';
import { setUrgency } from './urgency.ts';

/** What people do with a ticket beside taking, answering and resolving it: each act is one transaction with its event, then the wake-ups of whom it concerns. */
export interface Acts {
  note(who: Agent, ticketId: number, note: NewNote): Promise<unknown>;
  transfer(who: Agent, ticketId: number, to: TransferTo, note?: NewNote): Promise<unknown>;
  escalate(who: Agent, ticketId: number, note?: NewNote): Promise<unknown>;
  snooze(who: Agent, ticketId: number, until: Date): Promise<unknown>;
  wake(who: Agent, ticketId: number): Promise<unknown>;
  reopen(who: Agent, ticketId: number): Promise<unknown>;
  toBot(who: Agent, ticketId: number): Promise<unknown>;
  urgency(who: Agent, ticketId: number, urgency: Ticket['urgency']): Promise<unknown>;
  language(who: Agent, ticketId: number, language: string): Promise<unknown>;
  tags(who: Agent, ticketId: number, tags: string[]): Promise<unknown>;
  link(who: Agent, ticketId: number, number: string): Promise<unknown>;
  unlink(who: Agent, ticketId: number, other: number): Promise<unknown>;
  merge(who: Agent, ticketId: number, number: string): Promise<unknown>;
  block(who: Agent, ticketId: number): Promise<unknown>;
  unblock(who: Agent, ticketId: number): Promise<unknown>;
  lift(who: Agent, ticketId: number, note: NewNote): Promise<unknown>;
  callBack(who: Agent, ticketId: number, wish: CallBackWish): Promise<unknown>;
  callBackNumber(who: Agent, ticketId: number): Promise<string>;
  callBackDone(who: Agent, ticketId: number): Promise<unknown>;
  retry(who: Agent, ticketId: number, messageId: number): Promise<unknown>;
  /** The new ticket's id. */
  start(who: Agent, opening: Opening): Promise<number>;
  /** Wakes what has slept long enough and reminds of calls that are due: a chore of the clock. */
  lookAtClock(): Promise<number>;
}

interface Parts {
  db: Db;
  queues: Queues;
  line: Line;
  vault: Vault;
  deadlinesOf: DeadlinesOf;
  /** The state on an address changed: a channel that shows it is told. */
  refresh(channel: string, address: string): Promise<void>;
}

/** The acts over the record, the line and the pipes. */
export function createActs({ db, queues, line, vault, deadlinesOf, refresh }: Parts): Acts {
  /** The line has a job for a ticket that waits, at its place, and none for another; the contact sees whose turn it is. */
  const moved = async ({ before, after }: Moved) => {
    const [was, is] = [before.state === 'waiting', after.state === 'waiting'];
    const sameJob = was && is && before.place === after.place && before.department === after.department;
    if (was && !sameJob) await line.leave(before);
    if (is && !sameJob) await line.join(after);
    const { channel, address } = await placeOf(db, after.conversationId);
    await Promise.all([refresh(channel, address), queues.wake('deadlines', String(after.conversationId))]);
  };
  const changed = (row: Ticket) => queues.wake('deadlines', String(row.conversationId));

  return {
    note: (who, id, note) => addNote(db, who, id, note),
    transfer: async (who, id, to, note) => moved(await transferTicket(db, who, id, to, note)),
    escalate: async (who, id, note) => moved(await escalateTicket(db, who, id, note, deadlinesOf)),
    snooze: async (who, id, until) => changed(await snoozeTicket(db, who, id, until)),
    wake: async (who, id) => changed(await wakeTicket(db, who, id)),
    reopen: async (who, id) => moved(await reopenTicket(db, who, id)),
    async toBot(who, id) {
      const given = await giveToBot(db, who, id);
      await moved(given);
      if (given.owed) await queues.wake('turns', String(given.after.conversationId));
    },
    urgency: async (who, id, urgency) => moved(await setUrgency(db, who, id, urgency, deadlinesOf)),
    language: (who, id, language) => setLanguage(db, who, id, language),
    tags: (who, id, tags) => setTags(db, who, id, tags),
    link: (who, id, number) => linkTickets(db, who, id, number),
    unlink: (who, id, other) => unlinkTickets(db, who, id, other),
    merge: (who, id, number) => mergeByHand(db, vault, who, id, number),
    block: (who, id) => blockContact(db, who, id),
    unblock: (who, id) => unblockContact(db, who, id),
    lift: (who, id, note) => liftProtection(db, who, id, note),
    callBack: (who, id, wish) => planCallBack(db, vault, who, id, wish),
    callBackNumber: (who, id) => callBackNumber(db, vault, who, id),
    callBackDone: (who, id) => endCallBack(db, who, id),
    async retry(who, id, messageId) {
      const again = await retryReply(db, who, id, messageId);
      if (again) await queues.wake(`deliveries-${again.channel}`, String(again.conversationId));
    },
    async start(who, opening) {
      const { started, channel } = await startConversation(db, who, opening, deadlinesOf);
      await Promise.all([queues.wake(`deliveries-${channel}`, String(started.conversationId)), changed(started)]);
      return started.id;
    },
    lookAtClock: async () => (await wakeDue(db)) + (await remindOfCalls(db)),
  };
}
