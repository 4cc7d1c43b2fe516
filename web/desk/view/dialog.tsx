import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** A dialog over everything; the browser keeps the focus inside and gives it back. */
export function Dialog({ open, title, children }: { open: Signal<boolean>; title: string; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const shown = open.value;
  // Together with what it holds: opened before that it would have nothing to give the focus to, closed after it a key could come between.
  useLayoutEffect(() => {
    if (shown) box.current?.showModal();
    else box.current?.close();
  }, [shown]);
  const close = () => {
    open.value = false;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog ref={box} aria-labelledby={id} onClose={close} onClick={(event) => event.target === box.current && close()}>
      {shown && (
        <div class="sheet">
          <div class="sheet-head">
            <h2 id={id}>{title}</h2>
            <button type="button" class="round" onClick={close} aria-label={say('close')}>
              <Icon name="close" />
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
