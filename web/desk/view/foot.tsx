import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { me } from '../core/me.ts';
import { moment } from '../core/times.ts';
import { nameOf, say } from '../words.ts';
import { Composer } from './composer.tsx';
import { Icon } from './icon.tsx';

/** Below the conversation: where one writes, or why one cannot. */
export function Foot({ view }: { view: TicketView }) {
  const { ticket } = view;
  if (ticket.state === 'resolved')
    return (
      <p class="foot-note">
        <Icon name="end" />
        <span>
          {say('foot_resolved', { outcome: nameOf('outcome', ticket.outcome ?? ''), time: moment(ticket.resolvedAt ?? ticket.createdAt) })}
        </span>
      </p>
    );
  const other = ticket.assignee && ticket.assignee.id !== me.value?.id ? ticket.assignee : undefined;
  return <Composer view={view} takenBy={other?.name} />;
}
