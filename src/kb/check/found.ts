import { isLive } from '../live.ts';
import { finding, type Subject } from './rule.ts';

/** Share of its own questions by which a topic must be found. */
const wanted = 0.8;

/** Topics that the search does not find by their own questions. */
export function* found({ knowledge, sourceOf, search, today }: Subject) {
  if (!search) return;
  for (const topic of knowledge.topics.values()) {
    const source = sourceOf(topic.id);
    if (!source || !isLive(topic, today)) continue;
    for (const [language, { questions }] of Object.entries(topic.texts)) {
      const missed = questions.filter((question) => search.match(question).topics[0]?.id !== topic.id);
      if (missed.length <= (1 - wanted) * questions.length) continue;
      const first = missed[0] ?? '';
      const instead = search.match(first).topics[0]?.id ?? 'nothing';
      const fault = `${missed.length} of its ${questions.length} questions in ${language} find another topic first ("${first}" finds ${instead}).`;
      const remedy = 'Use words in them that only this topic has, and look at the questions of the other one.';
      yield finding(source, [language, 'questions'], { rule: 'not-found', severity: 'warning', fault, remedy });
    }
  }
}
