import { effect } from '@preact/signals';
import { render } from 'preact';
import { speak } from '../ui/words.ts';
import { createBell } from './core/bell.ts';
import { type Identity, readPerson } from './core/identity.ts';
import { openKeep } from './core/keep.ts';
import { openChat } from './core/open-chat.ts';
import type { Settings } from './core/settings.ts';
import { newStageSignals, type Stage } from './core/stage.ts';
import { createUnread } from './core/unread.ts';
import { wipeKeeps } from './core/wipe-keeps.ts';
import { dress } from './style/dress.ts';
import { fitToKeyboard } from './view/fit-to-keyboard.ts';
import { Panel } from './view/panel.tsx';

/** What the chat tells the page around it. */
export interface Outside {
  onClose(): void;
  onUnread(count: number): void;
  /** For `Destek.on`: `message`, `ticket`, `agent`, `identity`. */
  emit(event: string, detail: unknown): void;
}

/** A chat on the page. */
export interface MountedChat {
  /** `quietly`: without taking the focus. */
  open(view?: 'help' | 'chat', quietly?: boolean): void;
  close(): void;
  identify(identity: Identity | undefined): Promise<void>;
  logout(): Promise<void>;
  speak(language: string): void;
}

/** Puts the open chat into a shadow root. `page`: always open, part of a page. */
export function mountChat(shadow: ShadowRoot, settings: Settings, mode: Stage['mode'], outside: Outside, identity?: Identity): MountedChat {
  const parts = newStageSignals(settings);
  const bell = createBell();
  const [pageLanguage = 'en'] = (settings.language || document.documentElement.lang || navigator.language).toLowerCase().split('-');
  let who = identity;
  let turn = 0;
  let identified = false;

  const stage: Stage = {
    ...parts,
    settings,
    mode,
    close() {
      parts.open.value = false;
      outside.onClose();
    },
    async end() {
      await parts.chat.peek()?.end();
      parts.ended.value = true;
    },
    restart() {
      parts.ended.value = false;
      void begin();
    },
    seen() {
      const chat = parts.chat.peek();
      const last = chat?.messages.peek().at(-1);
      if (document.hidden || !chat || !last) return;
      chat.keep.set('seen', String(last.id));
      parts.unread.value = 0;
    },
  };

  const root = document.createElement('div');
  root.className = `destek ${mode}`;
  shadow.append(root);
  dress(shadow, root, settings);
  if (mode === 'widget') fitToKeyboard(root, parts.open);
  render(<Panel stage={stage} />, root);
  document.addEventListener('visibilitychange', () => parts.open.peek() && stage.seen());
  effect(() => outside.onUnread(parts.unread.value));
  effect(() => {
    const state = parts.chat.value?.state.value;
    if (state) outside.emit('state', state);
  });
  void speak(pageLanguage);
  if (mode === 'page') parts.open.value = true;
  let started = begin();

  return {
    open(view, quietly = false) {
      parts.focus.value = !quietly;
      if (view) parts.view.value = parts.help.peek() === false ? 'chat' : view;
      else
        void started.then(() => {
          const chat = parts.chat.peek();
          // Of somebody with an identity only the server knows whether there is a history: rather the chat.
          const talking = chat?.keep.get('visitor') || identified;
          parts.view.value = talking || parts.help.peek() === false ? 'chat' : 'help';
        });
      parts.open.value = true;
    },
    close: stage.close,
    async identify(given) {
      who = given;
      started = begin();
      await started;
    },
    async logout() {
      who = undefined;
      const gone = parts.chat.peek();
      gone?.close();
      gone?.keep.wipe();
      wipeKeeps(settings.server);
      await begin();
    },
    speak: (language) => void speak(language),
  };

  async function begin(): Promise<void> {
    turn += 1;
    const mine = turn;
    parts.chat.peek()?.close();
    parts.chat.value = undefined;
    parts.unread.value = 0;
    const person = await readPerson(who);
    if (mine !== turn) return;
    identified = person.subject !== '';
    const keep = openKeep(settings.server, person.subject);
    const language = keep.get('language') ?? pageLanguage;
    void speak(language);
    const chat = openChat({
      server: settings.server,
      language,
      keep,
      identity: person.token,
      identityRefused() {
        console.warn(
          'Destek: the server refused the identity (forged, expired, or not signed with its WIDGET_SECRET). The visitor is anonymous.',
        );
        outside.emit('identity', { refused: true });
      },
      ended: () => mine === turn && void begin(),
      replied: createUnread(parts, keep, bell, (message) => outside.emit('message', message)),
    });
    parts.chat.value = chat;
  }
}
