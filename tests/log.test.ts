import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { withoutValues } from '../src/log.ts';

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
