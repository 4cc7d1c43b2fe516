import type { Host } from '../../conversation/channel.ts';

/** A mail that could not be read or stored. It stays in the mailbox, where this says to find it. */
interface Aside {
  validity: string;
  uid: number;
  size: number;
  why: string;
  at: number;
}

/** The list keeps so many; the log has them all. */
const most = 500;

/** Keeps a mail aside, so that it blocks no other. Rejects where even that cannot be written: then the mail is read again. */
export async function setAside(
  host: Host,
  mailbox: string,
  { validity, uid, size }: Pick<Aside, 'validity' | 'uid' | 'size'>,
  why: string,
): Promise<void> {
  const name = `aside:${mailbox}`;
  const known = (await host.cursor.get<Aside[]>(name)) ?? [];
  if (!known.some((each) => each.uid === uid && each.validity === validity))
    await host.cursor.set(name, [...known, { validity, uid, size, why, at: Date.now() }].slice(-most));
  host.log.error(
    { mailbox, uid, size, err: why, remedy: 'Open it in the mailbox with a mail program.' },
    'mail not understood, kept aside',
  );
}
