import type { Choice } from '../conversation/message.ts';
import type { OpenSurvey } from './survey.ts';

/** What the dialogue remembers of a conversation from turn to turn. */
export interface DialogueState {
  /** The contact was told that this is an automatic assistant. */
  introduced?: boolean;
  /** Answers without a sure one in a row. */
  fallbacks?: number;
  lastTopic?: string;
  /** What the bot's last reply offered to choose, and since which message: older buttons are known by it. */
  offered?: { turn: number; choices: Choice[] };
  /** The bot asked whether this topic's answer helped. */
  asked?: { topic: string };
  /** The survey's question that waits for an answer. */
  survey?: OpenSurvey;
  /** The bot waits for a ticket number. */
  wantsNumber?: boolean;
  /** The contact was asked for identity documents: what they send counts as such. */
  documents?: boolean;
}

/** The state of a stored conversation. */
export function readState(stored: unknown): DialogueState {
  return (stored ?? {}) as DialogueState;
}
