import { signal } from '@preact/signals';
import type { ChatConfig, ChatMessage, ChatState, Links, Update } from '../../../src/bots/web/protocol.ts';
import { language, speak } from '../../ui/words.ts';
import type { Chat, ChatParts, Kept } from './chat.ts';
import { fetchJson } from './fetch-json.ts';
import { type Connection, openLink } from './link.ts';
import { openQueue } from './queue.ts';
import { addMessages } from './record.ts';
import { createSender } from './sender.ts';

/** Opens the chat of a person. Connects at once where there is a history, else with the first message. */
export function openChat(parts: ChatParts): Chat {
  const { server, keep } = parts;
  const messages = signal<ChatMessage[]>([]);
  const state = signal<ChatState | undefined>(undefined);
  const config = signal<ChatConfig | undefined>(undefined);
  const connection = signal<Connection>('idle');
  const typing = signal<string | undefined>(undefined);
  const notice = signal<string | undefined>(undefined);
  const kept = signal<Kept[]>([]);
  const loaded = signal(false);
  const verified = signal(false);
  const email = signal<string | undefined>(undefined);
  const queue = openQueue(keep);
  let cursor: string | undefined;
  let typingEnds: ReturnType<typeof setTimeout> | undefined;
  let typedAt = 0;
  let closed = false;

  const link = openLink(
    server,
    async () => {
      const identity = await parts.identity();
      const [visitor, about] = [keep.get('visitor'), keep.get('about')];
      return {
        ...(visitor && { visitor }),
        ...(identity && { identity }),
        language: keep.get('language') ?? parts.language,
        ...(cursor && { after: cursor }),
        ...(config.peek()?.before && about && { about: JSON.parse(about) }),
      };
    },
    {
      connection(now) {
        connection.value = now;
        if (now === 'online') {
          notice.value = undefined;
          wake();
        }
      },
      update: apply,
      typing(name) {
        typing.value = name ?? '';
        clearTimeout(typingEnds);
        typingEnds = setTimeout(() => (typing.value = undefined), 6_000);
      },
      refused(message) {
        notice.value = message;
        loaded.value = true;
      },
    },
  );

  const wake = createSender({
    lock: `destek|${server}|out`,
    queue,
    async prepare() {
      link.connect();
      await link.ready();
    },
    send: (outgoing) => link.send(outgoing),
    kept(waiting, text) {
      if (!messages.peek().some(({ clientId }) => clientId === waiting.id)) kept.value = [...kept.peek(), { ...waiting, text, kept: true }];
    },
    notice: (text) => (notice.value = text),
  });

  const unwatch = keep.watch((name, value) => {
    if (name.startsWith('out|')) queue.refresh();
    if (name === 'visitor') value === null ? parts.ended() : link.connect();
    if (name === 'language' && value) void speak(value);
  });

  void begin();
  return {
    messages,
    state,
    config,
    connection,
    typing,
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
      link.connect();
      await link.ready();
      const [visitor, identity] = [keep.get('visitor'), await parts.identity()];
      return { ...(visitor && { visitor }), ...(identity && { identity }) };
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
    noteTyping() {
      if (Date.now() - typedAt < 3_000) return;
      typedAt = Date.now();
      link.typing();
    },
    reconnect() {
      void begin();
    },
    check: link.check,
    async end() {
      await link.end();
      this.close();
      keep.wipe();
    },
    get closed() {
      return closed;
    },
    close() {
      closed = true;
      clearTimeout(typingEnds);
      unwatch();
      link.close();
    },
  };

  async function begin(): Promise<void> {
    const identity = await parts.identity().catch(() => undefined);
    if (closed) return;
    if (identity || keep.get('visitor')) link.connect();
    else loaded.value = true;
    if (queue.next()) wake();
    if (!config.peek()) await configure();
  }

  async function configure(): Promise<void> {
    try {
      config.value = await fetchJson<ChatConfig>(server, '/chat/config', { language: keep.get('language') ?? parts.language });
    } catch {
      if (closed) return;
      if (connection.peek() === 'idle') connection.value = 'offline';
      setTimeout(() => void configure(), 5_000);
      return;
    }
    if (connection.peek() === 'offline' && !keep.get('visitor')) connection.value = 'idle';
  }

  function apply(update: Update): void {
    if (closed) return;
    if (update.visitor) keep.set('visitor', update.visitor);
    if (update.identity) verified.value = update.identity === 'verified';
    if (update.email) email.value = update.email;
    if (update.identity === 'refused') parts.identityRefused();
    cursor = update.cursor;
    const before = messages.peek();
    const after = addMessages(before, update);
    messages.value = after;
    const ids = new Set(after.flatMap(({ clientId }) => clientId ?? []));
    if (kept.peek().some(({ id }) => ids.has(id))) kept.value = kept.peek().filter(({ id }) => !ids.has(id));
    // Kept already by an earlier try whose acknowledgement was lost.
    for (const { id } of queue.items.peek()) if (ids.has(id)) queue.remove(id);
    const replies = after.slice(before.length).filter(({ author }) => author !== 'contact');
    if (replies.length > 0) typing.value = undefined;
    state.value = update.state;
    if (after.length > 0 && update.state.language !== language.peek()) void speak(update.state.language);
    // The reader begins at the end: a history in pages is shown when its last one is here.
    if (!update.more) loaded.value = true;
    if (replies.length > 0) parts.replied(replies);
  }
}
