/** A command a contact wrote: `/lang tr`, `/start@demobet_bot`. */
export interface Command {
  name: string;
  argument: string;
}

/** The command that a message is, or undefined. A slash amid a text is none. */
export function readCommand(text: string): Command | undefined {
  const found = /^\/([a-z]{2,20})(?:@\w+)?(?:\s+(.*))?$/is.exec(text.trim());
  return found ? { name: (found[1] ?? '').toLowerCase(), argument: (found[2] ?? '').trim() } : undefined;
}
