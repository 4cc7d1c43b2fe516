import { effect } from '@preact/signals';
import type { Change } from '../../../src/server/desk/protocol.ts';
import { language } from '../words.ts';
import { announceNews } from './announce.ts';
import { hearBeside, hearTyping, hushTyping, watchBeside } from './beside.ts';
import { showNews } from './desktop-notice.ts';
import { firstCursor, lists, refreshList, refreshTickets, watchList } from './lists.ts';
import { openLive } from './live.ts';
import { me } from './me.ts';
import { ringFor, tellCallDue, tellLowMark } from './notice.ts';
import { opened, refreshOpened, watchOpened } from './open-ticket.ts';
import { openId, shownList } from './route.ts';
import { loadMe } from './sign-in.ts';
import { forgetSeen } from './unread.ts';

/** Keeps what is shown alive while somebody is signed in. Returns what ends it. */
export function runDesk(): () => void {
  forgetSeen();
  const ends = [watchList(), watchOpened(), watchLanguage(), watchBeside()];
  let close: (() => void) | undefined;
  ends.push(
    effect(() => {
      // Live updates go on where the first list ends.
      if (firstCursor.value && !close)
        close = openLive(firstCursor.value, { changes: hear, back: refreshAll, beside: hearBeside, typing: hearTyping });
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

function hear(changes: Change[]): void {
  const open = openId();
  // Also what is written to us on another address of the contact.
  const shown = opened.peek();
  const here = changes.filter(({ ticketId, contactId }) => ticketId === open || (shown && contactId === shown.contact.id));
  if (open !== undefined && here.length > 0) refreshOpened();
  if (here.some(fromContact)) hushTyping();
  refreshTickets(changes.flatMap((change) => (movesList(change) && change.ticketId !== undefined ? change.ticketId : [])));
  ringFor(changes);
  showNews(changes);
  tellLowMark(changes);
  tellCallDue(changes);
  announceNews(changes);
}

// A message changes a line that is shown; only what happens to a ticket brings it into a list.
function movesList(change: Change): boolean {
  if (change.kind === 'ticket') return true;
  const shown = lists.peek()[shownList()]?.some(({ id }) => id === change.ticketId) ?? false;
  return shown && (change.kind === 'reply' || fromContact(change));
}

const fromContact = ({ kind, data }: Change) => kind === 'message' && data.author === 'contact';

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
