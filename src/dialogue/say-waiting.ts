import type { WaitingWords } from '../handoff/deadlines/deadline-look.ts';
import type { Expectation } from '../handoff/line/expectation.ts';
import type { Knowledge } from '../kb/topic.ts';
import { localised } from '../kb/variables.ts';
import type { Words } from '../words.ts';
import { sayOpening } from './say-opening.ts';

/** What those who wait are told again after a while, in the language of their ticket. */
export function createWaitingWords(words: Words, knowledge: () => Knowledge): WaitingWords {
  return {
    line(ticket, expected, last) {
      const t = wordsIn(words, ticket.language);
      const told = [t(last ? 'again' : 'thanks', { number: ticket.number }), sayExpectation(expected, words, ticket.language)];
      const raised = ticket.levelBy === 'clock' && !last?.includes(t('supervisor'));
      return { type: 'text', text: [...told, raised ? t('supervisor') : ''].filter(Boolean).join(' ') };
    },
    progress(ticket) {
      const department = departmentName(ticket.department, knowledge(), ticket.language);
      const values = { number: ticket.number, department };
      return {
        type: 'text',
        text: wordsIn(words, ticket.language)(ticket.state === 'waiting' ? 'progress_waiting' : 'progress_assigned', values),
      };
    },
  };
}

/** When somebody comes, as far as we honestly know: closed until, nobody there, or the place in line and what was measured. */
export function sayExpectation(expected: Expectation, words: Words, language: string): string {
  const t = wordsIn(words, language);
  if (expected.opening) return t('closed', { opening: sayOpening(expected.opening, expected.zone, language) });
  if (!expected.staffed) return t('nobody');
  const place = expected.position <= 1 ? t('next') : t('position', { position: expected.position });
  return [place, sayWait(expected, t)].filter(Boolean).join(' ');
}

/** A department's name in a language. */
export function departmentName(id: string, { departments, desk }: Knowledge, language: string): string {
  const department = departments.find((each) => each.id === id);
  return (department && localised(department.name, language, desk.defaultLanguage)) ?? id;
}

type Say = (key: string, values?: Record<string, unknown>) => string;

// Who has waited longer than nine in ten is not told a time that has passed already.
function sayWait({ wait, waited }: Expectation, t: Say): string {
  if (!wait) return waited > 0 ? t('unsure') : '';
  if (waited > wait.most) return t('longer');
  const span = (minutes: number) => (minutes < 120 ? t('minutes', { count: minutes }) : t('hours', { count: Math.ceil(minutes / 60) }));
  const [half, most] = [span(wait.half), span(wait.most)];
  return half === most ? t('usual', { half }) : t('usual_range', { half, most });
}

function wordsIn(words: Words, language: string): Say {
  return (key, values) => words(language, `waiting:${key}`, values);
}
