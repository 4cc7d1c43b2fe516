import { spawnSync } from 'node:child_process';
import type { MailPerson } from '../../tests/bots/email/person.ts';

/** A mailbox of the demo's own, with the settings that turn the channel on. */
export interface Mail {
  settings: Record<string, string>;
  person(): MailPerson;
  end(): Promise<void>;
}

const support = 'support@demobet.example';

/** Starts a mailbox on Dovecot and a server that takes mail; undefined where Dovecot is not installed. */
export async function startMail(): Promise<Mail | undefined> {
  if (spawnSync('dovecot', ['--version']).status !== 0) return undefined;
  const { startDovecot } = await import('../../tests/bots/email/dovecot.ts');
  const { startPost } = await import('../../tests/bots/email/post.ts');
  const { mailPerson } = await import('../../tests/bots/email/person.ts');
  const dovecot = await startDovecot();
  const post = await startPost(dovecot, [support]);
  return {
    settings: { IMAP_URL: dovecot.url(support), SMTP_URL: post.url, MAIL_FROM: `Demobet <${support}>` },
    person: () => mailPerson(post, support),
    async end() {
      await post.stop();
      await dovecot.end();
    },
  };
}
