import { expect, test } from 'vitest';
import { loadSignalRules } from '../../src/dialogue/signal-rules.ts';
import { type Known, understand } from '../../src/dialogue/understand.ts';
import type { Match } from '../../src/kb/match.ts';
import type { Knowledge, Topic } from '../../src/kb/topic.ts';

const topics = new Map<string, Partial<Topic>>([
  ['account/hacked', { id: 'account/hacked', policy: 'handoff', enabled: true }],
  ['account/who', { id: 'account/who', policy: 'answer', enabled: true }],
  ['help/danger', { id: 'help/danger', policy: 'handoff', precedence: 'safety', enabled: true }],
]);
const rules = await loadSignalRules();

function read(text: string, shares: Record<string, number>, used = rules, { none = 0, safety = 0, handoff = 0 } = {}) {
  const found = Object.entries(shares).map(([id, score]) => ({ id, score }));
  const match = { topics: found, none, safety, handoff, foreign: false, why: { words: ['one', 'two', 'three'] } } as unknown as Match;
  const known: Known = { knowledge: { topics } as unknown as Knowledge, search: { match: () => match, find: () => [] }, rules: used };
  return understand(known, text, [], {}, new Date());
}

/** Whether a text that sounds like a cry for help counts as one, given how much it sounds so and what the search found. */
function isDistress(likeness: number, shares: Record<string, number>, { text = 'I live alone and was asleep', none = 0, safety = 0 } = {}) {
  const sounding = { ...rules, classify: () => new Map([['distress', likeness]]) };
  return read(text, shares, sounding, { none, safety }).signals.distress;
}

test('likeness to a cry for help alone does not count where the search is sure of one other matter, unless it is strong', () => {
  expect(isDistress(0.9, { 'account/who': 0.3 }, { none: 0.7 })).toBe(true);
  expect(isDistress(0.9, { 'account/hacked': 0.85 }, { none: 0.15 })).toBe(false);
  expect(isDistress(0.9, { 'account/hacked': 0.84 }, { none: 0.16 })).toBe(true);
  expect(isDistress(0.96, { 'account/hacked': 0.99 })).toBe(true);
});

test('it counts where the matter is one of safety', () => {
  expect(isDistress(0.7, { 'help/danger': 0.99 }, { safety: 0.99 })).toBe(true);
});

test('a faint likeness does not count where several other matters together are sure', () => {
  expect(isDistress(0.7, { 'account/hacked': 0.5, 'account/who': 0.45 }, { none: 0.05 })).toBe(false);
  expect(isDistress(0.7, { 'account/hacked': 0.5, 'account/who': 0.4 }, { none: 0.1 })).toBe(true);
  expect(isDistress(0.7, { 'account/hacked': 0.5, 'account/who': 0.4 }, { safety: 0.1 })).toBe(true);
  expect(isDistress(0.8, { 'account/hacked': 0.5, 'account/who': 0.45 }, { none: 0.05 })).toBe(true);
});

test('a phrase of the rules counts whatever the search is sure of', () => {
  expect(isDistress(0.5, { 'account/hacked': 0.99 }, { text: 'I want to kill myself' })).toBe(true);
});

test('nothing but insults asks nothing, whatever topic they resemble; a question or a person to call counts', () => {
  const outcome = (text: string, handoff = 0) =>
    read(text, handoff ? { 'account/hacked': 0.9 } : { 'account/who': 0.9 }, rules, { handoff }).found.outcome;
  expect(outcome('you fraudsters, all of you idiots')).toBe('none');
  expect(outcome('adi dolandırıcılar sizi')).toBe('none');
  expect(outcome('are you fraudsters?')).toBe('answer');
  expect(outcome('you fraudsters, all of you idiots', 0.9)).toBe('handoff');
});

test('nothing but a farewell or "what is your name" asks nothing; a greeting may stand before a word that asks', () => {
  for (const text of ['see ya', 'adın nədir', 'görüşürüz'])
    expect([text, read(text, { 'account/who': 0.9 }).found.outcome]).toEqual([text, 'none']);
  expect(read('see ya, but may my sister join', { 'account/who': 0.9 }).found.outcome).toBe('answer');
});

test('a bare call for help asks no topic, whatever it resembles; with more said it does', () => {
  const resembling = { 'help/danger': 0.8 };
  const asked = (text: string) => read(text, resembling, rules, { none: 0.1, safety: 0.8 });
  for (const text of ['yardım edin', 'I need help', 'kömək edin']) {
    const { found, signals } = asked(text);
    expect([text, found.outcome, signals.smalltalk]).toEqual([text, 'none', 'opener']);
  }
  expect(asked('I need help, I cannot stop playing').found.outcome).not.toBe('none');
});
