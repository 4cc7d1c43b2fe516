import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { inOrder } from '../core/in-order.ts';
import { seenSeq } from '../core/seen-seq.ts';
import { dayName } from '../core/times.ts';
import { say } from '../words.ts';
import { EventLine } from './event-line.tsx';
import { Icon } from './icon.tsx';
import { MessageLine } from './message-line.tsx';

/** Lines drawn at first, and how many more at a press. */
const pageful = 150;

/** Everything that was said and done, in order, with the days between. New lines are read out; the end stays in sight while one is at it. */
export function Log({ view }: { view: TicketView }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  const drawn = useSignal(pageful);
  const all = inOrder(view);
  const shown = all.slice(-drawn.value);
  const last = all.at(-1)?.key;

  const look = () => {
    if (atEnd.peek() && !document.hidden) seenSeq.value = view.heardSeq;
  };
  const settle = () => {
    const element = box.current;
    if (element && atEnd.peek()) element.scrollTop = element.scrollHeight;
    look();
  };
  // What came while the page was hidden counts as seen when it is looked at again.
  const looked = useRef(look);
  looked.current = look;
  useLayoutEffect(() => {
    seenSeq.value = 0;
  }, []);
  useLayoutEffect(settle, [last, view.heardSeq, all.length]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // A growing composer or a phone's keyboard makes the log smaller: its end stays in sight.
    const watcher = new ResizeObserver(() => {
      if (atEnd.peek()) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    const atLook = () => looked.current();
    document.addEventListener('visibilitychange', atLook);
    return () => {
      watcher.disconnect();
      document.removeEventListener('visibilitychange', atLook);
    };
  }, []);
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    atEnd.value = element.scrollHeight - element.scrollTop - element.clientHeight < 48;
    look();
  };

  return (
    <div class="log">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div class="scroll" ref={box} onScroll={onScroll} role="log" aria-live="polite" aria-label={say('messages')} tabIndex={0}>
        {all.length > shown.length && (
          <button
            type="button"
            class="quiet earlier"
            onClick={() => {
              drawn.value += pageful;
            }}
          >
            {say('earlier', { count: all.length - shown.length })}
          </button>
        )}
        {shown.map((line, n) => {
          const before = shown[n - 1];
          const newDay = !before || new Date(before.at).toDateString() !== new Date(line.at).toDateString();
          return (
            <div key={line.key} class="entry">
              {newDay && <p class="day">{dayName(line.at)}</p>}
              {line.message ? (
                <MessageLine
                  message={line.message}
                  view={view}
                  first={newDay || !before?.message || !sameHand(before.message, line.message)}
                  fresh={line.message.author === 'contact' && (line.message.seq ?? 0) > seenSeq.value}
                />
              ) : (
                line.event && <EventLine event={line.event} />
              )}
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

type Hand = { author: string; agent?: string; at: string };
const sameHand = (one: Hand, other: Hand) =>
  one.author === other.author && one.agent === other.agent && Date.parse(other.at) - Date.parse(one.at) < 300_000;
