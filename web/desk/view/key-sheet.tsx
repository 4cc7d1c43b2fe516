import type { Signal } from '@preact/signals';
import { type Key, say } from '../words.ts';
import { Dialog } from './dialog.tsx';

const keys: [string[], Key][] = [
  [['j', 'k'], 'key_move'],
  [['Enter'], 'key_open'],
  [['n'], 'key_next'],
  [['c'], 'key_claim'],
  [['r'], 'key_reply'],
  [['/'], 'key_insert'],
  [['Ctrl', 'Enter'], 'key_send'],
  [['e'], 'key_resolve'],
  [['b'], 'key_return'],
  [['i'], 'key_note'],
  [['t'], 'key_transfer'],
  [['x'], 'key_escalate'],
  [['z'], 'key_snooze'],
  [['u'], 'key_urgency'],
  [['g'], 'key_tags'],
  [['o'], 'key_reopen'],
  [['m'], 'key_more'],
  [['d'], 'key_details'],
  [['1', '…', '5'], 'key_lists'],
  [['/'], 'key_search'],
  [['f'], 'key_filter'],
  [['Esc'], 'key_escape'],
  [['?'], 'key_sheet'],
];

/** All keys on one sheet. */
export function KeySheet({ open }: { open: Signal<boolean> }) {
  return (
    <Dialog open={open} title={say('keys')}>
      <dl class="keys">
        {keys.map(([caps, what]) => (
          <div key={what}>
            <dt>
              {caps.map((cap) => (
                <kbd key={cap}>{cap}</kbd>
              ))}
            </dt>
            <dd>{say(what)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
