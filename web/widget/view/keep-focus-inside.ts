/** Keeps Tab within a dialog and calls `close` on Esc, unless something inside has used it. Returns how to stop. */
export function keepFocusInside(dialog: HTMLElement, close: () => void): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
    if (event.key !== 'Tab') return;
    const stops = [...dialog.querySelectorAll<HTMLElement>('a[href], button, textarea, input, select, [tabindex="0"]')].filter(
      (element) => !element.matches(':disabled, [hidden]') && element.checkVisibility(),
    );
    const focused = (dialog.getRootNode() as ShadowRoot).activeElement;
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    const inside = stops.includes(focused as HTMLElement);
    if (!edge || (inside && focused !== edge)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };
  dialog.addEventListener('keydown', listen);
  return () => dialog.removeEventListener('keydown', listen);
}
