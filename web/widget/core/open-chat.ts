import { signal } from '@preact/signals';
import type { ChatConfig, Handshake, Links } from '../../../src/bots/web/protocol.ts';
import { speak } from '../../ui/words.ts';
import type { Chat, ChatParts } from './chat.ts';
import { fetchConfig } from './chat-config.ts';
import { fetchJson } from './fetch-json.ts';
import { type Connection, type Link, openLink } from './link.ts';
import { openQueue } from './queue.ts';
import { openRecord } from './record.ts';
import { createSender } from './sender.ts';
import { openTyping } from './typing.ts';

/** Opens the chat of a person. Connects at once where there is a history, else with the first message. */
export function openChat(parts: ChatParts): Chat {
  const { server, keep } = parts;
  const config = signal<ChatConfig | undefined>(undefined);
  const connection = signal<Connection>('idle');
  const notice = signal<string | undefined>(undefined);
  const queue = openQueue(keep);
  const record = openRecord(parts, queue);
  const typing = openTyping(() => link.typing());
  const stop = new AbortController();

  const link: Link = openLink(server, () => handshakeOf(parts, record.cursor, config.peek()), {
    connection(now) {
      connection.value = now;
      if (now !== 'online') return;
      notice.value = undefined;
      wake();
    },
    update(update) {
      if (stop.signal.aborted) return;
      const replies = record.take(update);
      if (replies.length === 0) return;
      typing.stopped();
      parts.replied(replies);
    },
    typing: typing.heard,
    refused(message) {
      notice.value = message;
      record.loaded.value = true;
    },
  });
  const wake = createSender({
    lock: `${keep.name}out`,
    queue,
    prepare: connected,
    send: (outgoing) => link.send(outgoing),
    kept: record.keepSent,
    notice: (text) => (notice.value = text),
    stop: stop.signal,
  });
  const unwatch = keep.watch((name, value) => {
    if (name.startsWith('out|')) queue.refresh();
    if (name === 'visitor') value === null ? parts.ended() : link.connect();
    if (name === 'language' && value) void speak(value);
  });

  void begin();
  const { messages, state, kept, loaded, email, verified } = record;
  return {
    messages,
    state,
    config,
    connection,
    typing: typing.who,
    notice,
    kept,
    queue,
    loaded,
    email,
    verified,
    server,
    keep,
    send(text, more) {
      queue.add({ ...more, text });
      wake();
    },
    async credentials() {
      await connected();
      return whoOf(parts);
    },
    async links() {
      const identity = await parts.identity();
      return (await fetchJson<Links>(server, '/chat/links', {}, { authorization: `Bearer ${identity}` })).links;
    },
    mail: (to) => link.transcript(to),
    retry(id) {
      queue.retry(id);
      wake();
    },
    choose(code) {
      keep.set('language', code);
      void speak(code);
      if (messages.peek().length > 0) this.send(`/lang ${code}`);
    },
    noteTyping: typing.note,
    reconnect: () => void begin(),
    check: link.check,
    async end() {
      await link.end();
      this.close();
      keep.wipe();
    },
    get closed() {
      return stop.signal.aborted;
    },
    close() {
      stop.abort();
      typing.stopped();
      unwatch();
      link.close();
    },
  };
  async function connected(): Promise<void> {
    link.connect();
    await link.ready();
  }

  async function begin(): Promise<void> {
    const { visitor, identity } = await whoOf(parts).catch(() => ({ visitor: keep.get('visitor'), identity: undefined }));
    if (stop.signal.aborted) return;
    if (identity || visitor) link.connect();
    else record.loaded.value = true;
    if (queue.next()) wake();
    if (!config.peek()) await configure();
  }

  async function configure(): Promise<void> {
    const missed = () => {
      if (connection.peek() === 'idle') connection.value = 'offline';
    };
    const found = await fetchConfig(parts, { closed: () => stop.signal.aborted, missed });
    if (!found) return;
    config.value = found;
    if (connection.peek() === 'offline' && !keep.get('visitor')) connection.value = 'idle';
  }
}

/** Who is at the chat: the host page's word, the browser's own, both or neither. */
async function whoOf({ keep, identity: ask }: ChatParts): Promise<{ visitor?: string; identity?: string }> {
  const identity = await ask();
  const visitor = keep.get('visitor');
  return { ...(visitor && { visitor }), ...(identity && { identity }) };
}

/** What the server is told at every connection. What a person said before the chat goes with it, where the desk asks for that. */
async function handshakeOf(parts: ChatParts, cursor: string | undefined, config: ChatConfig | undefined): Promise<Handshake> {
  const who = await whoOf(parts);
  const about = parts.keep.get('about');
  return {
    ...who,
    language: parts.keep.get('language') ?? parts.language,
    ...(cursor && { after: cursor }),
    ...(config?.before && about && { about: JSON.parse(about) }),
  };
}
