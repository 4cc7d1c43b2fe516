import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Chat } from './chat.ts';
import type { Settings } from './settings.ts';

/** What the screen needs beside the chat itself. */
export interface Stage {
  chat: ReadonlySignal<Chat | undefined>;
  settings: Settings;
  /** `page`: the chat is part of a page and cannot be closed. */
  mode: 'widget' | 'page';
  view: Signal<'help' | 'chat'>;
  open: ReadonlySignal<boolean>;
  /** Whether opening takes the focus: not where the chat is only open again on the next page. */
  focus: Signal<boolean>;
  /** After "end chat", until a new one begins: the transcript is still there. */
  ended: Signal<boolean>;
  sound: Signal<boolean>;
  unread: ReadonlySignal<number>;
  /** Whether the server has public topics to search; undefined: not known yet. */
  help: Signal<boolean | undefined>;
  close(): void;
  /** Ends the chat and shows the farewell. */
  end(): Promise<void>;
  /** Begins a new chat after the farewell. */
  restart(): void;
  seen(): void;
}

/** Signals with the values of a stage that has just been built. */
export function newStageSignals(settings: Settings) {
  return {
    view: signal<'help' | 'chat'>('chat'),
    ended: signal(false),
    sound: signal(settings.sound),
    help: signal<boolean | undefined>(undefined),
    unread: signal(0),
    open: signal(false),
    focus: signal(true),
    chat: signal<Chat | undefined>(undefined),
  };
}
