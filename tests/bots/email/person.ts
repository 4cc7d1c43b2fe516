import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { until } from '../../setup/until.ts';
import type { SimulatedContact } from '../contract.ts';
import type { Post, Sent } from './post.ts';

/** Somebody with a mail program. */
export interface MailPerson extends SimulatedContact {
  address: string;
  mails(): Sent[];
  /** Sends a mail as it is given; what is not given is as for a new mail. */
  mail(mail: Record<string, unknown>): Promise<void>;
}

let made = 0;

/** A person who writes to a mailbox. They answer the newest mail that they have; before they have one they wait for it, as people do. */
export function mailPerson(post: Post, mailbox: string): MailPerson {
  const address = `person${++made}@${randomUUID().slice(0, 8)}.example`;
  const transport = createTransport({ url: post.url });
  const raws = new Map<string, Buffer>();
  const mails = () => post.to(address);
  let wrote = false;

  async function write(text: string, id: string = randomUUID()): Promise<void> {
    let raw = raws.get(id);
    if (!raw) {
      const last = wrote ? await until(() => mails().at(-1)) : mails().at(-1);
      raw = await compose({
        from: { name: 'Deniz', address },
        to: mailbox,
        messageId: `<${id}@client.example>`,
        ...(last ? answer(text, last) : { subject: '', text }),
      });
      raws.set(id, raw);
      wrote = true;
    }
    await transport.sendMail({ envelope: { from: address, to: mailbox }, raw });
  }

  return {
    address,
    mails,
    write,
    async mail(mail) {
      await transport.sendMail({
        envelope: { from: address, to: mailbox },
        raw: await compose({ from: { name: 'Deniz', address }, to: mailbox, ...mail }),
      });
    },
    async press(label) {
      const lines = mails().flatMap(({ mail }) => (mail.text ?? '').split('\n'));
      const number = lines
        .findLast((line) => /^\d+\. /.test(line) && (typeof label === 'string' ? line.includes(label) : label.test(line)))
        ?.split('.')[0];
      if (!number) throw new Error(`nobody offered ${label}`);
      await write(number);
    },
    arrived: () => mails().map(({ mail }) => mail.text ?? ''),
  };
}

/** A mail as nodemailer writes it. */
export async function compose(mail: Record<string, unknown>): Promise<Buffer> {
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(mail);
  return message as Buffer;
}

/** An answer to a mail of ours as Gmail makes it. */
export function answer(text: string, { mail }: Sent): Record<string, unknown> {
  const quoted = (mail.text ?? '').split('\n').map((line) => `> ${line}`);
  return {
    subject: mail.subject,
    inReplyTo: mail.messageId,
    references: [mail.references, mail.messageId].filter(Boolean).join(' '),
    text: `${text}\n\nOn Sat, Nov 21, 2026 at 10:15 PM Demobet <${mail.from?.address}> wrote:\n\n${quoted.join('\n')}`,
  };
}
