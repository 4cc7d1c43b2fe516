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
  [{ PUBLIC_URL: 'https://a:b@support.example' }, 'PUBLIC_URL must be a name of its own, without a path'],
  [{ PUBLIC_URL: 'https://support.example/#desk' }, 'PUBLIC_URL must be a name of its own, without a path'],
  [{ IMAP_URL: 'imaps://', SMTP_URL: 'smtps://a@c', MAIL_FROM: 'a@b.example' }, 'IMAP_URL must be addresses'],
  [{ IMAP_URL: 'imaps://a@c', SMTP_URL: 'smtp://', MAIL_FROM: 'a@b.example' }, 'SMTP_URL must be addresses'],
  [{ REDIS_URL: 'redis://' }, 'REDIS_URL must be an address'],
  [{ CLAMD_URL: 'tcp://' }, 'CLAMD_URL must be an address'],
  [{ REDIS_URL: 'redis://:p#ss@localhost:6379' }, 'REDIS_URL cannot be read as an address'],
  [{ REDIS_URL: 'redis://:100%@localhost:6379' }, 'REDIS_URL cannot be read as an address'],
  [{ REDIS_URL: 'redis://localhost:99999' }, 'REDIS_URL cannot be read as an address'],
  [{ IMAP_URL: 'imaps://a:b@c imaps://a:p/ss@d', SMTP_URL: 'smtps://a@c', MAIL_FROM: 'a@b.example' }, 'IMAP_URL cannot be read as'],
  [{ CLAMD_URL: 'unix:' }, 'CLAMD_URL must be an address'],
  [{ SECRET_KEY: `${' '.repeat(40)}a` }, 'SECRET_KEY must have at least 32 characters'],
  [{ METRICS_TOKEN: 'with a blank in it, and ü' }, 'METRICS_TOKEN must have at least 16 characters, none of them a blank'],
  [{ DISCORD_BOT_TOKEN: 'a token with blanks in it' }, 'DISCORD_BOT_TOKEN must be the bot token'],
  [{ WEBHOOK_PRIVATE: 'maybe' }, 'WEBHOOK_PRIVATE must be true or false'],
  [{ S3_PREFIX: '../x/' }, 'S3_PREFIX must be folders'],
  [{ TELEGRAM_WEBHOOK_URL: 'http://support.example.com/telegram' }, 'TELEGRAM_WEBHOOK_URL must start with https://'],
  [
    { TELEGRAM_WEBHOOK_URL: 'https://localhost/telegram' },
    'TELEGRAM_WEBHOOK_URL must start with https:// and name a host that the internet',
  ],
  [{ TELEGRAM_WEBHOOK_URL: 'https://192.168.1.5/telegram' }, 'TELEGRAM_WEBHOOK_URL must start with https:// and name a host that'],
  [{ TELEGRAM_WEBHOOK_URL: 'https://support.example.com:3000/telegram' }, 'TELEGRAM_WEBHOOK_URL must start with https:// and name'],
  [
    { TELEGRAM_WEBHOOK_URL: 'http://support.example.com/t', TELEGRAM_API_ROOT: 'https://api.telegram.org' },
    'TELEGRAM_WEBHOOK_URL must start with https://',
  ],
  [{ PORT: '70000' }, 'PORT must be a whole number'],
  [{ ROLES: ',' }, 'ROLES must name at least one role'],
  [{ S3_BUCKET: 'No Bucket' }, 'S3_BUCKET must be the name of a bucket'],
])('settings that do not fit: %o', (env, fault) => {
  expect(() => readConfig(env)).toThrow(fault);
});

test.each([
  [{ TELEGRAM_WEBHOOK_URL: 'https://support.example.com/telegram' }],
  [{ TELEGRAM_WEBHOOK_URL: 'https://support.example.com:8443/telegram' }],
  [{ TELEGRAM_WEBHOOK_URL: 'http://10.0.0.7:3000/telegram', TELEGRAM_API_ROOT: 'http://10.0.0.8:8081' }],
])('a webhook that Telegram, or a server of one’s own, can call: %o', (env) => {
  expect(readConfig(env)).toMatchObject(env);
});
