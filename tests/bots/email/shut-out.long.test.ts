import { appendFile, cp, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTroubles } from '../../../src/cli/check-troubles.ts';
import type { SourceState } from '../../../src/conversation/source.ts';
import { createLog } from '../../../src/log.ts';
import { registry } from '../../../src/metrics.ts';
import type { Board, BoardTrouble } from '../../../src/server/desk/board-protocol.ts';
import { openStore } from '../../../src/store/connection.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { smallKnowledge } from '../../setup/small-knowledge.ts';
import { until } from '../../setup/until.ts';
import { startTelegram, type TelegramDouble, token } from '../telegram/double.ts';
import { type Dovecot, hasDovecot, startDovecot } from './dovecot.ts';
import { mailPerson } from './person.ts';
import { type Post, startPost } from './post.ts';
import { client, firstRefreshToken, mailScope, type Provider, startProvider } from './provider.ts';

const support = 'support@demobet.example';

describe.skipIf(!hasDovecot)('a mailbox that lets us in no more', () => {
  let provider: Provider;
  let dovecot: Dovecot;
  let post: Post;
  let telegram: TelegramDouble;
  let staff: ReturnType<TelegramDouble['chats']['person']>;
  let app: TestApp;
  let supervisor: DeskAgent;
  beforeAll(async () => {
    telegram = await startTelegram();
    staff = telegram.chats.person();
    const knowledge = path.join(await mkdtemp(path.join(os.tmpdir(), 'destek-outage-')), 'knowledge');
    await cp(smallKnowledge, knowledge, { recursive: true });
    await appendFile(path.join(knowledge, 'desk.yaml'), `\nonCall: { first: [{ channel: telegram, to: "${staff.user.id}" }] }\n`);
    provider = await startProvider(support);
    provider.behaviour = { refreshTokenExpiresIn: 9 * 86_400 + 3_600 };
    dovecot = await startDovecot({ oauth: { introspection: provider.introspection, scope: mailScope, mechanisms: 'xoauth2' } });
    post = await startPost(dovecot, [support]);
    app = await startTestApp({
      KNOWLEDGE_DIR: knowledge,
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: telegram.root,
      IMAP_URL: dovecot.url(support).replace(':secret@', '@'),
      SMTP_URL: post.url,
      MAIL_FROM: `Demobet <${support}>`,
      MAIL_OAUTH_TOKEN_URL: provider.tokenUrl,
      MAIL_OAUTH_CLIENT_ID: client.id,
      MAIL_OAUTH_CLIENT_SECRET: client.secret,
      MAIL_OAUTH_REFRESH_TOKEN: firstRefreshToken,
    });
    supervisor = await signIn(app, { role: 'supervisor' });
  });
  afterAll(async () => {
    await app.end();
    await post.stop();
    await dovecot.end();
    await provider.close();
    await telegram.close();
  });

  const state = async () =>
    (await app.query<{ value: SourceState }>('select value from cursor where name = $1', [`source:${support}`]))[0]?.value;
  const troubles = async () => (await supervisor.call('GET', '/api/desk/troubles')).body as BoardTrouble[];
  const told = () => telegram.chats.messagesIn(staff.user.id).map((message) => String(message.text));
  const doctor = async () => {
    const store = openStore(app.databaseUrl, createLog('silent'), 1);
    return checkTroubles(store.db).finally(() => store.close());
  };

  test('from 14 days before its end the consent is told on the board, above every page and by the doctor', async () => {
    await until(async () => (await troubles()).length > 0);
    const ending = { channel: 'email', name: support, code: 'ends', days: 9 };
    expect(await troubles()).toEqual([ending]);
    expect(((await supervisor.call('GET', '/api/desk/board')).body as Board).health.troubles).toEqual([ending]);
    expect(await doctor()).toBe(`E-mail (${support}): the consent by which we sign in ends in 9 days`);
    expect((await (await signIn(app)).call('GET', '/api/desk/troubles')).status).toBe(403);
  });

  test('a consent that was withdrawn is told on the board, by the doctor, in the metrics and to who is on call, on Telegram; so is that it works again', async () => {
    provider.behaviour = { answer: { status: 400, body: '{"error":"invalid_grant"}' } };
    provider.withdraw();
    await dovecot.stop();
    await dovecot.start();
    await until(async () => (await state())?.fault?.code === 'refused', 14_000);
    expect(told()).toEqual([]);
    // It has been so for a while.
    await app.query("update cursor set value = jsonb_set(value, '{fault,since}', to_jsonb($1::float8)) where name = $2", [
      Date.now() - 120_000,
      `source:${support}`,
    ]);
    const [alarm] = await until(() => (told().length > 0 ? told() : undefined), 40_000);
    expect(alarm).toContain(support);
    expect(await troubles()).toMatchObject([{ channel: 'email', name: support, code: 'refused' }]);
    await expect(doctor()).rejects.toThrow(`E-mail (${support}) has not let us in since 20`);
    expect(await registry.metrics()).toContain(`destek_source_out{channel="email",source="${support}"} 1`);

    provider.behaviour = {};
    // It may have been tried in vain so often that it is tried again half a minute later.
    await until(() => told().length === 2, 60_000);
    expect(told()[1]).toContain('✅');
    expect(await troubles()).toEqual([]);
    const person = mailPerson(post, support);
    await person.mail({ subject: '', text: 'how long does a withdrawal take?' });
    await until(() => person.mails()[0]);
    expect(told()).toHaveLength(2);
  });
});
