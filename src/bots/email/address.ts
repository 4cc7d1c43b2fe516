/** Where a mail exchange stands: which mailbox of ours, who writes, and which of their threads. */
export interface Place {
  mailbox: string;
  sender: string;
  /** Made from the thread's first mail. */
  thread: string;
}

/** The address of a place; no part of it has a space. */
export function writeAddress({ mailbox, sender, thread }: Place): string {
  return `${mailbox} ${sender} ${thread}`;
}

/** The place of an address that writeAddress made. */
export function readAddress(address: string): Place {
  const [mailbox = '', sender = '', thread = ''] = address.split(' ');
  return { mailbox, sender, thread };
}
