import type { Host } from '../../conversation/channel.ts';
import { createSourceWord } from '../../conversation/source-word.ts';
import { pause } from '../../pause.ts';
import type { Fetched } from './fetched.ts';
import { connectInbox, type Described, type Inbox } from './inbox.ts';
import { isRefused, refusedRemedy, sourceFault } from './refused.ts';
import type { Mailbox } from './settings.ts';
import type { SignIn } from './sign-in.ts';
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

/** How often a mailbox is looked at, when silence is an alarm, the longest pause between attempts, and the server's time for a command. Milliseconds. */
export interface ReaderTimes {
  pollMs: number;
  alarmMs: number;
  mostBackoffMs: number;
  commandMs: number;
}

export const usualTimes: ReaderTimes = { pollMs: 120_000, alarmMs: 300_000, mostBackoffMs: 30_000, commandMs: 60_000 };

const batch = 50;
/** Mails are fetched together up to so many bytes. */
const batchBytes = 4 * 1024 * 1024;
/** Of a larger mail so much is read: its texts, the files that fit, and the names of the others. */
const mostBytes = 40 * 1024 * 1024;
const mostTextBytes = 2 * 1024 * 1024;
const dayMs = 24 * 3_600_000;

/** Reads a mailbox until the signal aborts. The position moves only past mails that are stored, or kept aside. */
export async function readMailbox(
  parts: { host: Host; mailbox: Mailbox; take: Take; signIn?: SignIn; times?: ReaderTimes },
  signal: AbortSignal,
): Promise<void> {
  const { host, mailbox, take, signIn, times = usualTimes } = parts;
  const name = `position:${mailbox.imap.user}@${mailbox.imap.host}/${mailbox.imap.folder}`;
  const source = createSourceWord(host, mailbox.address);
  let lastSuccess = Date.now();
  let failures = 0;
  const alarm = setInterval(() => {
    const silentMs = Date.now() - lastSuccess;
    if (silentMs >= times.alarmMs)
      host.log.error(
        { mailbox: mailbox.address, minutes: Math.round(silentMs / 60_000), remedy: remedies.silent },
        'the mailbox could not be read for a while',
      );
  }, times.alarmMs / 5);
  try {
    while (!signal.aborted) {
      let inbox: Inbox | undefined;
      try {
        inbox = await connectInbox(mailbox, { signal, commandMs: times.commandMs, signIn });
        for (;;) {
          await look(inbox);
          failures = 0;
          await tellSuccess();
          await inbox.news(times.pollMs);
          if (signal.aborted) return;
        }
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        await source.fails(sourceFault(error));
        const { message } = error as Error;
        const remedy = isRefused(error) ? refusedRemedy('IMAP_URL', !mailbox.imap.pass) : undefined;
        host.log.warn({ mailbox: mailbox.address, err: message, failures, remedy }, 'mailbox not read');
      } finally {
        inbox?.close();
      }
      await pause(Math.min(times.mostBackoffMs, 250 * 2 ** Math.min(failures, 10)), signal);
    }
  } finally {
    clearInterval(alarm);
  }

  async function tellSuccess(): Promise<void> {
    lastSuccess = Date.now();
    await source.works(mailbox.imap.pass ? undefined : signIn?.endsAt());
  }

  async function look(inbox: Inbox): Promise<void> {
    const { validity, next } = await inbox.open();
    let position = await begin(inbox, validity, next);
    // Nothing new is the usual case, and costs no search.
    const uids = next > position.uid + 1 ? await inbox.uidsFrom(position.uid + 1) : [];
    for (let from = 0; from < uids.length; from += batch) position = await readBatch(inbox, uids.slice(from, from + batch), position);
    await host.cursor.set(name, { ...position, at: Date.now() });
  }

  async function readBatch(inbox: Inbox, uids: number[], position: Position): Promise<Position> {
    const described = await inbox.describe(uids);
    for (let from = 0; from < described.length; ) {
      let [to, bytes] = [from, 0];
      do bytes += described[to++]?.size ?? 0;
      while (to < described.length && bytes + (described[to]?.size ?? 0) <= batchBytes);
      const group = described.slice(from, to);
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
      await host.cursor.set(name, position);
      // Much mail takes long to read, and that is no silence.
      await tellSuccess();
      from = to;
    }
    // What was removed meanwhile is passed over.
    return { ...position, uid: Math.max(position.uid, uids.at(-1) ?? 0) };
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
    return new Map([...(await inbox.sources(uids, mostBytes))].map(([uid, source]) => [uid, { source }]));
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

const remedies = {
  silent: 'Look whether the mail server runs and IMAP_URL is right: destek doctor tries it.',
};
