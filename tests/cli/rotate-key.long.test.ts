import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVault } from '../../src/privacy/vault.ts';
import { type FilesUnderTest, openFiles } from '../files/place.ts';
import { until } from '../setup/until.ts';

const bin = path.join(import.meta.dirname, '../../bin/destek');
const many = 30_000;
const manyFiles = 200;

/** `destek rotate-key` as a process of its own. */
function rotate(env: Record<string, string>) {
  const child = spawn(bin, ['rotate-key'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]).then((parts) => parts.join(''));
  const ended = once(child, 'exit').then(async ([code]) => ({ code: code as number | null, said: await said }));
  return { child, ended };
}

describe('a record with its key in the settings', () => {
  let under: FilesUnderTest;
  let dataDir: string;
  let ids: string[];
  const kept = () => path.join(dataDir, 'secret.key.new');
  const begun = async () => (await readFile(kept(), 'utf8').catch(() => '')).trim();
  const env = (SECRET_KEY: string, more = {}) => ({ DATABASE_URL: under.url, SECRET_KEY, DATA_DIR: dataDir, ...more });

  beforeAll(async () => {
    under = await openFiles();
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-rotate-'));
    const vault = createVault(under.secret);
    const keys = Array.from({ length: many }, () => vault.newKey());
    await under.store.pool.query('insert into contact (key) select unnest($1::bytea[])', [keys]);
    const { rows } = await under.store.pool.query<{ id: string; key: Buffer }>('select id, key from contact order by id');
    await under.store.pool.query(
      `with of as (select * from unnest($1::bigint[], $2::bytea[]) as t (contact, sealed)),
         a as (insert into address (contact_id, channel, value) select contact, 'web', contact::text from of returning id, contact_id),
         c as (insert into conversation (contact_id, address_id) select contact_id, id from a returning id, address_id, contact_id)
       insert into message (conversation_id, address_id, author, text, body, sealed)
         select c.id, c.address_id, 'contact', '', '{}', of.sealed from c join of on of.contact = c.contact_id`,
      [rows.map(({ id }) => id), rows.map(({ id, key }) => vault.seal(key, `what contact ${id} wrote`))],
    );
    ids = [];
    for (let n = 0; n < manyFiles; n++) {
      const [file] = await under.files.keep([{ name: `${n}.txt`, bytes: Buffer.from(`file ${n}`) }], { channel: 'web', address: 'v' });
      ids.push(file?.file as string);
    }
  });
  afterAll(async () => {
    await under.end();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** How much of it a key opens. */
  async function readable(secret: string): Promise<{ messages: number; files: number }> {
    const vault = createVault(secret);
    const { rows } = await under.store.pool.query<{ id: string; key: Buffer; sealed: Buffer }>(
      'select k.id, k.key, m.sealed from contact k join conversation c on c.contact_id = k.id join message m on m.conversation_id = c.id',
    );
    let [messages, files] = [0, 0];
    for (const { id, key, sealed } of rows)
      try {
        if (vault.open(key, sealed) === `what contact ${id} wrote`) messages++;
      } catch {
        // Sealed with another.
      }
    for (const [n, id] of ids.entries())
      if (
        (
          await under
            .with({ secret })
            .open(id)
            .catch(() => undefined)
        )?.bytes.toString() === `file ${n}`
      )
        files++;
    return { messages, files };
  }
  const all = { messages: many, files: manyFiles };
  const none = { messages: 0, files: 0 };

  test('killed amid it nothing has changed; the next call takes the same key and finishes; one more call changes nothing', async () => {
    const { child, ended } = rotate(env(under.secret));
    await until(
      async () =>
        (await begun()) &&
        (
          await under.store.pool.query(
            "select 1 from pg_locks l join pg_class c on c.oid = l.relation where c.relname = 'contact' and l.mode = 'ExclusiveLock' and l.database = (select oid from pg_database where datname = current_database())",
          )
        ).rowCount,
      30_000,
    );
    process.kill(child.pid as number, 'SIGKILL');
    expect((await ended).code).toBeNull();
    // The server notices that nobody is there any more.
    await until(
      async () =>
        (
          await under.store.pool.query(
            "select 1 from pg_stat_activity where state <> 'idle' and query like '%jsonb_to_recordset%' and pid <> pg_backend_pid() and datname = current_database()",
          )
        ).rowCount === 0,
      30_000,
    );
    const next = await begun();
    expect(next).toMatch(/^[0-9a-f]{64}$/);
    expect([await readable(under.secret), await readable(next)]).toEqual([all, none]);

    expect(await rotate(env(under.secret, { NEW_SECRET_KEY: 'a key that is another one, long enough for it' })).ended).toMatchObject({
      code: 2,
      said: expect.stringContaining('a rotation that was cut short'),
    });
    const began = Date.now();
    const finished = await rotate(env(under.secret)).ended;
    console.log(
      `${many} contacts and ${manyFiles} files sealed anew in ${((Date.now() - began) / 1000).toFixed(1)} s, the start of the command included`,
    );
    expect(finished).toMatchObject({ code: 0, said: expect.stringMatching(new RegExp(`${many} +contacts\\s+${manyFiles} +files`)) });
    expect(await begun()).toBe(next);
    expect([await readable(under.secret), await readable(next)]).toEqual([none, all]);

    // As after a kill between the last write and the word to the operator.
    expect(await rotate(env(under.secret)).ended).toMatchObject({ code: 0, said: expect.stringMatching(/ 0 +contacts/) });
    expect([await begun(), await readable(next)]).toEqual([next, all]);
  });
});

describe('a record with its key in the data folder', () => {
  test('killed before the new key took the place of the old one: the next call puts it there', async () => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-rotate-'));
    const read = async (name: string) => (await readFile(path.join(dataDir, name), 'utf8').catch(() => '')).trim();
    expect((await rotate({ DATA_DIR: dataDir }).ended).code).toBe(0);
    const [before, after] = ['0'.repeat(64), await read('secret.key')];
    expect(await read('secret.key.new')).toBe('');
    await writeFile(path.join(dataDir, 'secret.key'), `${before}\n`);
    await writeFile(path.join(dataDir, 'secret.key.new'), `${after}\n`);
    expect((await rotate({ DATA_DIR: dataDir }).ended).code).toBe(0);
    expect([await read('secret.key'), await read('secret.key.new')]).toEqual([after, '']);
    await rm(dataDir, { recursive: true, force: true });
  });
});
