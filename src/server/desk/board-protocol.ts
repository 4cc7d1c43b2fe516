import type { Presence, Role } from './protocol.ts';

// The live board of supervisors. Types only. Times are ISO 8601.

/** GET /api/desk/board?since=: how the desk stands now; `since`: from when missed deadlines count (today, for whoever looks). */
export interface Board {
  at: string;
  departments: BoardDepartment[];
  agents: BoardAgent[];
  /** Messages of contacts in spans of five minutes, oldest first. */
  inbound: { at: string; count: number }[];
  health: BoardHealth;
}

export interface BoardDepartment {
  id: string;
  waiting: number;
  open: number;
  /** Whose answer is overdue now. */
  late: number;
  /** Deadlines missed since. */
  breaches: number;
  longest?: { ticketId: number; number: string; since: string };
  /** When it opens next; absent while it is open. */
  opens?: string;
}

export interface BoardAgent {
  id: number;
  name: string;
  role: Role;
  presence: Presence;
  departments: string[];
  open: number;
  capacity: number;
}

export interface BoardHealth {
  /** The last check of every minute; absent before the first. */
  checkedAt?: string;
  /** Conversations that break an invariant, by its name. */
  invariants: { name: string; count: number }[];
  /** Looks that failed for good, by queue. */
  stuck: { name: string; count: number }[];
  /** Replies of the last 24 hours. */
  undelivered: { failed: number; uncertain: number };
  /** What could not be read and lies aside, by channel and source. */
  aside: { channel: string; name: string; count: number }[];
  /** Connections that one process holds for a channel. `at`: last read. */
  readers: { channel: string; name: string; held: boolean; at?: string }[];
  troubles: BoardTrouble[];
}

/** What a channel reads from or sends by is out (all codes but one: since when), or the consent to it `ends` in so many days. */
export interface BoardTrouble {
  channel: string;
  name: string;
  code: 'refused' | 'taken' | 'away' | 'unreached' | 'silent' | 'ends';
  since?: string;
  days?: number;
}

// GET /api/desk/troubles: BoardTrouble[], for the banner above every page of a supervisor's.

// POST /api/desk/tickets/:id/listen: notes that a supervisor reads a conversation that is not theirs.
