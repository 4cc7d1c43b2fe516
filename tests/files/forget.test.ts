import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetFiles, takeBackFiles } from '../../src/files/forget.ts';
import { type FilesUnderTest, openFiles } from './place.ts';

let under: FilesUnderTest;
beforeAll(async () => {
  under = await openFiles();
});
afterAll(() => under.end());

async function keep(name: string, age: string, more: { messageId?: number; identity?: boolean } = {}): Promise<string> {
  const { pool } = under.store;
  const [kept] = await under.files.keep([{ name, bytes: Buffer.from(name) }], { channel: 'web', address: 'v', identity: more.identity });
  await pool.query(`update attachment set created_at = now() - $2::interval, message_id = $3 where id = $1`, [
    kept?.file,
    age,
    more.messageId,
  ]);
  return kept?.file as string;
}

async function message(): Promise<number> {
  const { rows } = await under.store.pool.query(`
    with k as (insert into contact (key) values ('') returning id),
      a as (insert into address (contact_id, channel, value) select id, 'web', gen_random_uuid()::text from k returning id, contact_id),
      c as (insert into conversation (contact_id, address_id) select contact_id, id from a returning id, address_id)
    insert into message (conversation_id, address_id, author, text, body) select id, address_id, 'contact', '', '{}' from c returning id`);
  return Number(rows[0].id);
}

test('what no message names goes after a day; identity documents after their time; the rest stays', async () => {
  const { store, place } = under;
  const messageId = await message();
  const fresh = await keep('fresh.txt', '23 hours');
  const loose = await keep('loose.txt', '25 hours');
  const named = await keep('named.txt', '400 days', { messageId });
  const young = await keep('young.txt', '29 days', { messageId, identity: true });
  const old = await keep('old.txt', '31 days', { messageId, identity: true });
  expect(await forgetFiles({ db: store.db, place, identityDays: 30, originalDays: 365 })).toBe(2);
  for (const id of [fresh, named, young]) expect(await place.read(id)).toBeDefined();
  for (const id of [loose, old]) expect(await place.read(id)).toBeUndefined();
  const { rows } = await store.pool.query('select id, state, length(key) as key from attachment where id = any($1)', [[loose, old]]);
  // That there was a document stays; what it was is gone, even from a backup of the bytes.
  expect(rows).toEqual([{ id: old, state: 'removed', key: 0 }]);
  expect(await under.files.open(old)).toBeUndefined();
  expect(await forgetFiles({ db: store.db, place, identityDays: 30, originalDays: 365 })).toBe(0);
});

test('whole mails go after their own time, whatever names them', async () => {
  const { store, place, files } = under;
  const messageId = await message();
  const keepMail = async (age: string) => {
    const id = await files.keepOriginal({ name: 'mail.eml', bytes: Buffer.from('From: a\r\n\r\nhello') }, { channel: 'web', address: 'v' });
    await store.pool.query('update attachment set created_at = now() - $2::interval, message_id = $3 where id = $1', [id, age, messageId]);
    return id;
  };
  const [young, old] = [await keepMail('364 days'), await keepMail('366 days')];
  expect(await forgetFiles({ db: store.db, place, identityDays: 30, originalDays: 365 })).toBe(1);
  expect([await place.read(young), await place.read(old)]).toEqual([expect.any(Buffer), undefined]);
});

test('bytes do not outlive their message by more than a day, whoever deletes it', async () => {
  const { store, place } = under;
  const messageId = await message();
  const id = await keep('orphan.txt', '25 hours', { messageId });
  await store.pool.query(
    'delete from contact where id = (select contact_id from conversation c join message m on m.conversation_id = c.id where m.id = $1)',
    [messageId],
  );
  expect(await place.read(id)).toBeDefined();
  expect(await forgetFiles({ db: store.db, place, identityDays: 30, originalDays: 365 })).toBe(1);
  expect(await place.read(id)).toBeUndefined();
});

test('files of a message that its contact took back cannot be opened from then on, and their bytes go', async () => {
  const { store, place, files } = under;
  const messageId = await message();
  const [theirs, others] = [
    await keep('theirs.txt', '1 hour', { messageId }),
    await keep('others.txt', '1 hour', { messageId: await message() }),
  ];
  await store.db.transaction((tx) => takeBackFiles(tx, messageId));
  expect(await files.open(theirs)).toBeUndefined();
  expect(await forgetFiles({ db: store.db, place, identityDays: 30, originalDays: 365 })).toBe(1);
  expect([await place.read(theirs), await files.open(theirs)]).toEqual([undefined, undefined]);
  expect((await files.open(others))?.bytes.toString()).toBe('others.txt');
  expect(await forgetFiles({ db: store.db, place, identityDays: 30, originalDays: 365 })).toBe(0);
});
