import type { ChatMessage } from '../../../src/bots/web/protocol.ts';
import { say } from '../../ui/words.ts';
import type { Bell } from './bell.ts';
import type { Keep } from './keep.ts';
import type { newStageSignals } from './stage.ts';

/** Replies that come so soon after a chat was opened were there before this page. Milliseconds. */
const historyMs = 1_500;

/** What new replies of a chat do: the page is told of each (`tell`), and where nobody looks they are counted, marked in the title and rung for. */
export function createUnread(
  { open, unread, sound }: Pick<ReturnType<typeof newStageSignals>, 'open' | 'unread' | 'sound'>,
  keep: Keep,
  bell: Bell,
  tell: (message: ChatMessage) => void,
): (messages: ChatMessage[]) => void {
  const since = Date.now();
  return (messages) => {
    const seen = Number(keep.get('seen') ?? 0);
    const unseen = messages.filter(({ id }) => id > seen);
    for (const message of unseen) tell(message);
    const looking = open.peek() && !document.hidden;
    if (looking || unseen.length === 0) return;
    unread.value += unseen.length;
    bell.mark(say('new_reply', { count: unread.value }));
    if (sound.peek() && Date.now() - since > historyMs) bell.ring();
  };
}
