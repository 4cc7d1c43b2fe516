import type { Farewell } from '../handoff/acts/resolve.ts';
import type { Words } from '../words.ts';
import type { DialogueState } from './state.ts';
import { surveyQuestion } from './survey.ts';

/** What a contact is told when a ticket is resolved, with the survey's first question. `surveyPage`: where it can be answered without buttons. */
export function createFarewell(words: Words, surveyPage: (ticketId: number) => string | undefined = () => undefined): Farewell {
  return (ticket, surveyed) => {
    const told = words(ticket.language, 'bot:resolved', { number: ticket.number });
    const introduced: DialogueState = { introduced: true };
    if (!surveyed) return { reply: ticket.outcome === 'spam' ? undefined : { type: 'text', text: told }, state: introduced };
    const first = surveyQuestion({ ticketId: ticket.id, part: 'solved' }, words, ticket.language, surveyPage(ticket.id));
    return {
      reply: { ...first, text: `${told}\n\n${first.text}` },
      state: {
        ...introduced,
        survey: { ticketId: ticket.id, part: 'solved' },
        offered: first.type === 'choices' ? { turn: 0, choices: first.choices } : undefined,
      },
    };
  };
}
