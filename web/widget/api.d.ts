// What a host page can do with the widget: `window.Destek` once /widget.js has run. Copy this file for types.

/** Who the person is: a JWT signed with the server's WIDGET_SECRET (HS256; `sub`, optionally `name`, `email`, `tier`, `exp`), or a function that brings a fresh one. */
export type Identity = string | (() => string | undefined | Promise<string | undefined>);

/** What `on` tells, by name. */
export interface DestekEvents {
  /** The chat was opened or closed. */
  open: undefined;
  close: undefined;
  /** A reply that this browser had not shown before. */
  message: { id: number; author: 'bot' | 'agent' | 'system'; name?: string; text: string; at: number };
  /** Replies not read yet. */
  unread: number;
  /** Whose turn it is, the ticket's number and place in line, the agent's name. */
  state: { owner: 'bot' | 'queue' | 'agent'; language: string; ticket?: { number: string; position?: number }; agent?: string };
  /** The server refused the identity: the visitor is anonymous. */
  identity: { refused: true };
}

export interface DestekApi {
  /** Opens the chat; `help`: the search over the topics, `chat`: the conversation. Default: the conversation where there is one. */
  open(view?: 'help' | 'chat'): void;
  close(): void;
  /** Says who the person is. Their chat is theirs on every device; what an anonymous visitor wrote stays with the anonymous visitor. */
  identify(identity: Identity): void;
  /** Forgets everybody's chats on this browser and begins as an anonymous visitor. Call it when the person signs out. */
  logout(): void;
  /** Hears an event; returns how to stop. */
  on<Name extends keyof DestekEvents>(name: Name, heard: (detail: DestekEvents[Name]) => void): () => void;
}

declare global {
  interface Window {
    /**
     * The widget. Before the script has come, an array of functions that are called with it:
     * `(window.Destek ??= []).push((destek) => destek.identify(token))` works at any time.
     */
    Destek?: (DestekApi & { push(call: (destek: DestekApi) => void): void }) | ((destek: DestekApi) => void)[];
  }
}
