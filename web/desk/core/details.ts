import { signal } from '@preact/signals';
import { set, settings } from './settings.ts';

// Narrower than this the details would lie over the conversation (style/phone.css has the same).
const query = matchMedia('(min-width: 70.01rem)');
const roomy = signal(query.matches);
query.addEventListener('change', () => {
  roomy.value = query.matches;
});

const over = signal(false);

/** Whether the details are shown: where there is room as the person set it, else only while they look. */
export function detailsShown(): boolean {
  return roomy.value ? settings.value.details : over.value;
}

/** Shows or hides the details. */
export function flipDetails(): void {
  if (roomy.peek()) set({ details: !settings.peek().details });
  else over.value = !over.peek();
}

/** Another conversation: details that lay over the last one are gone. */
export function closeOver(): void {
  over.value = false;
}
