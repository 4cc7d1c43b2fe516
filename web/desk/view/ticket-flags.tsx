import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { moment } from '../core/times.ts';
import { nameOf, say } from '../words.ts';
import { DueMark } from './due-mark.tsx';
import { Icon } from './icon.tsx';

/** What must be seen of a ticket at once: its deadline, how urgent and on which rung it is, whether it or its department sleeps, and what holds for its contact. */
export function TicketFlags({ view: { ticket, contact, around, opens } }: { view: TicketView }) {
  const call = ticket.state !== 'resolved' && around.callBack && !around.callBack.doneAt ? around.callBack : undefined;
  return (
    <p class="flags">
      <DueMark ticket={ticket} />
      {ticket.urgency !== 'normal' && <span class={`urgency ${ticket.urgency}`}>{say(`urgency_${ticket.urgency}`)}</span>}
      {ticket.level !== 'operator' && <span class="flag level">{nameOf('level', ticket.level)}</span>}
      {ticket.snoozedUntil && (
        <span class="flag">
          <Icon name="clock" />
          {say('flag_snoozed', { time: moment(ticket.snoozedUntil) })}
        </span>
      )}
      {opens && ticket.state !== 'resolved' && (
        <span class="flag">
          <Icon name="clock" />
          {say('flag_closed', { time: moment(opens) })}
        </span>
      )}
      {call && (
        <span class="flag">
          <Icon name="phone" />
          {say('flag_call', { time: moment(call.wishedAt) })}
        </span>
      )}
      {contact.tier && <span class="flag tier">{contact.tier}</span>}
      {contact.protected && (
        <span class="flag protected" title={say('protected_title')}>
          <Icon name="shield" />
          {say('protected')}
        </span>
      )}
      {contact.blockedAt && <span class="flag protected">{say('flag_blocked')}</span>}
    </p>
  );
}
