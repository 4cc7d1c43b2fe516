import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Knowledge } from '../../src/kb/topic.ts';
import { createKnowledgeSource } from '../../src/kb/watch.ts';
import { folder, put, topicFile } from './folder.ts';

async function watched(files: Record<string, string>, pace = { settleMs: 20, pollMs: 60_000 }) {
  const dir = await folder(files);
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const source = await createKnowledgeSource(dir, log, pace);
  onTestFinished(() => source.stop());
  const versions: Knowledge[] = [];
  source.onChange((knowledge) => versions.push(knowledge));
  const answer = (id = 'a') => source.current().topics.get(id)?.texts.en?.answer;
  return { dir, log, source, versions, answer };
}

describe('a watched folder', () => {
  test('is read again when a file changes, comes or goes', async () => {
    // Of what is written in a new folder at the moment when it is made the system may say nothing.
    const { dir, source, versions, answer } = await watched({ 'a.yaml': topicFile() }, { settleMs: 20, pollMs: 1_000 });
    expect(answer()).toBe('Wait an hour.');
    await put(dir, { 'a.yaml': topicFile('', 'Wait a day.') });
    await vi.waitFor(() => expect(answer()).toBe('Wait a day.'), 5000);
    await put(dir, { 'new/b.yaml': topicFile() });
    await vi.waitFor(() => expect(source.current().topics.has('new/b')).toBe(true), 5000);
    await rm(join(dir, 'new'), { recursive: true });
    await vi.waitFor(() => expect(source.current().topics.has('new/b')).toBe(false), 5000);
    expect(versions.at(-1)).toBe(source.current());
  });

  test('is read again when an editor writes by rename, as often as it does', async () => {
    const { dir, answer } = await watched({ 'a.yaml': topicFile() });
    for (const text of ['One.', 'Two.', 'Three.']) {
      await writeFile(join(dir, '.a.yaml.swp'), topicFile('', text));
      await rename(join(dir, '.a.yaml.swp'), join(dir, 'a.yaml'));
      await vi.waitFor(() => expect(answer()).toBe(text), 5000);
    }
  });

  test('keeps the old knowledge while the new is broken, says so once, and takes the mended', async () => {
    const { dir, source, log, versions, answer } = await watched({ 'a.yaml': topicFile() });
    await put(dir, { 'a.yaml': 'department: [' });
    await vi.waitFor(() => expect(source.faults()).toMatchObject([{ file: 'a.yaml', severity: 'error' }]), 5000);
    expect(answer()).toBe('Wait an hour.');
    expect(versions).toEqual([]);
    expect(log.error).toHaveBeenCalledTimes(1);
    await put(dir, { 'a.yaml': topicFile('', 'Mended.') });
    await vi.waitFor(() => expect(answer()).toBe('Mended.'), 5000);
    expect(source.faults()).toEqual([]);
    expect(versions).toHaveLength(1);
  });

  test('survives that the folder is gone for a while', async () => {
    const { dir, source, answer } = await watched({ 'a.yaml': topicFile() }, { settleMs: 20, pollMs: 50 });
    await rename(dir, `${dir}-away`);
    await vi.waitFor(() => expect(source.faults()).toMatchObject([{ rule: 'unreadable' }]), 5000);
    expect(answer()).toBe('Wait an hour.');
    await put(`${dir}-away`, { 'a.yaml': topicFile('', 'Back.') });
    await rename(`${dir}-away`, dir);
    await vi.waitFor(() => expect(answer()).toBe('Back.'), 5000);
  });

  test('may be a mounted volume, where one link is turned to a new version', async () => {
    const { dir, answer } = await watched({ 'a.yaml': topicFile() }, { settleMs: 20, pollMs: 50 });
    await put(dir, { '..v1/a.yaml': topicFile('', 'One.'), '..v2/a.yaml': topicFile('', 'Two, longer.') });
    await symlink('..v1', join(dir, '..data'));
    await rm(join(dir, 'a.yaml'));
    await symlink('..data/a.yaml', join(dir, 'a.yaml'));
    await vi.waitFor(() => expect(answer()).toBe('One.'), 5000);
    await symlink('..v2', join(dir, '..new'));
    await rename(join(dir, '..new'), join(dir, '..data'));
    await vi.waitFor(() => expect(answer()).toBe('Two, longer.'), 5000);
  });

  test('tells of a burst of writes once', async () => {
    const { dir, versions, answer } = await watched({ 'a.yaml': topicFile() }, { settleMs: 100, pollMs: 60_000 });
    for (let i = 0; i < 20; i++) await put(dir, { 'a.yaml': topicFile('', `Write ${i}.`) });
    await vi.waitFor(() => expect(answer()).toBe('Write 19.'), 5000);
    expect(versions).toHaveLength(1);
  });

  test('serves all listeners although one throws, and none that has left', async () => {
    const { dir, source, log, versions } = await watched({ 'a.yaml': topicFile() });
    const left = vi.fn();
    source.onChange(left)();
    source.onChange(() => {
      throw new Error('listener');
    });
    const last = vi.fn();
    source.onChange(last);
    await put(dir, { 'a.yaml': topicFile('', 'New.') });
    await vi.waitFor(() => expect(last).toHaveBeenCalledTimes(1), 5000);
    expect(versions).toHaveLength(1);
    expect(left).not.toHaveBeenCalled();
    expect(log.error).toHaveBeenCalledTimes(1);
  });

  test('is quiet after stop', async () => {
    const { dir, source, answer } = await watched({ 'a.yaml': topicFile() }, { settleMs: 10, pollMs: 20 });
    source.stop();
    await put(dir, { 'a.yaml': topicFile('', 'Late.') });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(answer()).toBe('Wait an hour.');
  });
});

test('a folder that is broken at the start is refused with all its faults', async () => {
  const dir = await folder({ 'a.yaml': 'department: [', 'b.yaml': topicFile('urgency: hihg') });
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  await expect(createKnowledgeSource(dir, log)).rejects.toMatchObject({
    code: 'knowledge.invalid',
    message: expect.stringMatching(/a\.yaml:1:\d+ error[\s\S]*b\.yaml:3:10 error/),
  });
});
