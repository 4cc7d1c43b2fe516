/** Moves the focus to what an element with this id shows, as soon as it is on the screen. */
export function focusOn(id: string, tries = 20): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(id);
    if (element) element.focus({ preventScroll: false });
    else if (tries > 0) focusOn(id, tries - 1);
  });
}
