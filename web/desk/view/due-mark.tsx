import type { TicketLine } from '../../../src/server/desk/protocol.ts';
import { now } from '../core/clock.ts';
import { firstAnswer } from '../core/due.ts';
import { countdown, moment, span } from '../core/times.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** How long until the first answer is due, counting; where there is none, since when the ticket is open. `short`: digits only. */
export function DueMark({ ticket, short }: { ticket: TicketLine; short?: boolean }) {
  const due = firstAnswer(ticket, now.value);
  if (!due) return short ? <span class="since">{moment(ticket.createdAt)}</span> : null;
  const told = due.ms > 0 ? say('due_in', { time: span(due.ms) }) : say('due_late', { time: span(due.ms) });
  return (
    <span class={`due ${due.tone}`} title={told}>
      <Icon name={due.tone === 'late' ? 'alert' : 'clock'} />
      {short ? (
        <>
          <span aria-hidden="true">{countdown(due.ms)}</span>
          <span class="hidden">{told}</span>
        </>
      ) : (
        told
      )}
    </span>
  );
}
