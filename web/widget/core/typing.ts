import { type ReadonlySignal, signal } from '@preact/signals';

/** Without a new word, somebody who types counts as having stopped. Milliseconds. */
const stopMs = 6_000;
/** The server is told at most so often that the visitor types. Milliseconds. */
const tellMs = 3_000;

/** Who types: they, as the screen shows it, and the visitor, as the server is told. */
export interface Typing {
  /** Who types; an empty name: the assistant. */
  who: ReadonlySignal<string | undefined>;
  heard(name: string | undefined): void;
  stopped(): void;
  /** The visitor types a letter. */
  note(): void;
}

/** `tell`: says to the server that the visitor types. */
export function openTyping(tell: () => void): Typing {
  const who = signal<string | undefined>(undefined);
  let stops: ReturnType<typeof setTimeout> | undefined;
  let toldAt = 0;
  const stopped = () => {
    clearTimeout(stops);
    who.value = undefined;
  };
  return {
    who,
    stopped,
    heard(name) {
      who.value = name ?? '';
      clearTimeout(stops);
      stops = setTimeout(stopped, stopMs);
    },
    note() {
      if (Date.now() - toldAt < tellMs) return;
      toldAt = Date.now();
      tell();
    },
  };
}
