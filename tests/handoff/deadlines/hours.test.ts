import { expect, test } from 'vitest';
import { nextOpening } from '../../../src/handoff/deadlines/hours.ts';

const istanbul = {
  zone: 'Europe/Istanbul',
  week: { mon: ['09:00-12:00', '13:00-18:00'], fri: ['20:00-02:00'], sat: ['00:00-24:00'] },
  holidays: ['2026-12-28'],
};
const berlin = { zone: 'Europe/Berlin', week: { sat: ['22:00-04:00'], sun: ['09:00-17:00'] } };
const opening = (hours: Parameters<typeof nextOpening>[0], at: string) => nextOpening(hours, new Date(at))?.toISOString();

test.each([
  ['no hours: always open', undefined, '2026-11-23T03:00:00Z', undefined],
  ['within an interval', istanbul, '2026-11-23T07:00:00Z', undefined],
  ['before the first', istanbul, '2026-11-23T05:59:00Z', '2026-11-23T06:00:00.000Z'],
  ['in the lunch break', istanbul, '2026-11-23T09:30:00Z', '2026-11-23T10:00:00.000Z'],
  ['at closing time it is closed, until the evening of Friday', istanbul, '2026-11-23T15:00:00Z', '2026-11-27T17:00:00.000Z'],
  ['after midnight of an interval across it, on a day that is open anyway', istanbul, '2026-11-27T22:30:00Z', undefined],
  ['a holiday is passed over', istanbul, '2026-12-27T22:00:00Z', '2027-01-01T17:00:00.000Z'],
  ['on the short day in spring nine o’clock is nine o’clock', berlin, '2026-03-29T03:00:00Z', '2026-03-29T07:00:00.000Z'],
  ['and an interval across the change ends at four', berlin, '2026-03-29T01:59:00Z', undefined],
  ['on the long day in autumn too', berlin, '2026-10-25T04:00:00Z', '2026-10-25T08:00:00.000Z'],
  ['never open: nothing is promised', { zone: 'UTC', week: {} }, '2026-11-23T03:00:00Z', undefined],
])('%s', (_, hours, at, expected) => {
  expect(opening(hours, at)).toBe(expected);
});
