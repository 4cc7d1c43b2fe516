import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import type { Message, Update } from 'telegraf/types';
import { createChats } from './double-chats.ts';

/** A call of the Bot API as it arrived, and what it was answered with. */
export interface Called {
  method: string;
  payload: Payload;
  at: number;
  status: number;
}

/** Parameters of any method: each handler reads its own. */
// biome-ignore lint/suspicious/noExplicitAny: as loose as the wire
export type Payload = Record<string, any>;
/** An answer other than success, as Telegram words it. */
export interface Refusal {
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
}

/** A Telegram of its own on a real socket: the Bot API over HTTP, with long polling, webhooks, chats, and refusals at will. */
export interface TelegramDouble {
  root: string;
  token: string;
  username: string;
  calls: Called[];
  chats: ReturnType<typeof createChats>;
  /** Adds an update to the bot's queue. */
  push(update: Payload): number;
  /** Updates that the bot has not confirmed. */
  pending(): Update[];
  /** Asked before every call is carried out: an answer here is given instead; `lost`: it is carried out, and the connection cut before the answer. */
  refuse(with_: ((method: string, payload: Payload) => Refusal | 'lost' | undefined) | undefined): void;
  /** Files that people sent: bytes by file_id. `failures`: how often each download still fails. */
  files: Map<string, { bytes: Buffer; failures?: number }>;
  close(): Promise<void>;
}

export const token = '7000000001:AAE-the_token_of_a_bot_that_nobody_has';
const bot = { id: 7000000001, is_bot: true, first_name: 'Desk', username: 'demo_desk_bot' };

export async function startTelegram(): Promise<TelegramDouble> {
  const calls: Called[] = [];
  const queue: Update[] = [];
  let nextUpdate = 870_000_001;
  let hook: { url: string; secret_token?: string } | undefined;
  let hookError: { last_error_date: number; last_error_message: string } | undefined;
  let refusal: Parameters<TelegramDouble['refuse']>[0];
  let poll: { answer(result: Update[] | Refusal): void; offset: number } | undefined;
  const chats = createChats(bot, (update) => push(update));

  const files: TelegramDouble['files'] = new Map();

  const server = createServer(async (request, response) => {
    const wanted = request.url?.startsWith(`/file/bot${token}/`) ? files.get(request.url.split('/').at(-1) ?? '') : undefined;
    if (wanted) {
      response.writeHead(wanted.failures ? 502 : 200).end(wanted.failures ? '' : wanted.bytes);
      if (wanted.failures) wanted.failures--;
      return;
    }
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    if (given !== token) return send(response, { error_code: given ? 401 : 404, description: given ? 'Unauthorized' : 'Not Found' });
    const payload = await read(request);
    const called: Called = { method, payload, at: Date.now(), status: 0 };
    calls.push(called);
    const refused = refusal?.(method, payload);
    const result = refused === 'lost' || !refused ? await carryOut(method, payload, response) : refused;
    if (refused === 'lost') return void request.socket.destroy();
    called.status = isRefusal(result) ? result.error_code : 200;
    return send(response, result);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function carryOut(method: string, payload: Payload, response: ServerResponse): Promise<unknown> {
    switch (method) {
      case 'getMe':
        return { ...bot, can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false };
      case 'getUpdates':
        return getUpdates(payload, response);
      case 'setWebhook':
        hook = payload.url ? { url: payload.url, secret_token: payload.secret_token } : undefined;
        for (const update of queue) void bring(update);
        return true;
      case 'deleteWebhook':
        hook = undefined;
        return true;
      case 'getWebhookInfo':
        return {
          url: hook?.url ?? '',
          has_custom_certificate: false,
          pending_update_count: queue.length,
          max_connections: 40,
          ...hookError,
        };
      case 'getFile':
        if (!files.has(payload.file_id))
          return { error_code: 400, description: 'Bad Request: wrong file_id or the file is temporarily unavailable' };
        return { file_id: payload.file_id, file_unique_id: payload.file_id, file_path: `documents/${payload.file_id}` };
      case 'setMyCommands':
      case 'sendChatAction':
        return true;
      default:
        return chats.carryOut(method, payload) ?? { error_code: 404, description: 'Not Found: method not found' };
    }
  }

  function getUpdates({ offset = 0, timeout = 0, limit = 100 }: Payload, response: ServerResponse): Promise<unknown> | unknown {
    if (hook) return conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
    poll?.answer(conflict('terminated by other getUpdates request; make sure that only one bot instance is running'));
    // Asking from an offset confirms, and so forgets, everything below it.
    queue.splice(0, queue.filter((update) => update.update_id < offset).length);
    const ready = () => queue.filter((update) => update.update_id >= offset).slice(0, limit);
    if (ready().length > 0 || timeout === 0) return ready();
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer([]), timeout * 1000);
      const answer = (result: Update[] | Refusal) => {
        clearTimeout(timer);
        if (poll?.answer === answer) poll = undefined;
        resolve(result);
      };
      poll = { answer, offset };
      response.on('close', () => answer([]));
    });
  }

  function push(update: Payload): number {
    const update_id = nextUpdate++;
    queue.push({ update_id, ...update } as unknown as Update);
    if (hook) void bring(queue.at(-1) as Update);
    else poll?.answer(queue.filter((each) => each.update_id >= (poll?.offset ?? 0)).slice(0, 100));
    return update_id;
  }

  async function bring(update: Update): Promise<void> {
    while (hook && queue.includes(update)) {
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if (hook.secret_token) headers['x-telegram-bot-api-secret-token'] = hook.secret_token;
      const answered = await fetch(hook.url, { method: 'POST', headers, body: JSON.stringify(update) }).catch(() => undefined);
      await answered?.arrayBuffer();
      if (answered?.ok) {
        queue.splice(queue.indexOf(update), 1);
        return;
      }
      hookError = {
        last_error_date: Math.floor(Date.now() / 1000),
        last_error_message: `Wrong response from the webhook: ${answered?.status ?? 'none'}`,
      };
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    username: bot.username,
    calls,
    chats,
    files,
    push,
    pending: () => [...queue],
    refuse: (given) => {
      refusal = given;
    },
    async close() {
      hook = undefined;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A call's refusal with an ordinary code. */
export function isRefusal(result: unknown): result is Refusal {
  return typeof result === 'object' && result !== null && 'error_code' in result;
}

/** Messages of the bot are what the double made them. */
export type Sent = Message.TextMessage;

function conflict(why: string): Refusal {
  return { error_code: 409, description: `Conflict: ${why}` };
}

async function read(request: IncomingMessage): Promise<Payload> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return (await json(request).catch(() => ({}))) as Payload;
  const form = await new Response(Readable.toWeb(request) as ReadableStream, { headers: { 'content-type': type } }).formData();
  // Files come as parts of their own; other parameters as JSON where they are no text.
  const payload: Payload = {};
  for (const [name, value] of form)
    payload[name] = typeof value === 'string' ? parsed(value) : { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
  return payload;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function send(response: ServerResponse, result: unknown): void {
  if (response.destroyed) return;
  const refused = isRefusal(result);
  response.writeHead(refused ? result.error_code : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(refused ? { ok: false, ...result } : { ok: true, result }));
}
