import type { Server, Socket } from 'socket.io';
import type { AboutContact, Origin, Position } from '../../conversation/channel.ts';
import type { ClientToServer, ServerToClient } from './protocol.ts';

/** What is known of a tab while it is connected. */
export interface Visit {
  address: string;
  language: string;
  /** What is known of the person: verified by the host page, or said by themselves. */
  contact: NonNullable<Origin['contact']>;
  /** What goes onto the contact with the first message of this connection. */
  about?: AboutContact;
  /** Signed by the host page. */
  email?: string;
  /** Sends what is new since the tab's cursor; nothing where the tab has all up to `upTo`. Calls while one runs are one more run. */
  pump(upTo?: Position): Promise<void>;
}

/** The chat's Socket.IO server. */
export type ChatServer = Server<ClientToServer, ServerToClient, Record<string, never>, Visit>;
/** One tab of it. */
export type ChatSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, Visit>;
