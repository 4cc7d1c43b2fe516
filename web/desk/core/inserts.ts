import { signal } from '@preact/signals';
import type { Insert, Preview } from '../../../src/server/desk/composer-protocol.ts';
import { get, post } from './call.ts';

/** Answers to the contact's last message, of one ticket and what was heard there. */
export const suggested = signal<{ ticketId: number; inserts: Insert[] } | undefined>(undefined);

let newest = 0;

/** Fetches what may answer the contact's last message. */
export async function fetchSuggestions(ticketId: number): Promise<void> {
  newest += 1;
  const turn = newest;
  const inserts = await get<Insert[]>(`tickets/${ticketId}/suggestions`).catch(() => []);
  // What was asked later is newer.
  if (turn === newest) suggested.value = { ticketId, inserts };
}

/** Canned replies and answers by what is typed. */
export function findInserts(ticketId: number, search: string): Promise<Insert[]> {
  return get<Insert[]>(`tickets/${ticketId}/inserts`, { search });
}

/** How a reply will look to the contact. */
export function fetchPreview(ticketId: number, text: string): Promise<Preview> {
  return post<Preview>(`tickets/${ticketId}/preview`, { text });
}
