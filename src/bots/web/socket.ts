import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { AboutContact, Host, Origin, Position } from '../../conversation/channel.ts';
import { isFault } from '../../errors.ts';
import { createBuckets } from './bucket.ts';
import { readIdentity } from './identity.ts';
import { formatUpdate, handshake, namedFiles, parseCursor, parseOutgoing, type ShowFile } from './parse.ts';
import type { About, Acknowledgement, ClientToServer, ServerToClient, Update } from './protocol.ts';
import { createTranscripts } from './transcript.ts';
import { newVisitor, readVisitor, visitorToken } from './visitor.ts';

interface Visit {
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

const retryMs = 1_000;

export type ChatServer = Server<ClientToServer, ServerToClient, Record<string, never>, Visit>;
type ChatSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, Visit>;

/** Socket.IO for the chat on the HTTP server: connects tabs to the record. `secret`: what host pages sign identities with. */
export function attachSocket(http: HttpServer, host: Host, secret: string | undefined): ChatServer {
  const io: ChatServer = new Server(http, {
    path: '/chat/socket',
    transports: ['websocket'],
    maxHttpBufferSize: 1_000_000,
    serveClient: false,
    pingInterval: 20_000,
    pingTimeout: 15_000,
  });
  const key = host.key('visitor');
  const newcomers = createBuckets(60, 1);
  const messages = createBuckets(12, 1);
  const typings = createBuckets(2, 0.5);
  const mailTranscript = createTranscripts(host);

  io.use(async (socket, next) => {
    const given = handshake.safeParse(socket.handshake.auth);
    if (!given.success) return next(refusal('input.invalid', 'The connection was refused: unknown or wrong fields.'));
    const { identity, visitor, language = '', about } = given.data;
    const person = identity === undefined ? undefined : await readIdentity(identity, secret);
    const known = person?.address ?? (visitor === undefined ? undefined : readVisitor(visitor, key));
    if (!known && newcomers.take(socket.handshake.address) > 0) return next(refusal('rate.limited', host.words(language, 'web:too_many')));
    const address = known ?? newVisitor();
    const greeting = {
      visitor: known ? undefined : visitorToken(address, key),
      identity: identity === undefined ? undefined : person ? ('verified' as const) : ('refused' as const),
      email: person?.email && veiled(person.email),
    };
    socket.data = {
      address,
      language,
      contact: { name: about?.name, ...person?.contact },
      email: person?.email,
      about: person?.email ? { player: about?.player, email: person.email, verified: true } : said(about),
      pump: createPump(socket, host, address, parseCursor(given.data.after), greeting),
    };
    return next();
  });

  io.on('connection', (socket) => {
    socket.join(roomOf(socket.data.address));
    void socket.data.pump();
    socket.on('message', async (given, acknowledge) => {
      if (typeof acknowledge !== 'function') return;
      acknowledge(await take(given, socket));
    });
    socket.on('resume', async (after, acknowledge) => {
      if (typeof acknowledge !== 'function') return;
      const update = await read(parseCursor(after), socket.data.address);
      if (update) acknowledge(update);
    });
    socket.on('end', async (acknowledge) => {
      await host
        .receive({ event: 'ended', address: socket.data.address })
        .catch((error: Error) => host.log.warn({ err: error.message }, 'chat not ended'));
      if (typeof acknowledge === 'function') acknowledge();
    });
    socket.on('transcript', async (to, acknowledge) => {
      if (typeof acknowledge === 'function') acknowledge(await mailTranscript(socket.data, to));
    });
    socket.on('typing', () => {
      if (typings.take(socket.data.address) > 0) return;
      void host.receive({ event: 'typing', address: socket.data.address }).catch(() => undefined);
    });
  });
  return io;

  async function take(given: unknown, socket: ChatSocket): Promise<Acknowledgement> {
    const { address, language, contact } = socket.data;
    const waitMs = messages.take(address);
    if (waitMs > 0) return { ok: false, code: 'rate.limited', message: host.words(language, 'web:slow_down'), retryAfterMs: waitMs };
    try {
      const { message, files } = parseOutgoing(given);
      if (files.length > 0) message.attachments = namedFiles(files, await host.files.find(files, { address }));
      const receipt = await host.receive({ event: 'message', address, contact: { ...contact, language }, message });
      await describe(socket);
      wakeTabs(io, address);
      return { ok: true, text: receipt.text ?? '' };
    } catch (error) {
      if (isFault(error) && error.status < 500)
        return { ok: false, code: error.code, message: host.words(language, `web:fault_${error.code.replace(/\W/g, '_')}`) };
      host.log.error({ err: (error as Error).message }, 'message not stored');
      return { ok: false, code: 'store.unavailable', message: host.words(language, 'web:fault_store_unavailable'), retryAfterMs: 2_000 };
    }
  }

  // The message is kept, and made the contact where they are new. What they said of themselves comes again with the next connection.
  async function describe({ data }: ChatSocket): Promise<void> {
    const { address, about } = data;
    data.about = undefined;
    if (about)
      await host
        .receive({ event: 'about', address, about })
        .catch((error: Error) => host.log.warn({ err: error.message }, 'about the contact not kept'));
  }

  async function read(after: Position | undefined, address: string): Promise<Update | undefined> {
    return host.read(address, after).then(
      (reading) => formatUpdate(reading, showFiles(host, reading.state.language)),
      (error: Error) => {
        host.log.warn({ err: error.message }, 'chat not read');
        return undefined;
      },
    );
  }
}

/** The room of all tabs of one visitor. */
export function roomOf(address: string): string {
  return `address:${address}`;
}

/** Lets the tabs of a visitor that are open here read on, `upTo`: only those that have not read so far. */
export function wakeTabs(io: ChatServer, address: string, upTo?: Position): void {
  for (const id of io.sockets.adapter.rooms.get(roomOf(address)) ?? []) void io.sockets.sockets.get(id)?.data.pump(upTo);
}

/** Shows in the tabs of a visitor that are open here that somebody writes to them. */
export function showTyping(io: ChatServer, address: string): void {
  io.to(roomOf(address)).emit('typing', {});
}

// One at a time and in order: what is emitted follows the cursor, so a tab that keeps the last cursor it got has everything below it.
function createPump(
  socket: ChatSocket,
  host: Host,
  address: string,
  start: Position | undefined,
  first: Omit<Update, 'messages' | 'cursor' | 'more' | 'state'>,
): Visit['pump'] {
  let position = start;
  let running = false;
  let again = false;
  let greeting: typeof first | undefined = first;
  let lastState = '';
  return async function pump(upTo?: Position): Promise<void> {
    if (
      upTo &&
      position &&
      (position.conversation > upTo.conversation || (position.conversation === upTo.conversation && position.seq >= upTo.seq))
    )
      return;
    again = true;
    if (running) return;
    running = true;
    try {
      while (again && socket.connected !== false) {
        again = false;
        const reading = await host.read(address, position);
        const update: Update = { ...formatUpdate(reading, showFiles(host, reading.state.language)), ...greeting };
        const state = JSON.stringify(update.state);
        if (update.messages.length === 0 && state === lastState) continue;
        position = reading.position;
        lastState = state;
        greeting = undefined;
        socket.emit('update', update);
        // A long history comes in pages.
        if (reading.more) again = true;
      }
    } catch (error) {
      host.log.warn({ err: (error as Error).message }, 'tab not brought up to date');
      // Nobody would tell this tab again of what it missed.
      setTimeout(() => socket.connected && void pump(), retryMs).unref();
    } finally {
      running = false;
    }
  };
}

function said(about: About | undefined): AboutContact | undefined {
  const { player, email } = about ?? {};
  return player || email ? { player, email } : undefined;
}

/** Enough of an address to know one's own. */
function veiled(email: string): string {
  return email.replace(/^(.)[^@]*/, '$1…');
}

function showFiles(host: Host, language: string): ShowFile {
  return { link: host.files.link, refusal: (code) => host.files.why(language, code) };
}

function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { data: { code, message } });
}
