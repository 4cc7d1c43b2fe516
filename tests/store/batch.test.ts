import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBatch } from '../../src/store/batch.ts';
import { newRecord } from '../setup/app.ts';

let pool: pg.Pool;

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await newRecord(), max: 4 });
});

afterAll(async () => {
  await pool.end();
});

/** Divides 100 by each number, on the server; what is negative is left out of what goes together. */
function divide(most?: number) {
  const statements: number[][] = [];
  const run = async (numbers: number[]) => {
    statements.push(numbers);
    const { rows } = await pool.query('select n::int, 100 / each::int as share from unnest($1::int[]) with ordinality as asked (each, n)', [
      numbers,
    ]);
    return new Map<number, number>(rows.map(({ n, share }) => [n - 1, share]));
  };
  const batch = createBatch<number, number | undefined>({
    key: (number) => number,
    most,
    async together(numbers) {
      const answers = await run(numbers);
      for (const [place, number] of numbers.entries()) if (number < 0) answers.delete(place);
      return answers;
    },
    alone: async (number) => (await run([number])).get(0),
  });
  return { batch, statements };
}

test('what is asked at once, and what is asked meanwhile, is one statement each, and everybody has their own answer', async () => {
  const { batch, statements } = divide();
  const first = [1, 2, 4].map(batch);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const meanwhile = [5, 10].map(batch);
  expect(await Promise.all([...first, ...meanwhile])).toEqual([100, 50, 25, 20, 10]);
  expect(statements).toEqual([
    [1, 2, 4],
    [5, 10],
  ]);
});

test('one key is once in a statement, and a statement has at most so many', async () => {
  const { batch, statements } = divide(2);
  expect(await Promise.all([4, 4, 5, 10].map(batch))).toEqual([25, 25, 20, 10]);
  expect(statements).toEqual([
    [4, 5],
    [4, 10],
  ]);
});

test('what is left out goes alone', async () => {
  const { batch, statements } = divide();
  expect(await Promise.all([4, -4].map(batch))).toEqual([25, -25]);
  expect(statements).toEqual([[4, -4], [-4]]);
});

test('where the server refuses a statement only the one that is wrong fails', async () => {
  const { batch, statements } = divide();
  const ended = await Promise.allSettled([4, 0, 5].map(batch));
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(ended[1]).toMatchObject({ reason: { message: 'division by zero' } });
  expect(statements).toEqual([[4, 0, 5], [4], [0], [5]]);
  expect(await batch(20)).toBe(5);
});

test('where the connection is lost, nobody knows what became of it: nothing is asked twice, and the next is asked again', async () => {
  let asked = 0;
  const batch = createBatch<number, string>({
    key: (number) => number,
    async together(numbers) {
      if (asked++ === 0) {
        const client = new pg.Client({ connectionString: pool.options.connectionString });
        client.on('error', () => {});
        await client.connect();
        const answer = client.query('select pg_sleep(10)');
        (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
        await answer;
      }
      return new Map(numbers.map((_, place) => [place, 'answered']));
    },
    alone: async () => 'alone',
  });
  const ended = await Promise.allSettled([1, 2].map(batch));
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await batch(3)).toBe('answered');
});

test('a statement that hangs holds up those behind it for a moment only', async () => {
  let release = () => {};
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  const batch = createBatch<string, string>({
    key: (ask) => ask,
    async together(asks) {
      if (asks.includes('hangs')) await hanging;
      return new Map(asks.map((ask, place) => [place, ask]));
    },
    alone: async (ask) => ask,
  });
  const answered: string[] = [];
  const first = batch('hangs').then((answer) => answered.push(answer));
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  answered.push(await batch('next'));
  release();
  await first;
  expect(answered).toEqual(['next', 'hangs']);
});
