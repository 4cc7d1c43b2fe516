// What a conversation consists of on the wire, and what surrounds its ticket. Types only: web/ imports nothing else of src/.

/** A message, of the ticket's conversation or of another one of the same contact. */
export interface DeskMessage {
  id: number;
  conversationId: number;
  channel: string;
  /** Null: has not started to go out. */
  seq: number | null;
  author: 'contact' | 'bot' | 'agent' | 'system';
  agent?: string;
  text: string;
  /** Title of a mail. */
  subject?: string;
  /** Start of the message that this one answers. */
  quoted?: string;
  /** More arrived than is shown: GET /api/desk/tickets/:id/messages/:message/full. */
  full?: boolean;
  /** Id of all of it as it arrived, for supervisors: GET /api/desk/files/:id. */
  original?: string;
  choices?: string[];
  attachments?: DeskFile[];
  delivery?: 'pending' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'withdrawn';
  failure?: string;
  /** Kinds of data that were masked in it. */
  masked?: string[];
  /** What the channel noticed, as codes: `unauthenticated`, `dmarc=fail`, `related:1042-K`. */
  marks?: string[];
  /** Why nothing automatic answers it, a code: `auto-reply`, `blocked`. */
  silent?: string;
  editedAt?: string;
  deletedAt?: string;
  why?: Why;
  at: string;
}

/** Why the bot said something. */
export interface Why {
  act: string;
  topic?: string;
  topicTitle?: string;
  reason?: string;
  confidence: number;
  candidates: { id: string; title?: string; score: number }[];
  signals: string[];
}

/** A file of a message. Without `id` nobody can open it; `refused` says why. */
export interface DeskFile {
  id?: string;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  refused?: string;
  state?: 'arriving' | 'kept' | 'quarantined' | 'removed';
  scan?: 'clean' | 'infected' | 'not-scanned';
  /** An identity document: each view is recorded. */
  identity?: boolean;
  /** GET /api/desk/files/:id/preview has a picture. */
  preview?: boolean;
}

/** A system event in line with the messages: claimed, transferred, snoozed, resolved. */
export interface DeskEvent {
  id: number;
  conversationId: number;
  seq: number;
  kind: string;
  data: Record<string, unknown>;
  agent?: string;
  at: string;
}

/** What an agent wrote for agents. */
export interface DeskNote {
  id: number;
  ticketId: number;
  agent?: string;
  text: string;
  at: string;
}

/** Another ticket, in few words. */
export interface OtherTicket {
  id: number;
  number: string;
  state: 'waiting' | 'assigned' | 'resolved';
  department: string;
  reason: string;
  topicTitle?: string;
  outcome?: string;
  createdAt: string;
}

/** What surrounds a ticket. */
export interface AroundTicket {
  /** Where the contact can be written to. */
  places: { id: number; channel: string; unreachable?: string; lastAt?: string; here: boolean; open?: string }[];
  /** The contact's other tickets, newest first. */
  others: OtherTicket[];
  links: OtherTicket[];
  /** A call that the contact wishes for; the number itself only by GET /api/desk/tickets/:id/call-back, for the assignee. */
  callBack?: { ending: string; wishedAt: string; doneAt?: string };
}
