// What the chat in the browser and the server say to each other, over Socket.IO (websocket only, path /chat/socket).
// Types only: web/ imports nothing else of src/.

/** Position in what a visitor has seen, opaque to the client. It moves only over what is durable and in order. */
export type Cursor = string;

/** Sent when connecting. `visitor` is what the server gave before; without it a new visitor begins. */
export interface Handshake {
  visitor?: string;
  /** Signed by the host page with WIDGET_SECRET (JWT, HS256): who the person is. */
  identity?: string;
  /** Language of the page, a hint until the visitor writes. */
  language?: string;
  after?: Cursor;
  /** What the visitor filled in before the chat; sent only where ChatConfig asks for something. Unverified. */
  about?: About;
}

/** What a visitor may say of themselves before the chat. */
export interface About {
  name?: string;
  email?: string;
  /** Their name or number at the brand. */
  player?: string;
}

export interface ChatMessage {
  id: number;
  author: 'contact' | 'bot' | 'agent' | 'system';
  /** Display name of the agent. */
  name?: string;
  /** Contact: plain text, shown as text and nothing else. Others: the Markdown subset. */
  text: string;
  /** The client's own id of a contact message: it replaces the local copy (sensitive data in it is masked by now). */
  clientId?: string;
  choices?: { id: string; label: string }[];
  /** `url`: where the file is, on the server of the chat; `refused`: why it was not kept, in words. */
  attachments?: { name: string; type: string; size: number; url?: string; refused?: string }[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** The state beside the messages; always sent whole. */
export interface ChatState {
  owner: 'bot' | 'queue' | 'agent';
  language: string;
  ticket?: { number: string; position?: number };
  agent?: string;
}

/** Everything after the client's cursor, and the state. Applying it twice has no effect. */
export interface Update {
  /** Given once to a new visitor, to be kept and sent when connecting again. */
  visitor?: string;
  messages: ChatMessage[];
  cursor: Cursor;
  /** A long history comes in pages, oldest first: more of it follows at once. */
  more?: boolean;
  state: ChatState;
  /** Once after connecting with an identity: `refused` (forged, expired) means that this is an anonymous visitor. */
  identity?: 'verified' | 'refused';
  /** Once after connecting with an identity that has one: the e-mail address, veiled. */
  email?: string;
}

/** What a visitor sends; `id` is made by the client and is the same for every try. */
export interface Outgoing {
  id: string;
  text: string;
  /** Id of a pressed choice; `text` is then its label. */
  choice?: string;
  /** Ids that uploads gave; `text` may then be empty. */
  attachments?: string[];
}

/**
 * POST /chat/upload, multipart: fields `visitor` or `identity` and `language` (as in the handshake), then `file`. 200 with this; else `{ code, message }`,
 * the message in the visitor's language. An upload that no message names within a day is deleted.
 */
export interface Uploaded {
  id: string;
  name: string;
  type: string;
  size: number;
}

/** `ok`: the message is durable. Else what is wrong, in the visitor's language, and when to try again. */
export type Acknowledgement = { ok: true; text: string } | { ok: false; code: string; message: string; retryAfterMs?: number };

/** `to`: where the transcript goes; else what is wrong, in the visitor's language. */
export type Mailed = { ok: true; to: string } | { ok: false; code: string; message: string };

export interface ClientToServer {
  message(outgoing: Outgoing, acknowledge: (answer: Acknowledgement) => void): void;
  /** Asks for everything after a cursor. */
  resume(after: Cursor | null, acknowledge: (update: Update) => void): void;
  typing(): void;
  /** Mails what was said: to the address that the host page signed (`null`), or to one that the visitor typed and confirmed. */
  transcript(to: string | null, acknowledge: (answer: Mailed) => void): void;
  /** The visitor ends the chat: the conversation is closed, what they write next begins a new one. */
  end(acknowledge: () => void): void;
}

export interface ServerToClient {
  update(update: Update): void;
  typing(who: { name?: string }): void;
  /** The connection is refused or ended for good: why, in the visitor's language. */
  refused(fault: { code: string; message: string }): void;
}

/** GET /chat/config?language=tr: what the chat shows before anything is said. */
export interface ChatConfig {
  brand: string;
  languages: { code: string; name: string }[];
  language: string;
  privacyUrl?: string;
  /** Longest message, UTF-16 units. */
  maxLength: number;
  /** A text for an empty chat in the Markdown subset: that nobody is there now, for example. */
  notice?: string;
  /** What is asked before the chat (none of it must be filled in), and the text that starting it agrees to, in the Markdown subset. Default: nothing is asked. */
  before?: { ask: (keyof About)[]; consent?: string };
  /** A transcript can be mailed. */
  mail?: boolean;
  /** Whom the host page has signed for may go on in another channel (GET /chat/links). */
  elsewhere?: boolean;
  /** What may be attached; without it nothing. `accept` as in `<input accept>`. */
  upload?: { maxBytes: number; count: number; accept: string };
}

/** GET /chat/banner?language=tr: announcements that stand above the chat now, newest first. `text` in the Markdown subset. */
export interface Banners {
  banners: { id: number; text: string }[];
}

/** GET /chat/links with `authorization: Bearer <identity>`: one-time links to go on elsewhere as the same contact. `expiresAt`: milliseconds since the epoch. */
export interface Links {
  links: { channel: string; label: string; url: string; expiresAt: number }[];
}
