import { describe, expect, test } from 'vitest';
import { calibrationError, type Decided, judge, share } from '../../src/kb/evaluate.ts';
import { smallKnowledge } from './small-knowledge.ts';

const decided = (more: Partial<Decided>): Decided => ({
  language: 'en',
  outcome: 'fallback',
  topic: null,
  signal: null,
  department: null,
  confidence: 0,
  candidates: [],
  ...more,
});

describe('figures', () => {
  test('an answer of the right topic is direct, of another one wrong', () => {
    const label = { text: '', topic: 'loans/renew', lang: 'en' };
    expect(judge(label, decided({ outcome: 'answer', topic: 'loans/renew' }), smallKnowledge)).toMatchObject({
      top1: true,
      direct: true,
      answered: true,
      wrong: false,
      language: true,
    });
    expect(judge(label, decided({ outcome: 'answer', topic: 'loans/fine' }), smallKnowledge)).toMatchObject({
      top1: false,
      direct: false,
      answered: false,
      wrong: true,
    });
    expect(judge({ ...label, also: ['loans/fine'] }, decided({ outcome: 'answer', topic: 'loans/fine' }), smallKnowledge)).toMatchObject({
      wrong: false,
      direct: true,
    });
  });

  test('a suggestion counts for an answer topic, not for one that is handed over', () => {
    const suggestion = decided({
      outcome: 'suggest',
      candidates: [
        { topic: 'loans/renew', score: 0.5 },
        { topic: 'card/lost', score: 0.3 },
      ],
    });
    expect(judge({ text: '', topic: 'loans/renew' }, suggestion, smallKnowledge)).toMatchObject({ answered: true, direct: false });
    expect(judge({ text: '', topic: 'card/lost' }, suggestion, smallKnowledge)).toMatchObject({ handoff: false });
  });

  test('shares leave out what a figure does not apply to', () => {
    expect(
      share(
        [
          { wrong: true, falseAlarm: false, human: true },
          { wrong: false, falseAlarm: false },
        ],
        'human',
      ),
    ).toBe(1);
    expect(share([], 'human')).toBeUndefined();
  });

  test('calibration error is 0 for numbers that mean what they say', () => {
    const rows = Array.from({ length: 10 }, (_, at) => ({ confidence: 0.8, right: at < 8 }));
    expect(calibrationError(rows)).toBeCloseTo(0);
    expect(calibrationError(rows.map(({ right }) => ({ confidence: 1, right })))).toBeCloseTo(0.2);
  });
});
