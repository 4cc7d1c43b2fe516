import chatFile from 'virtual:chat-file';
import type { DestekApi, DestekEvents, Identity } from './api.d.ts';
import type { MountedChat, mountChat } from './chat.tsx';
import { wipeKeeps } from './core/wipe-keeps.ts';
import { placeButton } from './launcher/button.ts';
import { hasConversation, rememberOpen, wasOpen } from './launcher/kept.ts';
import { onKey } from './launcher/keys.ts';
import { readSettings } from './launcher/read-settings.ts';

// dist/widget.js: the button in the corner and `window.Destek`. The chat itself comes when it is needed, or when somebody has a conversation.
const script = document.currentScript;
const before = window.Destek;
// A page that includes it twice, or changes its content without reloading, has one chat.
if (script instanceof HTMLScriptElement && (before === undefined || Array.isArray(before))) {
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script));
}

function start(script: HTMLScriptElement): void {
  const settings = readSettings(script);
  const language = settings.language || document.documentElement.lang || navigator.language;
  const hearers = new Map<string, Set<(detail: never) => void>>();
  const state = { open: false, busy: false, failed: false, unread: 0 };
  let identity: Identity | undefined = script.dataset.identity;
  let chat: Promise<MountedChat> | undefined;
  let focused: Element | null = null;
  let tries = 0;

  const button = placeButton(settings, language, () => (state.open ? api.close() : api.open()));
  const show = (change: Partial<typeof state>) => button.show(Object.assign(state, change));
  const emit = (name: string, detail: unknown) => {
    for (const heard of hearers.get(name) ?? []) heard(detail as never);
  };

  const api: DestekApi & { push(call: (destek: DestekApi) => void): void } = {
    open: (view) => open(view, false),
    close() {
      if (state.open) void chat?.then((mounted) => mounted.close());
    },
    identify(given) {
      identity = given;
      if (chat) void chat.then((mounted) => mounted.identify(given));
    },
    logout() {
      identity = undefined;
      wipeKeeps(settings.server);
      if (chat) void chat.then((mounted) => mounted.logout());
    },
    on(name, heard) {
      const set = hearers.get(name) ?? new Set();
      hearers.set(name, set.add(heard as (detail: never) => void));
      return () => set.delete(heard as (detail: never) => void);
    },
    push: (call) => call(api),
  };

  window.Destek = api;
  if (Array.isArray(before)) for (const call of before) call(api);
  onKey(settings.helpKey, () => api.open('help'));
  onKey(settings.chatKey, () => api.open('chat'));
  // Open on the page before, open on this one; a phone's whole window is not taken unasked.
  if (wasOpen(settings.server) && !matchMedia('(max-width: 480px), (max-height: 480px)').matches) open(undefined, true);
  // Somebody with a conversation hears of replies while the chat is closed.
  if (identity || hasConversation(settings.server)) (window.requestIdleCallback ?? setTimeout)(() => void load().catch(() => undefined));

  function open(view: 'help' | 'chat' | undefined, quietly: boolean): void {
    if (!state.open) focused = document.activeElement;
    show({ open: true });
    void load().then(
      (mounted) => {
        if (!state.open) return;
        mounted.open(view, quietly);
        rememberOpen(settings.server, true);
        emit('open', undefined);
      },
      () => show({ open: false }),
    );
  }

  function load(): Promise<MountedChat> {
    if (chat) return chat;
    show({ busy: true, failed: false });
    // Browsers remember that a module could not be fetched: another try needs another address.
    const address = new URL(tries === 0 ? chatFile : `${chatFile}?again=${tries}`, script.src).href;
    tries += 1;
    const loading = import(/* @vite-ignore */ address).then((module: { mountChat: typeof mountChat }) =>
      module.mountChat(
        button.shadow,
        settings,
        'widget',
        {
          onClose() {
            show({ open: false });
            rememberOpen(settings.server, false);
            emit('close', undefined);
            const back =
              focused instanceof HTMLElement && focused !== document.body && !button.shadow.host.contains(focused)
                ? focused
                : button.element;
            back.focus();
          },
          onUnread(unread) {
            if (unread !== state.unread) emit('unread' satisfies keyof DestekEvents, unread);
            show({ unread });
          },
          emit,
        },
        identity,
      ),
    );
    chat = loading;
    loading.then(
      () => show({ busy: false }),
      () => {
        chat = undefined;
        show({ busy: false, failed: true });
      },
    );
    return loading;
  }
}
