import type { Expectation } from '../handoff/expectation.ts';
import type { Ticket } from '../handoff/ticket.ts';
import { localised, variable } from '../kb/variables.ts';
import type { Decision } from './decide.ts';
import { answerText, type Voice } from './say.ts';

type Handoff = Extract<Decision, { act: 'handoff' }>;

/** What the contact is told at a handover: why, what to prepare, the ticket's number, and honestly when somebody comes. */
export function sayHandoff(decision: Handoff, number: string, expected: Expectation, voice: Voice): string {
  const t = (key: string, values?: Record<string, unknown>) => voice.words(voice.language, `bot:${key}`, values);
  if (decision.reason === 'distress') {
    const help = variable('helpLine', voice.knowledge, voice.language);
    return t('handoff_distress', {
      number,
      crisisLine: variable('crisisLine', voice.knowledge, voice.language) ?? '112',
      helpLine: help ? t('handoff_help_line', { helpLine: help }) : '',
    });
  }
  const opening = {
    sensitive: 'handoff_sensitive',
    asked: 'handoff_asked',
    'not-solved': 'handoff_not_solved',
    'no-answer': 'handoff_no_answer',
    protected: 'handoff_protected',
  } as Record<string, string>;
  const first =
    decision.reason === 'topic' && decision.topic ? answerText(decision.topic.id, voice) : t(opening[decision.reason] ?? 'handoff_asked');
  const department = departmentName(decision.department, voice);
  return [first, t('handoff', { number, department }), expectation(expected, voice), t('handoff_stay')].filter(Boolean).join('\n\n');
}

/** What became of a ticket, for the contact whom it belongs to. */
export function sayStatus(ticket: Ticket | undefined, typed: string, voice: Voice): string {
  const t = (key: string, values?: Record<string, unknown>) => voice.words(voice.language, `bot:${key}`, values);
  if (!ticket) return t('status_unknown', { number: typed.slice(0, 40) });
  const values = {
    number: ticket.number,
    department: departmentName(ticket.department, voice),
    date: ticket.resolvedAt?.toLocaleDateString(voice.language) ?? '',
  };
  return t({ waiting: 'status_open', assigned: 'status_assigned', resolved: 'status_resolved' }[ticket.state], values);
}

function expectation(expected: Expectation, voice: Voice): string {
  const t = (key: string, values?: Record<string, unknown>) => voice.words(voice.language, `bot:${key}`, values);
  if (expected.opening)
    return t('handoff_closed', {
      opening: expected.opening.toLocaleString(voice.language, {
        weekday: 'long',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: expected.zone,
      }),
    });
  if (!expected.staffed) return t('handoff_nobody');
  const place = expected.position <= 1 ? t('handoff_next') : t('handoff_position', { position: expected.position });
  return expected.minutes === undefined ? place : `${place} ${t('handoff_wait', { minutes: expected.minutes })}`;
}

function departmentName(id: string, { knowledge, language }: Voice): string {
  const department = knowledge.departments.find((each) => each.id === id);
  return (department && localised(department.name, language, knowledge.desk.defaultLanguage)) ?? id;
}
