import { expect, test } from 'vitest';
import { type Decision, decide, type Situation, type TopicFacts } from '../../src/dialogue/decide.ts';

const topic = (id: string, over: Partial<TopicFacts> = {}): TopicFacts => ({
  id,
  policy: 'answer',
  department: 'support',
  urgency: 'normal',
  protects: false,
  offer: false,
  ...over,
});
const answers = topic('money/how');
const hands = topic('money/late', { policy: 'handoff', department: 'finance', urgency: 'high' });
const safety = topic('care/stop', { policy: 'handoff', department: 'safety', urgency: 'top', precedence: 'safety', protects: true });
const limits = topic('care/limits', { department: 'safety', precedence: 'safety', protects: true });
const manager = topic('club/manager', { policy: 'handoff', department: 'vip', precedence: 'before-human' });
const bonus = topic('bonus/welcome', { department: 'bonus', offer: true });
const status = topic('desk/status', { action: 'ticket-status' });
const all = [answers, hands, safety, limits, manager, bonus, status];

const calm = { distress: false, sensitive: false, human: false, abuse: false, secret: false };
const nothing = { outcome: 'none' as const, candidates: [], foreign: false };
const found = (outcome: 'answer' | 'suggest' | 'handoff', first: TopicFacts, over = {}) => ({
  outcome,
  topic: outcome === 'suggest' ? undefined : first,
  candidates: [first, answers],
  foreign: false,
  ...over,
});

function situation(over: Partial<Situation>): Situation {
  return {
    state: {},
    text: 'some words',
    attachments: 0,
    signals: calm,
    found: nothing,
    protected: false,
    topic: (id) => all.find((each) => each.id === id),
    ...over,
  };
}

const asked = { asked: { topic: hands.id } };

const table: [string, Partial<Situation>, Partial<Decision>][] = [
  ['a sure answer is given', { found: found('answer', answers) }, { act: 'answer', topic: answers }],
  [
    'a second question of the message is mentioned',
    { found: found('answer', answers, { also: bonus }) },
    { act: 'answer', topic: answers, also: bonus },
  ],
  [
    'what comes soon after the end of a case opens it again, whatever it asks',
    { closed: 'finance', found: found('answer', answers) },
    { act: 'handoff', reason: 'reopened', department: 'finance' },
  ],
  [
    'a person who asks for a person after the end of a case has theirs again',
    { closed: 'finance', signals: { ...calm, human: true } },
    { act: 'handoff', reason: 'reopened', department: 'finance' },
  ],
  ['thanks open nothing again', { closed: 'finance', signals: { ...calm, smalltalk: 'thanks' } }, { act: 'reply', say: 'thanks' }],
  [
    'what answers the open question of the survey opens nothing again',
    { closed: 'finance', state: { survey: { ticketId: 7, part: 'comment' } } },
    { act: 'survey', ticketId: 7, answer: { comment: 'some words' } },
  ],
  [
    'danger after the end of a case is a case of its own',
    { closed: 'finance', signals: { ...calm, distress: true } },
    { act: 'handoff', reason: 'distress', department: 'safety' },
  ],
  ['an unsure match is offered to choose', { found: found('suggest', answers) }, { act: 'suggest' }],
  [
    'a handoff topic goes to its department with its urgency',
    { found: found('handoff', hands) },
    { act: 'handoff', reason: 'topic', topic: hands, department: 'finance', urgency: 'high' },
  ],
  [
    'distress wins over everything',
    {
      signals: { ...calm, distress: true, sensitive: true, human: true },
      found: found('handoff', safety),
      choice: { id: 'solved:yes', stale: false },
    },
    { act: 'handoff', reason: 'distress', department: 'safety', urgency: 'top', protects: true },
  ],
  [
    'sensitive data wins over a topic and a wish for a person',
    { signals: { ...calm, sensitive: true, human: true }, found: found('handoff', hands) },
    { act: 'handoff', reason: 'sensitive', department: 'verification' },
  ],
  [
    'a safety topic wins over a wish for a person',
    { signals: { ...calm, human: true }, found: found('handoff', safety) },
    { act: 'handoff', reason: 'topic', topic: safety, protects: true },
  ],
  [
    'a safety answer wins over a wish for a person too',
    { signals: { ...calm, human: true }, found: found('answer', limits) },
    { act: 'answer', topic: limits },
  ],
  [
    'who asks for a person about something goes to its department, also where that is only likely',
    { signals: { ...calm, human: true }, found: found('suggest', hands) },
    { act: 'handoff', reason: 'asked', department: 'finance' },
  ],
  [
    'who only asks for a person goes to support, whatever stands first among what does not fit',
    { signals: { ...calm, human: true }, found: { ...nothing, candidates: [hands] } },
    { act: 'handoff', reason: 'asked', department: 'support' },
  ],
  [
    'before-human topics win over a wish for a person',
    { signals: { ...calm, human: true }, found: found('handoff', manager) },
    { act: 'handoff', reason: 'topic', department: 'vip' },
  ],
  [
    'a wish for a person wins over other handoff topics, and goes to the best guess of a department',
    { signals: { ...calm, human: true }, found: found('handoff', hands) },
    { act: 'handoff', reason: 'asked', department: 'finance' },
  ],
  [
    'a wish for a person about nothing goes to support',
    { signals: { ...calm, human: true } },
    { act: 'handoff', reason: 'asked', department: 'support' },
  ],
  ['insult and question: the question counts', { signals: { ...calm, abuse: true }, found: found('answer', answers) }, { act: 'answer' }],
  ['an insult alone is met politely', { signals: { ...calm, abuse: true } }, { act: 'fallback', kind: 'abuse' }],
  ['small talk has its reply', { signals: { ...calm, smalltalk: 'thanks' } }, { act: 'reply', say: 'thanks' }],
  [
    'small talk after a fallback hands nobody over',
    { state: { fallbacks: 1 }, signals: { ...calm, smalltalk: 'greeting' } },
    { act: 'reply', say: 'greeting' },
  ],
  ['a bare call for help is asked what it is about', { signals: { ...calm, smalltalk: 'opener' } }, { act: 'reply', say: 'opener' }],
  [
    'who says no more than that twice gets a person',
    { state: { fallbacks: 1 }, signals: { ...calm, smalltalk: 'opener' } },
    { act: 'handoff', reason: 'no-answer', department: 'support' },
  ],
  ['what nobody knows is said so first', {}, { act: 'fallback', kind: 'unknown' }],
  [
    'and the second time in a row a person comes',
    { state: { fallbacks: 1 } },
    { act: 'handoff', reason: 'no-answer', department: 'support' },
  ],
  ['a fourth language is told which we speak', { found: { ...nothing, foreign: true } }, { act: 'fallback', kind: 'foreign' }],
  ['files without a word are asked about', { text: ' ', attachments: 1 }, { act: 'ask', what: 'words' }],
  ['yes after an answer is thanked', { state: asked, helped: 'yes' }, { act: 'reply', say: 'solved' }],
  [
    'no after an answer brings a person of its department',
    { state: asked, helped: 'no' },
    { act: 'handoff', reason: 'not-solved', topic: hands, department: 'finance' },
  ],
  [
    'yes with a new question answers the question',
    { state: asked, helped: 'yes', found: found('answer', answers) },
    { act: 'answer', topic: answers },
  ],
  ['the button yes', { state: asked, choice: { id: 'solved:yes', stale: false } }, { act: 'reply', say: 'solved' }],
  ['the button no', { state: asked, choice: { id: 'solved:no', stale: false } }, { act: 'handoff', reason: 'not-solved' }],
  ['an old button no opens nothing', { state: asked, choice: { id: 'solved:no', stale: true } }, { act: 'reply', say: 'solved_later' }],
  [
    'a chosen suggestion is answered, also an old one',
    { choice: { id: `topic:${answers.id}`, stale: true } },
    { act: 'answer', topic: answers },
  ],
  ['a chosen handoff topic hands over', { choice: { id: `topic:${hands.id}`, stale: false } }, { act: 'handoff', topic: hands }],
  ['a topic that is gone is no answer', { choice: { id: 'topic:gone/topic', stale: false } }, { act: 'reply', say: 'solved_later' }],
  ['none of these', { choice: { id: 'none', stale: false } }, { act: 'fallback' }],
  [
    'the button for a person',
    { choice: { id: 'person', stale: true }, state: { lastTopic: hands.id } },
    { act: 'handoff', reason: 'asked', department: 'finance' },
  ],
  ['/human', { command: { name: 'human', argument: '' } }, { act: 'handoff', reason: 'asked' }],
  ['/help', { command: { name: 'help', argument: '' } }, { act: 'reply', say: 'help' }],
  ['/lang with a language', { command: { name: 'lang', argument: 'AZ' } }, { act: 'language', to: 'az' }],
  ['/lang alone asks which', { command: { name: 'lang', argument: '' } }, { act: 'ask', what: 'language' }],
  ['/status with a number', { command: { name: 'status', argument: '1042-K' } }, { act: 'status', number: '1042-K' }],
  ['/status alone asks for it', { command: { name: 'status', argument: '' } }, { act: 'ask', what: 'ticket-number' }],
  ['a number after that question is looked up', { state: { wantsNumber: true }, text: '1042 K' }, { act: 'status', number: '1042 K' }],
  ['any other command is explained', { command: { name: 'dance', argument: '' } }, { act: 'reply', say: 'unknown_command' }],
  [
    'a protected contact gets no offer, a person instead',
    { protected: true, found: found('answer', bonus) },
    { act: 'handoff', reason: 'protected' },
  ],
  [
    'nor one among suggestions',
    { protected: true, found: { outcome: 'suggest', candidates: [bonus], foreign: false } },
    { act: 'fallback' },
  ],
  ['nor beside a safety answer', { found: found('answer', limits, { also: bonus }) }, { act: 'answer', topic: limits, also: undefined }],
  [
    'a survey button answers its own survey',
    { choice: { id: 'survey:7:score:4', stale: true } },
    { act: 'survey', ticketId: 7, answer: { score: 4 } },
  ],
  [
    'words while a comment is asked are the comment',
    { state: { survey: { ticketId: 7, part: 'comment' } } },
    { act: 'survey', answer: { comment: 'some words' } },
  ],
  [
    'unless they are a question',
    { state: { survey: { ticketId: 7, part: 'comment' } }, found: found('answer', answers) },
    { act: 'answer' },
  ],
];

test.each(table)('%s', (_, given, expected) => {
  expect(decide(situation(given))).toMatchObject(expected);
});
