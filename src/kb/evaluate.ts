import type { Knowledge } from './topic.ts';

/** A labelled message, as in tests/kb/messages/*.jsonl. */
export interface Labelled {
  text: string;
  /** A topic's id, or a signal such as `@human`, `@out-of-scope`. */
  topic: string;
  /** Further topics that are right too. */
  also?: string[];
  lang?: string;
  style?: string;
}

/** What was decided for a message: a line of `destek match`. */
export interface Decided {
  language: string;
  outcome: 'answer' | 'suggest' | 'handoff' | 'fallback' | 'reply';
  topic: string | null;
  signal: string | null;
  department: string | null;
  confidence: number;
  candidates: { topic: string; score: number }[];
}

/** How one message was done; what does not apply to it is undefined. Every figure is a share of the messages that have it. */
export interface Judged {
  /** The right topic is first. */
  top1?: boolean;
  /** An answer topic was answered, or was among three suggestions. */
  answered?: boolean;
  /** … was answered directly. */
  direct?: boolean;
  /** … was handed over in vain. */
  needless?: boolean;
  /** A handoff topic was handed over. */
  handoff?: boolean;
  /** … to the right department, of those handed over. */
  department?: boolean;
  /** The answer of another topic was given. */
  wrong: boolean;
  /** An out-of-scope message was answered, was met with suggestions. */
  outOfScopeAnswered?: boolean;
  outOfScopeSuggested?: boolean;
  human?: boolean;
  distress?: boolean;
  sensitive?: boolean;
  smalltalk?: boolean;
  /** A safety topic or @distress was seen where there was none. */
  falseAlarm: boolean;
  language?: boolean;
}

/** Judges a decision by the label. Figures are those of the acceptance score. */
export function judge(label: Labelled, decided: Decided, knowledge: Knowledge): Judged {
  const right = [label.topic, ...(label.also ?? [])];
  const accepts = (topic: string | null | undefined) => topic != null && right.includes(topic);
  const safety = (id: string | null) => knowledge.topics.get(id ?? '')?.precedence === 'safety';
  const wrong = decided.outcome === 'answer' && !accepts(decided.topic);
  const alarm = decided.signal === '@distress' || (decided.outcome === 'handoff' && safety(decided.topic));
  const judged: Judged = { wrong, falseAlarm: alarm && label.topic !== '@distress' && !right.some(safety) };
  if (label.lang && knowledge.languages.includes(label.lang)) judged.language = decided.language === label.lang;

  const topic = knowledge.topics.get(label.topic);
  if (topic) judged.top1 = accepts(decided.topic ?? decided.candidates[0]?.topic);
  if (topic?.policy === 'answer') {
    judged.direct = decided.outcome === 'answer' && !wrong;
    judged.answered = judged.direct || (decided.outcome === 'suggest' && decided.candidates.slice(0, 3).some((one) => accepts(one.topic)));
    judged.needless = decided.outcome === 'handoff';
  } else if (topic) {
    judged.handoff = decided.outcome === 'handoff';
    if (judged.handoff) judged.department = right.some((id) => knowledge.topics.get(id)?.department === decided.department);
  } else if (label.topic === '@out-of-scope') {
    judged.outOfScopeAnswered = wrong;
    judged.outOfScopeSuggested = decided.outcome === 'suggest';
  } else if (label.topic === '@smalltalk') judged.smalltalk = decided.outcome === 'reply';
  else if (label.topic === '@human') judged.human = decided.outcome === 'handoff';
  else if (label.topic === '@distress') judged.distress = decided.outcome === 'handoff' && decided.signal === '@distress';
  else if (label.topic === '@sensitive') judged.sensitive = decided.outcome === 'handoff' && decided.signal === '@sensitive';
  return judged;
}

/** The share of messages, 0..1, for which a figure holds among those that it applies to; undefined where there are none. */
export function share(rows: Judged[], figure: keyof Judged): number | undefined {
  const known = rows.filter((row) => row[figure] !== undefined);
  return known.length ? known.filter((row) => row[figure]).length / known.length : undefined;
}

/**
 * Expected calibration error, 0..1: messages are put in ten bins by their confidence, and the distance between a bin's mean confidence and
 * the share that was right is averaged by the bins' sizes (Naeini et al., 2015). Small means that 0.8 is right eight times of ten.
 */
export function calibrationError(rows: { confidence: number; right: boolean }[]): number {
  const bins = Array.from({ length: 10 }, () => ({ confidence: 0, right: 0 }));
  for (const { confidence, right } of rows) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))] as (typeof bins)[0];
    bin.confidence += confidence;
    bin.right += Number(right);
  }
  return rows.length ? bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / rows.length : 0;
}
