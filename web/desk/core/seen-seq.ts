import { signal } from '@preact/signals';

/** Number of the newest contact message that was before the person's eyes in the conversation on the screen: what their reply is built on. */
export const seenSeq = signal(0);
