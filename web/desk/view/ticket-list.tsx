import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ListedLine } from '../../../src/server/desk/list-protocol.ts';
import { useKeys } from '../core/keys.ts';
import { fetchMore, longer } from '../core/lists.ts';
import { go, type ListName, openId } from '../core/route.ts';
import { say } from '../words.ts';
import { TicketRow } from './ticket-row.tsx';

/** Height of a row, rem; the style sheet has the same. */
const rowRem = 5;
/** Rows drawn above and below what is seen, so that scrolling shows no gaps. */
const spare = 6;

/** The tickets of a list. Only those in sight are drawn, so that 500 move like ten; j and k go through all of them. */
export function TicketList({ list, tickets }: { list: ListName; tickets: ListedLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  const row = rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const top = useSignal(0);
  const height = useSignal(800);
  /** The ticket that j and k are at, and whether the focus has yet to go there. */
  const cursor = useRef<number | undefined>(openId());
  const wanted = useSignal<number | undefined>(undefined);
  /** Where that ticket stood when it was last in the list: from there it goes on when it has left. */
  const stood = useRef(-1);
  const stands = tickets.findIndex(({ id }) => id === cursor.current);
  if (stands !== -1) stood.current = stands;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => {
      height.value = element.clientHeight;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (wanted.value === undefined) return;
    box.current?.querySelector<HTMLElement>(`[data-ticket="${wanted.value}"]`)?.focus({ preventScroll: true });
    wanted.value = undefined;
  }, [wanted.value, top.value]);

  const move = (by: number) => {
    const at = tickets.findIndex(({ id }) => id === cursor.current);
    // What stood below the one that left has moved up into its place.
    const next = at === -1 ? stood.current + Math.min(0, by) : at + by;
    const to = Math.min(tickets.length - 1, Math.max(0, next));
    const ticket = tickets[to];
    const element = box.current;
    if (!ticket || !element) return;
    cursor.current = ticket.id;
    if (to * row < element.scrollTop) element.scrollTop = to * row;
    else if ((to + 1) * row > element.scrollTop + element.clientHeight) element.scrollTop = (to + 1) * row - element.clientHeight;
    top.value = element.scrollTop;
    wanted.value = ticket.id;
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => cursor.current !== undefined && go({ page: 'tickets', list, ticket: cursor.current }),
  });

  const last = (top.value + height.value) / row;
  useEffect(() => {
    if (longer.value[list] && last > tickets.length - spare) fetchMore();
  }, [last, tickets.length, longer.value[list]]);

  const first = Math.max(0, Math.floor(top.value / row) - spare);
  const shown = tickets.slice(first, Math.ceil(last) + spare);
  return (
    <div
      class="scroll"
      ref={box}
      onScroll={(event) => {
        top.value = event.currentTarget.scrollTop;
      }}
    >
      <ul style={{ height: `${tickets.length * row}px`, paddingTop: `${first * row}px` }} aria-label={say(`list_${list}`)}>
        {shown.map((ticket, n) => (
          <TicketRow
            key={ticket.id}
            ticket={ticket}
            list={list}
            place={first + n + 1}
            of={tickets.length}
            open={ticket.id === openId()}
            onFocus={() => {
              cursor.current = ticket.id;
            }}
          />
        ))}
      </ul>
    </div>
  );
}
