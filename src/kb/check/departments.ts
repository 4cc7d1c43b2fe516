import { milliseconds } from '../duration.ts';
import type { KnowledgeFault } from '../fault.ts';
import type { Source } from '../source.ts';
import type { Department, Hours, Target } from '../topic.ts';
import { finding, type Subject } from './rule.ts';

type Found = Pick<KnowledgeFault, 'rule' | 'severity' | 'fault' | 'remedy'>;

/** Departments that never open, hours that overlap, days that are over, ladders and targets that contradict themselves, languages nobody knows. */
export function* departments({ knowledge, settings, today }: Subject) {
  const source = settings('departments.yaml');
  if (!source) return;
  for (const [n, department] of knowledge.departments.entries()) {
    const at = (path: PropertyKey[], what: Found) => finding(source, [n, ...path], what);
    if (department.hours) yield* hours(department.hours, source, n, today);
    yield* ladder(department, at);
    yield* targets(department, at);
    for (const [i, code] of (department.languages ?? []).entries())
      if (!isLanguage(code))
        yield at(['languages', i], error('languages', `${code} is no language.`, 'Write a code such as tr, en or de.'));
  }
}

function* hours({ week, holidays = [] }: Hours, source: Source, n: number, today: string) {
  const at = (path: PropertyKey[], what: Found) => finding(source, [n, 'hours', ...path], what);
  if (Object.values(week).every((intervals) => intervals.length === 0))
    yield at(['week'], error('hours', 'The department never opens.', 'Give a day hours, or leave hours out: then it is always open.'));
  for (const [day, intervals] of Object.entries(week)) {
    const spans = intervals.map(minutesOf);
    for (const [i, [from, to]] of spans.entries()) {
      const other = spans.findIndex(([begin, end], k) => k < i && from < end && begin < to);
      if (other < 0) continue;
      const fault = `${intervals[i]} overlaps ${intervals[other]}.`;
      yield at(['week', day, i], warning('hours', fault, 'They count once; write them as one interval.'));
    }
  }

  if (holidays.length > 0 && holidays.every((day) => day < today))
    yield at(['holidays'], warning('hours', 'All holidays are over.', `Write those of ${today.slice(0, 4)} and later.`));
}

function* ladder({ escalation = [] }: Department, at: (path: PropertyKey[], what: Found) => KnowledgeFault) {
  const order = ['supervisor', 'investigation'];
  for (const [i, { level }] of escalation.entries())
    if (i > 0 && order.indexOf(level) <= order.indexOf(escalation[i - 1]?.level ?? ''))
      yield at(
        ['escalation', i],
        error('escalation', `${level} does not stand above the rung before it.`, 'Order them supervisor, investigation.'),
      );
}

function* targets({ targets: given = {} }: Department, at: (path: PropertyKey[], what: Found) => KnowledgeFault) {
  for (const [kind, { firstAnswer, resolution }] of Object.entries(given))
    if (firstAnswer && resolution && normal(firstAnswer) > normal(resolution))
      yield at(
        ['targets', kind, 'resolution'],
        warning('targets', 'It should be resolved before it is answered first.', 'Correct one of the two.'),
      );
}

const normal = (target: Target) => milliseconds(typeof target === 'string' ? target : target.normal);
const error = (rule: string, fault: string, remedy: string): Found => ({ rule, severity: 'error', fault, remedy });
const warning = (rule: string, fault: string, remedy: string): Found => ({ rule, severity: 'warning', fault, remedy });

// From midnight; what runs across midnight ends on the next day.
function minutesOf(interval: string): [from: number, to: number] {
  const [from = 0, to = 0] = interval.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return [from, to > from ? to : to + 24 * 60];
}

function isLanguage(code: string): boolean {
  const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code);
  return name !== undefined;
}
