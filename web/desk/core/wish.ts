import { computed, signal } from '@preact/signals';
import type { Filters, ListWish } from '../../../src/server/desk/list-protocol.ts';
import { get } from './call.ts';

/** What the lists are narrowed to and sorted by; the same for all of them, until it is taken back. */
export const wish = signal<ListWish>({});

/** What one may narrow to; undefined until fetched. */
export const filters = signal<Filters | undefined>(undefined);

/** The wish as the query of a call; what is not narrowed is left out. `language` is the screen's, so the contact's is `spoken`. */
export const wished = computed((): Record<string, string> => {
  const { language, ...others } = wish.value;
  const given = Object.entries({ ...others, spoken: language }).filter(([, value]) => value);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
});

/** How many of the filters are set, search and order aside. */
export const narrowed = computed(() => Object.keys(wished.value).filter((name) => name !== 'search' && name !== 'sort').length);

/** Changes some of the wish. */
export function want(change: ListWish): void {
  wish.value = { ...wish.peek(), ...change };
}

/** Takes search and filters back; the order stays. */
export function wantAll(): void {
  wish.value = { sort: wish.peek().sort };
}

/** Fetches what one may narrow to: tags come and go, so each time that the filters are opened. */
export async function fetchFilters(): Promise<void> {
  filters.value = (await get<Filters>('filters').catch(() => undefined)) ?? filters.peek();
}
