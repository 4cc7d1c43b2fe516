import { signal } from '@preact/signals';
import { takeNext } from '../core/acts.ts';
import { focusOn, focusToAnswer } from '../core/focus.ts';
import { useKeys } from '../core/keys.ts';
import { isSupervisor } from '../core/me.ts';
import { route } from '../core/route.ts';
import { say } from '../words.ts';
import { Announcer } from './announcer.tsx';
import { Banner } from './banner.tsx';
import { Bar } from './bar.tsx';
import { Conversation } from './conversation.tsx';
import { KeySheet } from './key-sheet.tsx';
import { ListPane } from './list-pane.tsx';
import { Supervise } from './supervise.tsx';

/** Whether the sheet of keys is open. */
const sheet = signal(false);

/** Everything that a signed-in person sees. */
export function Shell() {
  const here = route.value;
  useKeys({
    '?': () => {
      sheet.value = true;
    },
    n: () => void focusToAnswer(takeNext()),
  });
  const supervised = here.page !== 'tickets' && isSupervisor() ? here.page : undefined;
  const reading = here.page === 'tickets' && here.ticket !== undefined;
  return (
    <div class={reading ? 'desk reading' : 'desk'}>
      <button type="button" class="skip" onClick={() => focusOn(supervised ? 'page-title' : reading ? 'ticket-title' : 'list-title')}>
        {say('skip')}
      </button>
      <Bar sheet={sheet} />
      <Banner />
      {supervised ? (
        <Supervise page={supervised} />
      ) : (
        <main class="work">
          <h1 class="hidden">{say('tickets')}</h1>
          <ListPane />
          <Conversation key={here.page === 'tickets' ? here.ticket : undefined} />
        </main>
      )}
      <Announcer />
      <KeySheet open={sheet} />
    </div>
  );
}
