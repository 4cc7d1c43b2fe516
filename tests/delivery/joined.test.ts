import { expect, test } from 'vitest';
import { type Draft, joined } from '../../src/delivery/turn.ts';

const text = (said: string, fence: Draft['fence'] = 'none', why?: unknown): Draft => ({ reply: { type: 'text', text: said }, fence, why });

test('what a turn says becomes one message, fenced where a part of it is', () => {
  const choices = [{ id: 'solved:yes~1', label: 'Yes' }];
  const drafts: Draft[] = [text('Hello'), { reply: { type: 'choices', text: 'Answer', choices }, fence: 'turn', why: 'topic' }];
  expect(joined(drafts)).toEqual([{ reply: { type: 'choices', text: 'Hello\n\nAnswer', choices }, fence: 'turn', why: 'topic' }]);
});

test('without a fence there is none afterwards', () => {
  expect(joined([text('Hidden'), text('Ticket')])).toMatchObject([{ reply: { type: 'text', text: 'Hidden\n\nTicket' }, fence: 'none' }]);
});

test('one alone, none, and files stay as they are', () => {
  const file: Draft = {
    reply: { type: 'attachment', text: '', attachments: [{ name: 'a.png', type: 'image/png', size: 1 }] },
    fence: 'none',
  };
  expect(joined([])).toEqual([]);
  expect(joined([text('One'), file])).toEqual([text('One'), file]);
  expect(joined([text('One'), file, text('Two')])).toMatchObject([{ reply: { text: 'One\n\nTwo' } }, file]);
});
