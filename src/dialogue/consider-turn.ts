import { chosen } from '../delivery/fit.ts';
import type { Turn, Waiting } from '../delivery/turn.ts';
import { reopenable } from '../handoff/acts/reopen.ts';
import type { Ticket } from '../handoff/ticket.ts';
import type { Db } from '../store/connection.ts';
import { readCommand } from './command.ts';
import { type Decision, decide, ruleDepartments, type Situation } from './decide.ts';
import { type DialogueState, readState } from './state.ts';
import { type Known, topicFacts, type Understood, understand } from './understand.ts';
import { readYesNo } from './yes-no.ts';

/** What a turn's messages come to: what they mean, and what is done about it. */
export interface Considered {
  /** The messages that this turn answers, at least one; the rest waits for the next. */
  messages: Waiting[];
  /** The newest of them. */
  last: Waiting;
  state: DialogueState;
  understood: Understood;
  /** In which the contact is answered. */
  language: string;
  /** The case that ended so recently that what they write belongs to it. */
  closed?: Ticket;
  decision: Decision;
}

/** Where people write letters, what comes so soon after the end of their case belongs to it. */
const reopenDays = 7;

/** Reads what the contact wrote and decides what is done about it; nothing is said or written yet. `live`: true where people expect an answer at once. */
export async function considerTurn(parts: { db: Db; live(channel: string): boolean }, known: Known, turn: Turn): Promise<Considered> {
  if (turn.killed) return unread(known, turn);
  const messages = together(turn.messages);
  const last = messages.at(-1) as Waiting;
  const text = messages.map((message) => message.text).join('\n');
  const state = readState(turn.conversation.state);
  const command = readCommand(text);
  const choice = pressed(last, state);
  const understood = understand(
    known,
    command || choice ? '' : text,
    messages.flatMap((message) => message.findings),
    { language: turn.conversation.language ?? undefined, lastTopic: state.lastTopic },
    turn.now,
  );
  const closed = parts.live(turn.channel) ? undefined : await reopenable(parts.db, turn.conversation.id, reopenDays);
  const decision = decide({
    state,
    command,
    choice,
    helped: state.asked ? readYesNo(text, known.rules) : undefined,
    text,
    attachments: messages.reduce((sum, message) => sum + (message.body.attachments?.length ?? 0), 0),
    signals: understood.signals,
    found: understood.found,
    protected: turn.contact.protected,
    closed: closed?.department,
    topic: (id) => topicFacts(known.knowledge, id, turn.now),
  });
  return { messages, last, state, understood, language: languageOf(turn, known, understood), closed, decision };
}

/** What two processes died over is not looked into by a third: people read it, soon, for nobody knows what it says. */
function unread(known: Known, turn: Turn): Considered {
  const understood = understand(known, '', [], { language: turn.conversation.language ?? undefined }, turn.now);
  return {
    messages: turn.messages,
    last: turn.messages.at(-1) as Waiting,
    state: readState(turn.conversation.state),
    understood,
    language: languageOf(turn, known, understood),
    decision: { act: 'handoff', reason: 'unread', department: ruleDepartments.other, urgency: 'high', protects: false },
  };
}

/** The messages that are one turn: a command or a pressed choice stands alone. */
function together(messages: Waiting[]): Waiting[] {
  const alone = (message: Waiting) => message.body.choice !== undefined || readCommand(message.text) !== undefined;
  const end = messages.findIndex(alone);
  if (end < 0) return messages;
  return end === 0 ? messages.slice(0, 1) : messages.slice(0, end);
}

/** The choice that a button or a typed number means. Ids carry the turn that offered them, `solved:no~17`. */
function pressed(message: Waiting, { offered }: DialogueState): Situation['choice'] {
  const id = message.body.choice ?? (offered ? chosen(message.text, offered.choices)?.id : undefined);
  if (id === undefined) return undefined;
  const [kind = '', turn] = id.split('~');
  return { id: kind, stale: Number(turn) !== offered?.turn };
}

/** The reply's language: fixed by the contact, else that of the message, else that of the conversation so far. */
function languageOf({ contact: { language }, conversation }: Turn, { knowledge }: Known, { match }: Understood): string {
  const spoken = (code: string | null | undefined) => (code && knowledge.languages.includes(code) ? code : undefined);
  return (
    spoken(language) ??
    (match.languageSure && !match.foreign ? spoken(match.language) : undefined) ??
    spoken(conversation.language) ??
    (match.foreign ? undefined : spoken(match.language)) ??
    knowledge.desk.defaultLanguage
  );
}
