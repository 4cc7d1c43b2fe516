import type { Signal } from '@preact/signals';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';
import { usePop } from './use-pop.ts';

// What people at a desk send: a friendly face, thanks, a yes, a warning. Not the whole of Unicode.
const emoji = [
  ...['🙂', '😊', '😀', '😉', '😅', '😂', '🤔', '😕', '😔', '😟', '🙏', '👍', '👎', '👋', '👏', '🤝'],
  ...['💪', '👀', '❤️', '🎉', '✅', '❌', '⚠️', 'ℹ️', '❓', '❗', '⏳', '⏰', '📅', '📎', '📄', '📷'],
  ...['📞', '📧', '🔒', '🔑', '💳', '💰', '🏦', '🎁', '🎮', '⚽', '⭐', '🔗', '➡️', '⬇️', '👉', '🔄'],
];
const across = 8;

/** A small choice of emoji; arrows move, Escape closes. */
export function EmojiPicker({ open, put }: { open: Signal<boolean>; put(emoji: string): void }) {
  const { box, button, all, close } = usePop(open, 'button');
  const onKeyDown = (event: KeyboardEvent) => {
    const items = all();
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + across, ArrowUp: at - across }[event.key];
    if (event.key === 'Escape') close();
    else if (to !== undefined) items[Math.min(items.length - 1, Math.max(0, to))]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="emoji-place">
      <button
        type="button"
        class="round"
        ref={button}
        aria-expanded={open.value}
        aria-label={say('emoji')}
        title={say('emoji')}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="smile" />
      </button>
      {open.value && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between its buttons
        <div class="emoji" ref={box} onKeyDown={onKeyDown}>
          {emoji.map((each) => (
            <button
              type="button"
              key={each}
              onClick={() => {
                open.value = false;
                put(each);
              }}
            >
              {each}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
