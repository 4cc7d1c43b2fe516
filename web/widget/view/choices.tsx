import { useSignal } from '@preact/signals';
import type { ChatMessage } from '../../../src/bots/web/protocol.ts';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';

/** The choices of the newest message as buttons: gone as soon as one was taken or something newer was said. */
export function Choices({ chat, message }: { chat: Chat; message: ChatMessage }) {
  const chosen = useSignal('');
  const choices = message.choices ?? [];
  const short = choices.every(({ label }) => label.length <= 3);
  return (
    <fieldset class={`choices${short ? ' short' : ''}`} aria-label={say('choices')}>
      {choices.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          disabled={chosen.value !== ''}
          onClick={() => {
            chosen.value = id;
            chat.send(label, { choice: id });
          }}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
