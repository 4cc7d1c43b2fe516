import { fill } from '../variables.ts';
import { finding, type Subject } from './rule.ts';
import { shownTexts } from './texts.ts';

/** Characters that a chat window shows without scrolling far. */
const longest = 1200;

/** Answers that are too long for a chat, counted with the variables filled in. */
export function* lengths(subject: Subject) {
  for (const { source, language, kind, path, text } of shownTexts(subject)) {
    const { length } = fill(text, subject.knowledge, language);
    if (kind !== 'answer' || length <= longest) continue;
    const fault = `The answer has ${length} characters, too many for a chat.`;
    const remedy = `Keep to ${longest}: say what to do now, and move the rest to a related topic.`;
    yield finding(source, path, { rule: 'length', severity: 'warning', fault, remedy });
  }
}
