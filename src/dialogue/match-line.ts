import type { Decision } from './decide.ts';
import { decideFirst } from './first-turn.ts';
import type { Known, Understood } from './understand.ts';

/** What the dialogue would decide, as `destek match` prints it and the desk shows it. */
export interface MatchLine {
  language: string;
  outcome: 'answer' | 'suggest' | 'handoff' | 'fallback' | 'reply';
  topic: string | null;
  signal: string | null;
  department: string | null;
  confidence: number;
  candidates: { topic: string; score: number }[];
}

/** What the dialogue would decide for a text as the first message of a conversation. */
export function matchText(known: Known, text: string): MatchLine {
  const { understood, decision } = decideFirst(known, text, new Date());
  const topic = 'topic' in decision ? decision.topic : undefined;
  return {
    language: understood.match.language,
    outcome: outcomeOf(decision),
    topic: topic && (decision.act === 'answer' || (decision.act === 'handoff' && decision.reason === 'topic')) ? topic.id : null,
    signal: signalOf(understood, decision),
    department: topic?.department ?? (decision.act === 'handoff' ? decision.department : null),
    confidence: round(understood.match.confidence),
    candidates: understood.match.topics.slice(0, 3).map(({ id, score }) => ({ topic: id, score: round(score) })),
  };
}

function outcomeOf({ act }: Decision): MatchLine['outcome'] {
  if (act === 'answer' || act === 'suggest' || act === 'handoff' || act === 'fallback') return act;
  return act === 'ask' ? 'answer' : 'reply';
}

/** The signal that counted: the most urgent one found, else what the decision itself says. */
function signalOf({ signals, match: { foreign } }: Understood, decision: Decision): string | null {
  if (signals.distress) return '@distress';
  if (signals.sensitive) return '@sensitive';
  if (signals.human) return '@human';
  if (decision.act === 'fallback') return signals.abuse && !foreign ? '@abuse' : '@out-of-scope';
  return decision.act === 'reply' && signals.smalltalk ? '@smalltalk' : null;
}

function round(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
}
