import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type {
  Acknowledgement,
  ChatMessage,
  ChatState,
  ClientToServer,
  Handshake,
  ServerToClient,
  Update,
} from '../../src/bots/web/protocol.ts';
import { until } from './until.ts';

/** A visitor of the web chat that speaks the real protocol and keeps what a browser keeps. */
export interface Visitor {
  messages: ChatMessage[];
  state(): ChatState | undefined;
  token(): string | undefined;
  /** The first thing that the server said. */
  first(): Update | undefined;
  socket: Socket<ServerToClient, ClientToServer>;
  send(text: string, more?: { id?: string; choice?: string }): Promise<Acknowledgement>;
  /** Presses the choice with that id (without its turn) on the newest message that has it. */
  press(id: string): Promise<Acknowledgement>;
  /** The n-th message that is not the contact's own, when it comes. */
  said(n: number): Promise<ChatMessage>;
  close(): void;
}

/** Connects a visitor; `from` continues another one (a second tab, a reload). */
export async function visit(url: string, handshake: Handshake = {}): Promise<Visitor> {
  const messages: ChatMessage[] = [];
  let token = handshake.visitor;
  let cursor = handshake.after;
  let state: ChatState | undefined;
  let first: Update | undefined;
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    path: '/chat/socket',
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 300,
    auth: (give) => give({ ...handshake, visitor: token, after: cursor }),
  });
  socket.on('update', (update: Update) => {
    token = update.visitor ?? token;
    cursor = update.cursor;
    first ??= update;
    state = update.state;
    messages.push(...update.messages);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  await until(() => state);
  const send: Visitor['send'] = (text, { id = randomUUID(), choice } = {}) =>
    socket.timeout(10_000).emitWithAck('message', { id, text, choice });
  return {
    messages,
    state: () => state,
    token: () => token,
    first: () => first,
    socket,
    send,
    async press(id) {
      const choice = messages.flatMap((message) => message.choices ?? []).findLast((each) => each.id.split('~')[0] === id);
      if (!choice) throw new Error(`nobody offered ${id}`);
      return send(choice.label, { choice: choice.id });
    },
    said: (n) => until(() => messages.filter(({ author }) => author !== 'contact')[n]),
    close: () => socket.close(),
  };
}
