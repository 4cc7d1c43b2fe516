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
  [{ DATABASE_URL: 'postgres://a@b/c' }, 'SECRET_KEY must be set when DATABASE_URL'],
  [{ ROLES: 'http' }, 'DATABASE_URL must be set when ROLES'],
  [{ ROLES: 'http,dance' }, 'ROLES may name only'],
  [{ IMAP_URL: 'imaps://a:b@c' }, 'SMTP_URL must be set with IMAP_URL'],
  [{ S3_BUCKET: 'files', S3_ENDPOINT: 'https://s3.example' }, 'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set too'],
  [{ S3_BUCKET: 'No Bucket' }, 'S3_BUCKET must be the name of a bucket'],
])('settings that need each other: %o', (env, fault) => {
  expect(() => readConfig(env)).toThrow(fault);
});
