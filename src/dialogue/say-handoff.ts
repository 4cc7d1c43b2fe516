import type { Expectation } from '../handoff/line/expectation.ts';
import type { Ticket } from '../handoff/ticket.ts';
import { variable } from '../kb/variables.ts';
import type { Decision } from './decide.ts';
import { answerText, type Voice } from './say.ts';
import { departmentName, sayExpectation } from './say-waiting.ts';

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
    reopened: 'handoff_reopened',
    unread: 'handoff_unread',
  } as Record<string, string>;
  const first =
    decision.reason === 'topic' && decision.topic
      ? answerText(decision.topic.id, voice)
      : decision.reason === 'documents'
        ? ''
        : t(opening[decision.reason] ?? 'handoff_asked');
  const department = departmentName(decision.department, voice.knowledge, voice.language);
  const when = sayExpectation(expected, voice.words, voice.language);
  const told = [
    first,
    t('handoff', { number, department }),
    when,
    otherLanguages(decision.department, department, voice),
    t('handoff_stay'),
  ];
  return told.filter(Boolean).join('\n\n');
}

/** What became of a ticket, for the contact whom it belongs to. */
export function sayStatus(ticket: Ticket | undefined, typed: string, voice: Voice): string {
  const t = (key: string, values?: Record<string, unknown>) => voice.words(voice.language, `bot:${key}`, values);
  if (!ticket) return t('status_unknown', { number: typed.slice(0, 40) });
  const values = {
    number: ticket.number,
    department: departmentName(ticket.department, voice.knowledge, voice.language),
    date: ticket.resolvedAt?.toLocaleDateString(voice.language) ?? '',
  };
  return t({ waiting: 'status_open', assigned: 'status_assigned', resolved: 'status_resolved' }[ticket.state], values);
}

// Honest where a department does not answer in the contact's language.
function otherLanguages(id: string, department: string, { knowledge, language, words }: Voice): string {
  const spoken = knowledge.departments.find((each) => each.id === id)?.languages;
  if (!spoken || spoken.includes(language)) return '';
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return words(language, 'waiting:speaks', { department, languages: spoken.map((code) => names.of(code) ?? code).join(', ') });
}
