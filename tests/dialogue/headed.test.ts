import { expect, test } from 'vitest';
import type { Draft } from '../../src/delivery/turn.ts';
import { headed } from '../../src/dialogue/headed.ts';

const choices = [{ id: 'solved:yes~1', label: 'Yes' }];
const said: Draft = { reply: { type: 'choices', text: 'Answer', choices }, fence: 'turn', why: 'topic' };

test('what stands before an answer is a paragraph each of the same message, which keeps its buttons, fence and reason', () => {
  expect(headed(said, 'Hello', 'Received.')).toEqual({
    ...said,
    reply: { type: 'choices', text: 'Hello\n\nReceived.\n\nAnswer', choices },
  });
});

test('what is empty leaves no gap', () => {
  expect(headed(said, '', 'Received.', '').reply.text).toBe('Received.\n\nAnswer');
  expect(headed(said)).toEqual(said);
});
