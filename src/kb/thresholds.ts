import type { Match } from './match.ts';
import type { Knowledge } from './topic.ts';

/** What the search is sure enough of to do. */
export interface Verdict {
  outcome: 'answer' | 'suggest' | 'handoff' | 'none';
  /** Set for answer and handoff. */
  topic: string | null;
  /** A further question of the same message. */
  also?: string | null;
}

/**
 * How sure the search must be. Chosen on messages that the knowledge's authors did not see (tests/kb/messages and a second set), by cost: a wrong answer 5,
 * a missed handover 6, a needless one 2, a suggestion where an answer was right or nothing was due about 1. `npm run bench:search` prints the costs around them.
 */
export const thresholds = {
  /** Answer when the best answer topic is at least so probable. */
  answer: 0.84,
  /** Hand over when topics of policy handoff hold at least this share of what some topic covers: missing one costs more than asking a person in vain. */
  handoff: 0.25,
  /** … and this probability where most likely no topic covers the message at all (`none`). */
  handoffDespiteNone: 0.25,
  /** … and to one of precedence safety when those hold at least this share of it: whoever means one is nearly always above 0.75, chance is below 0.45. */
  safety: 0.45,
  /** … or when one stands first with at least this share and nothing else would be handed over: it is never only suggested. */
  safetyFirst: 0.3,
  /** Say that nothing fits when that is at least so probable; else suggest. */
  none: 0.6,
};

/** What to do about a match, signals aside: answer, suggest the candidates, hand over, or say that nothing fits. A pure function. */
export function verdict(match: Match, knowledge: Knowledge): Verdict {
  const nothing: Verdict = { outcome: 'none', topic: null };
  const policy = (id: string) => knowledge.topics.get(id)?.policy;
  const [first, second] = match.segments ?? [];
  if (match.foreign || match.topics.length === 0 || match.why.words.length === 0) return nothing;
  if (first) return { outcome: policy(first.id) ?? 'none', topic: first.id, also: second?.id ?? null };

  const covered = 1 - match.none;
  const isSafety = (id: string) => knowledge.topics.get(id)?.precedence === 'safety';
  const safe = match.safety < thresholds.safety * covered;
  const [likeliest] = match.topics;
  const leads = likeliest !== undefined && isSafety(likeliest.id) && likeliest.score >= thresholds.safetyFirst * covered;
  const handedOver =
    match.topics.find(({ id }) => policy(id) === 'handoff' && !(safe && isSafety(id))) ??
    (leads && policy(likeliest.id) === 'handoff' ? likeliest : undefined);
  // "withdrawal": a word alone names a matter, not what is wrong with it; only one that can mean nothing else is reason enough to call a person.
  const vague =
    match.why.words.length === 1 && handedOver !== undefined && handedOver.score < thresholds.answer && !isSafety(handedOver.id);
  const least = match.none < thresholds.none ? thresholds.handoff * covered : thresholds.handoffDespiteNone;
  if (handedOver && !vague && match.handoff >= least) return { outcome: 'handoff', topic: handedOver.id };
  if (match.none >= thresholds.none) return nothing;
  const answered = match.topics.find(({ id }) => policy(id) === 'answer');
  if (answered && answered.score >= thresholds.answer) return { outcome: 'answer', topic: answered.id };
  return { outcome: 'suggest', topic: null };
}
