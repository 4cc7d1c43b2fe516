import { foldCase } from './phrases.ts';

const answer = 're|aw|antw|ynt|yan|yanit|cvb|cavab|cav|ответ|отв|на|odp|sv|vs';
const forward = 'fwd|fw|wg|ilt|ilet|yönlt|yönl|yön|yönləndirmə|ötürülmə|пересл|пер|tr';
const prefix = new RegExp(`^\\s*(?:(${answer})|(${forward}))\\s*(?:[[(]?\\d{1,3}[\\])]?)?\\s*[:：]\\s*`, 'iu');
/** Our ticket numbers as we write them into subjects: `[1042-K]`. */
const ownNumber = /\s*\[\d{4,}-[A-Z]\]\s*/g;

/** A subject without what programs put before it, and what that said. */
export interface Subject {
  text: string;
  answers: boolean;
  forwards: boolean;
  /** A ticket number that somebody wrote there: a hint to people, never a way in. */
  related?: string;
}

/** Reads a subject: `Ynt: [1042-K] RE: Para çekme` is an answer to `Para çekme`. */
export function readSubject(subject: string): Subject {
  const related = /\b\d{4,}-[A-Z]\b/.exec(subject)?.[0];
  let text = subject.replace(ownNumber, ' ').trim();
  let [answers, forwards] = [false, false];
  for (let found = prefix.exec(foldCase(text)); found; found = prefix.exec(foldCase(text))) {
    if (found[2]) forwards = true;
    else answers = true;
    text = text.slice(found[0].length);
  }
  return { text: text.replace(/\s+/g, ' ').trim(), answers, forwards, related };
}
