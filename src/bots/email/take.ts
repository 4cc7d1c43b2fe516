import type { Host } from '../../conversation/channel.ts';
import { isFault } from '../../errors.ts';
import type { Fetched } from './fetched.ts';
import { keepFiles } from './files.ts';
import { type Mail, readMail } from './mail.ts';
import { setAside } from './quarantine.ts';
import type { RateCap } from './rate.ts';
import { type About, type Fact, understand } from './understand.ts';
import { unreadable } from './unreadable.ts';

/** Makes durable what one mail says. Resolves when it is, or when the mail was kept aside; rejects when it must be read again. */
export type Take = (fetched: Fetched) => Promise<void>;

/** A mail that cannot be stored so many times in a row, while the position can, is kept aside. */
const mostTries = 5;

/** Takes the mails of one mailbox. */
export function createTake(parts: { host: Host; about: About; rate: RateCap }): Take {
  const { host, about, rate } = parts;
  const tries = new Map<string, number>();

  return async (fetched) => {
    const fact = await read(fetched);
    if (!fact) return;
    const key = `${fetched.validity} ${fetched.uid}`;
    try {
      await store(fact, fetched);
      tries.delete(key);
    } catch (error) {
      // The database or the place of files is away: no fault of the mail, however long it lasts.
      if (isFault(error) && error.code === 'store.unavailable') throw error;
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      // What can never be stored would otherwise be offered for ever, and hold back all that came after it.
      if (!(isFault(error) && error.status < 500) && count < mostTries) throw error;
      await setAside(host, about.mailbox.address, fetched, (error as Error).message);
      tries.delete(key);
    }
  };

  async function read(fetched: Fetched): Promise<Fact | undefined> {
    let mail: Mail;
    try {
      mail = await readMail(fetched.source);
      return understand(mail, fetched.source, about);
    } catch (error) {
      await setAside(host, about.mailbox.address, fetched, (error as Error).message);
      return unreadable(fetched, about);
    }
  }

  async function store(fact: Fact, fetched: Fetched): Promise<void> {
    const { arrived, size, source, shrunk } = fetched;
    if (fact.fact === 'none') return host.log.info({ mailbox: about.mailbox.address, why: fact.why }, 'mail without effect');
    if (fact.fact === 'unreachable') {
      await host.receive({ event: 'unreachable', address: fact.address, code: fact.code });
      return;
    }
    const attachments = await keepFiles(host, fact.files, { address: fact.address, fetched });
    const message = { ...fact.message, attachments: attachments.length > 0 ? attachments : undefined };
    // An empty mail is met with a question, not with silence.
    if (!/\S/.test(message.text) && !message.attachments)
      message.attachments = [{ name: 'mail.eml', type: 'message/rfc822', size, refused: 'empty', inline: true }];
    if (shrunk ? shrunk.cut : size > source.length) message.marks = [...new Set([...(message.marks ?? []), 'cut'])];
    if (!message.silent && rate(about.mailbox.address, fact.sender, arrived.getTime())) {
      message.silent = 'rate-cap';
      host.log.warn({ mailbox: about.mailbox.address }, 'a sender writes too often to be answered automatically');
    }
    // For the record, whatever was understood of it; of a large mail what was read.
    message.original = await host.files.keepOriginal({ name: 'mail.eml', bytes: source }, { address: fact.address });
    await host.receive({ event: 'message', address: fact.address, contact: { name: fact.name }, message });
  }
}
