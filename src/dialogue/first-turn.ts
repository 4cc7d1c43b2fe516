import { mask } from '../privacy/sensitive.ts';
import { storableText } from '../storable-text.ts';
import { readCommand } from './command.ts';
import { type Decision, decide } from './decide.ts';
import { type Known, topicFacts, type Understood, understand } from './understand.ts';

/** The decision for a text as the first message of a conversation, without database, notices or hours; the text is masked first. */
export function decideFirst(known: Known, given: string, at: Date): { text: string; understood: Understood; decision: Decision } {
  const { text, findings } = mask(storableText(given));
  const command = readCommand(text);
  const understood = understand(known, command ? '' : text, findings, {}, at);
  const decision = decide({
    state: {},
    command,
    text,
    attachments: 0,
    signals: understood.signals,
    found: understood.found,
    protected: false,
    topic: (id) => topicFacts(known.knowledge, id, at),
  });
  return { text, understood, decision };
}
