import { expect, test } from 'vitest';
import { sayOpening } from '../../src/dialogue/say-opening.ts';

const opening = new Date('2027-03-09T06:00:00Z');
const say = (language: string, now: string) => sayOpening(opening, 'Europe/Istanbul', language, new Date(now));

test('within days the weekday and the time, with its zone, on a clock of 24 hours', () => {
  expect(say('en', '2027-03-07T20:00:00Z')).toBe('Tuesday, 09:00 GMT+3');
  expect(say('tr', '2027-03-07T20:00:00Z')).toBe('Salı, 09:00 GMT+3');
  expect(say('az', '2027-03-07T20:00:00Z')).toBe('çərşənbə axşamı, 09:00 GMT+3');
});

test('after long holidays the date too: the weekday alone would be the one before', () => {
  expect(say('en', '2027-03-01T20:00:00Z')).toBe('Tuesday, March 9, 09:00 GMT+3');
  expect(say('tr', '2027-03-01T20:00:00Z')).toBe('9 Mart Salı, 09:00 GMT+3');
});
