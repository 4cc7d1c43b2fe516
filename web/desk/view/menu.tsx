import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { usePop } from './use-pop.ts';

interface Props {
  /** Whether it is open; a key may open it as well as the button. */
  open: Signal<boolean>;
  /** What the button shows. */
  face: ComponentChildren;
  label?: string;
  class?: string;
  children: ComponentChildren;
}

/** A button that opens a menu: arrows, Home and End move, Escape closes, the focus comes back. Items are buttons with role menuitem or menuitemradio. */
export function Menu({ open, face, label, class: look = '', children }: Props) {
  const { box, button, all, close } = usePop(open, '[role^=menuitem]');

  const onKeyDown = (event: KeyboardEvent) => {
    const items = all();
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return close(false);
    else if (to === undefined) return;
    else items[(to + items.length) % items.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="menu-place">
      <button
        type="button"
        ref={button}
        class={look}
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-label={label}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {face}
      </button>
      {open.value && (
        <div
          class="menu"
          role="menu"
          tabIndex={-1}
          aria-label={label}
          ref={box}
          onKeyDown={onKeyDown}
          onClick={(event) => event.target instanceof Element && event.target.closest('[role=menuitem]') && close()}
        >
          {children}
        </div>
      )}
    </div>
  );
}
