import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSecrets } from '../../src/delivery/secrets.ts';
import { createWebhooks } from '../../src/delivery/webhooks/webhooks.ts';
import { channelSecrets } from '../../src/privacy/channel-secret.ts';
import { rotateKey } from '../../src/privacy/rotate.ts';
import { deriveKey } from '../../src/privacy/seal.ts';
import { createVault } from '../../src/privacy/vault.ts';
import { type FilesUnderTest, openFiles } from '../files/place.ts';

const next = 'another secret key for tests, quite as long';
let under: FilesUnderTest;
beforeAll(async () => {
  under = await openFiles();
});
afterAll(() => under.end());

test('everything opens with the new key and nothing with the old one', async () => {
  const { store, files, secret } = under;
  const { db, pool } = store;
  const vault = createVault(secret);
  const key = vault.newKey();
  const sealed = vault.seal(key, 'my card is 4242');
  const { rows } = await pool.query('insert into contact (key) values ($1), ($2) returning id', [key, vault.newKey()]);
  const [kept] = await files.keep([{ name: 'a.txt', bytes: Buffer.from('secret text') }], { channel: 'web', address: 'v' });
  await pool.query(
    `insert into attachment (id, channel, address, name, type, size, sha256, key, state) values ('gone', 'web', 'v', 'x', 'x', 1, '', '', 'removed')`,
  );
  const hooks = createWebhooks({ db, secret, allowPrivate: true });
  const { rows: agents } = await pool.query(`insert into agent (email, name) values ('a@demobet.example', 'A') returning id`);
  const hook = await hooks.add(Number(agents[0].id), { url: 'https://hook.example/', kinds: [] });

  const secretsOf = (key: string) => createSecrets({ db, key: deriveKey(key, channelSecrets), channel: 'email' });
  await secretsOf(secret).set('token', 'what the provider gave');

  expect(await rotateKey(db, secret, next)).toEqual({ contacts: 2, files: 1, webhooks: 1, channels: 1 });

  const [changed] = (await pool.query('select key from contact where id = $1', [rows[0].id])).rows;
  expect(createVault(next).open(changed.key, sealed)).toBe('my card is 4242');
  expect(() => vault.open(changed.key, sealed)).toThrow('SECRET_KEY');
  expect((await under.with({ secret: next }).open(kept?.file as string))?.bytes.toString()).toBe('secret text');
  await expect(files.open(kept?.file as string)).rejects.toThrow('SECRET_KEY');
  expect(await secretsOf(next).get('token')).toBe('what the provider gave');
  await expect(secretsOf(secret).get('token')).rejects.toThrow('SECRET_KEY');
  const [row] = await hooks.list();
  expect(createWebhooks({ db, secret: next, allowPrivate: true }).secretOf(row as never)).toBe(hook.secret);
});

test('a key that is not the old one changes nothing', async () => {
  const { db, pool } = under.store;
  const before = (await pool.query('select key from contact order by id')).rows;
  await expect(rotateKey(db, 'a key that nobody ever used here, long enough', 'whatever it would become, long enough')).rejects.toThrow(
    'SECRET_KEY',
  );
  expect((await pool.query('select key from contact order by id')).rows).toEqual(before);
});

test('while a Destek runs nothing is changed', async () => {
  const { db, pool } = under.store;
  await pool.query(`insert into lease values ('clock', 'somebody', now() + interval '8 seconds')`);
  await expect(rotateKey(db, next, 'a third secret key for tests, long enough')).rejects.toThrow('Stop all its processes');
});
