// What the lists of the desk and the server say to each other. Types only: web/ imports nothing else of src/.
import type { TicketLine } from './protocol.ts';

export type ListName = 'waiting' | 'mine' | 'all' | 'snoozed' | 'resolved';
export type Sort = 'line' | 'deadline' | 'priority';

/** What narrows and orders a list: the query of GET /api/desk/tickets beside `list`. */
export interface ListWish {
  sort?: Sort;
  search?: string;
  channel?: string;
  department?: string;
  language?: string;
  urgency?: 'normal' | 'high' | 'top';
  tag?: string;
}

/** A ticket of a list; `place`: its lines stand in the order of these numbers, compared one by one, smallest first. */
export interface ListedLine extends TicketLine {
  place: number[];
}

/**
 * GET /api/desk/tickets?list=…&only=1,2,3&after=9: what the agent sees. `only`: these tickets, where the list has them (those that changed; who is missing
 * has left it). `after`: the next page of resolved ones. `more`: the list is longer. `cursor`: live updates begin after it.
 */
export interface TicketList {
  tickets: ListedLine[];
  counts: Record<Exclude<ListName, 'resolved'>, number>;
  more: boolean;
  cursor: string;
}

/** GET /api/desk/filters: what lists may be narrowed to, beside departments (Me) and urgency. */
export interface Filters {
  channels: string[];
  languages: string[];
  tags: string[];
}

// POST /api/desk/tickets/:id/seen { seq }: the agent has the contact's message with that number before their eyes.
