import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSearch, type Search } from '../../src/kb/search.ts';
import { verdict } from '../../src/kb/thresholds.ts';
import { growth } from '../setup/growth.ts';
import { smallKnowledge } from './small-knowledge.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'destek-search-'));
let search: Search;
beforeAll(async () => {
  search = await createSearch(smallKnowledge, { cacheDir });
}, 60_000);
afterAll(() => rmSync(cacheDir, { recursive: true }));

const first = (text: string, context = {}) => search.match(text, context).topics[0]?.id;

describe('search', () => {
  test.each([
    ['how can I renew my book', 'loans/renew'],
    ['hw can i rennew my bok', 'loans/renew'],
    ['ROMANIN SÜRESİNİ UZATIN', 'loans/renew'],
    ['kitabin suresini uzatmak', 'loans/renew'],
    ['gecikmeee cezasııı', 'loans/fine'],
    ['my card has been stolen', 'card/lost'],
    ['cumartesi kaça kadar açıksınız', 'visit/hours'],
  ])('%j is about %s', (text, topic) => {
    expect(first(text)).toBe(topic);
  });

  test('a short follow-up leans on the last topic, a question of its own does not', () => {
    const alone = search.match('how long');
    const after = search.match('how long', { lastTopic: 'visit/hours' });
    const share = (match: typeof alone) => match.topics.find(({ id }) => id === 'visit/hours')?.score ?? 0;
    expect(share(after)).toBeGreaterThan(share(alone));
    expect(after.why.followUp).toBe(true);
    expect(first('I lost my library card', { lastTopic: 'visit/hours' })).toBe('card/lost');
  });

  test('of two questions the more urgent leads and the other is kept', () => {
    const match = search.match('What are your opening hours on saturday? And my library card was stolen yesterday.');
    expect(match.segments?.map(({ id }) => id)).toEqual(['card/lost', 'visit/hours']);
    expect(verdict(match, smallKnowledge)).toEqual({ outcome: 'handoff', topic: 'card/lost', also: 'visit/hours' });
  });

  test('general speech, gibberish, signs and other languages are nobody’s topic', () => {
    for (const text of [
      'what is the weather like tomorrow',
      'asdf',
      '👍',
      '???',
      '',
      'Wie komme ich an mein Geld, ich warte seit drei Tagen?',
      'كيف أسحب أرباحي',
    ]) {
      expect([text, verdict(search.match(text), smallKnowledge).outcome]).toEqual([text, 'none']);
    }
  });

  test('probabilities of topics and none are a distribution, on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const { topics, none, handoff, confidence } = search.match(text);
        const sum = topics.reduce((total, { score }) => total + score, none);
        expect(sum).toBeLessThan(1.001);
        expect(Math.min(none, handoff, confidence, ...topics.map(({ score }) => score))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });

  test('is deterministic: trained anew it gives the same numbers', async () => {
    const again = await createSearch(smallKnowledge);
    for (const text of ['late fee', 'uzatma', 'my card']) expect(again.match(text)).toEqual(search.match(text));
  }, 60_000);

  test('keeps its training by content, and trains anew when the file is broken', async () => {
    const files = readdirSync(cacheDir);
    expect(files).toHaveLength(1);
    writeFileSync(join(cacheDir, files[0] as string), 'broken');
    let learned = 0;
    const onTraining = () => void learned++;
    const again = await createSearch(smallKnowledge, { cacheDir, onTraining });
    expect(learned).toBe(1);
    await createSearch(smallKnowledge, { cacheDir, onTraining });
    expect(learned).toBe(1);
    expect(again.match('late fee')).toEqual(search.match('late fee'));
    expect(readdirSync(cacheDir)).toEqual(files);
  }, 60_000);

  test('a pasted book is not read to its end before it is answered', () => {
    expect(growth((times) => search.match('I want to renew this book, please. '.repeat(times)), 300, 30_000)).toBeLessThan(24);
  });

  test('finds titles as one types, misspelled too', () => {
    expect(search.find('open', 'en', 3)[0]?.id).toBe('visit/hours');
    expect(search.find('gecikme ucr', 'tr', 3)[0]?.id).toBe('loans/fine');
    expect(search.find('opning hou', 'en', 3)[0]?.id).toBe('visit/hours');
    expect(search.find('', 'en', 3)).toEqual([]);
  });

  test('says why', () => {
    const { why } = search.match('rennew my novel');
    expect(why.repaired).toContainEqual({ typed: 'rennew', read: 'renew' });
    expect(why.concepts).toEqual(['book']);
  });
});
