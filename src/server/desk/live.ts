import type { Server as HttpServer } from 'node:http';
import { parse } from 'node:querystring';
import { Server, type Socket } from 'socket.io';
import { type EventCursor, formatCursor, latestCursor, parseCursor, readEvents } from '../../conversation/event.ts';
import type { Agent } from '../../handoff/agent.ts';
import { findTicket } from '../../handoff/lists.ts';
import { beat } from '../../handoff/presence.ts';
import { readSignIn } from '../../handoff/sign-in.ts';
import { writtenTo } from '../../handoff/typing.ts';
import type { Log } from '../../log.ts';
import type { Broadcast } from '../../store/broadcast.ts';
import type { Db } from '../../store/connection.ts';
import { concerns, type Heard, hearEvents } from './audience.ts';
import { tokenOf } from './auth.ts';
import { createLookers } from './beside.ts';
import type { DeskClientToServer, DeskServerToClient } from './protocol.ts';

// One reader a process for all desks; 300 ms is at once for people, and nothing while no desk is open.
const pollMs = 300;
// A desk that missed more than this fetches what it shows anew.
const mostAtOnce = 2_000;

/** What the live connection needs. `typing`: shows a contact that somebody writes to them. */
export interface LiveParts {
  db: Db;
  log: Log;
  broadcast: Broadcast;
  typing(channel: string, address: string): Promise<void>;
}

/** What the server does while desks are open. */
export interface Live {
  close(): Promise<void>;
}

/** Socket.IO for the desk: every event since a desk's cursor, in an order that misses none, to whom it concerns. */
export function attachLive(http: HttpServer, { db, log, broadcast, typing }: LiveParts): Live {
  const io = new Server<DeskClientToServer, DeskServerToClient, Record<string, never>, SocketData>(http, {
    path: '/desk/socket',
    transports: ['websocket'],
    serveClient: false,
  });
  let cursor: string | undefined;
  let stopped = false;
  const lookers = createLookers(broadcast, (ticketId) => {
    for (const socket of io.sockets.sockets.values())
      if (socket.data.at === ticketId) socket.emit('beside', { ticketId, agents: lookers.at(ticketId) });
  });

  io.use(async (socket, next) => {
    const token = tokenOf(cookiesOf(socket.handshake.headers.cookie));
    const signedIn = await readSignIn(db, token).catch(() => undefined);
    if (!signedIn) return next(new Error('sign-in.needed'));
    socket.data = { agent: signedIn.agent, token };
    return next();
  });
  io.on('connection', async (socket) => {
    const who = socket.data.agent;
    socket.on('beat', () => void stillThere(socket).catch(() => undefined));
    socket.on('typing', (ticketId) => void writes(who.id, ticketId).catch(() => undefined));
    socket.on('look', (at) => void looks(socket, at).catch(() => undefined));
    socket.on('disconnect', () => socket.data.at !== undefined && lookers.look(socket.id, undefined));
    try {
      await beat(db, who.id);
      const after = parseCursor(String(socket.handshake.auth.after ?? ''));
      // First in the room, then what came before: an event may be told twice, never not at all.
      await socket.join('desks');
      cursor ??= after ? formatCursor(after) : await latestCursor(db);
      if (after) await resume(socket, after);
    } catch (error) {
      log.warn({ err: (error as Error).message }, 'desk not brought up to date');
      socket.disconnect(true);
    }
  });
  const deaf = broadcast.hear('writing', (where) => io.to('desks').emit('typing', where as Parameters<DeskServerToClient['typing']>[0]));
  const reading = read();

  return {
    async close() {
      stopped = true;
      deaf();
      lookers.close();
      // Not io.close(): it closes the listener too, and waits for the sockets of others.
      io.disconnectSockets(true);
      io.engine.close();
      await reading;
    },
  };

  // A browser that was signed out meanwhile must not keep the agent online, nor hear more.
  async function stillThere(socket: DeskSocket): Promise<void> {
    const signedIn = await readSignIn(db, socket.data.token);
    if (!signedIn) return void socket.disconnect(true);
    // Their departments may be others since.
    socket.data.agent = signedIn.agent;
    await beat(db, signedIn.agent.id);
  }

  // What is not said to the contact (a note) is not told here, so whoever has the ticket is writing to them.
  async function writes(agentId: number, ticketId: unknown): Promise<void> {
    const place = Number.isSafeInteger(ticketId) ? await writtenTo(db, agentId, Number(ticketId)) : undefined;
    if (place) await typing(place.channel, place.address);
  }

  async function looks(socket: DeskSocket, at: unknown): Promise<void> {
    const { ticketId, writing } = (at ?? {}) as { ticketId?: unknown; writing?: unknown };
    const { agent } = socket.data;
    const id = Number.isSafeInteger(ticketId) ? Number(ticketId) : undefined;
    if (id !== undefined && id !== socket.data.at && !(await findTicket(db, agent, id))) return;
    const came = id !== undefined && id !== socket.data.at;
    socket.data.at = id;
    lookers.look(
      socket.id,
      id === undefined ? undefined : { ticketId: id, agentId: agent.id, name: agent.name, writing: writing === true },
    );
    if (came) socket.emit('beside', { ticketId: id, agents: lookers.at(id) });
  }

  async function resume(socket: DeskSocket, after: EventCursor): Promise<void> {
    const missed = await readEvents(db, after, mostAtOnce);
    const last = missed.at(-1);
    if (missed.length === mostAtOnce) socket.emit('live', { cursor: await latestCursor(db), changes: [], refetch: true });
    else send(socket, await hearEvents(db, missed), last ? formatCursor(last) : formatCursor(after));
  }

  async function read(): Promise<void> {
    while (!stopped) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      lookers.prune();
      if (io.sockets.sockets.size === 0) cursor = undefined;
      else await tell().catch((error: Error) => log.warn({ err: error.message }, 'events not read'));
    }
  }

  async function tell(): Promise<void> {
    cursor ??= await latestCursor(db);
    const events = await readEvents(db, parseCursor(cursor) ?? { xid: '0', id: 0 });
    const last = events.at(-1);
    if (!last) return;
    const heard = await hearEvents(db, events);
    cursor = formatCursor(last);
    for (const id of io.sockets.adapter.rooms.get('desks') ?? []) {
      const socket = io.sockets.sockets.get(id);
      if (socket) send(socket, heard, cursor);
    }
  }

  // Also where nothing concerns them: the cursor is what they resume from.
  function send(socket: DeskSocket, heard: Heard[], upTo: string): void {
    const changes = heard.filter((each) => concerns(each, socket.data.agent)).map(({ change }) => change);
    socket.emit('live', { cursor: upTo, changes });
  }
}

interface SocketData {
  agent: Agent;
  token: string;
  /** The ticket that they look at. */
  at?: number;
}

type DeskSocket = Socket<DeskClientToServer, DeskServerToClient, Record<string, never>, SocketData>;

function cookiesOf(header = ''): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(parse(header, '; ', '=')).map(([name, value]) => [name, String(value)]));
}
