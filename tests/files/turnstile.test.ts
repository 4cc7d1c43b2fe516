import { expect, test } from 'vitest';
import { createTurnstile } from '../../src/files/turnstile.ts';

test('never more than so many at once, in the order they came, and a failure makes room', async () => {
  const inTurn = createTurnstile(2);
  let running = 0;
  let most = 0;
  const done: number[] = [];
  const work = (n: number) =>
    inTurn(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
      if (n % 3 === 0) throw new Error('broken');
      done.push(n);
    }).catch(() => undefined);
  await Promise.all(Array.from({ length: 12 }, (_, n) => work(n)));
  expect(most).toBe(2);
  expect(done).toEqual([1, 2, 4, 5, 7, 8, 10, 11]);
});
