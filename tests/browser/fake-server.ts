import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import type {
  Acknowledgement,
  ChatConfig,
  ChatMessage,
  ChatState,
  ClientToServer,
  Handshake,
  Outgoing,
  ServerToClient,
} from '../../src/bots/web/protocol.ts';

type ChatSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, { visitor: string; sent: number }>;

/** A stand-in for the chat server that speaks protocol.ts and does what a test tells it. Keeps its record in memory, over restarts of its socket too. */
export interface FakeServer {
  url: string;
  /** Every message that was taken, each once, in order of arrival. */
  taken: Outgoing[];
  /** How often each client id arrived. */
  arrivals: Map<string, number>;
  /** The newest visitor. */
  visitor(): string;
  say(message: Partial<ChatMessage> & { text: string }, state?: Partial<ChatState>): void;
  /** Puts many messages into the newest visitor's history, without telling the open tabs. */
  fill(messages: number): void;
  typing(name?: string): void;
  /** Answers for the next messages instead of taking them; `lost`: taken, but the acknowledgement is cut with the connection; `silent`: taken, and none comes. */
  next: (Acknowledgement | 'lost' | 'silent')[];
  /** Drops all connections and refuses new ones until `up`. */
  down(): void;
  up(): void;
  /** What is asked before the chat. */
  before: ChatConfig['before'];
  /** The newest handshake. */
  handshake: Handshake;
  /** Whether the public topics can be searched. */
  help: boolean;
  /** Bodies of uploads that arrived whole, as text. */
  uploads: string[];
  /** The connection goes amid uploads (browsers try once more by themselves). */
  cutUploads: boolean;
  /** Extra headers of the page `/host`, and its HTML. */
  host: { headers: Record<string, string>; html: string };
  connections(): number;
  ended: number;
  /** Forgets everything between two tests. */
  reset(): void;
  stop(): Promise<void>;
}

interface Chat {
  messages: ChatMessage[];
  state: ChatState;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const topics = [
  { id: 'payments/withdraw-time', title: 'Para çekme işlemi ne kadar sürer?' },
  { id: 'bonus/wagering', title: 'Bonus çevrim şartı nedir ve nasıl tamamlanır?' },
  { id: 'account/password', title: 'Şifremi unuttum' },
  { id: 'verification/documents', title: 'Hangi belgeleri yüklemeliyim?' },
];

/** Starts the stand-in on a free port (or a given one), serving dist/. */
export async function startFakeServer(port = 0): Promise<FakeServer> {
  const dist = path.resolve(import.meta.dirname, '../../dist');
  const chats = new Map<string, Chat>();
  let newest = '';
  let count = 0;
  let refusing = false;
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (url.pathname === '/host')
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...fake.host.headers }).end(fake.host.html);
    if (url.pathname === '/chat/upload') return upload(request, response);
    if (refusing) return void response.writeHead(503, { 'access-control-allow-origin': '*' }).end();
    if (url.pathname === '/chat/config') return json(response, config(url.searchParams.get('language') ?? '', fake.before));
    if (fake.help && url.pathname === '/help/search') {
      const q = (url.searchParams.get('q') ?? '').toLocaleLowerCase('tr');
      return json(
        response,
        topics.filter(({ title }) => title.toLocaleLowerCase('tr').includes(q)),
      );
    }
    if (fake.help && url.pathname === '/help/topic')
      return json(response, {
        title: topics[0]?.title,
        markdown:
          'Genellikle **24 saat** içinde tamamlanır.\n\n- Kart: 1 gün\n- Havale: 2 saat\n\n[Ayrıntılar](https://demobet.example/cekim)',
        person: false,
        pictures: [],
      });
    file(response, path.join(dist, url.pathname === '/' ? 'index.html' : url.pathname));
  });
  const io = attach();
  await new Promise<void>((done) => http.listen(port, '127.0.0.1', done));

  const fake: FakeServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    taken: [],
    arrivals: new Map(),
    next: [],
    uploads: [],
    cutUploads: false,
    before: undefined,
    handshake: {},
    help: true,
    ended: 0,
    host: { headers: {}, html: '' },
    visitor: () => newest,
    say(message, state) {
      const chat = chats.get(newest);
      if (!chat) throw new Error('nobody has connected');
      count += 1;
      chat.messages.push({ id: count, author: 'bot', at: Date.now(), ...message });
      Object.assign(chat.state, state);
      push(newest);
    },
    fill(messages) {
      for (let n = 0; n < messages; n += 1) {
        count += 1;
        const author = n % 3 === 0 ? 'contact' : 'bot';
        chats.get(newest)?.messages.push({
          id: count,
          author,
          text: `Mesaj ${n}: **para** ne zaman hesabıma geçer? https://demobet.example/${n}`,
          at: Date.now() - (messages - n) * 60_000,
        });
      }
    },
    typing: (name) => void io.to(newest).emit('typing', { name }),
    down() {
      refusing = true;
      io.disconnectSockets(true);
      for (const socket of io.sockets.sockets.values()) socket.conn.close();
    },
    up() {
      refusing = false;
    },
    reset() {
      chats.clear();
      fake.taken.length = 0;
      fake.arrivals.clear();
      fake.next.length = 0;
      fake.uploads.length = 0;
      fake.cutUploads = false;
      fake.help = true;
      fake.before = undefined;
      fake.ended = 0;
      refusing = false;
    },
    connections: () => io.sockets.sockets.size,
    async stop() {
      await io.close();
      http.closeAllConnections();
    },
  };
  return fake;

  function upload(request: IncomingMessage, response: ServerResponse): void {
    const headers = { 'access-control-allow-origin': '*', 'content-type': 'application/json' };
    if (request.method === 'OPTIONS') return void response.writeHead(204, headers).end();
    if (fake.cutUploads) return void request.once('data', () => request.destroy());
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      fake.uploads.push(Buffer.concat(parts).toString('latin1'));
      response.writeHead(200, headers).end(JSON.stringify({ id: `file-${fake.uploads.length}`, name: 'x', type: 'image/png', size: 1 }));
    });
  }

  function attach() {
    const server = new Server<ClientToServer, ServerToClient, DefaultEventsMap, ChatSocket['data']>(http, {
      path: '/chat/socket',
      transports: ['websocket'],
      cors: { origin: '*' },
      allowRequest: (_, allow) => allow(null, !refusing),
    });
    server.on('connection', (socket: ChatSocket) => {
      const auth = socket.handshake.auth as Handshake;
      fake.handshake = auth;
      const subject = auth.identity ? `person-${auth.identity.split('.')[1]}` : undefined;
      const known = subject ?? (auth.visitor && chats.has(auth.visitor) ? auth.visitor : undefined);
      const visitor = known ?? `visitor-${chats.size + 1}-${Math.random().toString(36).slice(2)}`;
      newest = visitor;
      if (!chats.has(visitor)) chats.set(visitor, { messages: [], state: { owner: 'bot', language: auth.language ?? 'tr' } });
      socket.data = { visitor, sent: Number(auth.after ?? 0) };
      void socket.join(visitor);
      push(visitor, known ? undefined : visitor);
      socket.on('message', (outgoing, acknowledge) => take(socket, outgoing, acknowledge));
      socket.on('resume', (after, acknowledge) => acknowledge(update(visitor, Number(after ?? 0))));
      socket.on('typing', () => undefined);
      socket.on('end', (acknowledge) => {
        fake.ended += 1;
        acknowledge();
      });
    });
    return server;
  }

  function take(socket: ChatSocket, outgoing: Outgoing, acknowledge: (answer: Acknowledgement) => void): void {
    fake.arrivals.set(outgoing.id, (fake.arrivals.get(outgoing.id) ?? 0) + 1);
    const answer = fake.next.shift();
    if (answer && typeof answer !== 'string') {
      acknowledge(answer);
      return;
    }
    const chat = chats.get(socket.data.visitor);
    if (!chat) return;
    const text = outgoing.text.replace(/\b\d{16}\b/g, '[kart numarası gizlendi]');
    if (!fake.taken.some(({ id }) => id === outgoing.id)) {
      fake.taken.push(outgoing);
      count += 1;
      chat.messages.push({
        id: count,
        author: 'contact',
        text,
        clientId: outgoing.id,
        attachments: outgoing.attachments?.map((name) => ({ name, type: 'image/png', size: 1 })),
        at: Date.now(),
      });
      const language = /^\/lang (\w\w)/.exec(text)?.[1];
      if (language) chat.state.language = language;
    }
    if (answer === 'lost') return void socket.conn.close();
    if (answer === 'silent') return;
    acknowledge({ ok: true, text });
    push(socket.data.visitor);
  }

  function update(visitor: string, after: number) {
    const chat = chats.get(visitor) ?? { messages: [], state: { owner: 'bot' as const, language: 'tr' } };
    return { messages: chat.messages.filter(({ id }) => id > after), cursor: String(count), state: chat.state };
  }

  function push(visitor: string, token?: string): void {
    for (const socket of io.sockets.sockets.values()) {
      if (socket.data.visitor !== visitor) continue;
      socket.emit('update', { ...update(visitor, socket.data.sent), visitor: token });
      socket.data.sent = count;
    }
  }
}

function config(language: string, before: ChatConfig['before']) {
  const languages = [
    { code: 'tr', name: 'Türkçe' },
    { code: 'en', name: 'English' },
    { code: 'az', name: 'Azərbaycanca' },
  ];
  return {
    brand: 'Demobet',
    languages,
    language: language.slice(0, 2) || 'tr',
    privacyUrl: 'https://demobet.example/privacy',
    before,
    maxLength: 5_000,
    upload: { maxBytes: 2_000_000, count: 3, accept: 'image/*,.pdf' },
  };
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' }).end(JSON.stringify(value));
}

function file(response: ServerResponse, name: string): void {
  if (!existsSync(name) || !statSync(name).isFile()) return void response.writeHead(404, { 'access-control-allow-origin': '*' }).end();
  response.writeHead(200, {
    'content-type': types[path.extname(name)] ?? 'application/octet-stream',
    'access-control-allow-origin': '*',
    'content-security-policy':
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'",
  });
  createReadStream(name).pipe(response);
}
