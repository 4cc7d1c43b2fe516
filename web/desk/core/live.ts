import { signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import type { Beside, Change, DeskClientToServer, DeskServerToClient } from '../../../src/server/desk/protocol.ts';
import { me } from './me.ts';

/** State of the live connection. `connecting`: for the first time. */
export const connection = signal<'connecting' | 'online' | 'lost'>('connecting');

/** What hears of changes. */
export interface Heard {
  changes(changes: Change[]): void;
  /** The connection is back, or too much was missed: whatever is shown may be old. */
  back(): void;
  beside(who: Beside): void;
  typing(ticketId: number): void;
}

const beatMs = 15_000;
let socket: Socket<DeskServerToClient, DeskClientToServer> | undefined;

/** Opens the live connection after a cursor; it resumes where it was. Returns what closes it. */
export function openLive(after: string | undefined, heard: Heard): () => void {
  let cursor = after;
  let known = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  const mine: Socket<DeskServerToClient, DeskClientToServer> = io({
    path: '/desk/socket',
    transports: ['websocket'],
    auth: (give) => give({ after: cursor }),
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
  });
  socket = mine;
  const beat = () => void mine.volatile.emit('beat');
  const timer = setInterval(beat, beatMs);
  // Browsers slow the timers of hidden pages to one a minute, longer than the server's grace; what comes over the wire still wakes us.
  mine.io.on('ping', beat);

  mine.on('connect', () => {
    beat();
    connection.value = 'online';
    if (known) heard.back();
    known = true;
  });
  mine.on('live', (update) => {
    cursor = update.cursor;
    if (update.refetch) heard.back();
    if (update.changes.length > 0) heard.changes(update.changes);
  });
  mine.on('beside', heard.beside);
  mine.on('typing', ({ ticketId }) => heard.typing(ticketId));
  mine.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    connection.value = 'lost';
    if (reason === 'io server disconnect') again = setTimeout(() => mine.connect(), 1_000);
  });
  mine.on('connect_error', ({ message }) => {
    if (message === 'sign-in.needed') me.value = null;
    else connection.value = 'lost';
  });

  // A socket does not notice for half a minute that the network has changed: begin anew.
  const renew = () => void mine.disconnect().connect();
  addEventListener('online', renew);
  return () => {
    clearInterval(timer);
    clearTimeout(again);
    removeEventListener('online', renew);
    mine.disconnect();
    if (socket === mine) socket = undefined;
    connection.value = 'connecting';
  };
}

/** Tells the other desks at which ticket this one is, and whether somebody writes there. Not kept for later: it would be old. */
export function tellLook(at: { ticketId?: number; writing?: boolean }): void {
  if (socket?.connected) socket.emit('look', at);
}

/** Shows the contact of a ticket that somebody writes to them. */
export function tellTyping(ticketId: number): void {
  if (socket?.connected) socket.volatile.emit('typing', ticketId);
}
