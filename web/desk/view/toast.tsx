import { hush, toast } from '../core/toast.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** The short note at the edge of the screen. */
export function Toast() {
  const note = toast.value;
  return (
    <div class="toasts" role="status" aria-live="polite">
      {note && (
        <p class={note.bad ? 'toast bad' : 'toast'}>
          <Icon name={note.bad ? 'fault' : 'check'} />
          <span>{note.text}</span>
          <button type="button" class="round small" onClick={hush} aria-label={say('close')}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}
