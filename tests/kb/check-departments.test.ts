import { expect, test } from 'vitest';
import { checkKnowledge } from '../../src/kb/check.ts';
import { faultLine } from '../../src/kb/fault.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import { folder, topicFile } from './folder.ts';

async function check(departments: string): Promise<string[]> {
  const dir = await folder({ 'a.yaml': topicFile(), 'departments.yaml': departments, 'desk.yaml': 'languages: [en]\n' });
  const faults = await checkKnowledge(dir, await loadKnowledge(dir), { today: '2026-06-15' });
  return faults.filter(({ file }) => file === 'departments.yaml').map(faultLine);
}

const named = (more: string) => `- id: finance\n  name: { en: Payments }\n${more}`;

test('a department in order, with all that it may have, has no fault', async () => {
  const file =
    named(`  hours: { zone: Europe/Berlin, week: { mon: ["09:00-12:00", "13:00-18:00"], sat: ["22:00-06:00"] }, holidays: ["2026-12-25"] }
  languages: [en, de]
  targets: { chat: { firstAnswer: 60s, resolution: { normal: 12h, top: 1h } }, pigeon: { firstAnswer: 4h } }
  tierShare: { gold: 0.5 }
  escalation: [{ level: supervisor, within: 15m }, { level: investigation, within: 72h }]
  autoAssign: true
  notify: [{ channel: pigeon, to: loft }]
`);
  expect(await check(file)).toEqual([]);
});

test.each([
  ['an hour that is none', '  hours: { zone: UTC, week: { mon: ["9-18"] } }\n', /departments.yaml:3:\d+ error: .*two times of the day/],
  [
    'a zone that is none',
    '  hours: { zone: Europe/Ankarra, week: { mon: ["09:00-18:00"] } }\n',
    /departments.yaml:3:\d+ error: .*time zone/,
  ],
  [
    'a department that never opens',
    '  hours: { zone: UTC, week: { mon: [] } }\n',
    /departments.yaml:3:\d+ error: The department never opens/,
  ],
  [
    'hours that overlap',
    '  hours: { zone: UTC, week: { mon: ["09:00-18:00", "17:00-20:00"] } }\n',
    /departments.yaml:3:\d+ warning: 17:00-20:00 overlaps 09:00-18:00/,
  ],
  [
    'holidays that are all over',
    '  hours: { zone: UTC, week: { mon: ["09:00-18:00"] }, holidays: ["2025-01-01"] }\n',
    /departments.yaml:3:\d+ warning: All holidays are over/,
  ],
  ['a target without a unit', '  targets: { chat: { firstAnswer: 60 } }\n', /departments.yaml:3:\d+ error: .*a time such as 15m/],
  [
    'a ladder upside down',
    '  escalation: [{ level: investigation, within: 1h }, { level: supervisor, within: 1h }]\n',
    /departments.yaml:3:\d+ error: supervisor does not stand above/,
  ],
  [
    'an answer after the resolution',
    '  targets: { mail: { firstAnswer: 2h, resolution: 1h } }\n',
    /departments.yaml:3:\d+ warning: It should be resolved before/,
  ],
  ['a language that is none', '  languages: [qqx]\n', /departments.yaml:3:\d+ error: qqx is no language/],
])('%s is named with its place', async (_, more, expected) => {
  expect(await check(named(more))).toContainEqual(expect.stringMatching(expected));
});
