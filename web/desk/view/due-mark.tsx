import type { TicketLine } from '../../../src/server/desk/protocol.ts';
import { now } from '../core/clock.ts';
import { type Due, nextDue } from '../core/due.ts';
import { countdown, moment, span } from '../core/times.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** How long until the deadline that comes next, counting; `short`: digits only, and where there is time to the resolution, when the contact last wrote. */
export function DueMark({ ticket, short }: { ticket: TicketLine; short?: boolean }) {
  const due = nextDue(ticket, now.value);
  if (!due || (short && due.what === 'resolution' && due.tone === 'calm'))
    return short ? <span class="since">{moment(ticket.lastAt ?? ticket.createdAt)}</span> : null;
  const told = say(`${keys[due.what]}_${due.ms > 0 ? 'in' : 'late'}`, { time: span(due.ms) });
  return (
    <span class={`due ${due.tone}`} title={told}>
      <Icon name={due.tone === 'late' ? 'fault' : due.what === 'resolution' ? 'end' : 'clock'} />
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

const keys = { first: 'due', next: 'due_next', resolution: 'due_resolution' } as const satisfies Record<Due['what'], string>;
