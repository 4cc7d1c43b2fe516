import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { forPeople, withoutValues } from '../src/log.ts';

test('a failed statement is logged without its values, in the message and in the stack', () => {
  const error = new DrizzleQueryError(
    'insert into "message" ("text") values ($1)',
    ['my secret\nin two lines\n params: 1'],
    new Error('gone'),
  );
  const logged = withoutValues({ err: error.message, stack: error.stack, conversation: 7 });
  expect(JSON.stringify(logged)).not.toMatch(/secret|two lines/);
  expect(logged).toMatchObject({
    err: expect.stringContaining('insert into "message"'),
    stack: expect.stringMatching(/\n {4}at /),
    conversation: 7,
  });
});

test('at a terminal an entry is a line of words, with its fields', async () => {
  const terminal = new PassThrough({ encoding: 'utf8' });
  pino({ base: undefined }, forPeople(terminal)).warn({ file: '/srv/secret.key' }, 'made a secret key');
  const [line] = await once(terminal, 'data');
  expect(line).toMatch(/^\[\d\d:\d\d:\d\d\] WARN: made a secret key \{"file":"\/srv\/secret.key"\}\n$/);
});
