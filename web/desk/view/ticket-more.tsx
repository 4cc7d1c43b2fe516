import { useEffect, useState } from 'preact/hooks';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { begin, performNow } from '../core/acting.ts';
import { get } from '../core/call.ts';
import { me } from '../core/me.ts';
import { moment } from '../core/times.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';
import { OtherLine } from './other-line.tsx';

/** What people have added to a ticket: tags, links, a call that its contact wishes for. */
export function TicketMore({ view }: { view: TicketView }) {
  const { ticket, around } = view;
  return (
    <>
      <div class="details-head">
        <h3>{say('do_tags')}</h3>
        <button type="button" class="quiet small" onClick={() => begin('tags')}>
          {say('tag_add')}
        </button>
      </div>
      <p class="tags chips">
        {ticket.tags.map((tag) => (
          <span class="tag" key={tag}>
            {tag}
          </span>
        ))}
        {ticket.tags.length === 0 && <span class="none">{say('tags_none')}</span>}
      </p>
      {around.callBack && <Call view={view} call={around.callBack} />}
      {around.links.length > 0 && (
        <>
          <h3>{say('links')}</h3>
          <ul class="others">
            {around.links.map((other) => (
              <OtherLine key={other.id} other={other}>
                <button
                  type="button"
                  class="round small"
                  aria-label={say('unlink', { number: other.number })}
                  onClick={() => void performNow(ticket.id, 'unlink', { ticketId: other.id })}
                >
                  <Icon name="close" />
                </button>
              </OtherLine>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Call({ view: { ticket }, call }: { view: TicketView; call: NonNullable<TicketView['around']['callBack']> }) {
  const mine = ticket.state === 'assigned' && ticket.assignee?.id === me.value?.id;
  const [number, setNumber] = useState<string>();
  useEffect(() => {
    let wanted = true;
    setNumber(undefined);
    if (mine && !call.doneAt)
      void get<{ number: string }>(`tickets/${ticket.id}/call-back`).then(
        (answer) => wanted && setNumber(answer.number),
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, [mine, ticket.id, call.wishedAt, call.doneAt]);
  const told = number ?? say('call_hidden', { ending: call.ending });
  return (
    <>
      <h3>{say('do_call_back')}</h3>
      {call.doneAt ? (
        <p class="none">{say('call_done_at')}</p>
      ) : (
        <p class="call">
          {number ? <a href={`tel:${number}`}>{number}</a> : <span>{told}</span>}
          <span>{moment(call.wishedAt)}</span>
          {mine && (
            <button type="button" class="quiet small" onClick={() => void performNow(ticket.id, 'call-back/done')}>
              {say('call_done')}
            </button>
          )}
        </p>
      )}
    </>
  );
}
