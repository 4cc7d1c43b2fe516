import { batch, effect, signal } from '@preact/signals';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { language } from '../words.ts';
import { getSpoken } from './call.ts';
import { me } from './me.ts';
import { paced } from './paced.ts';
import { asRefused, type Refused } from './refused.ts';
import { openId } from './route.ts';

/** The conversation on the screen, as the server last gave it. */
export const opened = signal<TicketView | undefined>(undefined);
/** Why it could not be fetched. */
export const openProblem = signal<Refused | undefined>(undefined);

const pageful = 100;
const most = 3_000;
/** How many messages of the contact are asked for. */
let wanted = pageful;

/** Fetches what was said before, too. */
export async function fetchEarlier(): Promise<void> {
  wanted = Math.min(most, wanted + pageful * 2);
  await fetchOpened();
}

/** Fetches the shown conversation again, soon. */
export const refreshOpened = paced(() => fetchOpened(), 200);

/** Fetches the conversation whenever another one is opened. */
export function watchOpened(): () => void {
  return effect(() => {
    const id = openId();
    language.value;
    if (opened.peek()?.ticket.id !== id)
      batch(() => {
        wanted = pageful;
        opened.value = undefined;
        openProblem.value = undefined;
      });
    if (id !== undefined && me.value) void fetchOpened();
  });
}

let newest = 0;
/** Turn of the question whose answer is on the screen. */
let answered = 0;

/** Fetches the shown conversation now; answers with it, and what is on the screen by then is at least as new. */
export async function fetchOpened(): Promise<TicketView | undefined> {
  const id = openId();
  if (id === undefined) return undefined;
  newest += 1;
  const turn = newest;
  try {
    const view = await getSpoken<TicketView>(`tickets/${id}`, { messages: String(wanted) });
    // Also while a later question is under way: whoever waits for this answer goes on to act on what is shown.
    if (turn > answered && openId() === id)
      batch(() => {
        answered = turn;
        opened.value = view;
        openProblem.value = undefined;
      });
    return view;
  } catch (error) {
    if (turn === newest) openProblem.value = asRefused(error);
    return undefined;
  }
}
