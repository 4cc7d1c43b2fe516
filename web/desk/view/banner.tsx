import { connection } from '../core/live.ts';
import { isSupervisor, me } from '../core/me.ts';
import { sayTrouble, troubles } from '../core/troubles.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** Says that the live connection is lost, while it is, and to supervisors that nobody is on call and which channels are out. */
export function Banner() {
  return (
    <div role="status" class="banners">
      {connection.value === 'lost' && (
        <p class="banner">
          <Icon name="fault" />
          <span>{say('lost')}</span>
        </p>
      )}
      {isSupervisor() && me.value && me.value.onCall !== 'named' && (
        <p class="banner bad">
          <Icon name="fault" />
          <span>{say(me.value.onCall === 'unset' ? 'on_call_unset' : 'on_call_failing')}</span>
        </p>
      )}
      {troubles.value.map((trouble) => (
        <p class="banner bad" key={`${trouble.channel} ${trouble.name} ${trouble.code}`}>
          <Icon name="fault" />
          <span>{sayTrouble(trouble)}</span>
        </p>
      ))}
    </div>
  );
}
