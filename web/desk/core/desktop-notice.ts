import type { Change } from '../../../src/server/desk/protocol.ts';
import { type Key, say } from '../words.ts';
import { lists } from './lists.ts';
import { departmentName, me } from './me.ts';
import { newsFor } from './news.ts';
import { go } from './route.ts';
import { set, settings } from './settings.ts';
import { tell } from './toast.ts';

/** Turns desktop notices on or off in this browser; asks for its permission, which browsers allow only on a click. */
export async function flipDesktopNotices(): Promise<void> {
  if (settings.peek().desktop) return set({ desktop: false });
  const allowed = 'Notification' in globalThis && (await Notification.requestPermission()) === 'granted';
  set({ desktop: allowed });
  if (!allowed) tell(say('desktop_blocked'), { bad: true });
}

/** Shows what is news outside of the browser's window, while nobody looks at it. Numbers and departments only: a screen may be seen by others. */
export function showNews(changes: Change[]): void {
  const who = me.peek();
  if (!who || who.presence === 'away' || !settings.peek().desktop || document.hasFocus()) return;
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  for (const { what, ticketId, number, department } of newsFor(who, changes, lists.peek().mine ?? [])) {
    // One notice a ticket: the next word about it takes the place of the last.
    const notice = new Notification(say(`notice_${what}` as Key, { number }), {
      body: departmentName(department),
      tag: `ticket-${ticketId}`,
    });
    notice.onclick = () => {
      window.focus();
      go({ page: 'tickets', list: what === 'waiting' ? 'waiting' : 'all', ticket: ticketId });
      notice.close();
    };
  }
}
