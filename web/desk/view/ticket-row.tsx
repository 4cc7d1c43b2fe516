import type { TicketLine } from '../../../src/server/desk/protocol.ts';
import { hasDraft } from '../core/draft.ts';
import { departmentName } from '../core/me.ts';
import { hrefOf, type ListName } from '../core/route.ts';
import { moment } from '../core/times.ts';
import { isUnread } from '../core/unread.ts';
import { nameOf, say } from '../words.ts';
import { ChannelMark } from './channel-mark.tsx';
import { DueMark } from './due-mark.tsx';

interface Props {
  ticket: TicketLine;
  list: ListName;
  place: number;
  of: number;
  open: boolean;
  onFocus(): void;
}

/** One ticket of a list: who, how long they may wait, what they wrote last, and whose it is. */
export function TicketRow({ ticket, list, place, of, open, onFocus }: Props) {
  const unread = isUnread(ticket);
  return (
    <li aria-setsize={of} aria-posinset={place}>
      <a
        class={`ticket${unread ? ' unread' : ''}`}
        href={hrefOf({ page: 'tickets', list, ticket: ticket.id })}
        data-ticket={ticket.id}
        aria-current={open ? 'true' : undefined}
        onFocus={onFocus}
      >
        <span class="line">
          <span class="name">
            {unread && <span class="hidden">{say('unread')}: </span>}
            {contactName(ticket)}
          </span>
          {ticket.urgency !== 'normal' && <span class={`urgency ${ticket.urgency}`}>{say(`urgency_${ticket.urgency}`)}</span>}
          <span class="when">
            {ticket.state === 'resolved' && ticket.resolvedAt ? moment(ticket.resolvedAt) : <DueMark ticket={ticket} short />}
          </span>
        </span>
        <span class="preview">
          {list !== 'mine' && (
            <span class={ticket.preview ? 'about before' : 'about'}>{ticket.topicTitle ?? nameOf('reason', ticket.reason)}</span>
          )}
          {ticket.preview}
        </span>
        <span class="line marks">
          <ChannelMark channel={ticket.channel} />
          <span class="tongue" title={nameOf('language', ticket.language)}>
            {ticket.language}
          </span>
          <span class="department">{departmentName(ticket.department)}</span>
          {ticket.level !== 'operator' && <span class="level">{say(`level_${ticket.level}`)}</span>}
          <Tags tags={ticket.tags} />
          {hasDraft(ticket.id) && <span class="draft">{say('draft')}</span>}
          {ticket.state === 'resolved' && ticket.outcome ? (
            <span class="end">{nameOf('outcome', ticket.outcome)}</span>
          ) : ticket.assignee && list !== 'mine' ? (
            <span class="end">{ticket.assignee.name}</span>
          ) : (
            <span class="end number">{ticket.number}</span>
          )}
        </span>
      </a>
    </li>
  );
}

// One that can be read, and how many more: five squeezed into a line say nothing.
function Tags({ tags: [first, ...others] }: { tags: string[] }) {
  if (first === undefined) return null;
  return (
    <>
      <span class="tag">{first}</span>
      {others.length > 0 && <span title={others.join(', ')}>+{others.length}</span>}
    </>
  );
}

/** The contact's name, or which visitor they are. */
export function contactName({ contact }: Pick<TicketLine, 'contact'>): string {
  return contact.name || say('visitor', { id: contact.id });
}
