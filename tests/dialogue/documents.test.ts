import { expect, test } from 'vitest';
import type { Turn } from '../../src/delivery/turn.ts';
import type { Decision } from '../../src/dialogue/decide.ts';
import { sayUntil, withUploadLink } from '../../src/dialogue/documents.ts';
import type { Said } from '../../src/dialogue/hand-over.ts';
import type { Voice } from '../../src/dialogue/say.ts';
import { loadWords } from '../../src/words.ts';

const answer = 'Please have your card ready.';
const topic = {
  id: 'a',
  policy: 'handoff',
  department: 'verification',
  urgency: 'normal',
  action: 'upload-documents',
  protects: false,
  offer: false,
} as const;
const texts = { en: { title: 'A', questions: ['a'], answer } };
const voice = {
  words: loadWords(),
  language: 'en',
  channel: 'web',
  knowledge: {
    topics: new Map([['a', { texts, channels: {} }]]),
    departments: [],
    desk: { defaultLanguage: 'en', variables: {}, links: {} },
  },
} as unknown as Voice;
const turn = { conversation: { id: 7 }, messages: [], now: new Date('2026-11-22T10:00:00Z') } as unknown as Turn;
const said: Said = {
  reply: { reply: { type: 'text', text: `${answer}\n\nTicket 1.` }, fence: 'none' },
  state: { introduced: true },
};
const handoff = (over = {}): Decision => ({
  act: 'handoff',
  reason: 'topic',
  topic: { ...topic, ...over },
  department: 'x',
  urgency: 'normal',
  protects: false,
});
const links = { plan: () => ({ url: 'https://desk.example/upload/x', until: new Date('2026-11-23T10:00:00Z'), store: async () => {} }) };

test('the link stands after what the topic says, with its time, and the conversation remembers that documents were asked for', () => {
  const { reply, state } = withUploadLink(said, { decision: handoff(), turn, voice, links });
  expect(reply.reply.text).toBe(
    `${answer}\n\nYou can send your documents safely on this page: https://desk.example/upload/x\nThe link works once, until November 23, 10:00 UTC; please do not pass it on.\n\nTicket 1.`,
  );
  expect(state).toEqual({ introduced: true, documents: true });
});

test('no other topic and no other reason gives a link', () => {
  for (const decision of [
    handoff({ action: undefined }),
    { ...handoff(), reason: 'asked' } as Decision,
    { act: 'fallback', kind: 'unknown' } as const,
  ])
    expect(withUploadLink(said, { decision, turn, voice, links })).toBe(said);
});

test('a file that its channel could not give has the link before whatever is answered, and it is kept with the turn', async () => {
  const kept: string[] = [];
  const planned = { ...links.plan(), store: async () => void kept.push('link') };
  const attachments = [{ name: 'scan.pdf', type: 'application/pdf', size: 30_000_000, refused: 'too-large-here' }];
  const brought = { ...turn, messages: [{ id: 1, body: { type: 'message', attachments } }] } as unknown as Turn;
  const outcome = withUploadLink(said, {
    decision: { act: 'fallback', kind: 'unknown' },
    turn: brought,
    voice,
    links: { plan: () => planned },
  });
  expect(outcome.reply.reply.text).toMatch(/^[^\n]*https:\/\/desk\.example\/upload\/x[\s\S]*\n\nPlease have your card ready\./);
  await outcome.alongside?.({} as never);
  expect(kept).toEqual(['link']);
});

test('where nobody knows the page’s address the answer stands alone', () => {
  const outcome = withUploadLink(said, { decision: handoff(), turn, voice, links: { plan: () => undefined } });
  expect(outcome.reply).toEqual(said.reply);
  // Nothing else has to become true with it, so the turn needs no transaction.
  expect(outcome.alongside).toBeUndefined();
});

test('a time is said in the desk’s own zone where it has one', () => {
  const departments = [{ id: 'a', name: {}, hours: { zone: 'Asia/Baku', week: {} } }];
  expect(sayUntil(new Date('2026-11-22T10:00:00Z'), 'az', { departments })).toBe('22 noyabr, 14:00 GMT+4');
});
