// What the desk in the browser and the server say to each other: JSON over /api/desk, live over Socket.IO (path /desk/socket, websocket only).
// Types only: web/ imports nothing else of src/.

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
  brand: string;
}

/** A line of a list. Times are ISO 8601. */
export interface TicketLine {
  id: number;
  number: string;
  state: TicketState;
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
  resolvedAt?: string;
  outcome?: string;
}

/** GET /api/desk/tickets?list=waiting|mine|all|resolved: in the line's order; `cursor`: live updates begin after it. */
export interface TicketList {
  tickets: TicketLine[];
  counts: { waiting: number; mine: number };
  cursor: string;
}

export interface DeskMessage {
  id: number;
  /** Null: has not started to go out. */
  seq: number | null;
  author: 'contact' | 'bot' | 'agent' | 'system';
  agent?: string;
  text: string;
  choices?: string[];
  delivery?: 'pending' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'withdrawn';
  failure?: string;
  /** Kinds of data that were masked in it. */
  masked?: string[];
  /** Of a bot message: why it was said. */
  why?: {
    act: string;
    topic?: string;
    reason?: string;
    confidence: number;
    candidates: { id: string; score: number }[];
    signals: string[];
  };
  at: string;
}

/** A system event in line with the messages: claimed, returned, resolved. */
export interface DeskEvent {
  seq: number;
  kind: string;
  data: Record<string, unknown>;
  agent?: string;
  at: string;
}

/** GET /api/desk/tickets/:id: the whole conversation. */
export interface TicketView {
  ticket: TicketLine;
  owner: Owner;
  messages: DeskMessage[];
  events: DeskEvent[];
  /** Number of the newest contact message: a reply carries it as `seenSeq`. */
  heardSeq: number;
  contact: { id: number; name?: string; language?: string; tier?: string; protected: boolean };
  survey?: { solved?: boolean; score?: number; comment?: string };
  cursor: string;
}

/** POST /api/desk/tickets/:id/reply. 409 `conversation.stale`: something new came; 409 `ticket.taken`: somebody else has it. */
export interface ReplyBody {
  /** Made by the client; the same for every try. */
  id: string;
  text: string;
  seenSeq: number;
}

/** What every refused call answers. */
export interface Refusal {
  code: string;
  message: string;
}

/** Live: after connecting (cookie; auth `{ after: cursor }`) everything since the cursor, then as it happens. A client refetches what it shows of the named tickets. */
export interface LiveUpdate {
  cursor: string;
  changes: { kind: string; conversationId: number; ticketId?: number; data: Record<string, unknown>; agentId?: number }[];
}

export interface DeskServerToClient {
  live(update: LiveUpdate): void;
  /** The contact of a ticket is writing: true for a few seconds, or until a message comes. */
  typing(where: { conversationId: number; ticketId: number }): void;
}

export interface DeskClientToServer {
  /** A sign of life, every 15 s. */
  beat(): void;
  /** This agent is writing to the contact of a ticket of theirs: said at most every few seconds. */
  typing(ticketId: number): void;
}

// Other calls: POST /api/desk/sign-in {email, password} · POST /api/desk/sign-out · POST /api/desk/sign-out-everywhere ·
// GET /api/desk/invitation?token= → {first, email?, name?} · POST /api/desk/invitation {token, password, name?, email?} (signs in) ·
// POST /api/desk/presence {presence} · POST /api/desk/tickets/next → TicketView | 204 · POST /api/desk/tickets/:id/claim → TicketView ·
// POST /api/desk/tickets/:id/resolve {outcome} · POST /api/desk/tickets/:id/return ·
// GET /api/desk/agents (supervisor) → Me-like list · POST /api/desk/agents {email, name, role, departments, languages} → {link}
