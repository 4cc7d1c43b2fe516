import { expect, test } from 'vitest';
import { targetsFor } from '../../../src/handoff/deadlines/target.ts';
import type { Department } from '../../../src/kb/topic.ts';

const minute = 60_000;
const hour = 60 * minute;
const chat = { urgency: 'normal' as const, tier: null, live: true, channel: 'web' };
const mail = { ...chat, live: false, channel: 'email' };
const named = (targets: Department['targets'], more: Partial<Department> = {}): Department => ({ id: 'one', name: {}, targets, ...more });

test('without a word in the file a chat is answered in a minute, a mail in an hour, and the matter resolved in twelve hours', () => {
  expect(targetsFor(chat)).toEqual({ firstAnswer: minute, nextAnswer: 3 * minute, resolution: 12 * hour });
  expect(targetsFor(mail)).toEqual({ firstAnswer: hour, nextAnswer: 4 * hour, resolution: 12 * hour });
});

test('a channel by its name goes before its kind, and what it leaves out is that of the kind, then ours', () => {
  const department = named({ chat: { firstAnswer: '2m', resolution: '6h' }, web: { firstAnswer: '30s' } });
  expect(targetsFor(chat, department)).toEqual({ firstAnswer: 30_000, nextAnswer: 3 * minute, resolution: 6 * hour });
  expect(targetsFor({ ...chat, channel: 'telegram' }, department).firstAnswer).toBe(2 * minute);
  expect(targetsFor(mail, department).firstAnswer).toBe(hour);
});

test('one time is that of normal urgency; high has a share of it and top none; times of their own count as they are', () => {
  const department = named({ mail: { firstAnswer: '1h', nextAnswer: { normal: '4h', top: '10m' } } });
  expect(targetsFor({ ...mail, urgency: 'high' }, department)).toMatchObject({ firstAnswer: 30 * minute, nextAnswer: 2 * hour });
  expect(targetsFor({ ...mail, urgency: 'top' }, department)).toMatchObject({ firstAnswer: 0, nextAnswer: 10 * minute });
});

test('members with a tier are answered in a share of the time; resolving takes as long as for everybody', () => {
  expect(targetsFor({ ...mail, tier: 'gold' })).toEqual({ firstAnswer: hour / 2, nextAnswer: 2 * hour, resolution: 12 * hour });
  const department = named(undefined, { tierShare: { platinum: 0.25 } });
  expect(targetsFor({ ...mail, tier: 'platinum' }, department).firstAnswer).toBe(15 * minute);
  expect(targetsFor({ ...mail, tier: 'silver' }, department).firstAnswer).toBe(hour);
});
