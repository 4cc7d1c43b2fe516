/** Calls `act` when a key such as `Alt+D` or `Ctrl+Shift+K` is pressed anywhere on the page; an empty key: never. */
export function onKey(key: string, act: () => void): void {
  const parts = key.toLowerCase().split('+');
  const letter = parts.pop() ?? '';
  if (!letter) return;
  addEventListener('keydown', (event) => {
    // `code` as well: with Alt, some keyboards write another letter.
    const hit = event.key.toLowerCase() === letter || event.code.toLowerCase() === `key${letter}`;
    const held = (name: string, down: boolean) => parts.includes(name) === down;
    if (
      !hit ||
      event.repeat ||
      !held('alt', event.altKey) ||
      !held('ctrl', event.ctrlKey) ||
      !held('shift', event.shiftKey) ||
      !held('meta', event.metaKey)
    )
      return;
    event.preventDefault();
    act();
  });
}
