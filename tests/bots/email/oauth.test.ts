import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmailChannel } from '../../../src/bots/email/index.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { type Dovecot, hasDovecot, startDovecot } from './dovecot.ts';
import { mailPerson } from './person.ts';
import { type Post, startPost } from './post.ts';
import { client, firstRefreshToken, mailScope, type Provider, startProvider } from './provider.ts';

const support = 'support@demobet.example';
const named = (url: string) => url.replace('://', `://${encodeURIComponent(support)}@`);

describe.skipIf(!hasDovecot)('mailboxes that take no passwords', () => {
  let provider: Provider;
  let dovecot: Dovecot;
  let post: Post;
  beforeAll(async () => {
    provider = await startProvider(support);
    dovecot = await startDovecot({ oauth: { introspection: provider.introspection, scope: mailScope, mechanisms: 'oauthbearer xoauth2' } });
    // What people send comes without a sign-in; the desk's server asks for one.
    post = await startPost(dovecot, [support], provider.takes);
  });
  afterAll(async () => {
    await post.stop();
    await dovecot.end();
    await provider.close();
  });

  const settings = () => ({
    IMAP_URL: dovecot.url(support).replace(':secret@', '@'),
    SMTP_URL: named(post.url),
    MAIL_FROM: `Demobet <${support}>`,
    MAIL_OAUTH_TOKEN_URL: provider.tokenUrl,
    MAIL_OAUTH_CLIENT_ID: client.id,
    MAIL_OAUTH_CLIENT_SECRET: client.secret,
    MAIL_OAUTH_REFRESH_TOKEN: firstRefreshToken,
  });
  const channel = (over: object = {}) => createEmailChannel({ ...settings(), ROLES: ['email'], ...over });

  test('a mail is read and answered; after the tokens were withdrawn and the servers came back as well, with one new token', async () => {
    provider.behaviour = { rotates: true };
    const town = await startPost(dovecot, [support]);
    const app: TestApp = await startTestApp(settings());
    const person = mailPerson(town, support);
    await person.mail({ subject: 'Question', text: 'how long does a withdrawal take?' });
    await until(() => post.to(person.address).length === 1);
    expect(provider.asked).toHaveLength(1);

    provider.withdraw();
    await post.stop();
    await dovecot.stop();
    await post.start();
    await dovecot.start();
    await person.mail({ subject: 'Another', text: 'how long does a withdrawal take?' });
    await until(() => post.to(person.address).length === 2, 20_000);
    expect(provider.asked.map((form) => form.refresh_token)).toEqual(['refresh-0', 'refresh-1']);

    const [kept] = await app.query<{ value: { sealed: string } }>("select value from cursor where name = 'secret:oauth-refresh-token'");
    expect(Buffer.from(kept?.value.sealed ?? '', 'base64').toString('latin1')).not.toContain('refresh-');
    await app.end();
    await town.stop();
    provider.behaviour = {};
  });

  // Microsoft offers only this one.
  test('by XOAUTH2 the doctor says that it works, and else what is wrong: no consent, the wrong right, a name that is not the token’s', async () => {
    await dovecot.end();
    dovecot = await startDovecot({ oauth: { introspection: provider.introspection, scope: mailScope, mechanisms: 'xoauth2' } });
    const right = { MAIL_OAUTH_REFRESH_TOKEN: undefined, MAIL_OAUTH_SCOPE: mailScope };
    provider.behaviour = { refreshTokenExpiresIn: 30 * 86_400 + 60 };
    expect(await channel(right)?.check?.()).toBe(`reads and writes as ${support}; the consent ends in 30 days`);
    provider.behaviour = {};
    await expect(channel({ MAIL_OAUTH_REFRESH_TOKEN: 'withdrawn' })?.check?.()).rejects.toThrow(
      /invalid_grant.*sign in at the provider again/,
    );
    provider.behaviour = { scope: 'calendar' };
    await expect(channel(right)?.check?.()).rejects.toThrow(
      /127\.0\.0\.1 does not let support@demobet\.example in\. .*MAIL_OAUTH_SCOPE must hold the right to read/,
    );
    provider.behaviour = {};
    const stranger = { ...right, SMTP_URL: post.url.replace('://', '://stranger@') };
    await expect(channel(stranger)?.check?.()).rejects.toThrow(/does not let stranger in\. .*the right to send mail/);
  });
});
