import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import type { Line } from '../core/in-order.ts';
import { fetchEarlier } from '../core/open-ticket.ts';
import { seenSeq } from '../core/seen-seq.ts';

/** How a conversation moves: its end stays in sight while one is at it, what was in sight stays where earlier lines come in above; what stands at the end before somebody's eyes is seen. */
export function useEndInSight(view: TicketView, all: Line[]) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  /** Height below the top before earlier lines came: what was in sight stays in sight. */
  const below = useRef<number | undefined>(undefined);
  /** How far down one was at the last look. */
  const scrolled = useRef(0);
  const last = all.at(-1)?.key;

  const look = () => {
    if (atEnd.peek() && !document.hidden) seenSeq.value = view.heardSeq;
  };
  // A growing composer, a phone's keyboard, a picture that has come: the end stays in sight.
  const stay = () => {
    if (box.current && atEnd.peek()) box.current.scrollTop = box.current.scrollHeight;
  };
  const settle = () => {
    const element = box.current;
    if (element && below.current !== undefined) element.scrollTop = element.scrollHeight - below.current;
    else stay();
    below.current = undefined;
    look();
  };
  const earlier = async () => {
    const element = box.current;
    if (element) below.current = element.scrollHeight - element.scrollTop;
    await fetchEarlier();
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
    const watcher = new ResizeObserver(stay);
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
    // What grows below is no leaving of the end: only whoever scrolls up leaves it.
    if (element.scrollHeight - element.scrollTop - element.clientHeight < 48) atEnd.value = true;
    else if (element.scrollTop < scrolled.current) atEnd.value = false;
    scrolled.current = element.scrollTop;
    look();
  };

  return { box, atEnd, stay, earlier, onScroll };
}
