import type { DeskEvent } from '../../../src/server/desk/protocol.ts';
import { clockTime } from '../core/times.ts';
import { nameOf, say } from '../words.ts';

/** Something that was done, in line with what was said. */
export function EventLine({ event }: { event: DeskEvent }) {
  const text = told(event);
  if (!text) return null;
  return (
    <p class={`event ${event.kind === 'survey' && event.data.low ? 'low' : ''}`}>
      <span>{text}</span> <time dateTime={event.at}>{clockTime(event.at)}</time>
    </p>
  );
}

function told({ kind, data, agent }: DeskEvent): string {
  const name = agent ?? say('somebody');
  if (kind === 'survey') {
    if (data.part === 'score') return say('event_score', { score: String(data.score) });
    if (data.part === 'solved') return data.solved ? say('event_solved') : say('event_not_solved');
    return data.part === 'comment' ? say('event_comment') : '';
  }
  if (kind !== 'ticket') return '';
  if (data.state === 'assigned') return say('event_claimed', { name });
  if (data.state === 'resolved') return say('event_resolved', { name, outcome: nameOf('outcome', String(data.outcome)) });
  if (data.reason === 'presence') return say('event_presence', { name });
  if (data.reason === 'returned') return say('event_returned', { name });
  return say('event_opened', { number: String(data.number), reason: nameOf('reason', String(data.reason)) });
}
