import type { ReadonlySignal } from '@preact/signals';
import type { ChatConfig, ChatMessage, ChatState, Links, Mailed } from '../../../src/bots/web/protocol.ts';
import type { Keep } from './keep.ts';
import type { Connection } from './link.ts';
import type { Queue, Waiting } from './queue.ts';

/** A message that the server has, and that its record has not brought back yet. */
export type Kept = Waiting & { kept: true };

/** One person's chat with one server: what the screen shows and what a person can do. */
export interface Chat {
  messages: ReadonlySignal<ChatMessage[]>;
  state: ReadonlySignal<ChatState | undefined>;
  config: ReadonlySignal<ChatConfig | undefined>;
  connection: ReadonlySignal<Connection>;
  /** Who types; an empty name: the assistant. */
  typing: ReadonlySignal<string | undefined>;
  /** What the server says in words: a limit, a refusal. */
  notice: ReadonlySignal<string | undefined>;
  kept: ReadonlySignal<Kept[]>;
  queue: Queue;
  /** True once the history is here, or there is none. */
  loaded: ReadonlySignal<boolean>;
  server: string;
  keep: Keep;
  send(text: string, more?: Pick<Waiting, 'choice' | 'attachments' | 'names'>): void;
  /** Who we are for an upload; rejects while there is no connection. */
  credentials(): Promise<{ visitor?: string; identity?: string }>;
  /** Address that the host page signed, veiled; undefined where it signed none. */
  email: ReadonlySignal<string | undefined>;
  /** The host page has signed who this is. */
  verified: ReadonlySignal<boolean>;
  /** One-time links to go on in another channel as the same person; rejects where nobody was signed for. */
  links(): Promise<Links['links']>;
  /** Has the transcript mailed; `null`: to the signed address. Rejects while there is no connection. */
  mail(to: string | null): Promise<Mailed>;
  retry(id: string): void;
  /** Fixes the language; known to the server from the first message on. */
  choose(code: string): void;
  noteTyping(): void;
  reconnect(): void;
  /** Asks the server for a word where the connection seems to stand, and connects anew where none comes. */
  check(): void;
  end(): Promise<void>;
  close(): void;
  readonly closed: boolean;
}

/** What a chat is opened with. */
export interface ChatParts {
  server: string;
  /** Language of the page, a hint. */
  language: string;
  keep: Keep;
  /** The identity at this moment; undefined: the anonymous visitor. */
  identity(): Promise<string | undefined>;
  /** Replies that are new on the screen of this browser. */
  replied(messages: ChatMessage[]): void;
  identityRefused(): void;
  /** Another tab has ended the chat or signed out. */
  ended(): void;
}
