import { signal } from '@preact/signals';
import type { NoteBody } from '../../../src/server/desk/act-protocol.ts';
import { say } from '../words.ts';
import { post } from './call.ts';
import { explain } from './explain.ts';
import { refreshList } from './lists.ts';
import { fetchOpened } from './open-ticket.ts';
import { asRefused, type Refused } from './refused.ts';
import { tell } from './toast.ts';

/** Acts that ask for something first: each has a form of its own in a dialog. */
export type ActName =
  | 'note'
  | 'transfer'
  | 'escalate'
  | 'snooze'
  | 'to-bot'
  | 'urgency'
  | 'language'
  | 'tags'
  | 'link'
  | 'call-back'
  | 'start'
  | 'merge'
  | 'block'
  | 'lift';

/** The act whose form is open. */
export const acting = signal<ActName | undefined>(undefined);
/** Whether the dialog is open. */
export const actingOpen = signal(false);

/** Opens the form of an act. */
export function begin(act: ActName): void {
  acting.value = act;
  actingOpen.value = true;
}

/** A note as the server takes it; the same for every try of one form. */
export function noteOf(text: string, id: string): NoteBody | undefined {
  return text.trim() ? { id, text: text.trim() } : undefined;
}

/** Does something with a ticket and shows what became of it. Undefined where it was done, else why not. */
export async function perform(ticketId: number, path: string, body: object = {}, told = say('act_told')): Promise<Refused | undefined> {
  try {
    await post(`tickets/${ticketId}/${path}`, body);
    if (told) tell(told);
    return undefined;
  } catch (error) {
    return asRefused(error);
  } finally {
    refreshList();
    await fetchOpened();
  }
}

/** Does what needs no form; a refusal is told. */
export async function performNow(ticketId: number, path: string, body: object = {}, told = say('act_told')): Promise<void> {
  const refused = await perform(ticketId, path, body, told);
  if (refused) tell(explain(refused), { bad: true });
}
