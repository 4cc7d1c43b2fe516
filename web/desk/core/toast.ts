import { signal } from '@preact/signals';

/** A short note at the edge of the screen that goes by itself; screen readers read it. */
export const toast = signal<{ text: string; bad: boolean } | undefined>(undefined);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a note for a while; a fault stays longer. */
export function tell(text: string, { bad = false } = {}): void {
  clearTimeout(timer);
  toast.value = { text, bad };
  timer = setTimeout(hush, bad ? 9_000 : 4_500);
}

/** Takes the note away. */
export function hush(): void {
  toast.value = undefined;
}
