import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

interface Session {
  id: string;
  seq: number;
  events: { op: 0; t: string; s: number; d: unknown }[];
  socket?: WebSocket;
}

/** Discord's gateway (version 10, JSON) for one shard. */
export interface GatewayDouble {
  /** Sends an event to the session, also to one that is disconnected and may be resumed. */
  dispatch(t: string, d: unknown): void;
  /** Cuts the connection. Events go on being kept for a resume. */
  drop(code?: number): void;
  /** Asks to reconnect (opcode 7). */
  reconnect(): void;
  /** Forgets the session: the next resume is answered with INVALID_SESSION, and nothing is replayed. */
  forget(): void;
  /** Refuses connections while true. */
  away: boolean;
  /** Says nothing any more while true, not even to heartbeats. */
  deaf: boolean;
  /** What came in: IDENTIFY and RESUME with their numbers, heartbeats. */
  seen: { identified: number; resumed: { seq: number; replayed: number }[]; invalid: number; heartbeats: number; closes: number[] };
  connected(): boolean;
  close(): void;
}

/** Attaches the gateway to a server's upgrades. */
export function attachGateway(
  http: Server,
  options: { token: string; ready(): object; heartbeatMs: number; url(): string },
): GatewayDouble {
  const wss = new WebSocketServer({ noServer: true });
  let session: Session | undefined;
  let count = 0;
  const seen: GatewayDouble['seen'] = { identified: 0, resumed: [], invalid: 0, heartbeats: 0, closes: [] };
  const gateway: GatewayDouble = {
    away: false,
    deaf: false,
    seen,
    connected: () => session?.socket?.readyState === 1,
    dispatch(t, d) {
      if (!session) return;
      const event = { op: 0 as const, t, s: ++session.seq, d };
      session.events.push(event);
      if (session.socket && !gateway.deaf) say(session.socket, event);
    },
    drop(code) {
      const socket = session?.socket;
      if (session) session.socket = undefined;
      if (code === undefined) socket?.terminate();
      else socket?.close(code);
    },
    reconnect() {
      if (session?.socket) say(session.socket, { op: 7, d: null });
    },
    forget() {
      session = undefined;
    },
    close() {
      for (const socket of wss.clients) socket.terminate();
      wss.close();
    },
  };

  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://double');
    if (gateway.away || url.searchParams.get('v') !== '10' || url.searchParams.get('encoding') !== 'json') socket.destroy();
    else wss.handleUpgrade(request, socket, head, (ws) => hello(ws));
  });
  return gateway;

  function hello(ws: WebSocket): void {
    say(ws, { op: 10, d: { heartbeat_interval: options.heartbeatMs } });
    ws.on('close', (code) => {
      seen.closes.push(code);
      if (session?.socket === ws) {
        session.socket = undefined;
        // Only these two end the session itself.
        if (code === 1000 || code === 1001) session = undefined;
      }
    });
    ws.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw));
      if (op === 1) {
        seen.heartbeats++;
        if (!gateway.deaf) say(ws, { op: 11 });
      } else if (op === 2) identify(ws, d);
      else if (op === 6) resume(ws, d);
    });
  }

  function identify(ws: WebSocket, d: { token: string; intents: number; properties: object }): void {
    const wrong = d.token !== options.token ? 4004 : typeof d.intents !== 'number' || !d.properties ? 4002 : undefined;
    if (wrong) {
      ws.close(wrong);
      return;
    }
    seen.identified++;
    session = { id: `session-${++count}`, seq: 0, events: [], socket: ws };
    gateway.dispatch('READY', {
      v: 10,
      session_id: session.id,
      resume_gateway_url: options.url(),
      shard: [0, 1],
      guilds: [],
      ...options.ready(),
    });
  }

  function resume(ws: WebSocket, d: { token: string; session_id: string; seq: number }): void {
    if (session?.id !== d.session_id || d.seq > session.seq || d.token !== options.token) {
      seen.invalid++;
      say(ws, { op: 9, d: false });
      return;
    }
    const missed = session.events.filter(({ s }) => s > d.seq);
    seen.resumed.push({ seq: d.seq, replayed: missed.length });
    session.socket = ws;
    for (const event of missed) say(ws, event);
    gateway.dispatch('RESUMED', {});
  }
}

function say(ws: WebSocket, payload: object): void {
  if (ws.readyState === 1) ws.send(JSON.stringify({ s: null, t: null, ...payload }));
}
