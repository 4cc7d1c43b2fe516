/** What a contact sends, as the channel understood it. Texts are plain: inbound text is never markup. */
export interface InboundMessage {
  type: 'message';
  /** The channel's id, unique on the address: a repeat has no effect. */
  id: string;
  text: string;
  attachments?: Attachment[];
  /** Set where the contact pressed a choice: its id. `text` is then the label that they saw. */
  choice?: string;
  /** Milliseconds since the epoch as the channel tells; default: time of receipt. */
  at?: number;
  /** Why nothing automatic answers it (a program wrote it, …): it is kept and shown, and no turn is taken. */
  silent?: string;
  /** Title of what they wrote, where the channel has titles. */
  subject?: string;
  /** All of it as it arrived, where `text` is only what they wrote themselves. */
  full?: string;
  /** Id of all of it as it arrived, byte for byte, among the kept files. */
  original?: string;
  /** What the channel noticed, as codes for the desk: `dmarc=pass`, `related:1042-K`. */
  marks?: string[];
  /** Department of the place that they wrote to, where it has one. */
  department?: string;
  /** Start of the message that this one answers, where the channel says so. */
  quoted?: string;
}

/** A file whose bytes are kept (host.files), or one that was refused, with the reason. */
export interface Attachment {
  name: string;
  /** Read from the bytes; what the sender claimed where it was refused. */
  type: string;
  /** Bytes. */
  size: number;
  /** Its id among the kept files. */
  file?: string;
  /** Why nobody can open it, a code with a sentence in locales/<language>/files.json. Set with `file` only while it is in quarantine. */
  refused?: string;
  /** What the virus scanner said at receipt. */
  scanned?: 'clean' | 'infected' | 'not-scanned';
  /** Part of how the message looks (a logo in a mail), not something that was sent. */
  inline?: boolean;
}

/** One button: `id` comes back when it is pressed, `label` is what people read. */
export interface Choice {
  id: string;
  label: string;
  /** A page where the same can be said, for channels without buttons that show links. */
  url?: string;
}

/** What goes out. `text` is in the Markdown subset (conversation/markup); a channel shows it as well as it can. */
export type Reply =
  | { type: 'text'; text: string }
  | { type: 'choices'; text: string; choices: Choice[] }
  | { type: 'attachment'; text: string; attachments: Attachment[] };

/** Who said it; `system`: words of ours that are no answer. */
export type Author = 'contact' | 'bot' | 'agent' | 'system';

/** `uncertain`: the channel may have shown it before a crash, and could not be asked. `withdrawn`: the fence refused it. */
export type Delivery = 'pending' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'withdrawn';

/** A message as kept and shown. */
export interface Message {
  id: number;
  conversationId: number;
  /** Place in the conversation; null for a reply that has not started to go out. */
  seq: number | null;
  author: Author;
  agentId: number | null;
  externalId: string | null;
  text: string;
  body: InboundBody | Reply;
  delivery: Delivery | null;
  createdAt: Date;
}

/** What is kept of an inbound message beside its text. */
export interface InboundBody {
  type: 'message';
  choice?: string;
  attachments?: Attachment[];
  silent?: string;
  subject?: string;
  original?: string;
  full?: string;
  marks?: string[];
  department?: string;
  quoted?: string;
  /** The contact took it back: words, what was sealed of them and files are gone. */
  deleted?: true;
  /** Its place when it had its turn, where the contact gave it other words since. */
  earlierSeq?: number;
}

/** Longest inbound text that is kept whole, in UTF-16 units: an e-mail fits, a pasted book does not. */
export const maxInboundLength = 20_000;

/** Longest message that a chat in the browser takes, UTF-16 units. */
export const maxChatLength = 5_000;
