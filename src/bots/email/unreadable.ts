import { createHash } from 'node:crypto';
import { writeAddress } from './address.ts';
import type { Fetched } from './fetched.ts';
import { cleanAddress, isMachineAddress } from './person.ts';
import type { About, Fact } from './understand.ts';

/**
 * What can be said of a mail that cannot be read: who sent it, so that it shows in the record and they are asked to write again.
 * Undefined where not even that stands in it.
 */
export function unreadable({ source, size }: Fetched, { mailbox, own, tokens }: About): Fact | undefined {
  const head =
    source
      .subarray(0, 64 * 1024)
      .toString('latin1')
      .split(/\r?\n\r?\n/)[0] ?? '';
  const line = /^From:[ \t]*(.{1,1000})/im.exec(head)?.[1] ?? '';
  const sender = cleanAddress(/<([^<>]+)>/.exec(line)?.[1] ?? line);
  if (!sender || own.includes(sender) || isMachineAddress(sender)) return undefined;
  // Machines that break mails answer our answers as well: only what shows no sign of one is asked to write again.
  const machine = /^(auto-submitted:\s*auto|precedence:|list-id:|return-path:\s*<>)/im.test(head);
  const identity = createHash('sha256').update(source).digest('hex').slice(0, 32);
  return {
    fact: 'message',
    address: writeAddress({ mailbox: mailbox.address, sender, thread: tokens.newThread(mailbox.address, sender, identity) }),
    sender,
    message: {
      type: 'message',
      id: identity,
      text: '',
      silent: machine ? 'auto-reply' : undefined,
      marks: ['unreadable'],
      department: mailbox.department,
    },
    files: [{ name: 'mail.eml', type: 'message/rfc822', size, bytes: source }],
  };
}
