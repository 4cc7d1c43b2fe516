import { isLive } from '../kb/live.ts';
import type { Match, MatchContext, Search } from '../kb/search.ts';
import { type Verdict, verdict } from '../kb/thresholds.ts';
import type { Knowledge } from '../kb/topic.ts';
import type { Found, SignalsFound, TopicFacts } from './decide.ts';
import type { SignalRules, SmalltalkKind } from './signal-rules.ts';
import { detectSignals, type Signals } from './signals.ts';

/** What we know: the knowledge, its search and the rules for signals. Replaced as a whole when the knowledge changes. */
export interface Known {
  knowledge: Knowledge;
  search: Search;
  rules: SignalRules;
}

/** A text, understood. */
export interface Understood {
  match: Match;
  signals: SignalsFound;
  found: Found;
}

/** Reads a masked text: language, signals, topics. Pure but for the search's caches. */
export function understand(known: Known, text: string, findings: { kind: string }[], context: MatchContext, at: Date): Understood {
  const { knowledge, search, rules } = known;
  const signals = detectSignals({ text, findings }, rules);
  // "Hello, how do I …": a greeting says nothing about the topic.
  const match = search.match(signals.rest.trim() || text, context);
  if (signals.distressGuessed && isPlainly(match, knowledge, signals.strength.distress)) signals.distress = false;
  const decided = asked(verdict(match, knowledge), text, signals);
  const facts = (id: string | null | undefined) => topicFacts(knowledge, id ?? '', at);
  const candidates = match.topics.map(({ id }) => facts(id)).filter((topic) => topic !== undefined);
  const topic = facts(decided.topic);
  const found: Found = {
    outcome: decided.topic && !topic ? 'none' : decided.outcome,
    topic,
    candidates,
    also: facts(decided.also),
    foreign: match.foreign,
  };
  return { match, signals, found };
}

/**
 * True where the search is sure that the whole message asks for one topic that is no matter of safety. Mere likeness to a cry for help (`strength`) then is
 * none ("… I was asleep and I live alone", of a stolen account), unless it is strong: those in tests/dialogue/safety that no phrase tells never came above
 * 0.65. Where only several such topics together are sure, a faint likeness alone is doubted.
 */
function isPlainly({ topics: [first], segments, none, safety }: Match, knowledge: Knowledge, strength: number): boolean {
  if (!first || segments || knowledge.topics.get(first.id)?.precedence === 'safety') return false;
  if (first.score >= PLAINLY) return strength < STRONGLY;
  return 1 - none - safety >= PLAINLY_TOGETHER && strength < FAINTLY;
}

const PLAINLY = 0.85;
const STRONGLY = 0.95;
const PLAINLY_TOGETHER = 0.94;
const FAINTLY = 0.75;

/**
 * Nothing but insults asks nothing: "fraudsters!" is no question about false accounts; a person is called all the same where the search says so.
 * Nor does nothing but "help me", a farewell or "what is your name?", which the knowledge's words may resemble.
 */
function asked(decided: Verdict, text: string, { abuse, smalltalk, strength }: Signals): Verdict {
  const onlyInsults = abuse && strength.abuse >= INSULT && !text.includes('?') && decided.outcome !== 'handoff';
  const onlyTalk = smalltalk !== undefined && asksNothing.includes(smalltalk) && strength.smalltalk === 1;
  return onlyInsults || onlyTalk ? { outcome: 'none', topic: null } : decided;
}

const asksNothing: SmalltalkKind[] = ['opener', 'goodbye', 'are-you-a-bot', 'how-are-you', 'compliment'];
const INSULT = 0.95;

/** Facts of a topic that is on at that time; undefined for any other id. */
export function topicFacts(knowledge: Knowledge, id: string, at: Date): TopicFacts | undefined {
  const topic = knowledge.topics.get(id);
  if (!topic || !isLive(topic, at.toISOString().slice(0, 10))) return undefined;
  const { policy, department, precedence, urgency, action, protects, offer } = topic;
  return { id, policy, department, precedence, urgency, action, protects, offer };
}
