import { answerText, titleOf, type Voice } from '../../dialogue/say.ts';
import { type Known, topicFacts, understand } from '../../dialogue/understand.ts';
import type { Agent } from '../../handoff/agents/agent.ts';
import type { Canned } from '../../handoff/canned.ts';
import type { ListedTicket } from '../../handoff/lists/lists.ts';
import { fold } from '../../kb/fold.ts';
import { localised } from '../../kb/variables.ts';
import type { Words } from '../../words.ts';
import type { Insert } from './composer-protocol.ts';
import { fillIn } from './fill-in.ts';

/** The ticket that something is put into, and who puts it. */
export interface Place {
  listed: ListedTicket;
  who: Agent;
  known: Known;
  words: Words;
  /** No offers to this contact. */
  protected: boolean;
}

const most = 8;
const mostSuggested = 3;
// Less sure than this, a suggestion is noise.
const leastSure = 0.35;

/** Canned replies whose shortcut, title or text has all that was typed, those whose shortcut begins with it first; without a word typed all of them. */
export function cannedFor(rows: Canned[], typed: string, { listed, who, known }: Place): Insert[] {
  const { ticket, contact } = listed;
  const { knowledge } = known;
  const wanted = fold(typed);
  const words = wanted.split(' ');
  const found = rows.filter((row) => {
    const all = fold([row.shortcut, row.title, ...Object.values(row.texts)].join(' '));
    return words.every((word) => all.includes(word));
  });
  const first = (row: Canned) => (wanted && fold(row.shortcut).startsWith(wanted) ? 0 : 1);
  return found
    .toSorted((one, other) => first(one) - first(other))
    .slice(0, most)
    .map((row) => {
      const text = localised(row.texts, ticket.language, knowledge.desk.defaultLanguage) ?? '';
      const values = { contactName: contact.name ?? undefined, agentName: who.name, ticketNumber: ticket.number };
      return {
        id: String(row.id),
        kind: 'canned',
        title: row.title,
        text: fillIn(text, values, knowledge, ticket.language),
        shortcut: row.shortcut,
      };
    });
}

/** Answers of the knowledge base by a beginning of their title, misspelled or not, in the ticket's language. */
export function topicsFor(typed: string, place: Place): Insert[] {
  const { search } = place.known;
  const language = voiceOf(place).language;
  return search
    .find(typed, language, 30)
    .filter(({ id }) => mayBeSaid(id, place))
    .slice(0, most)
    .map(({ id }) => asInsert(id, place));
}

/** Up to three answers to what the contact wrote last, by our own search, surest first; where that says nothing ("hello?"), to what they wrote before it. */
export function suggestionsFor(texts: string[], place: Place): Insert[] {
  const { known, listed } = place;
  for (const text of texts) {
    const { match } = understand(known, text, [], { language: listed.ticket.language }, new Date());
    const sure = match.topics.filter(({ id, score }) => score >= leastSure && mayBeSaid(id, place));
    if (sure.length > 0)
      return sure
        .slice(0, mostSuggested)
        .map(({ id, score }) => ({ ...asInsert(id, place), confidence: Math.round(score * 1_000) / 1_000 }));
  }
  return [];
}

/** Only what the bot itself would answer, and nothing that advertises to whom is protected. */
function mayBeSaid(id: string, place: Place): boolean {
  const facts = topicFacts(place.known.knowledge, id, new Date());
  return facts?.policy === 'answer' && !(facts.offer && place.protected);
}

function asInsert(id: string, place: Place): Insert {
  const voice = voiceOf(place);
  return { id, kind: 'topic', title: titleOf(id, voice), text: answerText(id, voice) };
}

function voiceOf({ known, words, listed }: Place): Voice {
  const { languages, desk } = known.knowledge;
  const { language } = listed.ticket;
  return {
    words,
    knowledge: known.knowledge,
    language: languages.includes(language) ? language : desk.defaultLanguage,
    channel: listed.channel,
    turn: 0,
  };
}
