import { signal } from '@preact/signals';
import type { Change } from '../../../src/server/desk/protocol.ts';
import { say } from '../words.ts';
import { lists } from './lists.ts';
import { departmentName, me } from './me.ts';
import { openId } from './route.ts';

/** What screen readers are told beside what is on the screen. */
export const announced = signal('');

/** Tells of a ticket that begins to wait in one's departments, and of a message in another ticket of one's own than the open one, whose log reads itself out. */
export function announceNews(changes: Change[]): void {
  const who = me.peek();
  if (!who) return;
  const waits = changes.findLast(
    ({ kind, data, agentId }) =>
      kind === 'ticket' && data.state === 'waiting' && agentId !== who.id && who.departments.includes(String(data.department)),
  );
  const mine = new Map(lists.peek().mine?.map((line) => [line.id, line]));
  const wrote = changes.findLast(
    ({ kind, data, ticketId }) => kind === 'message' && data.author === 'contact' && ticketId !== openId() && mine.has(ticketId ?? 0),
  );
  const line = mine.get(wrote?.ticketId ?? 0);
  if (line) announced.value = say('told_message', { name: line.contact.name ?? line.number });
  else if (waits) announced.value = say('told_waiting', { department: departmentName(String(waits.data.department)) });
}
