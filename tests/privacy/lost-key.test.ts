import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSecrets } from '../../src/delivery/secrets.ts';
import { createWebhooks } from '../../src/delivery/webhooks/webhooks.ts';
import { createLog } from '../../src/log.ts';
import { channelSecrets } from '../../src/privacy/channel-secret.ts';
import { giveUpLost } from '../../src/privacy/lost-key.ts';
import { deriveKey } from '../../src/privacy/seal.ts';
import { readSecretKey } from '../../src/privacy/secret-key.ts';
import { createVault } from '../../src/privacy/vault.ts';
import { type FilesUnderTest, openFiles } from '../files/place.ts';

const other = 'another secret key for tests, quite as long';
let under: FilesUnderTest;
let dataDir: string;
beforeAll(async () => {
  under = await openFiles();
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-key-'));
});
afterAll(async () => {
  await under.end();
  await rm(dataDir, { recursive: true, force: true });
});

const read = (given?: string) => readSecretKey(given, dataDir, createLog('silent'), under.store.db);
const rows = async (text: string) => (await under.store.pool.query(text)).rows;

test('a new record takes any key; one that is sealed takes its own only, and no key is made in its place', async () => {
  expect(await read(other)).toBe(other);
  await under.store.pool.query('insert into contact (key) values ($1)', [createVault(under.secret).newKey()]);
  expect(await read(under.secret)).toBe(under.secret);
  await expect(read(other)).rejects.toThrow('SECRET_KEY is not the key that this record is sealed with. Put the earlier key back');
  await expect(read()).rejects.toThrow(/secret\.key is gone, and a new one is not the key/);
  expect(await readdir(dataDir)).toEqual([]);
});

test('a key that is lost for good: what it sealed is given up, what the present one opens stays, and Destek goes on', async () => {
  const { store, files, secret } = under;
  const { db, pool } = store;
  const [before, now] = [createVault(secret), createVault(other)];
  await pool.query('truncate contact cascade');
  const [oldKey, newKey] = [before.newKey(), now.newKey()];
  await pool.query(
    `with c as (insert into contact (key) values ($1), ($2) returning id, key),
       a as (insert into address (contact_id, channel, value) select id, 'web', id::text from c returning id, contact_id),
       v as (insert into conversation (contact_id, address_id) select contact_id, id from a returning id, address_id, contact_id)
     insert into message (conversation_id, address_id, author, text, body, sealed)
       select v.id, v.address_id, 'contact', 'my card is ••••', '{}', case when c.key = $1 then $3::bytea else $4::bytea end from v join c on c.id = v.contact_id`,
    [oldKey, newKey, before.seal(oldKey, 'old card'), now.seal(newKey, 'new card')],
  );
  const [lost] = await files.keep([{ name: 'a.txt', bytes: Buffer.from('secret text') }], { channel: 'web', address: 'v' });
  const [kept] = await under
    .with({ secret: other })
    .keep([{ name: 'b.txt', bytes: Buffer.from('new text') }], { channel: 'web', address: 'v' });
  const { rows: agents } = await pool.query(`insert into agent (email, name) values ('a@demobet.example', 'A') returning id`);
  await createWebhooks({ db, secret, allowPrivate: true }).add(Number(agents[0].id), { url: 'https://hook.example/', kinds: [] });
  await createSecrets({ db, key: deriveKey(secret, channelSecrets), channel: 'email' }).set('token', 'what the provider gave');

  expect(await giveUpLost(db, other)).toEqual({ contacts: 1, files: 1, webhooks: 1, channels: 1 });
  expect(await giveUpLost(db, other)).toEqual({ contacts: 0, files: 0, webhooks: 0, channels: 0 });

  expect(await read(other)).toBe(other);
  for (const { key } of await rows('select key from contact')) expect(now.open(key, now.seal(key, 'x'))).toBe('x');
  const sealed = await rows(
    'select m.sealed, c.key from message m join conversation v on v.id = m.conversation_id join contact c on c.id = v.contact_id order by m.id',
  );
  expect(sealed.map((each) => each.sealed && now.open(each.key, each.sealed)).sort()).toEqual(['new card', null]);
  expect((await under.with({ secret: other }).open(kept?.file as string))?.bytes.toString()).toBe('new text');
  expect(await under.with({ secret: other }).open(lost?.file as string)).toBeUndefined();
  const hooks = createWebhooks({ db, secret: other, allowPrivate: true });
  expect(hooks.secretOf((await hooks.list())[0] as never)).toMatch(/./);
  expect(await createSecrets({ db, key: deriveKey(other, channelSecrets), channel: 'email' }).get('token')).toBeUndefined();
});
