import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBackground } from '../../src/kb/background.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import { findTemperature, learn } from '../../src/kb/model.ts';
import { searchWith } from '../../src/kb/search.ts';
import { verdict } from '../../src/kb/thresholds.ts';
import type { Knowledge, Topic } from '../../src/kb/topic.ts';

const shipped = (await loadKnowledge('knowledge')).knowledge;
const messages = ['tr', 'en', 'az'].flatMap((language) =>
  readFileSync(join(import.meta.dirname, `messages/${language}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; topic: string }),
);

/** A desk's first knowledge: every eighth topic with eight questions a language, no lexicon, nothing written of what is out of scope. */
function firstKnowledge(): Knowledge {
  const few = ({ texts, ...topic }: Topic): Topic => ({
    ...topic,
    texts: Object.fromEntries(
      Object.entries(texts).map(([language, text]) => [
        language,
        { ...text, questions: text.questions.filter((_, n) => n % 5 === 0).slice(0, 8) },
      ]),
    ),
  });
  const topics = [...shipped.topics.values()].filter((_, n) => n % 8 === 0).map(few);
  return { ...shipped, lexicon: [], outOfScope: {}, topics: new Map(topics.map((topic) => [topic.id, topic])) };
}

test('a dozen topics with eight questions each are answered from or offered, and what asks none of them is left to people', async () => {
  const knowledge = firstKnowledge();
  const background = await loadBackground(knowledge);
  const search = searchWith(knowledge, { ...learn(knowledge, background), temperature: findTemperature(knowledge, background) });
  const judged = messages.map(({ text, topic }) => {
    const match = search.match(text);
    const { outcome, topic: given } = verdict(match, knowledge);
    const offered = outcome === 'suggest' && match.topics.slice(0, 3).some(({ id }) => id === topic);
    return { topic, policy: knowledge.topics.get(topic)?.policy, outcome, right: given === topic || offered };
  });
  const share = (of: typeof judged, is: (each: (typeof judged)[0]) => boolean) => of.filter(is).length / of.length;
  const asked = judged.filter(({ policy }) => policy === 'answer');
  const forPeople = judged.filter(({ policy }) => policy === 'handoff');
  const outOfScope = judged.filter(({ topic }) => topic === '@out-of-scope');
  const figures = {
    right: share(asked, ({ right }) => right),
    wrong: share(asked, ({ outcome, right }) => outcome === 'answer' && !right),
    handedOver: share(forPeople, ({ outcome }) => outcome === 'handoff'),
    answeredOutOfScope: share(outOfScope, ({ outcome }) => outcome === 'answer'),
    offeredOutOfScope: share(outOfScope, ({ outcome }) => outcome === 'suggest'),
  };
  expect(figures.right).toBeGreaterThan(0.7);
  expect(figures.wrong).toBeLessThan(0.02);
  expect(figures.handedOver).toBeGreaterThan(0.7);
  expect(figures.answeredOutOfScope).toBeLessThan(0.03);
  expect(figures.offeredOutOfScope).toBeLessThan(0.25);
});
