import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** A dialog over everything; the browser keeps the focus inside and gives it back. */
export function Dialog({ open, title, children }: { open: Signal<boolean>; title: string; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open.value) box.current?.showModal();
    else box.current?.close();
  }, [open.value]);
  const close = () => {
    open.value = false;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog ref={box} aria-labelledby={id} onClose={close} onClick={(event) => event.target === box.current && close()}>
      {open.value && (
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
