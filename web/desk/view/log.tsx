import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { inOrder, type Line } from '../core/in-order.ts';
import { seenSeq } from '../core/seen-seq.ts';
import { dayName } from '../core/times.ts';
import { nameOf, say } from '../words.ts';
import { EventLine } from './event-line.tsx';
import { Icon } from './icon.tsx';
import { MessageLine } from './message-line.tsx';
import { NoteLine } from './note-line.tsx';
import { useEndInSight } from './use-end-in-sight.ts';

/** Everything that was said and done, in order, with the days between. New lines are read out; the end stays in sight while one is at it. */
export function Log({ view }: { view: TicketView }) {
  const all = inOrder(view);
  const { box, atEnd, stay, earlier, onScroll } = useEndInSight(view, all);

  return (
    <div class="log">
      <div
        class="scroll"
        ref={box}
        onScroll={onScroll}
        onLoadCapture={stay}
        role="log"
        aria-live="polite"
        aria-label={say('messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
      >
        {view.earlier && (
          <button type="button" class="quiet earlier" onClick={() => void earlier()}>
            {say('log_earlier')}
          </button>
        )}
        {all.map((line, n) => {
          const before = all[n - 1];
          const newDay = !before || new Date(before.at).toDateString() !== new Date(line.at).toDateString();
          const moved = line.message && elsewhere(all, n, view);
          return (
            <div key={line.key} class="entry">
              {newDay && <p class="day">{dayName(line.at)}</p>}
              {moved && <p class="moved">{moved}</p>}
              {line.message && (
                <MessageLine
                  message={line.message}
                  view={view}
                  first={newDay || moved !== undefined || !before?.message || !sameHand(before.message, line.message)}
                  fresh={isFresh(line, view)}
                />
              )}
              {line.event && <EventLine event={line.event} />}
              {line.note && <NoteLine note={line.note} />}
            </div>
          );
        })}
      </div>
      {!atEnd.value && (
        <button type="button" class="newest" onClick={() => box.current?.scrollTo({ top: box.current.scrollHeight })}>
          <Icon name="down" />
          {view.heardSeq > seenSeq.value ? say('newest_new') : say('newest')}
        </button>
      )}
    </div>
  );
}

function isFresh({ message }: Line, { conversationId }: TicketView): boolean {
  return message?.author === 'contact' && message.conversationId === conversationId && (message.seq ?? 0) > seenSeq.value;
}

/** Where a message was said, where that is another place than the message before it. */
function elsewhere(all: Line[], n: number, { conversationId }: TicketView): string | undefined {
  const message = all[n]?.message;
  const before = all.slice(0, n).findLast((line) => line.message)?.message;
  if (!message || (before ? before.conversationId === message.conversationId : message.conversationId === conversationId)) return undefined;
  return say(message.conversationId === conversationId ? 'log_here' : 'log_elsewhere', { channel: nameOf('channel', message.channel) });
}

type Hand = { author: string; agent?: string; at: string };
const sameHand = (one: Hand, other: Hand) =>
  one.author === other.author && one.agent === other.agent && Date.parse(other.at) - Date.parse(one.at) < 300_000;
