import { useLayoutEffect } from 'preact/hooks';
import { settings } from './settings.ts';

type Bindings = Record<string, () => void>;

const layers = new Set<Bindings>();

/** Binds single keys while a component is on the screen; they rest while somebody types, in menus and dialogs, and where switched off. */
export function useKeys(bindings: Bindings): void {
  // Before it is painted: what is seen can be pressed.
  useLayoutEffect(() => {
    layers.add(bindings);
    return () => void layers.delete(bindings);
  });
}

/** Starts to listen for the keys of the whole page. */
export function listenForKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!settings.peek().keys && event.key !== '?') return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest('input, textarea, select, [contenteditable], [role=menu], dialog')) return;
    // Enter and Space belong to what has the focus.
    if ((event.key === 'Enter' || event.key === ' ') && target.closest('a, button, summary')) return;
    for (const bindings of [...layers].reverse()) {
      const act = bindings[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) continue;
      event.preventDefault();
      act();
      return;
    }
  });
}
