// What the acts on a ticket say on the wire, beside taking, answering and resolving it. Types only: web/ imports nothing else of src/.
import type { Presence, TicketState } from './protocol.ts';

/** A note: of its own, or why something is done. `id` is made by the client, the same for every try. */
export interface NoteBody {
  id: string;
  text: string;
}

/** POST /api/desk/tickets/:id/transfer: into a department's line, or to one agent. */
export interface TransferBody {
  department?: string;
  agentId?: number;
  note?: NoteBody;
}

/** POST /api/desk/tickets/:id/start: writes first, on an address of this ticket's contact; answers with the new ticket's id. */
export interface StartBody {
  addressId: number;
  department: string;
  id: string;
  text: string;
}

/** GET /api/desk/tickets/:id/receivers: to whom the ticket may be handed; `unfit` says why somebody cannot get it. */
export interface Receiver {
  id: number;
  name: string;
  presence: Presence;
  open: number;
  capacity: number;
  languages: string[];
  /** They speak the ticket's language. */
  speaks: boolean;
  unfit?: string;
}

/** The answer to it. `closed`: departments that are closed now, and when each opens. */
export interface Receivers {
  agents: Receiver[];
  closed: Record<string, string>;
}

/** One of two contacts who may be one person. */
export interface MergeSide {
  id: number;
  name?: string;
  tier?: string;
  language?: string;
  verified: boolean;
  protected: boolean;
  blocked: boolean;
  channels: string[];
  since: string;
  tickets: { number: string; state: TicketState; topic?: string; reason: string; createdAt: string }[];
}

/** GET /api/desk/tickets/:id/merge?number=1042-K: this ticket's contact, who stays, and the other one, who would be merged into them. */
export interface MergeSides {
  into: MergeSide;
  from: MergeSide;
}

// POST /api/desk/tickets/:id/… note NoteBody · transfer TransferBody · escalate {note?} · snooze {until} · wake · reopen · to-bot · urgency {urgency} ·
// language {language} · tags {tags} · link {number} · unlink {ticketId} · merge {number} · block · unblock · lift {note} · call-back {number, wishedAt} ·
// call-back/done · start StartBody → {ticketId} · messages/:message/retry
// GET /api/desk/tickets/:id/call-back → {number} · /api/desk/tickets/:id/messages/:message/full → {text} · /api/desk/tags → {tags}
