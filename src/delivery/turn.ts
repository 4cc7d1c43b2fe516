import type { Contact } from '../conversation/contact.ts';
import type { Conversation, Owner } from '../conversation/conversation.ts';
import type { FactData } from '../conversation/event-names.ts';
import type { InboundBody, Reply } from '../conversation/message.ts';
import type { Tx } from '../store/connection.ts';

/** A contact's message that waits for its turn. */
export interface Waiting {
  id: number;
  seq: number;
  text: string;
  body: InboundBody;
  findings: { kind: string }[];
  at: Date;
}

/** All that a decision is made from. */
export interface Turn {
  conversation: Conversation;
  contact: Contact;
  channel: string;
  /** The address's value, for the channel. */
  address: string;
  /** At least one, oldest first. */
  messages: Waiting[];
  now: Date;
  /** Two processes died over it: it is handed over unread. */
  killed?: boolean;
}

/** A reply to be sent. A `turn`-fenced one starts to go out only while the bot still has the turn. */
export interface Draft {
  reply: Reply;
  fence: 'turn' | 'none';
  why?: unknown;
}

/** What a turn ends with: all of it becomes true in one transaction, or nothing. */
export interface Outcome {
  /** Handled up to this number. */
  handledSeq: number;
  /** All that the turn says: one turn, one message. None where what changed asks nothing that was not answered. */
  reply?: Draft;
  state: unknown;
  language: string;
  owner?: Owner;
  /** For events and metrics: answer, suggest, handoff, … */
  decision: string;
  /** Codes for the event: topic, signal, reason. */
  data?: FactData;
  /** More that must become true with it (a ticket). */
  alongside?(tx: Tx): Promise<void>;
  /** After the commit (wake-ups of others). */
  after?(): Promise<void>;
}

/** Decides a turn. Changes nothing by itself: what it answers with becomes true afterwards, or is thrown away. */
export type OnTurn = (turn: Turn) => Promise<Outcome>;
