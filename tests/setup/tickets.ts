import type { Refusal } from '../../src/server/desk/protocol.ts';
import type { TestApp } from './app.ts';
import type { DeskAgent } from './desk.ts';
import { until } from './until.ts';
import { type Visitor, visit } from './visitor.ts';

/** A visitor with an open ticket. */
export interface WithTicket {
  visitor: Visitor;
  id: number;
  number: string;
}

/** A visitor who waits for a person, and their ticket as a supervisor finds it. */
export async function waitingTicket(app: TestApp, supervisor: DeskAgent, question = '/human'): Promise<WithTicket> {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send(question);
  const number = await until(() => visitor.state()?.ticket?.number);
  const id = await until(async () => (await supervisor.list('all')).tickets.find((ticket) => ticket.number === number)?.id);
  // The number is part of the state before what is said of it has come.
  await until(() => visitor.messages.some(({ author, text }) => author !== 'contact' && text.includes(number)));
  return { visitor, id, number };
}

/** Does something with a ticket over the API; what became of it is in the status. */
export function act(who: DeskAgent, id: number, name: string, body: object = {}) {
  return who.call<Refusal & { ticketId: number }>('POST', `/api/desk/tickets/${id}/${name}`, body);
}
