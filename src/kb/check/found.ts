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
      const missed: { question: string; instead: string }[] = [];
      // Asking thousands of questions takes seconds: once enough of a topic's find it, the others change nothing.
      for (const [asked, question] of questions.entries()) {
        const best = search.match(question).topics[0]?.id ?? 'nothing';
        if (best !== topic.id) missed.push({ question, instead: best });
        if (asked + 1 - missed.length >= wanted * questions.length) break;
      }
      if (missed.length <= (1 - wanted) * questions.length) continue;
      const { question: first = '', instead = 'nothing' } = missed[0] ?? {};
      const fault = `${missed.length} of its ${questions.length} questions in ${language} find another topic first ("${first}" finds ${instead}).`;
      const remedy = 'Use words in them that only this topic has, and look at the questions of the other one.';
      yield finding(source, [language, 'questions'], { rule: 'not-found', severity: 'warning', fault, remedy });
    }
  }
}
