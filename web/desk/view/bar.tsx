import type { Signal } from '@preact/signals';
import { isSupervisor, me } from '../core/me.ts';
import { hrefOf, route, shownList } from '../core/route.ts';
import { say } from '../words.ts';
import { AccountMenu } from './account-menu.tsx';
import { PresenceSwitch } from './presence-switch.tsx';

/** The bar above everything: whose desk it is, where one may go, whether one is there, and one's own menu. */
export function Bar({ sheet }: { sheet: Signal<boolean> }) {
  const here = route.value;
  return (
    <header class="bar">
      <p class="brand">
        {me.value?.brand} <span>Destek</span>
      </p>
      <nav aria-label={say('places')}>
        <a href={hrefOf({ page: 'tickets', list: shownList() })} aria-current={here.page === 'tickets' ? 'page' : undefined}>
          {say('tickets')}
        </a>
        {isSupervisor() && (
          <a href={hrefOf({ page: 'board' })} aria-current={here.page === 'tickets' ? undefined : 'page'}>
            {say('supervise')}
          </a>
        )}
      </nav>
      <PresenceSwitch />
      <AccountMenu sheet={sheet} />
    </header>
  );
}
