import { batch, effect, signal } from '@preact/signals';
import type { TicketLine, TicketList } from '../../../src/server/desk/protocol.ts';
import { language } from '../words.ts';
import { getSpoken } from './call.ts';
import { me } from './me.ts';
import { paced } from './paced.ts';
import { asRefused, type Refused } from './refused.ts';
import { type ListName, shownList } from './route.ts';

/** The lists as the server last gave them, in its order. */
export const lists = signal<Partial<Record<ListName, TicketLine[]>>>({});
export const counts = signal({ waiting: 0, mine: 0 });
/** Why the shown list could not be fetched. */
export const listProblem = signal<Refused | undefined>(undefined);
/** From where live updates go on; set by the first list. */
export const firstCursor = signal<string | undefined>(undefined);

/** Fetches the shown list again, soon: at once, or up to a second after the last time. */
export const refreshList = paced(fetchShown, 1_000);

/** Fetches the shown list whenever another one, another language or another person is shown. */
export function watchList(): () => void {
  return effect(() => {
    shownList();
    language.value;
    if (me.value) void fetchShown();
  });
}

/** Forgets all lists, for the next person. */
export function clearLists(): void {
  lists.value = {};
  firstCursor.value = undefined;
}

async function fetchShown(): Promise<void> {
  const list = shownList();
  try {
    const { tickets, counts: counted, cursor } = await getSpoken<TicketList>('tickets', { list });
    batch(() => {
      lists.value = { ...lists.peek(), [list]: tickets };
      counts.value = counted;
      firstCursor.value ??= cursor;
      listProblem.value = undefined;
    });
  } catch (error) {
    listProblem.value = asRefused(error);
  }
}
