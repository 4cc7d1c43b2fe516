import { io, type Socket } from 'socket.io-client';
import type { Acknowledgement, ClientToServer, Handshake, Outgoing, ServerToClient, Update } from '../../../src/bots/web/protocol.ts';

/** `idle`: nothing to connect for yet. `refused`: the server does not want us; a person may try again. */
export type Connection = 'idle' | 'connecting' | 'online' | 'offline' | 'refused';

/** What the chat hears from the wire. */
export interface Heard {
  connection(now: Connection): void;
  update(update: Update): void;
  typing(name: string | undefined): void;
  refused(fault: { code: string; message: string }): void;
}

/** The wire to the server. Connects again by itself; what is sent while it is down rejects at once. */
export interface Link {
  connect(): void;
  /** Resolves when the server has told where we stand; rejects when it does not within ten seconds. */
  ready(): Promise<void>;
  send(outgoing: Outgoing): Promise<Acknowledgement>;
  typing(): void;
  /** Closes the conversation; resolves also where the server does not know how. */
  end(): Promise<void>;
  close(): void;
}

const patienceMs = 10_000;

/** Opens the wire to a server. `handshake` is asked anew at every connection. */
export function openLink(server: string, handshake: () => Promise<Handshake>, heard: Heard): Link {
  const { origin, pathname } = new URL(server, location.href);
  const socket: Socket<ServerToClient, ClientToServer> = io(origin, {
    path: `${pathname.replace(/\/$/, '')}/chat/socket`,
    transports: ['websocket'],
    auth: (give) => void handshake().then(give),
    autoConnect: false,
    forceNew: true,
    reconnectionDelay: 400,
    reconnectionDelayMax: 8_000,
    timeout: patienceMs,
  });
  let ready = deferred();
  let closed = false;
  let refused = false;
  let later: ReturnType<typeof setTimeout> | undefined;

  socket.on('connect', () => {
    refused = false;
    heard.connection('online');
    // The server speaks first; if that is lost, we ask.
    later = setTimeout(() => void handshake().then(({ after }) => socket.timeout(patienceMs).emit('resume', after ?? null, (error: unknown, update: Update) => error || hear(update))), 2_000);
  });
  socket.on('update', hear);
  socket.on('typing', ({ name }) => heard.typing(name));
  socket.on('refused', refuse);
  socket.on('disconnect', (reason) => {
    ready = deferred();
    clearTimeout(later);
    if (closed || refused) return;
    heard.connection('connecting');
    if (reason === 'io server disconnect') setTimeout(() => !closed && socket.connect(), 1_000);
  });
  socket.on('connect_error', (error: Error & { data?: { code: string; message: string } }) => {
    if (closed) return;
    if (!error.data) return heard.connection('offline');
    refuse(error.data);
    if (error.data.code === 'rate.limited') setTimeout(() => !closed && socket.connect(), 15_000);
  });

  // A socket does not notice for half a minute that the network has changed: begin anew.
  const renew = () => {
    if (closed || !socket.active) return;
    socket.disconnect().connect();
  };
  addEventListener('online', renew);
  addEventListener('offline', renew);

  return {
    connect() {
      if (socket.connected || socket.active) return;
      heard.connection('connecting');
      socket.connect();
    },
    ready: () => within(patienceMs, ready.promise),
    send: (outgoing) => (socket.connected ? socket.timeout(patienceMs).emitWithAck('message', outgoing) : Promise.reject(new Error('not connected'))),
    typing: () => void (socket.connected && socket.volatile.emit('typing')),
    async end() {
      if (socket.connected) await socket.timeout(2_000).emitWithAck('end').catch(() => undefined);
    },
    close() {
      closed = true;
      clearTimeout(later);
      removeEventListener('online', renew);
      removeEventListener('offline', renew);
      socket.disconnect();
    },
  };

  function hear(update: Update): void {
    clearTimeout(later);
    heard.update(update);
    ready.resolve();
  }

  function refuse(fault: { code: string; message: string }): void {
    refused = true;
    heard.connection('refused');
    heard.refused(fault);
  }
}

function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function within(ms: number, promise: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too late')), ms);
    void promise.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
