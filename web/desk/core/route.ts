import { signal } from '@preact/signals';

export const listNames = ['waiting', 'mine', 'all', 'snoozed', 'resolved'] as const;
export type ListName = (typeof listNames)[number];

/** Pages of supervisors, in the order of their tabs; their code is loaded when one is opened (web/desk/supervise). */
export const superPages = ['board', 'agents', 'canned', 'announce', 'notices', 'knowledge', 'audit', 'webhooks'] as const;
export type SuperPage = (typeof superPages)[number];

/** What is on the screen; it stands in the fragment, so that a reload and "back" keep it. `listen`: a conversation, read only. */
export type Route = { page: 'tickets'; list: ListName; ticket?: number } | { page: SuperPage } | { page: 'listen'; ticket: number };

/** Where we are. */
export const route = signal<Route>(read(location.hash));

addEventListener('hashchange', () => {
  route.value = read(location.hash);
});

/** The address of a place in the desk. */
export function hrefOf(to: Route): string {
  if (to.page === 'listen') return `#/listen/${to.ticket}`;
  if (to.page !== 'tickets') return `#/${to.page}`;
  return to.ticket === undefined ? `#/${to.list}` : `#/${to.list}/${to.ticket}`;
}

/** Goes somewhere. `replace`: without a step in the browser's history. */
export function go(to: Route, { replace = false } = {}): void {
  if (location.hash === hrefOf(to)) return;
  if (!replace) {
    location.hash = hrefOf(to);
    return;
  }
  history.replaceState(null, '', hrefOf(to));
  route.value = to;
}

/** Number of the ticket on the screen, if one is. */
export function openId(): number | undefined {
  const here = route.value;
  return here.page === 'tickets' || here.page === 'listen' ? here.ticket : undefined;
}

/** The list that is shown, also beside pages that have none. */
export function shownList(): ListName {
  return route.value.page === 'tickets' ? route.value.list : 'waiting';
}

function read(hash: string): Route {
  const [, place = '', id = ''] = /^#\/([a-z]+)(?:\/(\d+))?$/.exec(hash) ?? [];
  const supervised = superPages.find((name) => name === place);
  if (supervised) return { page: supervised };
  if (place === 'listen' && id) return { page: 'listen', ticket: Number(id) };
  const list = listNames.find((name) => name === place) ?? 'waiting';
  return { page: 'tickets', list, ticket: id ? Number(id) : undefined };
}
