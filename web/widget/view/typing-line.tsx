import { say } from '../../ui/words.ts';

/** Somebody types; an empty name: the assistant. */
export function TypingLine({ name }: { name: string }) {
  return (
    <p class="typing" role="status">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class={name ? '' : 'hidden'}>{name ? say('typing_name', { name }) : say('typing')}</span>
    </p>
  );
}
