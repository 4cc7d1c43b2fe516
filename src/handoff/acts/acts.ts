import { placeOf } from '../../conversation/place.ts';
import type { Queues } from '../../delivery/queues.ts';
import type { Vault } from '../../privacy/vault.ts';
import type { Db } from '../../store/connection.ts';
import type { Agent } from '../agents/agent.ts';
import type { DeadlinesOf } from '../deadlines/deadlines-of.ts';
import type { Line } from '../line/line.ts';
import type { Ticket } from '../ticket.ts';
import type { Moved } from './act.ts';
import { blockContact, unblockContact } from './block.ts';
import { type CallBackWish, callBackNumber, endCallBack, planCallBack, remindOfCalls } from './call-back.ts';
import { escalateTicket } from './escalate.ts';
import { setLanguage } from './language.ts';
import { linkTickets, unlinkTickets } from './links.ts';
import { mergeByHand } from './merge.ts';
import { addNote, type NewNote } from './note.ts';
import { liftProtection } from './protection.ts';
import { reopenTicket } from './reopen.ts';
import { retryReply } from './retry.ts';
import { snoozeTicket, wakeDue, wakeTicket } from './snooze.ts';
import { type Opening, startConversation } from './start.ts';
import { setTags } from './tags.ts';
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
  unlink(who: Agent, ticketId: number, otherId: number): Promise<unknown>;
  merge(who: Agent, ticketId: number, number: string): Promise<unknown>;
  block(who: Agent, ticketId: number): Promise<unknown>;
  unblock(who: Agent, ticketId: number): Promise<unknown>;
  lift(who: Agent, ticketId: number, note: NewNote): Promise<unknown>;
  callBack(who: Agent, ticketId: number, wish: CallBackWish): Promise<unknown>;
  callBackNumber(who: Agent, ticketId: number): Promise<string>;
  callBackDone(who: Agent, ticketId: number): Promise<unknown>;
  retry(who: Agent, ticketId: number, messageId: number): Promise<unknown>;
  /** Writes first to the contact of that ticket. The new ticket's id. */
  start(who: Agent, ticketId: number, opening: Opening): Promise<number>;
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

  const on = (who: Agent, ticketId: number) => ({ db, who, ticketId });

  return {
    note: (who, id, note) => addNote({ ...on(who, id), note }),
    transfer: async (who, id, to, note) => moved(await transferTicket({ ...on(who, id), to, note })),
    escalate: async (who, id, note) => moved(await escalateTicket({ ...on(who, id), note, deadlinesOf })),
    snooze: async (who, id, until) => changed(await snoozeTicket({ ...on(who, id), until })),
    wake: async (who, id) => changed(await wakeTicket(on(who, id))),
    reopen: async (who, id) => moved(await reopenTicket(on(who, id))),
    async toBot(who, id) {
      const given = await giveToBot(on(who, id));
      await moved(given);
      if (given.owed) await queues.wake('turns', String(given.after.conversationId));
    },
    urgency: async (who, id, urgency) => moved(await setUrgency({ ...on(who, id), urgency, deadlinesOf })),
    language: (who, id, language) => setLanguage({ ...on(who, id), language }),
    tags: (who, id, tags) => setTags({ ...on(who, id), tags }),
    link: (who, id, number) => linkTickets({ ...on(who, id), number }),
    unlink: (who, id, otherId) => unlinkTickets({ ...on(who, id), otherId }),
    merge: (who, id, number) => mergeByHand({ ...on(who, id), number, vault }),
    block: (who, id) => blockContact(on(who, id)),
    unblock: (who, id) => unblockContact(on(who, id)),
    lift: (who, id, note) => liftProtection({ ...on(who, id), note }),
    callBack: (who, id, wish) => planCallBack({ ...on(who, id), wish, vault }),
    callBackNumber: (who, id) => callBackNumber({ ...on(who, id), vault }),
    callBackDone: (who, id) => endCallBack(on(who, id)),
    async retry(who, id, messageId) {
      const again = await retryReply({ ...on(who, id), messageId });
      if (again) await queues.wake(`deliveries-${again.channel}`, String(again.conversationId));
    },
    async start(who, id, opening) {
      const { started, channel } = await startConversation({ ...on(who, id), opening, deadlinesOf });
      await Promise.all([queues.wake(`deliveries-${channel}`, String(started.conversationId)), changed(started)]);
      return started.id;
    },
    lookAtClock: async () => (await wakeDue(db)) + (await remindOfCalls(db)),
  };
}
