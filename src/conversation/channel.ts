import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import type { Attachment, InboundMessage, Message, Reply } from './message.ts';
import type { Source } from './source.ts';

/** What a channel can do; delivery/fit turns a reply into what fits. */
export interface Capabilities {
  /** Longest text of one message, UTF-16 units. Default 4000. */
  maxLength: number;
  /** Most buttons on one message; 0: choices become a numbered list. Default 0. */
  choices: number;
  /** Shows the Markdown subset; false: plain text is sent. Default false. */
  markup: boolean;
  /** Files at once and their largest size in bytes; 0: none. `caption`: longest text beside them, UTF-16 units; default `maxLength`. Default none. */
  attachments: { count: number; maxBytes: number; caption?: number };
  /** What a repeated send does: `key`: no effect for the same id; `window`: none for some minutes; `none`: shown twice. Default `none`. */
  idempotent: 'key' | 'window' | 'none';
  /** Shows that somebody types. Default false. */
  typing: boolean;
  /** People expect an answer at once (chat), not within hours (e-mail). Default true. */
  live: boolean;
}

/** The documented defaults of Capabilities. */
export const plainCapabilities: Capabilities = {
  maxLength: 4000,
  choices: 0,
  markup: false,
  attachments: { count: 0, maxBytes: 0 },
  idempotent: 'none',
  typing: false,
  live: true,
};

/** Where something came from: the address and what the channel knows of the person behind it. */
export interface Origin {
  address: string;
  contact?: { name?: string; language?: string; subject?: string; tier?: string };
}

/** What a contact said of themselves; `verified`: what somebody signed who knows. */
export interface AboutContact {
  /** Their name or number at the brand. */
  player?: string;
  email?: string;
  verified?: boolean;
}

/** A fact that a channel tells the host. */
export type ChannelEvent =
  | (Origin & { event: 'message'; message: InboundMessage })
  | (Origin & { event: 'edited'; id: string; text: string })
  | (Origin & { event: 'deleted'; id: string })
  | (Origin & { event: 'typing' })
  | (Origin & { event: 'ended' })
  | (Origin & { event: 'about'; about: AboutContact })
  | (Origin & { event: 'unreachable'; code: string })
  | (Origin & { event: 'moved'; to: string });

/** A place in all conversations of an address, oldest first. */
export interface Position {
  conversation: number;
  seq: number;
}

/** Something changed on an address: `kind` of the event and its place. A hint to read, and may come twice. */
export interface Change {
  address: string;
  kind: string;
  position: Position;
}

/** Everything visible after a position, and the state of the newest conversation. */
export interface Reading {
  messages: Message[];
  position: Position;
  /** There is more after that position. */
  more?: boolean;
  state: { owner: 'bot' | 'queue' | 'agent'; language: string; ticket?: { number: string; position?: number }; agent?: string };
  /** Display names of the agents among the messages' authors. */
  agents: Record<number, string>;
}

/** What became of a received fact. `seq` and `text` (masked) as kept; `repeated`: it was known already. */
export interface Receipt {
  messageId?: number;
  seq?: number;
  text?: string;
  repeated: boolean;
}

/** The bytes of a file: at hand, or as they flow in. */
export type Bytes = Uint8Array | AsyncIterable<Uint8Array>;

/** A file as a channel has it, judged by nobody yet. */
export interface GivenFile {
  name: string;
  /** What the sender claims; the bytes decide. */
  type?: string;
  /** What the sender claims; a file that says that it is too large is not even fetched. */
  size?: number;
  /** The bytes, or how to get them: called only where they are wanted. Undefined where the channel cannot have them. */
  bytes: Bytes | undefined | (() => Promise<Bytes | undefined>);
}

/** A kept file with its bytes. */
export interface KeptFile {
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  bytes: Buffer;
}

/** What may be sent here, as the desk's settings say. */
export interface FileLimits {
  /** Bytes of one file. */
  maxBytes: number;
  /** Files of one message. */
  count: number;
  /** As in `<input accept>`. */
  accept: string;
  /** For people: `PDF, JPG, PNG`. */
  kinds: string;
}

/** Where a channel leaves files and gets them. */
export interface HostFiles {
  /**
   * Judges files, seals and stores those that are fit; in order, all of them listed. Never throws over a bad file: it comes back with `refused`.
   * Rejects with a Fault where nothing can be stored now, and with what `bytes` itself threw. The result belongs into the message's
   * `attachments`: only a message on the same address makes the files its own, and those that no message names are gone after a day.
   */
  keep(files: GivenFile[], origin: Pick<Origin, 'address'>): Promise<Attachment[]>;
  /**
   * Keeps what arrived just as it arrived (a whole mail), sealed and unjudged, for the record; its id belongs into the message's `original`.
   * Rejects with a Fault where nothing can be stored now.
   */
  keepOriginal(original: { name: string; bytes: Uint8Array }, origin: Pick<Origin, 'address'>): Promise<string>;
  /** What `keep` gave for these ids on that address, for a channel whose clients bring ids; ids of anything else, and of files that a message has, are left out. */
  find(ids: string[], origin: Pick<Origin, 'address'>): Promise<Attachment[]>;
  /** A kept file with its bytes; undefined where it is not there (any more) or in quarantine. */
  open(id: string): Promise<KeptFile | undefined>;
  /** Where a browser gets the file, as a path on this server with a signature; it works for a day and for this file only. */
  link(id: string): string;
  /** Why a file was refused, for people: a sentence without its end ("it is empty"), as in "We could not take a.pdf: …". */
  why(language: string, code: string): string;
  limits(): FileLimits;
}

/** What a channel keeps beside the record, for whoever erases a person from it. */
export interface Cursors {
  list<T>(prefix: string): Promise<Map<string, T>>;
  set(name: string, value: object): Promise<void>;
  /** How many there were: 1 or 0. */
  remove(name: string): Promise<number>;
}

/** What a channel keeps sealed, by name. */
export interface Secrets {
  get(name: string): Promise<string | undefined>;
  set(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** All that a channel may touch. */
export interface Host {
  /** Resolves when the fact is durable; only then may the channel acknowledge it. Rejects with a Fault when it is not. */
  receive(event: ChannelEvent): Promise<Receipt>;
  /** Durable position of the channel, by name. */
  cursor: {
    get<T>(name: string): Promise<T | undefined>;
    set(name: string, value: object | number | boolean): Promise<void>;
    /** All positions whose names begin with `prefix`, by name without it. */
    list<T>(prefix: string): Promise<Map<string, T>>;
  };
  /** What only this channel may read, such as a token that its network gave it: sealed in the record. */
  secrets: Secrets;
  /** Runs `work` while this process holds the name among all processes; `signal` aborts when it is lost. Resolves when `stop` aborts. */
  lease(name: string, stop: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** What stands on an address after a position, in order, and the state, for channels that show the record themselves. */
  read(address: string, after: Position | undefined): Promise<Reading>;
  /** Tells of every change on the channel's addresses, whichever process made it, within half a second. Resolves when `stop` aborts. */
  watch(stop: AbortSignal, changed: (change: Change) => void): Promise<void>;
  /** A word to this channel in every process, this one too, for what is not kept (somebody writes). It may be lost. */
  broadcast: { tell(value: object): void; hear(heard: (value: Record<string, unknown>) => void): () => void };
  files: HostFiles;
  /** Sends a plain text to an e-mail address, where a channel can (see Channel.mail); undefined where none can. Rejects where it did not go out. */
  mail(): ((to: string, said: { subject: string; text: string }) => Promise<void>) | undefined;
  /** One-time links by which a contact of a verified identity goes on in another channel. */
  links: {
    /** A link to every channel that people can be led to; they work for ten minutes. `origin` carries the verified subject. */
    make(origin: Origin): Promise<{ channel: string; label: string; url: string; expiresAt: number }[]>;
    /** The address becomes one of the contact's who made the link. `expired`: no such link, any more; `other`: the address is another verified person's. */
    use(token: string, origin: Origin): Promise<'linked' | 'expired' | 'other'>;
  };
  words(language: string, key: string, values?: Record<string, unknown>): string;
  log: Log;
  /** Unlocks this channel's own key, derived from SECRET_KEY for `use`. */
  key(use: string): Buffer;
}

/** What a send is told besides the reply: `id` is the same for every attempt of one reply part. */
export interface Sending {
  id: string;
  messageId: number;
  seq: number;
  attempt: number;
  author: 'bot' | 'agent' | 'system';
  at: Date;
}

/** A port that the outside speaks to. Adapters live one folder each in src/bots. */
export interface Channel {
  name: string;
  label: string;
  capabilities: Capabilities;
  /** What it looks at by itself; how each is it keeps among its positions (conversation/source). Left out: nothing that anybody is told of. */
  sources?: readonly Source[];
  /** Departments that its settings name, and which setting it is. Left out: none. */
  departments?: { setting: string; ids: string[] };
  start(host: Host): Promise<void>;
  /** Sends a reply that fits the capabilities. Throws RetryLater or Undeliverable; anything else is a bug. Returns what the channel calls the sent message. */
  send(address: string, reply: Reply, sending: Sending): Promise<{ externalId?: string }>;
  stop(): Promise<void>;
  /** Tries the network with the settings, for `destek doctor`: says that it works, or throws what is wrong and what to do. `secrets`: as the host's, where the record can be read. */
  check?(secrets?: Secrets): Promise<string>;
  /** The state on an address changed (owner, ticket), for channels that show it. */
  refresh?(address: string): Promise<void>;
  /**
   * Publishes a part of an announcement in a public place (the channel's own notation, such as `@brand`) or at an address, never in front of replies:
   * while those go out it throws RetryLater. Throws as send does. Left out: nothing can be announced here.
   */
  announce?(place: string, text: string, sending: Pick<Sending, 'id' | 'attempt' | 'at'>): Promise<{ externalId?: string }>;
  /**
   * Tells people who work here something that belongs to no conversation, at a place as the settings name it (a chat's number, a channel's id, a mail
   * address). Throws as send does. Left out: nobody can be told anything here.
   */
  tell?(place: string, said: { subject: string; text: string }, sending: Pick<Sending, 'id' | 'attempt' | 'at'>): Promise<void>;
  /** Shows the contact for a few seconds that somebody writes to them. A courtesy: never fails. */
  typing?(address: string): Promise<void>;
  /** A link that opens this channel and brings `token` (43 letters, digits, - and _) to it. Left out: people cannot be led here. */
  linkTo?(token: string): Promise<string>;
  /** True where others read along (a group): nothing personal may be asked or shown there. Left out: nowhere. */
  isPublic?(address: string): boolean;
  /** Sends a plain text to any e-mail address, in nobody's conversation. Throws as send does. Left out: this channel is no mail. */
  mail?(to: string, said: { subject: string; text: string }, sending: Pick<Sending, 'id' | 'attempt' | 'at'>): Promise<void>;
  /** HTTP routes of the channel (webhook, socket). */
  routes?(server: FastifyInstance): void | Promise<void>;
}

/** The channel cannot take it now: try again after so many milliseconds. `maybeSent`: it may have taken it, and nobody told (no answer came in time). */
export class RetryLater extends Error {
  readonly afterMs: number;
  readonly maybeSent: boolean;
  constructor(afterMs: number, reason = 'retry later', maybeSent = false) {
    super(reason);
    this.name = 'RetryLater';
    this.afterMs = afterMs;
    this.maybeSent = maybeSent;
  }
}

/** The reply can never reach that address; `code` says why (blocked, closed, too-large, …). */
export class Undeliverable extends Error {
  readonly code: string;
  constructor(code: string, message = code) {
    super(message);
    this.name = 'Undeliverable';
    this.code = code;
  }
}
