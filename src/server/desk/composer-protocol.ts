// What the composer of the desk and the server say to each other. Types only: web/ imports nothing else of src/.

/** GET /api/desk/channels: what a reply on each channel may be. */
export interface ChannelFacts {
  name: string;
  /** Longest text of one message, UTF-16 units; longer ones go out in parts. */
  maxLength: number;
  /** Shows the Markdown subset. */
  markup: boolean;
  /** Most files of one reply and their largest size in bytes; count 0: none. `accept` as in an input's. */
  files: { count: number; maxBytes: number; accept: string };
}

/** POST /api/desk/tickets/:id/preview { text }: the messages that the contact would get, masked and cut as they go out; with `markup` as the Markdown subset, without as plain text. */
export interface Preview {
  markup: boolean;
  parts: string[];
}

/**
 * Something that can be put into a reply, in the ticket's language with its variables filled. GET /api/desk/tickets/:id/inserts?search=…: canned replies, then
 * answers of the knowledge base; GET /api/desk/tickets/:id/suggestions: answers to the contact's last message.
 */
export interface Insert {
  /** `canned`: id as text; `topic`: the topic's id. */
  id: string;
  kind: 'canned' | 'topic';
  title: string;
  text: string;
  /** Of a canned reply: what is typed after the slash. */
  shortcut?: string;
  /** Of a suggestion: how sure the search is that the contact asks this, 0..1. */
  confidence?: number;
}

/** GET /api/desk/canned, and what POST /api/desk/canned and /api/desk/canned/:id take (supervisors): a reply that is kept ready. */
export interface CannedReply {
  id: number;
  /** Letters, digits, hyphens; unique. */
  shortcut: string;
  title: string;
  /** By language; at least one. */
  texts: Record<string, string>;
  /** Empty: for all departments. */
  departments: string[];
  updatedAt: string;
}

// POST /api/desk/canned/:id/remove. Variables of canned replies: {{contactName}} {{agentName}} {{ticketNumber}} and those of desk.yaml.
