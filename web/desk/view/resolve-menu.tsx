import { signal } from '@preact/signals';
import type { TicketOutcome } from '../../../src/server/desk/protocol.ts';
import { resolve } from '../core/acts.ts';
import { focusAfter } from '../core/focus.ts';
import { nameOf, say } from '../words.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';

const outcomes: TicketOutcome[] = ['solved', 'not-solved', 'no-answer', 'spam'];

/** Whether the menu is open: a key opens it too. */
export const resolving = signal(false);

/** How a ticket ended: choosing it resolves the ticket. */
export function ResolveMenu({ ticketId }: { ticketId: number }) {
  return (
    <Menu
      open={resolving}
      class="main"
      face={
        <>
          <Icon name="end" />
          {say('resolve')}
          <Icon name="down" />
        </>
      }
    >
      {outcomes.map((outcome) => (
        <button type="button" role="menuitem" key={outcome} onClick={() => void focusAfter(resolve(ticketId, outcome), 'ticket-title')}>
          <span>
            <strong>{nameOf('outcome', outcome)}</strong>
            <small>{say(`outcome_${outcome.replaceAll('-', '_') as 'spam'}_note`)}</small>
          </span>
        </button>
      ))}
    </Menu>
  );
}
