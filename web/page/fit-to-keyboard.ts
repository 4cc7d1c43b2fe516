/** Follows the height that the on-screen keyboard leaves, for browsers that do not resize the page for it. */
export function fitToKeyboard(): void {
  const viewport = visualViewport;
  const fit = () => document.documentElement.style.setProperty('--seen', `${viewport?.height ?? innerHeight}px`);
  viewport?.addEventListener('resize', fit);
  fit();
}
