import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchText } from '../../src/dialogue/match-line.ts';
import { ordinaryOf } from '../../src/dialogue/ordinary.ts';
import { loadSignalRules } from '../../src/dialogue/signal-rules.ts';
import type { Known } from '../../src/dialogue/understand.ts';
import { type Judged, judge, type Labelled, share } from '../../src/kb/evaluate.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import { createSearch } from '../../src/kb/search.ts';

/**
 * Floors of understanding, on messages written without sight of knowledge/. An edit of the knowledge, the lexicon or the search that
 * understands less fails here. Raise a floor when the figure has risen for good; never lower one to pass.
 */
const floors: Record<string, Partial<Record<keyof Judged, number>>> = {
  tr: { top1: 0.92, answered: 0.95, direct: 0.82, handoff: 0.97, language: 0.97 },
  en: { top1: 0.93, answered: 0.93, direct: 0.78, handoff: 0.97, language: 0.97 },
  az: { top1: 0.93, answered: 0.95, direct: 0.82, handoff: 0.96, language: 0.97 },
  // The knowledge's authors did not see these either before they were measured; see docs/search.md.
  'blind-2': { top1: 0.93, answered: 0.95, direct: 0.85, handoff: 0.97, language: 0.97 },
  // Errors were read on one half of these.
  'blind-4': { top1: 0.95, answered: 0.95, direct: 0.87, handoff: 0.95, language: 0.97 },
  'blind-5': { top1: 0.95, answered: 0.95, direct: 0.85, handoff: 0.97, language: 0.97 },
  'blind-6': { top1: 0.94, answered: 0.95, direct: 0.86, handoff: 0.96, language: 0.97 },
  'blind-7': { top1: 0.95, answered: 0.96, direct: 0.9, handoff: 0.98, language: 0.98 },
  // Plain wordings; nothing was mended by them.
  'blind-8': { top1: 0.95, answered: 0.95, direct: 0.89, handoff: 0.97, language: 0.97 },
  'blind-3': { top1: 0.95, answered: 0.95, direct: 0.85, handoff: 0.98, language: 0.98 },
};
/** What must stay rare, over all languages. */
const ceilings: Partial<Record<keyof Judged, number>> = { wrong: 0.02, outOfScopeAnswered: 0.04, needless: 0.03, falseAlarm: 0.01 };

const cacheDir = mkdtempSync(join(tmpdir(), 'destek-messages-'));
const judged = new Map<string, Judged[]>();
let known: Known;
beforeAll(async () => {
  const { knowledge } = await loadKnowledge('knowledge');
  known = { knowledge, rules: await loadSignalRules(ordinaryOf(knowledge)), search: await createSearch(knowledge, { cacheDir }) };
  for (const file of ['tr', 'en', 'az', 'hard', 'blind-2', 'blind-3', 'blind-4', 'blind-5', 'blind-6', 'blind-7', 'blind-8']) {
    const labels = readFileSync(join(import.meta.dirname, `messages/${file}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Labelled);
    judged.set(
      file,
      labels.map((label) => judge(label, matchText(known, label.text), knowledge)),
    );
  }
}, 120_000);
afterAll(() => rmSync(cacheDir, { recursive: true }));

describe('messages that nobody tuned the knowledge to', () => {
  for (const [language, figures] of Object.entries(floors)) {
    for (const [figure, floor] of Object.entries(figures)) {
      test(`${language}: ${figure} is at least ${floor}`, () => {
        expect(share(judged.get(language) ?? [], figure as keyof Judged)).toBeGreaterThanOrEqual(floor);
      });
    }
  }

  for (const [figure, ceiling] of Object.entries(ceilings)) {
    test(`${figure} is at most ${ceiling}`, () => {
      expect(share([...judged.values()].flat(), figure as keyof Judged)).toBeLessThanOrEqual(ceiling);
    });
  }
});

describe('how long somebody wants to stay away', () => {
  test.each([
    'kendimi 8 aylığına engelleyin',
    'hesabımı 7 ay dondurun oynamayayım',
    '6 aylıq fasilə istəyirəm',
    'özümü 2 illik bağlamaq istəyirəm',
    'a break of 9 months',
    'no bets from me for 3 years please',
  ])('%j, half a year or longer, is self-exclusion and goes to people', (text) => {
    expect(matchText(known, text)).toMatchObject({ outcome: 'handoff', topic: 'safety/self-exclusion' });
  });

  test.each(['3 ay uzak kalmak istiyorum oyundan', '2 aylıq fasilə götürüm', 'a break of 4 months'])(
    '%j, shorter, is a time-out',
    (text) => {
      expect(matchText(known, text)).toMatchObject({ outcome: 'answer', topic: 'safety/time-out' });
    },
  );

  test('months of something else are neither', () => {
    expect(matchText(known, 'last 8 months statement').topic).toBe('payments/history');
  });
});
