import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatMessage } from '../../../src/bots/web/protocol.ts';
import type { Stage } from '../core/stage.ts';

/** Messages in a block. Two blocks are drawn at first, and one more each time the reader comes near the top. */
export const pageful = 40;

/** What there is in a log. */
interface Shown {
  /** Messages of the server's record. */
  known: number;
  /** The same, with those that are not sent yet. */
  count: number;
  typing: string | undefined;
  /** The newest message of the server's. */
  last: ChatMessage | undefined;
  /** Something of the visitor's own is on its way. */
  own: boolean;
}

/** How a log moves: its end stays in sight while one is at it, a long reply is read from its beginning, older blocks are drawn as the reader scrolls up. `below`: how many came while they were up there. */
export function useLogScroll(stage: Stage, { known, count, typing, last, own }: Shown) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useSignal(1);
  const atEnd = useSignal(true);
  const below = useSignal(0);
  const read = useRef<number | undefined>(undefined);
  const anchor = useRef<number | undefined>(undefined);
  const newest = Math.floor(Math.max(known - 1, 0) / pageful);
  const oldest = Math.max(0, newest - drawn.value);
  const blocks = Array.from({ length: newest - oldest + 1 }, (_, n) => oldest + n);
  const said = useRef(count);
  said.current = count;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // Before anything was said there is a welcome, which is read from its beginning.
    if (count === 0) element.scrollTop = 0;
    else if (anchor.current !== undefined) element.scrollTop = element.scrollHeight - anchor.current;
    else if (atEnd.peek() || own) {
      element.scrollTop = element.scrollHeight;
      // A reply taller than the window is read from its beginning.
      const begin = firstReply(element, read.current);
      if (begin !== undefined && !own) element.scrollTop = Math.min(element.scrollTop, begin - 10);
    } else if (last && last.author !== 'contact') below.value += 1;
    anchor.current = undefined;
    read.current = last?.id;
  }, [count, drawn.value, typing, last?.id]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // The keyboard of a phone, or a growing text, makes the log smaller: its end stays in sight.
    const watcher = new ResizeObserver(() => {
      if (atEnd.peek() && said.current > 0) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  useEffect(() => {
    if (atEnd.value && stage.open.value) stage.seen();
  }, [count, atEnd.value, stage.open.value]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    atEnd.value = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
    if (atEnd.value) below.value = 0;
    // Back at the end: what was drawn on the way up is no longer needed.
    if (atEnd.value && drawn.peek() > 10) drawn.value = 1;
    if (element.scrollTop < 600 && drawn.peek() < newest) {
      anchor.current = element.scrollHeight - element.scrollTop;
      drawn.value += 1;
      // Older messages are nothing new to read out.
      element.ariaBusy = 'true';
      setTimeout(() => {
        element.ariaBusy = 'false';
      }, 300);
    }
  };

  return { box, atEnd, below, newest, blocks, onScroll };
}

/** Where the first reply after a message begins, px; undefined where there is none, or the history has just come. */
function firstReply(log: HTMLElement, read: number | undefined): number | undefined {
  if (read === undefined) return undefined;
  return [...log.querySelectorAll<HTMLElement>('article[data-id]')]
    .slice(-12)
    .find((article) => Number(article.dataset['id']) > read && !article.classList.contains('contact'))?.offsetTop;
}
