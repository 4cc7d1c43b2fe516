import type { Reply } from '../conversation/message.ts';
import type { SurveyAnswer } from '../handoff/survey.ts';
import type { Words } from '../words.ts';

/** Which question of a resolution's survey waits for an answer. */
export interface OpenSurvey {
  ticketId: number;
  part: 'solved' | 'score' | 'comment';
}

/** The survey's question as it is asked. Choice ids name the ticket, so that an old button answers its own survey and nothing else. `page`: where it can be answered too. */
export function surveyQuestion({ ticketId, part }: OpenSurvey, words: Words, language: string, page?: string): Reply {
  const t = (key: string) => words(language, `bot:${key}`);
  const id = (value: string | number) => `survey:${ticketId}:${part}:${value}`;
  switch (part) {
    case 'solved':
      return {
        type: 'choices',
        text: t('survey_solved'),
        choices: [
          { id: id('yes'), label: t('survey_yes'), url: page && `${page}?solved=yes` },
          { id: id('no'), label: t('survey_no'), url: page && `${page}?solved=no` },
        ],
      };
    case 'score':
      return {
        type: 'choices',
        text: t('survey_score'),
        choices: [1, 2, 3, 4, 5].map((score) => ({ id: id(score), label: String(score) })),
      };
    case 'comment':
      return { type: 'choices', text: t('survey_comment'), choices: [{ id: id('skip'), label: t('survey_skip') }] };
  }
}

/** What a pressed survey choice says; undefined for any other choice. `next`: the question that follows. */
export function readSurveyChoice(id: string): { ticketId: number; answer?: SurveyAnswer; next?: OpenSurvey } | undefined {
  const [, ticket, part, value = ''] = /^survey:(\d+):(solved|score|comment):(\w+)$/.exec(id) ?? [];
  const ticketId = Number(ticket);
  if (part === 'solved') return { ticketId, answer: { solved: value === 'yes' }, next: { ticketId, part: 'score' } };
  if (part === 'score') return { ticketId, answer: { score: Number(value) }, next: { ticketId, part: 'comment' } };
  return part === 'comment' ? { ticketId } : undefined;
}
