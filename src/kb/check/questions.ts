import type { KnowledgeFault } from '../fault.ts';
import { tokens } from '../fold.ts';
import { finding, type Subject } from './rule.ts';

/** Questions per language below which a topic is found less often. */
const enough = 20;

/** Topics with too few questions, and questions that stand under two topics, which makes the search guess. */
export function* questions(subject: Subject) {
  const { knowledge, sourceOf } = subject;
  for (const language of knowledge.languages) {
    const all: Question[] = [];
    for (const { id, texts } of knowledge.topics.values()) {
      const source = sourceOf(id);
      const text = texts[language];
      if (!source || !text) continue;
      if (text.questions.length < enough) {
        const fault = `Only ${text.questions.length} questions in ${language}.`;
        const remedy = `Write ${enough} to 40 differing ones, as people ask: nothing helps the search more.`;
        yield finding(source, [language, 'questions'], { rule: 'few-questions', severity: 'warning', fault, remedy });
      }
      for (const [i, question] of text.questions.entries()) all.push({ topic: id, i, words: tokens(question) });
    }
    yield* repeated(all, language, subject);
  }
}

interface Question {
  topic: string;
  i: number;
  words: string[];
}

function* repeated(all: Question[], language: string, { sourceOf }: Subject): Generator<KnowledgeFault> {
  const common = commonWords(all);
  const same = new Map<string, Question>();
  const alike = new Map<string, Question>();
  for (const question of all) {
    const { topic, i, words } = question;
    const source = sourceOf(topic);
    if (!source) continue;
    const report = (first: Question, severity: 'error' | 'warning', fault: string, remedy: string) => {
      const at = sourceOf(first.topic)?.place([language, 'questions', first.i]);
      const where = `${first.topic}.yaml:${at?.line ?? 1}`;
      return finding(source, [language, 'questions', i], { rule: 'same-question', severity, fault: fault.replace('{}', where), remedy });
    };
    const whole = words.join(' ');
    const telling = words.filter((word) => !common.has(word)).sort();
    const bag = telling.length > 1 ? telling.join(' ') : [...words].sort().join(' ');
    const twin = same.get(whole);
    const sister = alike.get(bag);
    if (!words.length) {
      const fault = 'The question holds no word.';
      yield finding(source, [language, 'questions', i], { rule: 'same-question', severity: 'warning', fault, remedy: 'Remove it.' });
    } else if (twin?.topic === topic)
      yield report(twin, 'warning', 'The question stands here twice ({}).', 'Replace one by another way to ask.');
    else if (twin) yield report(twin, 'error', 'The same question stands under another topic ({}).', 'Keep it under one of the two.');
    else if (sister && sister.topic !== topic) {
      yield report(
        sister,
        'warning',
        'Nearly the same question stands under another topic ({}).',
        'Say in one of them what tells the two apart.',
      );
    }
    if (!twin) same.set(whole, question);
    if (!sister) alike.set(bag, question);
  }
}

/** Words that stand under half of the topics or more tell nothing; below a dozen topics nothing can be said. */
function commonWords(all: Question[]): Set<string> {
  const topics = new Map<string, Set<string>>();
  for (const { topic, words } of all) {
    for (const word of words) topics.set(word, (topics.get(word) ?? new Set()).add(topic));
  }
  const total = new Set(all.map(({ topic }) => topic)).size;
  if (total < 12) return new Set();
  return new Set([...topics].filter(([, ids]) => ids.size >= total / 2).map(([word]) => word));
}
