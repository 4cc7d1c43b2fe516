import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Insert } from '../../../src/server/desk/composer-protocol.ts';
import type { Sending } from '../core/sending.ts';

/** What is put into a reply: a topic is noted with it. */
export type Put = Pick<Insert, 'text'> & Partial<Pick<Insert, 'kind' | 'id'>>;

/** A text field that grows with its text, and into which things are put where the cursor is. */
export function useTextField(field: RefObject<HTMLTextAreaElement | null>, sending: Sending, preview: Signal<boolean>) {
  /** Where the cursor was when the field was left, and where it goes next. */
  const left = useRef<number | undefined>(undefined);
  const next = useRef<number | undefined>(undefined);
  const { text } = sending.draft.value;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
    if (next.current === undefined) return;
    element.focus();
    element.setSelectionRange(next.current, next.current);
    element.scrollTop = next.current === text.length ? element.scrollHeight : element.scrollTop;
    next.current = undefined;
  }, [text, preview.value]);

  const cursor = () => {
    const element = field.current;
    if (element && document.activeElement === element) return element.selectionStart;
    return Math.min(left.current ?? text.length, text.length);
  };
  return {
    /** The field is left: its cursor is found again. */
    onBlur(): void {
      left.current = field.current?.selectionStart;
    },
    /** `slash`: the slash before the cursor, which asked for it, goes. */
    insert({ text: put, kind, id }: Put, slash = false): void {
      const at = cursor();
      const before = text.slice(0, at);
      const kept = slash ? before.replace(/\/$/, '') : before;
      preview.value = false;
      next.current = kept.length + put.length;
      sending.edit(kept + put + text.slice(at), kind === 'topic' ? id : undefined);
    },
    /** Back to writing where one was. */
    takeBack(): void {
      const at = cursor();
      field.current?.focus();
      field.current?.setSelectionRange(at, at);
    },
  };
}
