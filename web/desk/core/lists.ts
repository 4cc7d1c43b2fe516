import { batch, effect, signal } from '@preact/signals';
import type { ListedLine, TicketList } from '../../../src/server/desk/list-protocol.ts';
import { language } from '../words.ts';
import { getSpoken } from './call.ts';
import { inPlace, mergePage } from './in-place.ts';
import { me } from './me.ts';
import { paced } from './paced.ts';
import { asRefused, type Refused } from './refused.ts';
import { type ListName, shownList } from './route.ts';
import { wished } from './wish.ts';

/** The lists as the server last gave them, in its order. */
export const lists = signal<Partial<Record<ListName, ListedLine[]>>>({});
/** Whether a list goes on beyond what we have of it. */
export const longer = signal<Partial<Record<ListName, boolean>>>({});
export const counts = signal({ waiting: 0, mine: 0, all: 0, snoozed: 0 });
/** Why the shown list could not be fetched. */
export const listProblem = signal<Refused | undefined>(undefined);
/** From where live updates go on; set by the first list. */
export const firstCursor = signal<string | undefined>(undefined);

// More than these at once are fetched as a whole.
const mostSingly = 100;
const changed = new Set<number>();
let asked = 0;

/** Fetches the shown list again, soon: at once, or up to a second after the last time. */
export const refreshList = paced(() => fetchShown(), 1_000);

const refreshChanged = paced(fetchChanged, 500);

/** These tickets have changed: fetches them, and no others, into the shown list. */
export function refreshTickets(ids: Iterable<number>): void {
  for (const id of ids) changed.add(id);
  if (changed.size > 0) refreshChanged();
}

/** Fetches the shown list whenever another one, another wish, another language or another person is shown. */
export function watchList(): () => void {
  let last = wished.peek();
  return effect(() => {
    shownList();
    language.value;
    if (wished.value !== last) lists.value = {};
    last = wished.value;
    if (me.value) void fetchShown();
  });
}

/** Fetches the next page of the resolved tickets. */
export const fetchMore = paced(async () => {
  const have = lists.peek().resolved;
  if (shownList() === 'resolved' && longer.peek().resolved && have?.length) await fetchShown(have.at(-1)?.id);
}, 300);

async function fetchShown(after?: number): Promise<void> {
  const list = shownList();
  // A further page has nothing of what stands already: it takes no answer's place.
  if (after === undefined) {
    asked += 1;
    changed.clear();
  }
  const turn = asked;
  try {
    const got = await getSpoken<TicketList>('tickets', { ...wished.peek(), list, ...(after && { after: String(after) }) });
    // What was asked later is newer.
    if (turn !== asked) return;
    const have = list === 'resolved' && (after !== undefined || got.more) ? lists.peek()[list] : undefined;
    batch(() => {
      keep(list, have ? mergePage(have, got.tickets, after !== undefined) : got.tickets, got);
      if (after !== undefined || !have || have.length <= got.tickets.length) longer.value = { ...longer.peek(), [list]: got.more };
    });
  } catch (error) {
    if (turn === asked) listProblem.value = asRefused(error);
  }
}

async function fetchChanged(): Promise<void> {
  // The whole list came meanwhile.
  if (changed.size === 0) return;
  const list = shownList();
  const have = lists.peek()[list];
  if (!have || changed.size > mostSingly) return fetchShown();
  const ids = [...changed];
  changed.clear();
  const turn = asked;
  try {
    const got = await getSpoken<TicketList>('tickets', { ...wished.peek(), list, only: ids.join(',') });
    // A whole list that was asked for meanwhile has them.
    if (turn !== asked || shownList() !== list) return;
    batch(() => keep(list, inPlace(lists.peek()[list] ?? [], got.tickets, ids), got));
  } catch (error) {
    if (turn !== asked) return;
    for (const id of ids) changed.add(id);
    listProblem.value = asRefused(error);
  }
}

function keep(list: ListName, tickets: ListedLine[], { counts: counted, cursor }: TicketList): void {
  lists.value = { ...lists.peek(), [list]: tickets };
  counts.value = counted;
  firstCursor.value ??= cursor;
  listProblem.value = undefined;
}
