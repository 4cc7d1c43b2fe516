import { effect } from '@preact/signals';
import type { LiveUpdate } from '../../../src/server/desk/protocol.ts';
import { language } from '../words.ts';
import { firstCursor, refreshList, watchList } from './lists.ts';
import { openLive } from './live.ts';
import { me } from './me.ts';
import { ringFor, tellLowMark } from './notice.ts';
import { refreshOpened, watchOpened } from './open-ticket.ts';
import { openId } from './route.ts';
import { loadMe } from './sign-in.ts';
import { recallSeen } from './unread.ts';

/** Which ticket a conversation belongs to, as far as changes have told. */
const ticketOf = new Map<number, number>();

/** Keeps what is shown alive while somebody is signed in. Returns what ends it. */
export function runDesk(): () => void {
  recallSeen();
  const ends = [watchList(), watchOpened(), watchLanguage()];
  let close: (() => void) | undefined;
  ends.push(
    effect(() => {
      // Live updates go on where the first list ends.
      if (firstCursor.value && !close) close = openLive(firstCursor.value, { changes: hear, back: refreshAll });
    }),
  );
  const wake = () => document.hidden || refreshAll();
  document.addEventListener('visibilitychange', wake);
  return () => {
    document.removeEventListener('visibilitychange', wake);
    for (const end of ends) end();
    close?.();
  };
}

function hear(changes: LiveUpdate['changes']): void {
  for (const { conversationId, ticketId } of changes) if (ticketId !== undefined) ticketOf.set(conversationId, ticketId);
  const open = openId();
  if (open !== undefined && changes.some(({ conversationId, ticketId }) => (ticketId ?? ticketOf.get(conversationId) ?? open) === open))
    refreshOpened();
  // What a bot says to others moves no list.
  if (changes.some(({ kind, data }) => kind === 'ticket' || kind === 'reply' || (kind === 'message' && data.author === 'contact')))
    refreshList();
  ringFor(changes);
  tellLowMark(changes);
}

function refreshAll(): void {
  refreshList();
  refreshOpened();
}

function watchLanguage(): () => void {
  let first = true;
  return effect(() => {
    language.value;
    // The names of departments come in the language of the screen.
    if (!first && me.peek()) void loadMe().catch(() => undefined);
    first = false;
  });
}
