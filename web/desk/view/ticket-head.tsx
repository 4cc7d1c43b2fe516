import { useLayoutEffect } from 'preact/hooks';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { performNow } from '../core/acting.ts';
import { claim, giveBack } from '../core/acts.ts';
import { detailsShown, flipDetails } from '../core/details.ts';
import { focusAfter, focusOn, focusToAnswer } from '../core/focus.ts';
import { useKeys } from '../core/keys.ts';
import { me } from '../core/me.ts';
import { openId, shownList } from '../core/route.ts';
import { nameOf, say } from '../words.ts';
import { ActsMenu } from './act/acts-menu.tsx';
import { ChannelMark } from './channel-mark.tsx';
import { Icon } from './icon.tsx';
import { ResolveMenu, resolving } from './resolve-menu.tsx';
import { TicketFlags } from './ticket-flags.tsx';
import { contactName } from './ticket-row.tsx';

/** Who writes and about what, how long it may take, and what can be done with it. */
export function TicketHead({ view }: { view: TicketView }) {
  const { ticket } = view;
  const mine = ticket.state === 'assigned' && ticket.assignee?.id === me.value?.id;
  const waiting = ticket.state === 'waiting';
  const take = () => {
    const taken = claim(ticket.id);
    // The focus of who has gone to another ticket meanwhile is theirs.
    void focusToAnswer(taken.then((ours) => ours && openId() === ticket.id));
    void focusAfter(
      taken.then((ours) => !ours && openId() === ticket.id),
      'ticket-title',
    );
  };
  const back = () => void focusAfter(giveBack(ticket.id), 'list-title');
  // Reading goes on where a conversation was opened; before it is painted, so that whoever goes on to write there has the last word.
  useLayoutEffect(() => document.getElementById('ticket-title')?.focus(), [ticket.id]);
  useKeys({
    ...(waiting ? { c: take } : {}),
    ...(mine
      ? {
          b: back,
          e: () => {
            resolving.value = true;
          },
        }
      : {}),
  });
  return (
    <header class="talk-head">
      <a class="round back" href={`#/${shownList()}`} aria-label={say('back')} onClick={() => focusOn('list-title')}>
        <Icon name="back" />
      </a>
      <div class="titles">
        <h2 id="ticket-title" tabIndex={-1}>
          <span class="name">{contactName(ticket)}</span> <span class="number">{ticket.number}</span>
        </h2>
        <p class="under">
          <ChannelMark channel={ticket.channel} worded />
          <span class="topic">{ticket.topicTitle ?? nameOf('reason', ticket.reason)}</span>
        </p>
        <TicketFlags view={view} />
      </div>
      <div class="acts">
        {waiting && (
          <button type="button" class="main" data-key="c" onClick={take}>
            {say('claim')}
          </button>
        )}
        {ticket.state === 'resolved' && (
          <button type="button" class="quiet" data-key="o" onClick={() => void focusAfter(performNow(ticket.id, 'reopen'), 'ticket-title')}>
            {say('do_reopen')}
          </button>
        )}
        {mine && (
          <>
            <button type="button" class="quiet give" onClick={back} title={say('return_title')} aria-label={say('return')}>
              <Icon name="give" />
              <span class="word">{say('return')}</span>
            </button>
            <ResolveMenu ticketId={ticket.id} />
          </>
        )}
        <ActsMenu view={view} />
        <button
          type="button"
          class="round"
          aria-pressed={detailsShown()}
          aria-label={say('details')}
          title={say('details')}
          onClick={flipDetails}
        >
          <Icon name="info" />
        </button>
      </div>
    </header>
  );
}
