import { connection } from '../core/live.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** Says that the live connection is lost, while it is. */
export function Banner() {
  return (
    <div role="status" class="banners">
      {connection.value === 'lost' && (
        <p class="banner">
          <Icon name="alert" />
          <span>{say('lost')}</span>
        </p>
      )}
    </div>
  );
}
