import type { SurveyAnswer } from '../handoff/survey.ts';
import type { Command } from './command.ts';
import type { DialogueState } from './state.ts';
import { type OpenSurvey, readSurveyChoice } from './survey.ts';

/** What kinds of small talk have a reply of their own. `opener`: "help me", "I have a question", and nothing yet of what it is about. */
export type Smalltalk = 'greeting' | 'how-are-you' | 'thanks' | 'goodbye' | 'are-you-a-bot' | 'ok' | 'compliment' | 'opener';

/** Signals of a message (topics.yaml), already told apart from a question. */
export interface SignalsFound {
  distress: boolean;
  sensitive: boolean;
  human: boolean;
  abuse: boolean;
  smalltalk?: Smalltalk;
  /** A password or code was given: the person is warned. */
  secret: boolean;
}

/** What decisions need to know of a topic. */
export interface TopicFacts {
  id: string;
  policy: 'answer' | 'handoff';
  department: string;
  precedence?: 'safety' | 'before-human';
  urgency: 'normal' | 'high' | 'top';
  action?: 'ticket-status' | 'upload-documents';
  protects: boolean;
  offer: boolean;
}

/** What the search found sure enough. */
export interface Found {
  outcome: 'answer' | 'suggest' | 'handoff' | 'none';
  topic?: TopicFacts;
  /** Ranked, for suggestions. */
  candidates: TopicFacts[];
  /** A further question of the same message. */
  also?: TopicFacts;
  /** Written in a language that nobody speaks here. */
  foreign: boolean;
}

/** All that a decision is made from. */
export interface Situation {
  state: DialogueState;
  command?: Command;
  /** A pressed button or an understood number: its id; `stale` where a later reply has replaced it. */
  choice?: { id: string; stale: boolean };
  /** Understood answer to "did that help?". */
  helped?: 'yes' | 'no';
  text: string;
  attachments: number;
  signals: SignalsFound;
  found: Found;
  /** No offers to this contact. */
  protected: boolean;
  /** Department of a case that ended so recently that what they write belongs to it. */
  closed?: string;
  /** Facts of any topic that is on now. */
  topic(id: string): TopicFacts | undefined;
}

export type HandoffReason =
  | 'distress'
  | 'sensitive'
  | 'topic'
  | 'asked'
  | 'not-solved'
  | 'no-answer'
  | 'protected'
  | 'documents'
  | 'reopened'
  | 'unread';

/** What the dialogue does with a turn. */
export type Decision =
  | { act: 'answer'; topic: TopicFacts; also?: TopicFacts }
  | { act: 'suggest'; topics: TopicFacts[] }
  | { act: 'ask'; what: 'ticket-number' | 'language' | 'words' }
  | {
      act: 'handoff';
      reason: HandoffReason;
      topic?: TopicFacts;
      department: string;
      urgency: 'normal' | 'high' | 'top';
      protects: boolean;
      also?: TopicFacts;
    }
  | { act: 'fallback'; kind: 'unknown' | 'abuse' | 'foreign' }
  | { act: 'reply'; say: Smalltalk | 'start' | 'help' | 'solved' | 'solved_later' | 'unknown_command' }
  | { act: 'language'; to: string }
  | { act: 'status'; number: string }
  | { act: 'survey'; ticketId: number; answer?: SurveyAnswer; next?: OpenSurvey };

/** Departments that rules of their own lead to; any of them may be missing in a knowledge folder. */
export const ruleDepartments = { distress: 'safety', sensitive: 'verification', other: 'support' } as const;

/**
 * Decides what is done with a turn: a pure function of the situation. Which rule wins, from the first down, is the order of topics.yaml:
 * @distress, @sensitive, safety topics, @human, other handoff topics, answer topics, @abuse, @smalltalk, out of scope.
 */
export function decide(situation: Situation): Decision {
  const { signals, found, state } = situation;
  const topic = chosenTopic(situation) ?? found.topic;
  const leads = topic !== undefined && (found.outcome === 'handoff' || topic.policy === 'handoff' || situation.choice !== undefined);

  if (signals.distress) return { act: 'handoff', reason: 'distress', department: ruleDepartments.distress, urgency: 'top', protects: true };
  if (signals.sensitive)
    return {
      act: 'handoff',
      reason: 'sensitive',
      department: ruleDepartments.sensitive,
      urgency: topic?.urgency ?? 'normal',
      protects: topic?.protects ?? false,
    };
  if (topic?.precedence === 'safety' && (leads || found.outcome === 'answer')) return byTopic(situation, topic);
  const pressed = byChoice(situation) ?? byCommand(situation);
  if (pressed) return pressed;
  if (situation.closed !== undefined && goesOn(situation))
    return { act: 'handoff', reason: 'reopened', department: situation.closed, urgency: 'normal', protects: false };
  if (leads && topic.precedence === 'before-human') return byTopic(situation, topic);
  if (signals.human)
    return {
      act: 'handoff',
      reason: 'asked',
      // Where nothing fits, the first candidate is no guess but chance: it would send who only asks for a person to a team by lot.
      department: (found.topic ?? (found.outcome === 'none' ? undefined : found.candidates[0]))?.department ?? ruleDepartments.other,
      urgency: 'normal',
      protects: false,
    };
  if (topic && (leads || found.outcome === 'answer')) return byTopic(situation, topic);
  if (situation.helped === 'yes') return { act: 'reply', say: 'solved' };
  if (situation.helped === 'no') return notSolved(situation, state.asked?.topic);
  // Whatever is no question of its own answers the survey's last one.
  if (state.survey?.part === 'comment' && situation.text.trim())
    return { act: 'survey', ticketId: state.survey.ticketId, answer: { comment: situation.text } };
  if (signals.abuse) return { act: 'fallback', kind: 'abuse' };
  if (signals.smalltalk && !(signals.smalltalk === 'opener' && (state.fallbacks ?? 0) >= 1))
    return { act: 'reply', say: signals.smalltalk };
  // Insults and small talk are signals only where nothing else is said, so they come before a guess.
  if (found.outcome === 'suggest' && found.candidates.length > 0) return suggest(situation);
  if (situation.attachments > 0 && !situation.text.trim())
    return state.documents ? withDocuments(situation) : { act: 'ask', what: 'words' };
  if ((state.fallbacks ?? 0) >= 1)
    return {
      act: 'handoff',
      reason: 'no-answer',
      department: found.candidates[0]?.department ?? ruleDepartments.other,
      urgency: 'normal',
      protects: false,
    };
  return { act: 'fallback', kind: found.foreign ? 'foreign' : 'unknown' };
}

// Thanks, and what answers the survey's open question, open nothing again.
function goesOn({ signals, helped, state, found }: Situation): boolean {
  return !signals.smalltalk && helped !== 'yes' && !(state.survey?.part === 'comment' && found.outcome === 'none');
}

// Documents that were asked for: somebody has to look at them.
function withDocuments({ state, topic }: Situation): Decision {
  const department = topic(state.lastTopic ?? '')?.department ?? ruleDepartments.sensitive;
  return { act: 'handoff', reason: 'documents', department, urgency: 'normal', protects: false };
}

function handoffByTopic(topic: TopicFacts, also?: TopicFacts): Decision {
  return { act: 'handoff', reason: 'topic', topic, department: topic.department, urgency: topic.urgency, protects: topic.protects, also };
}

function byTopic(situation: Situation, topic: TopicFacts): Decision {
  const noOffers = situation.protected || topic.protects;
  const also = noOffers && situation.found.also?.offer ? undefined : situation.found.also;
  if (topic.policy === 'handoff') return handoffByTopic(topic, also);
  if (topic.offer && situation.protected)
    return { act: 'handoff', reason: 'protected', department: ruleDepartments.distress, urgency: 'normal', protects: false };
  return { act: 'answer', topic, also };
}

function suggest(situation: Situation): Decision {
  const topics = situation.found.candidates.filter((topic) => !(topic.offer && situation.protected)).slice(0, 3);
  return topics.length > 0 ? { act: 'suggest', topics } : { act: 'fallback', kind: 'unknown' };
}

function notSolved(situation: Situation, id: string | undefined): Decision {
  const topic = id === undefined ? undefined : situation.topic(id);
  return {
    act: 'handoff',
    reason: 'not-solved',
    topic,
    department: topic?.department ?? ruleDepartments.other,
    urgency: topic?.urgency ?? 'normal',
    protects: topic?.protects ?? false,
  };
}

function chosenTopic({ choice, topic }: Situation): TopicFacts | undefined {
  return choice?.id.startsWith('topic:') ? topic(choice.id.slice('topic:'.length)) : undefined;
}

// Old buttons never do harm: one that asks for a person or an answer still means it, one that judges an answer does not any more.
function byChoice(situation: Situation): Decision | undefined {
  const { choice, state } = situation;
  if (!choice) return undefined;
  const picked = chosenTopic(situation);
  if (picked) return byTopic(situation, picked);
  const [kind, value = ''] = choice.id.split(/:(.*)/s);
  if (kind === 'person')
    return {
      act: 'handoff',
      reason: 'asked',
      department: situation.topic(state.lastTopic ?? '')?.department ?? ruleDepartments.other,
      urgency: 'normal',
      protects: false,
    };
  const survey = readSurveyChoice(choice.id);
  if (survey) return { act: 'survey', ...survey };
  if (kind === 'lang') return { act: 'language', to: value };
  if (kind === 'solved' && !choice.stale)
    return value.startsWith('yes') ? { act: 'reply', say: 'solved' } : notSolved(situation, state.asked?.topic);
  if (kind === 'none' && !choice.stale) return { act: 'fallback', kind: 'unknown' };
  return { act: 'reply', say: 'solved_later' };
}

function byCommand({ command, state, text }: Situation): Decision | undefined {
  if (!command) return state.wantsNumber && /\d/.test(text) && text.length < 40 ? { act: 'status', number: text } : undefined;
  switch (command.name) {
    case 'start':
    case 'help':
      return { act: 'reply', say: command.name };
    case 'lang':
      return command.argument ? { act: 'language', to: command.argument.toLowerCase() } : { act: 'ask', what: 'language' };
    case 'human':
      return { act: 'handoff', reason: 'asked', department: ruleDepartments.other, urgency: 'normal', protects: false };
    case 'status':
      return command.argument ? { act: 'status', number: command.argument } : { act: 'ask', what: 'ticket-number' };
    default:
      return { act: 'reply', say: 'unknown_command' };
  }
}
