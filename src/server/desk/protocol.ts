// What the desk in the browser and the server say to each other: JSON over /api/desk, live over Socket.IO (path /desk/socket, websocket only).
// Types only: web/ imports nothing else of src/.
import type { AroundTicket, DeskEvent, DeskMessage, DeskNote } from './talk-protocol.ts';

export type Role = 'agent' | 'supervisor';
export type Presence = 'online' | 'away' | 'offline';
export type Owner = 'bot' | 'queue' | 'agent';
export type TicketState = 'waiting' | 'assigned' | 'resolved';
export type Urgency = 'normal' | 'high' | 'top';
export type TicketOutcome = 'solved' | 'not-solved' | 'no-answer' | 'spam';

/** GET /api/desk/me: who is signed in, and what every change must carry in the header `x-csrf`. */
export interface Me {
  id: number;
  name: string;
  email: string;
  role: Role;
  departments: string[];
  languages: string[];
  presence: Presence;
  csrf: string;
  /** All departments, by the names in the asked language. */
  allDepartments: { id: string; name: string }[];
  /** Whether somebody outside of the desk is alerted by a ticket of top urgency; failing: somebody could not be reached lately. */
  onCall: 'named' | 'unset' | 'failing';
  brand: string;
}

/** A line of a list. Times are ISO 8601. */
export interface TicketLine {
  id: number;
  number: string;
  state: TicketState;
  level: 'operator' | 'supervisor' | 'investigation';
  department: string;
  reason: string;
  topic?: string;
  topicTitle?: string;
  language: string;
  urgency: Urgency;
  channel: string;
  contact: { id: number; name?: string };
  assignee?: { id: number; name: string };
  /** Start of the contact's last message. */
  preview: string;
  createdAt: string;
  firstAnswerDue: string;
  firstAnswerAt?: string;
  /** Until when whoever waits for a further answer should have it; undefined while nobody waits. */
  nextAnswerDue?: string;
  resolutionDue: string;
  resolvedAt?: string;
  snoozedUntil?: string;
  outcome?: string;
  tags: string[];
  /** Number of the contact's newest message, and when it came. */
  heardSeq: number;
  lastAt?: string;
  /** The contact wrote since this agent last looked. */
  unread: boolean;
}

/** GET /api/desk/tickets/:id?messages=100: the ticket and the newest that was said with its contact, on all of their addresses. */
export interface TicketView {
  ticket: TicketLine;
  conversationId: number;
  owner: Owner;
  messages: DeskMessage[];
  events: DeskEvent[];
  notes: DeskNote[];
  /** There is more before: ask for more messages. */
  earlier: boolean;
  /** Number of the newest thing that the contact did in the ticket's conversation (wrote, or changed what they wrote): a reply carries it as `seenSeq`. */
  heardSeq: number;
  /** `verified`: the host page vouches for who they are. */
  contact: {
    id: number;
    name?: string;
    language?: string;
    tier?: string;
    verified: boolean;
    protected: boolean;
    blockedAt?: string;
    /** What they said of themselves before a chat; `verified`: the host page signed it. */
    about?: { player?: string; email?: string; verified?: boolean };
  };
  around: AroundTicket;
  /** When the ticket's department opens next; absent while it is open. */
  opens?: string;
  survey?: { solved?: boolean; score?: number; comment?: string };
  cursor: string;
}

/** POST /api/desk/tickets/:id/reply. 409 `conversation.stale`: something new came; 409 `ticket.taken`: somebody else has it. */
export interface ReplyBody {
  /** Made by the client; the same for every try. */
  id: string;
  /** May be empty where there are files. */
  text: string;
  seenSeq: number;
  /** Ids of files that were put in for this ticket (POST /api/desk/files). */
  files?: string[];
  /** Topic whose answer was put in. */
  topic?: string;
}

/** What every refused call answers. */
export interface Refusal {
  code: string;
  message: string;
}

/** Something happened in a conversation. `ticketId`: its ticket, where it has one; without: another conversation of a contact who has one. */
export interface Change {
  kind: string;
  conversationId: number;
  contactId: number;
  ticketId?: number;
  data: Record<string, unknown>;
  agentId?: number;
}

/**
 * Live: after connecting (cookie; auth `{ after: cursor }`) everything since the cursor that concerns the agent, then as it happens. A client refetches what it
 * shows of the named tickets. `refetch`: too much was missed to be told one by one; the client fetches anew whatever it shows.
 */
export interface LiveUpdate {
  cursor: string;
  changes: Change[];
  refetch?: true;
}

/** Who has a ticket open in their desk, the asker too. `writing`: in the last seconds. */
export interface Beside {
  ticketId: number;
  agents: { id: number; name: string; writing: boolean }[];
}

export interface DeskServerToClient {
  live(update: LiveUpdate): void;
  /** The contact of a ticket is writing: true for a few seconds, or until a message comes. */
  typing(where: { conversationId: number; ticketId: number }): void;
  /** Who is at the ticket that this desk looks at: at once, and whenever it changes. */
  beside(who: Beside): void;
}

export interface DeskClientToServer {
  /** A sign of life, every 15 s. */
  beat(): void;
  /** This agent is writing to the contact of a ticket of theirs: said at most every few seconds. */
  typing(ticketId: number): void;
  /** This agent looks at a ticket (at none: left out), and writes there or not: when it changes, and again every 10 s. */
  look(at: { ticketId?: number; writing?: boolean }): void;
}

// Other calls: POST /api/desk/sign-in {email, password} · POST /api/desk/sign-out · POST /api/desk/sign-out-everywhere ·
// GET /api/desk/invitation?token= → {first, email?, name?} · POST /api/desk/invitation {token, password, name?, email?} (signs in) ·
// POST /api/desk/presence {presence} · POST /api/desk/tickets/next → TicketView | 204 · POST /api/desk/tickets/:id/claim → TicketView ·
// POST /api/desk/tickets/:id/resolve {outcome} · POST /api/desk/tickets/:id/return ·
// GET /api/desk/agents (supervisor) → Me-like list · POST /api/desk/agents {email, name, role, departments, languages} → {link}
