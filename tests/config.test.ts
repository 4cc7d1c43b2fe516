import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

test('nothing set: everything on one machine, only for it', () => {
  expect(readConfig({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', ROLES: expect.arrayContaining(['http', 'turns', 'clock']) });
});

test('an empty value is unset', () => {
  expect(readConfig({ PORT: '', REDIS_URL: ' ' })).toMatchObject({ PORT: 3000 });
});

test('all wrong settings are told at once, each with its remedy', () => {
  const read = () =>
    readConfig({
      PORT: 'eighty',
      REDIS_URL: 'http://x',
      TELEGRAM_BOT_TOKEN: 'abc',
      SECRET_KEY: 'short',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: 'maybe',
    });
  for (const name of ['PORT must', 'REDIS_URL must', 'TELEGRAM_BOT_TOKEN must', 'SECRET_KEY must', 'LOG_LEVEL must', 'TRUST_PROXY must'])
    expect(read).toThrow(name);
});

test.each([
  [undefined, 0],
  ['false', 0],
  ['0', 0],
  ['true', 1],
  ['1', 1],
  ['2', 2],
])('TRUST_PROXY=%s: so many proxies are believed', (TRUST_PROXY, proxies) => {
  expect(readConfig({ TRUST_PROXY })).toMatchObject({ TRUST_PROXY: proxies });
});

const unsigned = { IMAP_URL: 'imaps://a@c', SMTP_URL: 'smtps://a@c', MAIL_FROM: 'a@b.example' };
const oauth = { MAIL_OAUTH_TOKEN_URL: 'https://login.example/token', MAIL_OAUTH_CLIENT_ID: 'x', MAIL_OAUTH_REFRESH_TOKEN: 'x' };

test('sign-in by OAuth2: as a person or as the program', () => {
  expect(readConfig({ ...unsigned, ...oauth })).toMatchObject(oauth);
  const program = { ...oauth, MAIL_OAUTH_REFRESH_TOKEN: '', MAIL_OAUTH_CLIENT_SECRET: 'y', MAIL_OAUTH_SCOPE: 'z' };
  expect(readConfig({ ...unsigned, ...program })).toMatchObject({ MAIL_OAUTH_SCOPE: 'z' });
});

test.each([
  [{ DATABASE_URL: 'postgres://a@b/c' }, 'SECRET_KEY must be set when DATABASE_URL'],
  [{ ROLES: 'http' }, 'DATABASE_URL must be set when ROLES'],
  [{ ROLES: 'http,dance' }, 'ROLES may name only'],
  [{ IMAP_URL: 'imaps://a:b@c' }, 'SMTP_URL must be set with IMAP_URL'],
  [{ S3_BUCKET: 'files', S3_ENDPOINT: 'https://s3.example' }, 'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set too'],
  [{ MAIL_OAUTH_CLIENT_ID: 'x', ...unsigned }, 'MAIL_OAUTH_TOKEN_URL and MAIL_OAUTH_CLIENT_SECRET and MAIL_OAUTH_SCOPE must be set too'],
  [{ MAIL_OAUTH_REFRESH_TOKEN: 'x', ...unsigned }, 'MAIL_OAUTH_TOKEN_URL and MAIL_OAUTH_CLIENT_ID must be set too'],
  [{ MAIL_OAUTH_TOKEN_URL: 'http://login.example/token', ...unsigned }, 'MAIL_OAUTH_TOKEN_URL must start with https://'],
  [
    { ...oauth, IMAP_URL: 'imaps://a:b@c', SMTP_URL: 'smtps://a:b@c', MAIL_FROM: 'a@b.example' },
    'no address in IMAP_URL or SMTP_URL has a name without a password',
  ],
  [{ PUBLIC_URL: 'https://example.com/support' }, 'PUBLIC_URL must be a name of its own, without a path'],
  [{ S3_BUCKET: 'No Bucket' }, 'S3_BUCKET must be the name of a bucket'],
])('settings that do not fit: %o', (env, fault) => {
  expect(() => readConfig(env)).toThrow(fault);
});
