import { setPresence } from '../core/acts.ts';
import { me } from '../core/me.ts';
import { say } from '../words.ts';

/** Online: new tickets may come. Away: they go to others; one's own stay. */
export function PresenceSwitch() {
  // The first heartbeat of an open desk brings back who was counted as gone.
  const away = me.value?.presence === 'away';
  return (
    <button
      type="button"
      class="presence"
      role="switch"
      aria-checked={!away}
      aria-label={say('presence')}
      title={away ? say('presence_away_title') : say('presence_online_title')}
      onClick={() => void setPresence(away ? 'online' : 'away')}
    >
      <span class={away ? 'dot away' : 'dot online'} />
      <span class="word">{away ? say('away') : say('online')}</span>
    </button>
  );
}
