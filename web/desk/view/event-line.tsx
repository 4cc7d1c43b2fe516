import type { DeskEvent } from '../../../src/server/desk/talk-protocol.ts';
import { clockTime } from '../core/times.ts';
import { toldEvent } from '../core/told-event.ts';

/** Something that was done, in line with what was said. */
export function EventLine({ event }: { event: DeskEvent }) {
  const text = toldEvent(event);
  if (!text) return null;
  const bad = (event.kind === 'survey' && event.data.low) || event.data.state === 'breach';
  return (
    <p class={bad ? 'event low' : 'event'}>
      <span>{text}</span> <time dateTime={event.at}>{clockTime(event.at)}</time>
    </p>
  );
}
