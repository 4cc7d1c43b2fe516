import type { Host } from '../../conversation/channel.ts';
import type { Fetched } from './fetched.ts';
import type { Described, Inbox } from './inbox.ts';
import type { Mailbox } from './settings.ts';
import type { Take } from './take.ts';

/** How far a mailbox was read. `at`: when it was last looked at with success, milliseconds. */
interface Position {
  validity: string;
  /** Everything up to this UID is stored. */
  uid: number;
  at: number;
  /** Mails up to this UID were there before us: those that somebody answered are theirs. */
  old: number;
}

const batch = 50;
/** Mails are fetched together up to so many bytes. */
const batchBytes = 4 * 1024 * 1024;
/** Of a larger mail so much is read: its texts, the files that fit, and the names of the others. */
const mostBytes = 40 * 1024 * 1024;
const mostTextBytes = 2 * 1024 * 1024;
const dayMs = 24 * 3_600_000;

/**
 * The look at an open mailbox: takes what is new, in order, until the signal aborts. The position, kept between looks, moves only past mails
 * that are stored, or kept aside. `alive` is called where much mail takes long to read.
 */
export function createLook(
  parts: { host: Host; mailbox: Mailbox; take: Take; alive(): Promise<void> },
  signal: AbortSignal,
): (inbox: Inbox) => Promise<void> {
  const { host, mailbox, take, alive } = parts;
  // On a line that breaks again and again a group might never come whole: then each mail comes by itself, and is done with when it came.
  let mostTogether = batchBytes;
  const name = `position:${mailbox.imap.user}@${mailbox.imap.host}/${mailbox.imap.folder}`;

  return async (inbox) => {
    const { validity, next } = await inbox.open();
    let position = await begin(inbox, validity, next);
    // Nothing new is the usual case, and costs no search.
    const uids = next > position.uid + 1 ? await inbox.uidsFrom(position.uid + 1) : [];
    for (let from = 0; from < uids.length; from += batch) position = await readBatch(inbox, uids.slice(from, from + batch), position);
    mostTogether = batchBytes;
    await host.cursor.set(name, { ...position, at: Date.now() });
  };

  async function readBatch(inbox: Inbox, uids: number[], position: Position): Promise<Position> {
    for (const group of groupsOf(await inbox.describe(uids), mostTogether)) {
      await takeGroup(inbox, group, position);
      await host.cursor.set(name, position);
      await alive();
    }
    // What was removed meanwhile is passed over.
    return { ...position, uid: Math.max(position.uid, uids.at(-1) ?? 0) };
  }

  async function takeGroup(inbox: Inbox, group: Described[], position: Position): Promise<void> {
    const wanted = group.filter(({ uid, answered }) => !(answered && uid <= position.old));
    const mails = await sourcesOf(inbox, wanted);
    for (const { uid, size, arrived } of wanted) {
      // Somebody else may be the reader by now: what they store is theirs to count.
      signal.throwIfAborted();
      const mail = mails.get(uid);
      if (mail) await take({ uid, validity: position.validity, size, arrived, ...mail });
      position.uid = uid;
    }
    position.uid = group.at(-1)?.uid ?? position.uid;
  }

  async function sourcesOf(inbox: Inbox, mails: Described[]): Promise<Map<number, Pick<Fetched, 'source' | 'shrunk'>>> {
    const [only] = mails;
    if (!only) return new Map();
    // A large one is alone in its group.
    const { maxBytes: fileBytes, count: files } = host.files.limits();
    const most = { mailBytes: mostBytes, textBytes: mostTextBytes, fileBytes, files };
    const shrunk = only.size > mostBytes ? await inbox.shrunk(only.uid, most) : undefined;
    if (shrunk) return new Map([[only.uid, shrunk]]);
    const uids = mails.map(({ uid }) => uid);
    const sources = await inbox.sources(uids, mostBytes).catch((error) => {
      mostTogether = 0;
      throw error;
    });
    return new Map([...sources].map(([uid, source]) => [uid, { source }]));
  }

  /** Where to read on. */
  async function begin(inbox: Inbox, validity: string, next: number): Promise<Position> {
    const known = await host.cursor.get<Position>(name);
    if (known?.validity === validity) return known;
    if (known)
      host.log.warn(
        { mailbox: mailbox.address, from: known.validity, to: validity },
        'the server numbers its mails anew, reading the last days again',
      );
    // After a new numbering what is known already is told apart by its own identity; what is older than the last look was read.
    const since = known ? known.at - 2 * dayMs : Date.now() - mailbox.historyDays * dayMs;
    const first = mailbox.historyDays > 0 || known ? (await inbox.uidsSince(new Date(since)))[0] : undefined;
    const position = { validity, uid: (first ?? next) - 1, at: Date.now(), old: known ? 0 : next - 1 };
    if (!known)
      host.log.info({ mailbox: mailbox.address, days: mailbox.historyDays, mails: next - (first ?? next) }, 'first look at the mailbox');
    await host.cursor.set(name, position);
    return position;
  }
}

/** What is fetched together: neighbours up to `most` bytes; a larger mail is alone. */
function groupsOf(mails: Described[], most: number): Described[][] {
  const groups: Described[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const mail of mails) {
    bytes += mail.size;
    if (bytes > most) {
      groups.push([]);
      bytes = mail.size;
    }
    groups.at(-1)?.push(mail);
  }
  return groups;
}
