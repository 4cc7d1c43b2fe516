import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { type MailPerson, mailPerson } from './person.ts';
import { type Post, startPost } from './post.ts';

/** An app that reads and writes e-mail, with the servers that it speaks to. */
export interface MailApp {
  app: TestApp;
  dovecot: Dovecot;
  post: Post;
  person(mailbox?: string): MailPerson;
  end(): Promise<void>;
}

export const support = 'support@demobet.example';
export const finance = 'finance@demobet.example';

/** Starts all of it. `more`: further query of the mailbox's address. */
export async function startMailApp(over: Record<string, string> = {}, more = ''): Promise<MailApp> {
  const dovecot = await startDovecot();
  const post = await startPost(dovecot, [support, finance]);
  const app = await startTestApp({
    IMAP_URL: `${dovecot.url(support)}${more} ${dovecot.url(finance)}?department=finance`,
    SMTP_URL: post.url,
    MAIL_FROM: `Demobet <${support}>`,
    ...over,
  });
  return {
    app,
    dovecot,
    post,
    person: (mailbox = support) => mailPerson(post, mailbox),
    async end() {
      await app.end();
      await post.stop();
      await dovecot.end();
    },
  };
}
