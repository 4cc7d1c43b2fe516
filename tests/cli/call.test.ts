import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { call } from '../../src/cli/call.ts';
import { helps } from '../../src/cli/help.ts';
import { readDay } from '../../src/cli/texts.ts';
import { topicFile } from '../kb/folder.ts';
import { newRecord, testSecret } from '../setup/app.ts';

async function destek(...argv: string[]) {
  const said = { out: '', err: '' };
  const write = (where: 'out' | 'err') => ({
    write(text: string) {
      said[where] += text;
    },
  });
  return { code: await call(argv, { out: write('out'), err: write('err') }), ...said };
}
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('help', () => {
  test('the list has every command, and nothing else on standard error', async () => {
    for (const argv of [[], ['help'], ['--help'], ['-h']]) {
      const { code, out, err } = await destek(...argv);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      for (const name of Object.keys(helps)) expect(out).toContain(`\n  ${name}`);
    }
  });

  test('which version it is', async () => {
    expect(await destek('--version')).toEqual({ code: 0, err: '', out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  test.each(Object.keys(helps))('%s says how it is called, and does nothing', async (name) => {
    for (const argv of [
      [...name.split(' '), '--help'],
      [...name.split(' '), 'x', '-h'],
      ['help', ...name.split(' ')],
    ])
      expect(await destek(...argv)).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`Usage: destek ${name}`) });
  });
});

describe('a wrong call is exit code 2, says what is wrong and how it is called', () => {
  test.each([
    [['frob'], 'no command “frob”'],
    [['kb'], 'destek kb check, destek kb test, destek kb gaps'],
    [['agent', 'remove'], 'destek agent add, destek agent link'],
    [['start', '--port', '4000'], "'--port'"],
    [['doctor', 'redis'], "'redis'"],
    [['rotate-key', 'abc'], "'abc'"],
    [['ask'], 'What should be asked?'],
    [['ask', '--wy', 'x'], "'--wy'"],
    [['match', 'file.jsonl'], "'file.jsonl'"],
    [['kb', 'check', 'a', 'b'], 'one folder'],
    [['kb', 'test'], 'at least one file'],
    [['agent', 'add'], 'e-mail address and name'],
    [['agent', 'add', 'ayla'], '“ayla” is no e-mail address'],
    [['agent', 'add', 'a@b.example'], 'name too'],
    [['agent', 'add', 'a@b.example', 'Ayla', 'Demir'], 'Put the name in quotes: "Ayla Demir"'],
    [['agent', 'link'], 'one e-mail'],
    [['announce'], 'at least one language'],
    [['announce', 'Hello'], '“Hello” is not known here'],
    [['announce', 'stop'], 'Give the number'],
    [['announce', 'list', '3'], '“3” is too much'],
    [['notice', '--en', 'Late'], 'at least one topic'],
    [['notice', 'end', 'x'], 'Give the number'],
    [['erase'], 'one contact'],
    [['erase', '1', '2'], 'one contact'],
  ])('%j', async (argv, wrong) => {
    const { code, out, err } = await destek(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(wrong);
    expect(err).toMatch(/destek (COMMAND|kb check|agent add|\w+)/);
    expect(err).not.toContain('    at ');
  });
});

test('an agent is added, and given a new link that ends the one before', async () => {
  vi.stubEnv('DATABASE_URL', await newRecord());
  vi.stubEnv('SECRET_KEY', testSecret);
  vi.stubEnv('DATA_DIR', await mkdtemp(path.join(os.tmpdir(), 'destek-cli-')));
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(String(line)));
  expect(await destek('agent', 'add', 'Ayla@example.com', 'Ayla', '--supervisor')).toMatchObject({ code: 0 });
  expect(await destek('agent', 'add', 'ayla@example.com', 'Ayla')).toMatchObject({ code: 1, err: expect.stringContaining('agent link') });
  expect(await destek('agent', 'link', 'ayla@example.com')).toMatchObject({ code: 0 });
  expect(await destek('agent', 'link', 'rauf@example.com')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There are: ayla@example.com'),
  });
  const links = printed.map((line) => /#token=(\S+)/.exec(line)?.[1]);
  expect(new Set(links).size).toBe(2);
  const { openStore } = await import('../../src/store/connection.ts');
  const { readInvitation } = await import('../../src/handoff/agents/invitation.ts');
  const { createLog } = await import('../../src/log.ts');
  const store = openStore(process.env['DATABASE_URL'] as string, createLog('silent'), 2);
  await expect(readInvitation(store.db, links[0] as string)).rejects.toThrow('expired');
  expect(await readInvitation(store.db, links[1] as string)).toMatchObject({ email: 'ayla@example.com' });
  await store.close();
});

test('from another folder: the .env there counts, and what it does not set lies in Destek’s own folder', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'destek-cwd-'));
  await mkdir(path.join(folder, 'mine'));
  await writeFile(path.join(folder, 'mine', 'a.yaml'), topicFile());
  const bin = path.resolve('bin/destek');
  const check = async () => {
    const env = { PATH: process.env['PATH'] };
    return (await promisify(execFile)(bin, ['kb', 'check', '--quick'], { cwd: folder, env })).stdout;
  };
  expect(await check()).toMatch(/^81 topics in tr, en, az/m);
  await writeFile(path.join(folder, '.env'), 'KNOWLEDGE_DIR=mine\n');
  expect(await check()).toMatch(/^1 topics in en/m);
});

test('a time that is over is refused, not kept without a word', () => {
  expect(readDay('2099-12-01T20:00')?.getFullYear()).toBe(2099);
  expect(readDay(undefined)).toBeUndefined();
  expect(() => readDay('2020-01-01')).toThrow('“2020-01-01” is over.');
  expect(() => readDay('tomorrow')).toThrow('“tomorrow” is no time.');
});
