/** Moves the focus to the element with this id as soon as it is on the screen. */
export function focusOn(id: string, tries = 100): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(id);
    if (element) element.focus();
    else if (tries > 0) focusOn(id, tries - 1);
  });
}

/** Moves the focus to an element that is on the screen already, before the next key comes. */
export function focusNow(id: string): void {
  document.getElementById(id)?.focus();
}

/** Moves the focus when an act has been answered, which may be late: who writes somewhere by then keeps it. */
export function focusAfter(id: string): void {
  if (!document.activeElement?.closest('input, textarea, select, [contenteditable]')) focusOn(id);
}

/** Ready to answer: the focus goes to where one writes; on a touch screen, whose keyboard would hide the conversation, to its title. */
export function focusToAnswer(): void {
  focusAfter(matchMedia('(pointer: coarse)').matches ? 'ticket-title' : 'composer');
}
