import { signal } from '@preact/signals';
import type { TicketLine } from '../../../src/server/desk/protocol.ts';
import { keep, recall } from './browser-store.ts';
import { me } from './me.ts';

const most = 600;
/** What this person last saw of each ticket, by its number in the record. */
const seen = signal<Record<string, string>>({});

const place = () => `${me.peek()?.id}:seen`;

/** Brings back what the signed-in person saw before. */
export function recallSeen(): void {
  seen.value = recall<Record<string, string>>(place()) ?? {};
}

/** True while a ticket has a message of the contact that this person has not opened. */
export function isUnread({ id, preview, state }: TicketLine): boolean {
  return state !== 'resolved' && seen.value[id] !== preview;
}

/** The person has the ticket's newest message before them. */
export function markSeen({ id, preview }: TicketLine): void {
  if (seen.peek()[id] === preview) return;
  const { [id]: _, ...others } = seen.peek();
  seen.value = Object.fromEntries([...Object.entries(others).slice(-most), [id, preview]]);
  keep(place(), seen.peek());
}
