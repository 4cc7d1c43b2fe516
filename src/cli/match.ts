import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Decision } from '../dialogue/decide.ts';
import { decideFirst } from '../dialogue/first-turn.ts';
import type { Known, Understood } from '../dialogue/understand.ts';
import { knowledgeDir, loadKnown } from './knowledge.ts';

/** One line that `destek match` prints. */
export interface MatchLine {
  language: string;
  outcome: 'answer' | 'suggest' | 'handoff' | 'fallback' | 'reply';
  topic: string | null;
  signal: string | null;
  department: string | null;
  confidence: number;
  candidates: { topic: string; score: number }[];
}

/** JSON lines `{"text": …}` in, one decision a line out, in order. A bad line gives `{"error": …}` in its place and exit code 1. */
export async function match(argv: string[], input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { knowledge: { type: 'string' } } });
  const known = await loadKnown(knowledgeDir(values.knowledge));
  let code = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!line.trim()) continue;
    const read = readText(line);
    if ('error' in read) code = 1;
    output.write(`${JSON.stringify('error' in read ? read : matchText(known, read.text))}\n`);
  }
  return code;
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

function readText(line: string): { text: string } | { error: string } {
  try {
    const given = JSON.parse(line) as { text?: unknown } | null;
    return typeof given?.text === 'string' ? { text: given.text } : { error: 'the line has no "text" that is a string' };
  } catch {
    return { error: 'the line is not JSON' };
  }
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
