import { signal } from '@preact/signals';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { type ActName, begin, performNow } from '../../core/acting.ts';
import { focusAfter } from '../../core/focus.ts';
import { useKeys } from '../../core/keys.ts';
import { mayDo } from '../../core/may.ts';
import { type Key, say } from '../../words.ts';
import { Icon } from '../icon.tsx';
import { Menu } from '../menu.tsx';
import { doKey } from './act-dialog.tsx';

const open = signal(false);
const keys: Partial<Record<ActName, string>> = { note: 'i', transfer: 't', escalate: 'x', snooze: 'z', urgency: 'u', tags: 'g' };
const groups: ActName[][] = [
  ['note', 'transfer', 'escalate', 'snooze', 'to-bot'],
  ['urgency', 'language', 'tags', 'link', 'call-back'],
  ['start', 'merge', 'lift', 'block'],
];

/** Everything that can be done with a ticket beside taking, answering and resolving it; the commonest have keys. */
export function ActsMenu({ view }: { view: TicketView }) {
  const may = mayDo(view);
  const { id } = view.ticket;
  const now = {
    wake: () => void performNow(id, 'wake'),
    reopen: () => void focusAfter(performNow(id, 'reopen'), 'ticket-title'),
    unblock: () => void performNow(id, 'unblock'),
  };
  useKeys({
    m: () => {
      open.value = true;
    },
    ...Object.fromEntries(
      Object.entries(keys).flatMap(([act, key]) => (may.has(act as ActName) ? [[key, () => begin(act as ActName)]] : [])),
    ),
    ...(may.has('wake') ? { z: now.wake } : {}),
    ...(may.has('reopen') ? { o: now.reopen } : {}),
  });
  return (
    <div class="acts-menu">
      <Menu open={open} class="round" label={say('acts_menu')} face={<Icon name="more" />}>
        {may.has('wake') && <Item act="wake" run={now.wake} cap="z" />}
        {groups.map((group) => (
          <fieldset class="group" key={group[0]} hidden={!group.some((act) => may.has(act))}>
            {group
              .filter((act) => may.has(act))
              .map((act) => (
                <Item key={act} act={act} run={() => begin(act)} cap={keys[act]} noted />
              ))}
          </fieldset>
        ))}
        {may.has('unblock') && <Item act="unblock" run={now.unblock} />}
      </Menu>
    </div>
  );
}

function Item({ act, run, cap, noted }: { act: ActName | 'wake' | 'unblock'; run(): void; cap?: string; noted?: boolean }) {
  return (
    <button type="button" role="menuitem" onClick={run}>
      <span>
        <strong>{say(doKey(act))}</strong>
        {noted && <small>{say(`${doKey(act)}_note` as Key)}</small>}
      </span>
      {cap && <kbd>{cap}</kbd>}
    </button>
  );
}
