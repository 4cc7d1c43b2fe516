import { memoryUsage } from 'node:process';
import { learn } from '../../src/kb/model.ts';
import { searchWith } from '../../src/kb/search.ts';
import type { Knowledge, Topic } from '../../src/kb/topic.ts';
import { mistype, seeded } from './dataset.ts';

/** Prints how training time, memory and query time grow with the number of topics: the knowledge's own, then copies with other words. */
export function growth(knowledge: Knowledge, sizes: number[], questions: number, print: (line: string) => void): void {
  print(
    `\nGrowth, ${knowledge.languages.length} languages × ${questions} questions a topic, one typing error per 8 letters in the queries`,
  );
  print('topics  train s   heap MB  p50 ms  p95 ms');
  for (const size of sizes) {
    const grown = grow(knowledge, size, questions);
    globalThis.gc?.();
    const start = performance.now();
    const search = searchWith(grown, learn(grown, { outOfScope: {}, foreign: [] }));
    const seconds = (performance.now() - start) / 1000;
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = memoryUsage();
    const random = seeded(3);
    const texts = [...grown.topics.values()].flatMap(({ texts }) =>
      Object.values(texts).map(({ questions }) => mistype(questions[0] ?? '', random)),
    );
    const times: number[] = [];
    for (let at = 0; at < 1000; at++) {
      const began = performance.now();
      search.match(texts[Math.floor(random() * texts.length)] as string);
      if (at >= 100) times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    const quantile = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2).padStart(7);
    print(
      `${String(grown.topics.size).padStart(6)} ${seconds.toFixed(1).padStart(8)} ${((heapUsed + arrayBuffers) / 1e6).toFixed(0).padStart(9)} ${quantile(0.5)} ${quantile(0.95)}`,
    );
  }
}

// A copied topic keeps the short words of its sentences, which are the language's, and has other long ones, which are its own.
function grow(knowledge: Knowledge, size: number, questions: number): Knowledge {
  const originals = [...knowledge.topics.values()];
  const topics = new Map<string, Topic>();
  for (let at = 0; at < size; at++) {
    const original = originals[at % originals.length] as Topic;
    const copy = Math.floor(at / originals.length);
    const reword = (text: string) => (copy === 0 ? text : text.replace(/\p{L}{5,}/gu, (word) => turned(word, copy)));
    const texts = Object.fromEntries(
      Object.entries(original.texts).map(([language, text]) => [
        language,
        { ...text, title: reword(text.title), questions: text.questions.slice(0, questions).map(reword), answer: '' },
      ]),
    );
    topics.set(`${original.id}-${copy}`, { ...original, id: `${original.id}-${copy}`, texts });
  }
  return { ...knowledge, topics };
}

function turned(word: string, by: number): string {
  const letters = 'bcdfghklmnprstvyz';
  return word.replace(
    /[bcdfghklmnprstvyz]/gi,
    (letter) => letters[(letters.indexOf(letter.toLowerCase()) * (1 + (by % 7)) + by * 5) % letters.length] as string,
  );
}
