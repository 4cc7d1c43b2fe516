import { type Signal, signal } from '@preact/signals';
import type { ChatMessage, ChatState, Update } from '../../../src/bots/web/protocol.ts';
import { language, speak } from '../../ui/words.ts';
import type { Chat, ChatParts, Kept } from './chat.ts';
import type { Queue, Waiting } from './queue.ts';

/** What a chat knows of its conversation, as the screen shows it. */
export interface ChatRecord extends Pick<Chat, 'messages' | 'state' | 'kept' | 'email' | 'verified'> {
  loaded: Signal<boolean>;
  /** Where the server is to go on; undefined before its first word. */
  readonly cursor: string | undefined;
  /** Takes in what the server says. Returns the replies that are new here. */
  take(update: Update): ChatMessage[];
  /** A message is durable: it stands here, as it was kept, until the server brings it back. */
  keepSent(waiting: Waiting, text: string): void;
}

/** The record of one person's chat, empty at first. */
export function openRecord({ keep, identityRefused }: Pick<ChatParts, 'keep' | 'identityRefused'>, queue: Queue): ChatRecord {
  const messages = signal<ChatMessage[]>([]);
  const state = signal<ChatState | undefined>(undefined);
  const kept = signal<Kept[]>([]);
  const loaded = signal(false);
  const verified = signal(false);
  const email = signal<string | undefined>(undefined);
  let cursor: string | undefined;

  return {
    messages,
    state,
    kept,
    loaded,
    verified,
    email,
    get cursor() {
      return cursor;
    },
    take(update) {
      takePerson(update);
      cursor = update.cursor;
      const before = messages.peek();
      const after = addMessages(before, update);
      messages.value = after;
      forgetSent(after);
      state.value = update.state;
      if (after.length > 0 && update.state.language !== language.peek()) void speak(update.state.language);
      // The reader begins at the end: a history in pages is shown when its last one is here.
      if (!update.more) loaded.value = true;
      return after.slice(before.length).filter(({ author }) => author !== 'contact');
    },
    keepSent(waiting, text) {
      if (!messages.peek().some(({ clientId }) => clientId === waiting.id)) kept.value = [...kept.peek(), { ...waiting, text, kept: true }];
    },
  };

  function takePerson(update: Update): void {
    if (update.visitor) keep.set('visitor', update.visitor);
    if (update.identity) verified.value = update.identity === 'verified';
    if (update.email) email.value = update.email;
    if (update.identity === 'refused') identityRefused();
  }

  function forgetSent(known: ChatMessage[]): void {
    const ids = new Set(known.flatMap(({ clientId }) => clientId ?? []));
    if (kept.peek().some(({ id }) => ids.has(id))) kept.value = kept.peek().filter(({ id }) => !ids.has(id));
    // Kept already by an earlier try whose acknowledgement was lost.
    for (const { id } of queue.items.peek()) if (ids.has(id)) queue.remove(id);
  }
}

/** Adds what an update brings to what is known, in the order of the server. Twice has no effect; returns the same array where nothing is new. */
function addMessages(known: ChatMessage[], update: Update): ChatMessage[] {
  if (update.messages.length === 0) return known;
  const places = new Map(known.map(({ id }, place) => [id, place]));
  const result = [...known];
  for (const message of update.messages) {
    const place = places.get(message.id);
    if (place === undefined) result.push(message);
    else result[place] = message;
  }
  return result;
}
