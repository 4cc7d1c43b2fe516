import { signal } from '@preact/signals';
import type { TicketLine } from '../../../src/server/desk/protocol.ts';
import { post } from './call.ts';

/** Up to where this page has told the server that its person has read, by ticket; what the server knows from other browsers comes with the lists. */
const told = signal<ReadonlyMap<number, number>>(new Map());

/** True while a ticket has a message of the contact that this person has not opened. */
export function isUnread({ id, heardSeq, unread }: TicketLine): boolean {
  return unread && (told.value.get(id) ?? -1) < heardSeq;
}

/** The person has the ticket's newest message before them. */
export function markSeen(line: TicketLine): void {
  if (!isUnread(line)) return;
  told.value = new Map(told.peek()).set(line.id, line.heardSeq);
  post(`tickets/${line.id}/seen`, { seq: line.heardSeq }).catch(() => {
    // Not known there: it is told again when it is next looked at.
    const without = new Map(told.peek());
    without.delete(line.id);
    told.value = without;
  });
}

/** Forgets what was read, for the next person. */
export function forgetSeen(): void {
  told.value = new Map();
}
