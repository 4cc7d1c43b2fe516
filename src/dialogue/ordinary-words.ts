import { tokens } from '../kb/fold.ts';
import type { Knowledge } from '../kb/topic.ts';

/** So often a word stands in the knowledge's questions before we trust its spelling. */
const often = 3;

/** Folded words that the knowledge uses: `sürer` is no misspelt `süper`. */
export function ordinaryWords(knowledge: Pick<Knowledge, 'topics'>): Set<string> {
  const counts = new Map<string, number>();
  for (const { texts } of knowledge.topics.values())
    for (const { questions } of Object.values(texts))
      for (const question of questions) for (const word of tokens(question)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= often).map(([word]) => word));
}
