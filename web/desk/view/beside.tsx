import { contactWrites, others } from '../core/beside.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** Who else has this conversation before them, and who writes: a colleague, the contact. */
export function Beside() {
  const writing = others.value.filter((other) => other.writing).map(({ name }) => name);
  const looking = others.value.filter((other) => !other.writing).map(({ name }) => name);
  return (
    <div class="beside" role="status">
      {contactWrites.value && (
        <p>
          <span class="dots" aria-hidden="true" />
          {say('contact_writes')}
        </p>
      )}
      {writing.length > 0 && (
        <p class="warn">
          <Icon name="pen" />
          {say('others_write', { names: writing.join(', ') })}
        </p>
      )}
      {looking.length > 0 && (
        <p>
          <Icon name="eye" />
          {say('others_look', { names: looking.join(', ') })}
        </p>
      )}
    </div>
  );
}
