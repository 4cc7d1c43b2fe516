import { randomUUID } from 'node:crypto';
import type { FetchQueryObject, ImapFlow, SearchObject } from 'imapflow';
import { within } from './deadline.ts';
import type { Shrunk } from './fetched.ts';
import { type Ask, openImap } from './open-imap.ts';
import { isCut, type Most, namesOf, planParts } from './parts.ts';
import type { Mailbox } from './settings.ts';
import { shrink } from './shrink.ts';
import type { SignIn } from './sign-in.ts';

/** One open mailbox. Every call rejects when the server does not answer in time; then the connection is of no more use. */
export interface Inbox {
  /** Looks at the mailbox anew. UIDs mean something only together with the validity. */
  open(): Promise<{ validity: string; next: number }>;
  /** UIDs from one on, in order. */
  uidsFrom(first: number): Promise<number[]>;
  /** UIDs of what arrived on that day or later, in order. */
  uidsSince(day: Date): Promise<number[]>;
  /** What is known of mails without reading them; what is gone is left out. */
  describe(uids: number[]): Promise<Described[]>;
  /** Bytes of mails, at most `most` of each, by UID. */
  sources(uids: number[], most: number): Promise<Map<number, Buffer>>;
  /** A mail that is too large as a whole, as far as it fits; undefined where the server's description of it cannot be used. */
  shrunk(uid: number, most: Most): Promise<{ source: Buffer; shrunk: Shrunk } | undefined>;
  /** Resolves when something may have arrived since `open`, after `ms`, or when the connection ends. */
  news(ms: number): Promise<void>;
  close(): void;
}

/** What the server knows of a mail. `size`: bytes; `answered`: somebody has answered it there. */
export interface Described {
  uid: number;
  size: number;
  arrived: Date;
  answered: boolean;
}

/** How a mailbox is connected to. `commandMs`: the server's time for one command; it has three times as long to give mails. `signIn`: for addresses without a password. */
export interface Connecting {
  signal: AbortSignal;
  commandMs: number;
  signIn?: SignIn;
}

/** Connects to a mailbox, read only: no flag of a mail is ever changed, so what people see in it stays theirs. */
export async function connectInbox({ imap }: Mailbox, { signal, commandMs, signIn }: Connecting): Promise<Inbox> {
  const ask: Ask = (what, work, ms = commandMs) => within(ms, what, signal, work);
  const client = await openImap(imap, ask, signIn);
  // A server tells of a mail once: with the answer to whatever it was asked, as soon as to who waits.
  let told = false;
  client.on('exists', () => {
    told = true;
  });

  const search = async (query: SearchObject) => {
    const found = await ask('search', client.search(query, { uid: true }) as Promise<number[] | false | undefined>);
    if (!found) throw new Error('search: refused');
    return found.toSorted((a, b) => a - b);
  };

  return {
    async open() {
      const { uidValidity, uidNext } = await ask('examine', client.mailboxOpen(imap.folder, { readOnly: true }));
      told = false;
      // Not every server tells what comes next.
      const next = uidNext ?? ((await search({ uid: '1:*' })).at(-1) ?? 0) + 1;
      return { validity: String(uidValidity), next };
    },
    // `n:*` always names the last mail too, however low its UID.
    uidsFrom: async (first) => (await search({ uid: `${first}:*` })).filter((uid) => uid >= first),
    uidsSince: (day) => search({ since: day }),
    async describe(uids) {
      const found = await ask(
        'fetch',
        client.fetchAll(uids.join(','), { uid: true, size: true, internalDate: true, flags: true }, { uid: true }),
        3 * commandMs,
      );
      return found.map(({ uid, size = 0, internalDate, flags }) => ({
        uid,
        size,
        arrived: internalDate ? new Date(internalDate) : new Date(),
        answered: flags?.has('\\Answered') ?? false,
      }));
    },
    async sources(uids, most) {
      const found = await ask(
        'fetch',
        client.fetchAll(uids.join(','), { uid: true, source: { start: 0, maxLength: most } }, { uid: true }),
        3 * commandMs,
      );
      return new Map(found.flatMap(({ uid, source }) => (source ? [[uid, source] as const] : [])));
    },
    async shrunk(uid, most) {
      const one = async (query: FetchQueryObject) =>
        (await ask('fetch', client.fetchOne(String(uid), query, { uid: true }), 3 * commandMs)) || undefined;
      const described = await one({ uid: true, bodyStructure: true });
      const plan = described?.bodyStructure && planParts(described.bodyStructure, most);
      if (!plan) return undefined;
      const found = await one({ uid: true, headers: true, bodyParts: namesOf(plan) });
      if (!found?.headers) return undefined;
      const secret = randomUUID();
      return { source: shrink(plan, found.headers, found.bodyParts ?? new Map(), secret), shrunk: { secret, cut: isCut(plan) } };
    },
    news: async (ms) => (told ? undefined : untilNews(client, ms, signal)),
    close: () => client.close(),
  };
}

/** Resolves when the server tells of something, after `ms`, or when the connection or the reading ends. */
async function untilNews(client: ImapFlow, ms: number, signal: AbortSignal): Promise<void> {
  const { promise: woken, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  const timer = setTimeout(wake, ms);
  for (const event of ['exists', 'close', 'error']) client.on(event, wake);
  signal.addEventListener('abort', wake);
  // A hint only: a server may go deaf without an error, so the caller looks every `ms` whatever happens here. The next command ends it.
  client.idle().catch(wake);
  if (signal.aborted || !client.usable) wake();
  await woken;
  clearTimeout(timer);
  signal.removeEventListener('abort', wake);
  for (const event of ['exists', 'close', 'error']) client.off(event, wake);
}
