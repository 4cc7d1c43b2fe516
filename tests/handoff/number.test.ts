import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTicketNumber, ticketNumber } from '../../src/handoff/number.ts';

const counter = fc.integer({ min: 1000, max: 99_999_999 });

test('a number is read however it is typed', () => {
  const number = ticketNumber(1042);
  const letter = number.at(-1) ?? '';
  for (const typed of [
    number,
    number.toLowerCase(),
    `#1042${letter}`,
    `1042 - ${letter}`,
    `my ticket is 1042 ${letter}, thanks`,
    `１０４２-${letter}`,
  ])
    expect(readTicketNumber(typed)).toBe(number);
});

test('every number is read back as itself', () => {
  fc.assert(fc.property(counter, (n) => readTicketNumber(ticketNumber(n)) === ticketNumber(n)));
});

test('one wrong digit is noticed', () => {
  fc.assert(
    fc.property(counter, fc.nat(7), fc.integer({ min: 1, max: 9 }), (n, place, by) => {
      const digits = String(n);
      const at = place % digits.length;
      const wrong = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
      return readTicketNumber(`${wrong}-${ticketNumber(n).at(-1)}`) === undefined;
    }),
  );
});

test('what is no number is none', () => {
  for (const text of ['', 'hello', '12-K', '1042', 'K-1042', '2026-11-21']) expect(readTicketNumber(text)).toBeUndefined();
});
