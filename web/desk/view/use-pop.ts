import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What opens below its button: takes the focus to its first item (`items`, a selector), and closes where somebody presses beside it. */
export function usePop(open: Signal<boolean>, items: string) {
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const all = () => [...(box.current?.querySelectorAll<HTMLElement>(items) ?? [])];
  useLayoutEffect(() => {
    if (!open.value) return;
    all()[0]?.focus();
    const outside = (event: Event) => {
      const inside = event.target instanceof Node && (box.current?.contains(event.target) || button.current?.contains(event.target));
      if (!inside) open.value = false;
    };
    addEventListener('pointerdown', outside, true);
    return () => removeEventListener('pointerdown', outside, true);
  }, [open.value]);
  return {
    box,
    button,
    all,
    /** `back`: the focus returns to the button. */
    close(back = true) {
      open.value = false;
      if (back) button.current?.focus();
    },
  };
}
