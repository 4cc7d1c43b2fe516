import { tokens } from '../kb/fold.ts';
import type { Knowledge } from '../kb/topic.ts';
import type { Ordinary } from './signal-rules.ts';

/** So often a word stands in the knowledge's questions before we trust its spelling. */
const often = 3;
/** Words from which on a question tells a story: those sound like anything, so they teach what is no signal. */
const story = 20;
/** So many stories are enough, spread over all topics; each more costs start-up time. */
const most = 700;

/** What people say to a desk with this knowledge anyway: `sürer` is no misspelt `süper`, a long story about a late payment no cry for help. */
export function ordinaryOf(knowledge: Pick<Knowledge, 'topics'>): Ordinary {
  const counts = new Map<string, number>();
  const texts: string[] = [];
  for (const topic of knowledge.topics.values())
    for (const { questions } of Object.values(topic.texts))
      for (const question of questions) {
        const words = tokens(question);
        for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
        if (words.length >= story && topic.precedence === undefined) texts.push(question);
      }
  const every = Math.max(1, Math.ceil(texts.length / most));
  return {
    words: [...counts].filter(([, count]) => count >= often).map(([word]) => word),
    texts: texts.filter((_, at) => at % every === 0),
  };
}
