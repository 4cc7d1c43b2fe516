import { expect, test } from 'vitest';
import type { SourceState } from '../../src/conversation/source.ts';
import { judge, worksAgain } from '../../src/delivery/outage.ts';

const minute = 60_000;
const source = { name: 'box', silentMs: 5 * minute };
const now = 1_800_000_000_000;
const ago = (minutes: number) => now - minutes * minute;
const long = ago(600);

test.each<[string, SourceState, number, { code: string; since: number } | undefined]>([
  ['looked at lately', { at: ago(2) }, long, undefined],
  ['not looked at for five minutes', { at: ago(5) }, long, { code: 'silent', since: ago(5) }],
  ['never looked at, since we began to watch', {}, ago(5), { code: 'silent', since: ago(5) }],
  ['never looked at, and we have just begun', {}, ago(4), undefined],
  ['looked at before an hour in which nobody ran', { at: ago(60) }, ago(1), undefined],
  ['away for less than five minutes', { at: ago(4.9), fault: { code: 'away', since: ago(4.9) } }, long, undefined],
  ['away for five minutes', { at: ago(6), fault: { code: 'away', since: ago(5) } }, long, { code: 'away', since: ago(5) }],
  ['refused, amid a restart of the server', { at: ago(2), fault: { code: 'refused', since: ago(0.5) } }, long, undefined],
  ['refused for a minute', { at: ago(2), fault: { code: 'refused', since: ago(1) } }, long, { code: 'refused', since: ago(1) }],
  ['refused before an hour in which nobody ran', { at: ago(62), fault: { code: 'refused', since: ago(61) } }, ago(0.1), undefined],
  [
    'refused before a restart and still',
    { at: ago(3), fault: { code: 'refused', since: ago(2) } },
    ago(0.2),
    { code: 'refused', since: ago(2) },
  ],
])('a source that was %s', (_, state, watchedSince, wrong) => {
  expect(judge(state, source, now, watchedSince)).toEqual(wrong && { ...wrong, since: new Date(wrong.since) });
});

test('it works again when a look has succeeded since, and not because nobody looks', () => {
  const outage = { since: new Date(ago(10)) };
  expect(worksAgain({ at: ago(1) }, outage)).toBe(true);
  expect(worksAgain({ at: ago(11) }, outage)).toBe(false);
  expect(worksAgain({ at: ago(1), fault: { code: 'away', since: ago(0.5) } }, outage)).toBe(false);
  expect(worksAgain({}, outage)).toBe(false);
});
