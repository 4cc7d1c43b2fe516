import type { Server as HttpServer } from 'node:http';
import { parse } from 'node:querystring';
import { Server, type Socket } from 'socket.io';
import { formatCursor, parseCursor } from '../../conversation/event.ts';
import type { Agent } from '../../handoff/agents/agent.ts';
import { beat } from '../../handoff/agents/presence.ts';
import { readSignIn } from '../../handoff/agents/sign-in.ts';
import { writtenTo } from '../../handoff/agents/typing.ts';
import { findTicket } from '../../handoff/lists/lists.ts';
import type { Log } from '../../log.ts';
import type { Broadcast } from '../../store/broadcast.ts';
import type { Db } from '../../store/connection.ts';
import { concerns } from './audience.ts';
import { tokenOf } from './auth.ts';
import { createLookers, type Lookers } from './beside.ts';
import { type Follower, followEvents, type News } from './follow-events.ts';
import type { DeskClientToServer, DeskServerToClient } from './protocol.ts';

// Who has gone from a ticket, or ceased to write, is noticed so often.
const pruneMs = 300;

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

/** Socket.IO for the desk: every event since a desk's cursor, in an order that misses none, to whom it concerns; who is at a ticket, and who writes. */
export function attachLive(http: HttpServer, { db, log, broadcast, typing }: LiveParts): Live {
  const io = new Server<DeskClientToServer, DeskServerToClient, Record<string, never>, SocketData>(http, {
    path: '/desk/socket',
    transports: ['websocket'],
    serveClient: false,
  });
  const sockets = io.sockets.sockets;
  const lookers = createLookers(broadcast, (ticketId) => {
    for (const socket of sockets.values())
      if (socket.data.at === ticketId) socket.emit('beside', { ticketId, agents: lookers.at(ticketId) });
  });
  const pruning = setInterval(lookers.prune, pruneMs).unref();
  const events = followEvents({
    db,
    log,
    anybody: () => sockets.size > 0,
    tell(news) {
      for (const id of io.sockets.adapter.rooms.get('desks') ?? []) send(sockets.get(id), news);
    },
  });
  const deaf = broadcast.hear('writing', (where) => io.to('desks').emit('typing', where as Parameters<DeskServerToClient['typing']>[0]));

  io.use(async (socket, next) => {
    const token = tokenOf(cookiesOf(socket.handshake.headers.cookie));
    const signedIn = await readSignIn(db, token).catch(() => undefined);
    if (!signedIn) return next(new Error('sign-in.needed'));
    socket.data = { agent: signedIn.agent, token };
    return next();
  });
  io.on('connection', async (socket) => {
    const who = socket.data.agent;
    socket.on('beat', () => void stillThere(db, socket).catch(() => undefined));
    socket.on('typing', (ticketId) => void writes(who.id, ticketId).catch(() => undefined));
    socket.on('look', (at) => void look(db, lookers, socket, at).catch(() => undefined));
    socket.on('disconnect', () => socket.data.at !== undefined && lookers.look(socket.id, undefined));
    try {
      await beat(db, who.id);
      await socket.join('desks');
      await catchUp(events, socket);
    } catch (error) {
      log.warn({ err: (error as Error).message }, 'desk not brought up to date');
      socket.disconnect(true);
    }
  });

  return {
    async close() {
      deaf();
      clearInterval(pruning);
      lookers.close();
      const read = events.close();
      // Not io.close(): it closes the listener too, and waits for the sockets of others.
      io.disconnectSockets(true);
      io.engine.close();
      await read;
    },
  };

  // What is not said to the contact (a note) is not told here, so whoever has the ticket is writing to them.
  async function writes(agentId: number, ticketId: unknown): Promise<void> {
    const place = Number.isSafeInteger(ticketId) ? await writtenTo(db, agentId, Number(ticketId)) : undefined;
    if (place) await typing(place.channel, place.address);
  }
}

/** Tells a desk that has just joined what it missed since its cursor; all at once, or that it is to fetch what it shows anew. */
async function catchUp(events: Follower, socket: DeskSocket): Promise<void> {
  const now = await events.begin();
  const after = parseCursor(String(socket.handshake.auth.after ?? ''));
  if (!after) return;
  // A cursor from the future is of another record: the database was set back, or is another one.
  const missed = BigInt(after.xid) > BigInt(now.xid) ? undefined : await events.since(after);
  if (missed) send(socket, missed);
  else socket.emit('live', { cursor: formatCursor(now), changes: [], refetch: true });
}

// Also where nothing concerns them: the cursor is what they resume from.
function send(socket: DeskSocket | undefined, { heard, upTo }: News): void {
  if (!socket) return;
  const changes = heard.filter((each) => concerns(each, socket.data.agent)).map(({ change }) => change);
  socket.emit('live', { cursor: upTo, changes });
}

// A browser that was signed out meanwhile must not keep the agent online, nor hear more.
async function stillThere(db: Db, socket: DeskSocket): Promise<void> {
  const signedIn = await readSignIn(db, socket.data.token);
  if (!signedIn) return void socket.disconnect(true);
  // Their departments may be others since.
  socket.data.agent = signedIn.agent;
  await beat(db, signedIn.agent.id);
}

async function look(db: Db, lookers: Lookers, socket: DeskSocket, at: unknown): Promise<void> {
  const { ticketId, writing } = (at ?? {}) as { ticketId?: unknown; writing?: unknown };
  const { agent } = socket.data;
  const id = Number.isSafeInteger(ticketId) ? Number(ticketId) : undefined;
  if (id !== undefined && id !== socket.data.at && !(await findTicket(db, agent, id))) return;
  const came = id !== undefined && id !== socket.data.at;
  socket.data.at = id;
  lookers.look(socket.id, id === undefined ? undefined : { ticketId: id, agentId: agent.id, name: agent.name, writing: writing === true });
  if (came) socket.emit('beside', { ticketId: id, agents: lookers.at(id) });
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
