import { setImmediate as breathe } from 'node:timers/promises';
import { answerFirst } from '../../dialogue/first-answer.ts';
import { matchText } from '../../dialogue/match-line.ts';
import { titleOf } from '../../dialogue/say.ts';
import type { Known } from '../../dialogue/understand.ts';
import type { MissedMessage } from '../../handoff/missed.ts';
import type { KnowledgeFault } from '../../kb/fault.ts';
import { describeGap, groupMissed, inOrder } from '../../kb/gaps.ts';
import { isLive } from '../../kb/live.ts';
import type { Words } from '../../words.ts';
import type { Explained, Gaps, KnowledgeView } from './knowledge-protocol.ts';

/** The topics and what is wrong with them. */
export function presentKnowledge({ knowledge }: Known, faults: KnowledgeFault[], language: string): KnowledgeView {
  const today = new Date().toISOString().slice(0, 10);
  const of = Map.groupBy(faults, ({ file }) => file);
  const count = (id: string, severity: string) => of.get(`${id}.yaml`)?.filter((fault) => fault.severity === severity).length ?? 0;
  return {
    version: knowledge.version,
    languages: knowledge.languages,
    topics: [...knowledge.topics.values()].map((topic) => ({
      id: topic.id,
      title: titleOf(topic.id, { knowledge, language }),
      department: topic.department,
      policy: topic.policy,
      live: isLive(topic, today),
      coverage: Object.fromEntries(
        Object.entries(topic.texts).map(([code, { questions, answer }]) => [
          code,
          { questions: questions.length, answer: answer.trim() !== '' },
        ]),
      ),
      errors: count(topic.id, 'error'),
      warnings: count(topic.id, 'warning'),
    })),
    faults: faults.map(({ file, line, severity, rule, fault, remedy }) => ({ file, line, severity, rule, fault, remedy })),
    outdated: faults.some(({ severity }) => severity === 'error'),
  };
}

/** What the bot would answer to a text, and why: `destek ask --why` for the desk. */
export function explainText(known: Known, words: Words, given: string, language: string): Explained {
  const { read, understood, decision, text, choices } = answerFirst(known, words, given, new Date());
  const line = matchText(known, given);
  const { match, signals } = understood;
  const named = (id: string) => ({ id, title: titleOf(id, { knowledge: known.knowledge, language }) });
  return {
    read,
    language: line.language,
    languageSure: match.languageSure,
    foreign: match.foreign,
    outcome: line.outcome,
    topic: line.topic ? named(line.topic) : undefined,
    department: line.department ?? undefined,
    reason: decision.act === 'handoff' ? decision.reason : undefined,
    confidence: line.confidence,
    none: match.none,
    candidates: match.topics.map(({ id, score }) => ({ ...named(id), score })),
    signals: Object.entries(signals).flatMap(([name, value]) =>
      value === true && name !== 'secret' ? [name] : name === 'smalltalk' && value ? [name] : [],
    ),
    coverage: match.why.coverage,
    repaired: match.why.repaired.map(({ typed, read: as }) => ({ typed, read: as })),
    text,
    choices,
  };
}

/** Missed messages in groups. Asking the search takes a while for many, so others get their turn between groups. */
export async function presentGaps({ knowledge, search }: Known, missed: MissedMessage[], language: string): Promise<Gaps> {
  const groups = groupMissed(missed.map((one) => ({ ...one, language: one.language || search.match(one.text).language })));
  const largest = groups.sort((a, b) => b.messages.length - a.messages.length).slice(0, mostGroups);
  const gaps = [];
  for (const group of largest) {
    gaps.push(describeGap(group, search, mostShown));
    await breathe();
  }
  return {
    messages: missed.length,
    groups: inOrder(gaps).map(({ language: of, messages, replies, nearest, score, words }) => ({
      language: of,
      count: messages.length,
      messages: messages.slice(0, mostShown).map((text) => text.replace(/\s+/g, ' ').slice(0, 300)),
      replies: replies.slice(0, mostReplies).map((text) => text.slice(0, 1_000)),
      nearest: nearest
        ? { id: nearest, title: titleOf(nearest, { knowledge, language }), department: knowledge.topics.get(nearest)?.department ?? '' }
        : undefined,
      score,
      words,
    })),
  };
}

const mostGroups = 100;
const mostShown = 40;
const mostReplies = 3;
