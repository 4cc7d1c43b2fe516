import type { Words } from '../words.ts';
import type { Decision } from './decide.ts';
import { existingDepartment } from './existing-department.ts';
import { decideFirst } from './first-turn.ts';
import { answerText, say, type Voice } from './say.ts';
import type { Known, Understood } from './understand.ts';

/** What the bot would do with a text, and the words that it would say: those of a topic before a handover, none while a ticket is looked up. */
export interface FirstAnswer {
  /** The text as it is read: masked. */
  read: string;
  understood: Understood;
  decision: Decision;
  text: string;
  /** Labels of the buttons below it. */
  choices: string[];
}

/** What the bot would answer to a text as the first message of a conversation, without database, notices or hours. */
export function answerFirst(known: Known, words: Words, given: string, at: Date): FirstAnswer {
  const { text: read, understood, decision: decided } = decideFirst(known, given, at);
  const { languages, desk, departments } = known.knowledge;
  const decision = decided.act === 'handoff' ? { ...decided, department: existingDepartment(decided.department, departments) } : decided;
  const { language: written, foreign } = understood.match;
  const language = languages.includes(written) && !foreign ? written : desk.defaultLanguage;
  const voice: Voice = { words, knowledge: known.knowledge, language, channel: '', turn: 0 };
  const found = { read, understood, decision, text: '', choices: [] };
  if (decision.act === 'handoff') return decision.topic ? { ...found, text: answerText(decision.topic.id, voice) } : found;
  if (decision.act === 'status') return found;
  const { reply } = say(decision, voice, { introduced: true });
  return { ...found, text: reply.text, choices: reply.type === 'choices' ? reply.choices.map(({ label }) => label) : [] };
}
