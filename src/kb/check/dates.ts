import { isLive } from '../live.ts';
import { finding, type Subject } from './rule.ts';

/** Topics whose time is over, or that wait for an editor's second look. */
export function* dates({ knowledge, sourceOf, today }: Subject) {
  for (const topic of knowledge.topics.values()) {
    const { id, validFrom, validUntil, reviewBy } = topic;
    const source = sourceOf(id);
    if (!source) continue;
    if (validFrom && validUntil && validUntil < validFrom) {
      const fault = `The topic ends (${validUntil}) before it begins (${validFrom}).`;
      yield finding(source, ['validUntil'], { rule: 'dates', severity: 'error', fault, remedy: 'Correct one of the two days.' });
    } else if (validUntil && today > validUntil && !isLive(topic, today)) {
      const fault = `The topic ended on ${validUntil} and is no longer answered.`;
      yield finding(source, ['validUntil'], { rule: 'dates', severity: 'warning', fault, remedy: 'Prolong it, or remove the file.' });
    }
    if (reviewBy && today > reviewBy) {
      const fault = `The topic was to be read again by ${reviewBy}.`;
      yield finding(source, ['reviewBy'], {
        rule: 'review',
        severity: 'warning',
        fault,
        remedy: 'Read it, correct it, and set the next day.',
      });
    }
  }
}
