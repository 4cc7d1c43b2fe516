import { effect, type ReadonlySignal } from '@preact/signals';

/** On a phone the chat fills what the on-screen keyboard leaves of the window, and the page behind does not scroll. */
export function fitToKeyboard(root: HTMLElement, open: ReadonlySignal<boolean>): void {
  const small = matchMedia('(max-width: 480px), (max-height: 480px)');
  const viewport = visualViewport;
  const fit = () => {
    root.classList.toggle('full', small.matches);
    root.classList.toggle('open', open.peek());
    root.querySelector('[role=dialog]')?.setAttribute('aria-modal', String(small.matches));
    if (!viewport) return;
    root.style.setProperty('--top', `${viewport.offsetTop}px`);
    root.style.setProperty('--height', `${viewport.height}px`);
  };
  let before: string | undefined;
  const hold = () => {
    const page = document.documentElement.style;
    if (open.peek() && small.matches) {
      before ??= page.overflow;
      page.overflow = 'hidden';
    } else if (before !== undefined) {
      page.overflow = before;
      before = undefined;
    }
  };
  viewport?.addEventListener('resize', fit);
  viewport?.addEventListener('scroll', fit);
  small.addEventListener('change', () => {
    fit();
    hold();
  });
  effect(() => {
    open.value;
    fit();
    hold();
  });
}
