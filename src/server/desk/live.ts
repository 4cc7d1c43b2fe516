import type { Server as HttpServer } from 'node:http';
import { parse } from 'node:querystring';
import { Server } from 'socket.io';
import { formatCursor, latestCursor, parseCursor, type RecordedEvent, readEvents } from '../../conversation/event.ts';
import type { Agent } from '../../handoff/agent.ts';
import { beat } from '../../handoff/presence.ts';
import { readSignIn } from '../../handoff/sign-in.ts';
import { writtenTo } from '../../handoff/typing.ts';
import type { Log } from '../../log.ts';
import type { Broadcast } from '../../store/broadcast.ts';
import type { Db } from '../../store/connection.ts';
import { tokenOf } from './auth.ts';
import type { DeskClientToServer, DeskServerToClient, LiveUpdate } from './protocol.ts';

// One reader a process for all desks; 300 ms is at once for people, and nothing while no desk is open.
const pollMs = 300;
// A desk that was away longer than this fetches its lists anew anyway.
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
  const io = new Server<DeskClientToServer, DeskServerToClient, Record<string, never>, { agent: Agent; token: string }>(http, {
    path: '/desk/socket',
    transports: ['websocket'],
    serveClient: false,
  });
  let cursor: string | undefined;
  let stopped = false;

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
    try {
      await beat(db, who.id);
      const after = parseCursor(String(socket.handshake.auth.after ?? ''));
      // First in the room, then what came before: an event may be told twice, never not at all.
      await socket.join('desks');
      cursor ??= after ? formatCursor(after) : await latestCursor(db);
      if (after) socket.emit('live', update(await readEvents(db, after, mostAtOnce), formatCursor(after)));
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
      await io.close();
      await reading;
    },
  };

  // A browser that was signed out meanwhile must not keep the agent online, nor hear more.
  async function stillThere(socket: { data: { agent: Agent; token: string }; disconnect(close: boolean): unknown }): Promise<void> {
    if (await readSignIn(db, socket.data.token)) await beat(db, socket.data.agent.id);
    else socket.disconnect(true);
  }

  // What is not said to the contact (a note) is not told here, so whoever has the ticket is writing to them.
  async function writes(agentId: number, ticketId: unknown): Promise<void> {
    const place = Number.isSafeInteger(ticketId) ? await writtenTo(db, agentId, Number(ticketId)) : undefined;
    if (place) await typing(place.channel, place.address);
  }

  async function read(): Promise<void> {
    while (!stopped) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      if (io.sockets.sockets.size === 0) cursor = undefined;
      else await tell().catch((error: Error) => log.warn({ err: error.message }, 'events not read'));
    }
  }

  async function tell(): Promise<void> {
    cursor ??= await latestCursor(db);
    const events = await readEvents(db, parseCursor(cursor) ?? { xid: '0', id: 0 });
    if (events.length === 0) return;
    const news = update(events, cursor);
    cursor = news.cursor;
    io.to('desks').emit('live', news);
  }
}

function update(events: RecordedEvent[], before: string): LiveUpdate {
  const last = events.at(-1);
  return {
    cursor: last ? formatCursor(last) : before,
    changes: events.flatMap(({ kind, conversationId, data, agentId }) => {
      const facts = data as Record<string, unknown>;
      return conversationId === null
        ? []
        : {
            kind,
            conversationId,
            ticketId: typeof facts.ticketId === 'number' ? facts.ticketId : undefined,
            data: facts,
            agentId: agentId ?? undefined,
          };
    }),
  };
}

function cookiesOf(header = ''): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(parse(header, '; ', '=')).map(([name, value]) => [name, String(value)]));
}
