/**
 * Gives the focus to what was said where the focused element goes or is switched off (a choice that was taken, an upload that was cancelled):
 * otherwise the keyboard would be back at the top of the page, where Esc and Tab know nothing of the chat. Returns how to stop.
 */
export function holdFocus(panel: HTMLElement): () => void {
  let last: HTMLElement | undefined;
  const note = ({ target }: FocusEvent) => {
    last = target as HTMLElement;
  };
  // Somebody has gone elsewhere themselves.
  const forget = (event: Event) => {
    if (!event.composedPath().includes(panel)) last = undefined;
  };
  const watcher = new MutationObserver(() => {
    const gone = last && (!last.isConnected || last.matches(':disabled'));
    if (!gone) return;
    last = undefined;
    // What comes in its place may want the focus itself.
    setTimeout(() => {
      const root = panel.getRootNode() as ShadowRoot;
      const idle = !root.activeElement || root.activeElement.matches(':disabled');
      if (idle && (document.activeElement === document.body || document.activeElement === root.host))
        (panel.querySelector<HTMLElement>('[role=log]') ?? panel).focus();
    });
  });
  panel.addEventListener('focusin', note);
  document.addEventListener('focusin', forget);
  document.addEventListener('pointerdown', forget);
  watcher.observe(panel, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    panel.removeEventListener('focusin', note);
    document.removeEventListener('focusin', forget);
    document.removeEventListener('pointerdown', forget);
    watcher.disconnect();
  };
}
