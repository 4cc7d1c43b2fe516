import { newId } from '../../widget/core/new-id.ts';
import { keep, recall } from './browser-store.ts';
import { me } from './me.ts';

/** A reply that is being written: `id` stays the same for every try to send it. */
export interface Draft {
  id: string;
  text: string;
  /** Files that are at the server already. */
  files?: { id: string; name: string }[];
  /** Topic whose answer was put in last. */
  topic?: string;
  /** Where it was sent and not confirmed yet: number of the contact's newest message that had been seen. */
  builtOn?: number;
}

/** The name under which this browser keeps somebody's draft at a ticket. */
export const draftOf = (ticketId: number) => `${me.peek()?.id}:draft:${ticketId}`;

/** The draft that was left at a ticket, or an empty one. */
export function readDraft(ticketId: number): Draft {
  return recall<Draft>(draftOf(ticketId)) ?? { id: newId(), text: '' };
}

/** Keeps a draft; an empty one is forgotten. */
export function keepDraft(ticketId: number, draft: Draft): void {
  keep(draftOf(ticketId), hasContent(draft) ? draft : undefined);
}

/** True where something unsent stands at a ticket. */
export function hasDraft(ticketId: number): boolean {
  return recall<Draft>(draftOf(ticketId)) !== undefined;
}

/** True where there is something to send. */
export function hasContent({ text, files }: Draft): boolean {
  return text.trim() !== '' || (files?.length ?? 0) > 0;
}
