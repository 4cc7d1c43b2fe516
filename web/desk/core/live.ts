import { signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import type { DeskClientToServer, DeskServerToClient, LiveUpdate } from '../../../src/server/desk/protocol.ts';
import { me } from './me.ts';

/** State of the live connection. `connecting`: for the first time. */
export const connection = signal<'connecting' | 'online' | 'lost'>('connecting');

/** What hears of changes. */
export interface Heard {
  changes(changes: LiveUpdate['changes']): void;
  /** The connection is back: whatever is shown may be old. */
  back(): void;
}

const beatMs = 15_000;

/** Opens the live connection after a cursor; it resumes where it was. Returns what closes it. */
export function openLive(after: string | undefined, heard: Heard): () => void {
  let cursor = after;
  let known = false;
  const socket: Socket<DeskServerToClient, DeskClientToServer> = io({
    path: '/desk/socket',
    transports: ['websocket'],
    auth: (give) => give({ after: cursor }),
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
  });
  const beat = () => void socket.volatile.emit('beat');
  const timer = setInterval(beat, beatMs);
  // Browsers slow the timers of hidden pages to one a minute, longer than the server's grace; what comes over the wire still wakes us.
  socket.io.on('ping', beat);

  socket.on('connect', () => {
    beat();
    connection.value = 'online';
    if (known) heard.back();
    known = true;
  });
  socket.on('live', (update) => {
    cursor = update.cursor;
    if (update.changes.length > 0) heard.changes(update.changes);
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    connection.value = 'lost';
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1_000);
  });
  socket.on('connect_error', ({ message }) => {
    if (message === 'sign-in.needed') me.value = null;
    else connection.value = 'lost';
  });

  // A socket does not notice for half a minute that the network has changed: begin anew.
  const renew = () => void socket.disconnect().connect();
  addEventListener('online', renew);
  return () => {
    clearInterval(timer);
    removeEventListener('online', renew);
    socket.disconnect();
    connection.value = 'connecting';
  };
}
