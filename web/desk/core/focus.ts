/** Moves the focus to the element with this id as soon as it is on the screen, unless it has become somebody's own by then. */
export function focusOn(id: string, tries = 100, may = () => true): void {
  requestAnimationFrame(() => {
    if (!may()) return;
    const element = document.getElementById(id);
    if (element) element.focus();
    else if (tries > 0) focusOn(id, tries - 1, may);
  });
}

/** Moves the focus to an element that is on the screen already, before the next key comes. */
export function focusNow(id: string): void {
  document.getElementById(id)?.focus();
}

/** Moves the focus once an act has been answered, which may be late: who has gone on to something else by then keeps it. An answer of false: it stays. */
export async function focusAfter(act: Promise<unknown>, id: string): Promise<void> {
  const began = place();
  if ((await act) !== false) focusOn(id, 100, () => stays(began));
}

/** Ready to answer: the focus goes to where one writes; on a touch screen, whose keyboard would hide the conversation, to its title. */
export async function focusToAnswer(act: Promise<boolean>): Promise<void> {
  const began = place();
  const id = matchMedia('(pointer: coarse)').matches ? 'ticket-title' : 'composer';
  // The title is where the desk itself brings whoever opens a ticket.
  if (await act) focusOn(id, 100, () => stays(began) || document.activeElement?.id === 'ticket-title');
}

/** Where somebody is; a menu and its button are one place. */
function place(): Element | null {
  return document.activeElement?.closest('.menu-place') ?? document.activeElement;
}

function stays(began: Element | null): boolean {
  const now = document.activeElement;
  if (!now || now === document.body) return true;
  return Boolean(began?.contains(now)) && !now.closest('[role=menu]');
}
