import { connection } from '../core/live.ts';
import { isSupervisor, me } from '../core/me.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** Says that the live connection is lost, while it is, and to supervisors that nobody is on call. */
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
    </div>
  );
}
