import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';

/** A message as the double keeps it: the fields of Discord's message object that are in play. */
export interface Kept {
  id: string;
  channel_id: string;
  author: { id: string; username: string; global_name: string | null; bot?: boolean; discriminator: string; avatar: null };
  content: string;
  nonce?: string;
  components?: { type: 1; components: { type: 2; custom_id: string; label: string; style: number; disabled?: boolean }[] }[];
  type: number;
  timestamp: string;
  edited_timestamp: string | null;
  [more: string]: unknown;
}

/** What the REST side works on. */
export interface State {
  token: string;
  me: string;
  application: string;
  messages: Map<string, Kept[]>;
  directOf(user: string): string;
  closed: Set<string>;
  unwritable: Set<string>;
  commands: Record<string, unknown>[];
  answers: Map<string, { at: number; type: number; data?: Record<string, unknown> }>;
  interactions: Map<string, { at: number; channel: string; message?: Kept }>;
  nextId(): string;
  gatewayUrl(): string;
  posted(message: Kept): void;
}

/** A fault for the next requests that it fits. */
export interface Trouble {
  method: string;
  path: RegExp;
  times: number;
  /** Answers so; `lost`: does the work, then cuts the connection; `cut`: cuts it before. */
  does: { status: number; body?: object; headers?: Record<string, string> } | 'lost' | 'cut';
}

/** Counts of answers by status, and requests by path. */
export interface Seen {
  statuses: Record<number, number>;
  requests: { method: string; path: string; at: number }[];
}

const unknownInteraction = { message: 'Unknown interaction', code: 10062 };
/** Discord waits three seconds for the answer to an interaction; here so much longer, for machines that stand still. Milliseconds. */
const mostAnswerMs = 8_000;

/** Discord's REST interface (version 10), as far as a support bot uses it, with its limits checked. */
export async function serveRest(
  state: State,
  trouble: Trouble[],
  seen: Seen,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://double');
  const path = url.pathname.replace(/^\/api\/v10/, '');
  const method = request.method ?? 'GET';
  seen.requests.push({ method, path, at: Date.now() });
  const body = method === 'GET' ? {} : await read(request);
  const fault = trouble.find((each) => each.times > 0 && each.method === method && each.path.test(path));
  if (fault) fault.times--;
  if (fault?.does === 'cut') return void request.socket.destroy();
  if (fault && typeof fault.does === 'object')
    return reply(fault.does.status, fault.does.body ?? { message: 'trouble', code: 0 }, fault.does.headers);
  if (!/^\/interactions\//.test(path) && request.headers.authorization !== `Bot ${state.token}`)
    return reply(401, { message: '401: Unauthorized', code: 0 });
  const [status, answer] = route(method, path, body, url.searchParams);
  if (fault?.does === 'lost') return void request.socket.destroy();
  return reply(status, answer);

  function reply(code: number, answerBody: unknown, headers: Record<string, string> = {}): void {
    seen.statuses[code] = (seen.statuses[code] ?? 0) + 1;
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(code === 204 ? undefined : JSON.stringify(answerBody));
  }

  function route(verb: string, where: string, given: Record<string, unknown>, query: URLSearchParams): [number, unknown] {
    const [, resource, id = '', part, last] = where.split('/');
    if (verb === 'GET' && where === '/users/@me') return [200, { id: state.me, username: 'destek', bot: true }];
    if (verb === 'GET' && where === '/gateway/bot')
      return [
        200,
        {
          url: state.gatewayUrl(),
          shards: 1,
          session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
        },
      ];
    if (verb === 'POST' && where === '/users/@me/channels') return [200, { id: state.directOf(String(given.recipient_id)), type: 1 }];
    if (verb === 'PUT' && resource === 'applications' && part === 'commands') return setCommands(given);
    if (verb === 'POST' && resource === 'interactions') return answerInteraction(id, given, last ?? '');
    if (resource !== 'channels' || !state.messages.has(id)) return [404, { message: 'Unknown Channel', code: 10003 }];
    if (verb === 'POST' && part === 'typing') return [204, undefined];
    if (verb === 'GET' && part === 'messages') return [200, page(id, query)];
    if (verb === 'POST' && part === 'messages') return post(id, given);
    return [405, { message: 'Method Not Allowed', code: 0 }];
  }

  // The oldest after the given one, and among themselves newest first.
  function page(channel: string, query: URLSearchParams): Kept[] {
    const after = BigInt(query.get('after') ?? '0');
    return (state.messages.get(channel) ?? [])
      .filter((message) => BigInt(message.id) > after)
      .slice(0, Number(query.get('limit') ?? 50))
      .reverse();
  }

  function post(channel: string, given: Record<string, unknown>): [number, unknown] {
    if (state.closed.has(channel)) return [403, { message: 'Cannot send messages to this user', code: 50007 }];
    if (state.unwritable.has(channel)) return [403, { message: 'Missing Permissions', code: 50013 }];
    const invalid = faultOf(given);
    if (invalid)
      return [
        400,
        { message: 'Invalid Form Body', code: 50035, errors: { content: { _errors: [{ code: 'INVALID', message: invalid }] } } },
      ];
    const nonce = given.nonce as string | undefined;
    const same =
      given.enforce_nonce && nonce
        ? [...state.messages.values()].flat().find((message) => message.nonce === nonce && message.author.id === state.me)
        : undefined;
    if (same) return [200, same];
    const author = { id: state.me, username: 'destek', global_name: null, bot: true, discriminator: '0000', avatar: null };
    const { message_reference, components, flags } = given as { components?: Kept['components']; [key: string]: unknown };
    const message: Kept = {
      id: state.nextId(),
      channel_id: channel,
      author,
      content: String(given.content ?? ''),
      nonce,
      components,
      flags,
      message_reference,
      type: message_reference ? 19 : 0,
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      mentions: [],
      attachments: (given.files ?? []) as object[],
      embeds: [],
    };
    state.messages.get(channel)?.push(message);
    state.posted(message);
    return [200, message];
  }

  function setCommands(given: unknown): [number, unknown] {
    const commands = given as { name: string; description: string; name_localizations?: Record<string, string> }[];
    const names = commands.flatMap(({ name, name_localizations }) => [name, ...Object.values(name_localizations ?? {})]);
    if (names.some((name) => !/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase()))
      return [400, { message: 'Invalid Form Body', code: 50035 }];
    state.commands = commands;
    return [200, commands];
  }

  function answerInteraction(id: string, given: Record<string, unknown>, last: string): [number, unknown] {
    const asked = state.interactions.get(id);
    if (!asked || last !== 'callback' || Date.now() - asked.at > mostAnswerMs) return [404, unknownInteraction];
    if (state.answers.has(id)) return [400, { message: 'Interaction has already been acknowledged.', code: 40060 }];
    const data = given.data as Record<string, unknown> | undefined;
    state.answers.set(id, { at: Date.now(), type: Number(given.type), data });
    if (given.type === 7 && asked.message && data?.components) asked.message.components = data.components as Kept['components'];
    return [204, undefined];
  }
}

/** JSON, or with files: `payload_json` and a part for each. */
async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return (await json(request).catch(() => ({}))) as Record<string, unknown>;
  const form = await new Response(Readable.toWeb(request) as ReadableStream, { headers: { 'content-type': type } }).formData();
  const files = [...form.values()].filter((value) => typeof value !== 'string');
  return {
    ...JSON.parse(String(form.get('payload_json'))),
    files: await Promise.all(files.map(async (file) => ({ name: file.name, type: file.type, text: await file.text() }))),
  };
}

/** What Discord would refuse in a message. */
function faultOf(given: Record<string, unknown>): string | undefined {
  const content = String(given.content ?? '');
  const rows = (given.components ?? []) as NonNullable<Kept['components']>;
  if (!content && !given.files) return 'empty message';
  if (content.length > 2_000) return 'longer than 2000';
  if (String(given.nonce ?? '').length > 25) return 'nonce longer than 25';
  if (rows.length > 5 || rows.some(({ components }) => components.length < 1 || components.length > 5)) return 'rows';
  const buttons = rows.flatMap(({ components }) => components);
  if (buttons.some(({ custom_id, label }) => !custom_id || custom_id.length > 100 || !label || label.length > 80)) return 'button';
  if (new Set(buttons.map(({ custom_id }) => custom_id)).size < buttons.length) return 'custom_id twice';
  return undefined;
}
