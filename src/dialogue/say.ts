import type { Choice, Reply } from '../conversation/message.ts';
import type { Knowledge } from '../kb/topic.ts';
import { fill, localised, variable } from '../kb/variables.ts';
import type { Words } from '../words.ts';
import type { Decision, TopicFacts } from './decide.ts';
import type { DialogueState } from './state.ts';

/** What the texts of a turn are made from. */
export interface Voice {
  words: Words;
  knowledge: Knowledge;
  language: string;
  channel: string;
  /** Seq of the last message of this turn: choices carry it, so that older buttons are known. */
  turn: number;
}

/** The bot's words for a decision and what the dialogue remembers of them. Handovers and ticket questions are said by dialogue/say-handoff. */
export function say(decision: Decision, voice: Voice, state: DialogueState): { reply: Reply; state: DialogueState } {
  const t = (key: string, values?: Record<string, unknown>) => voice.words(voice.language, `bot:${key}`, values);
  const calm: DialogueState = { introduced: true, lastTopic: state.lastTopic, fallbacks: 0 };
  switch (decision.act) {
    case 'answer': {
      const also = decision.also ? [topicChoice(decision.also, voice)] : [];
      const answer = [answerText(decision.topic.id, voice), also.length > 0 ? t('also') : '', t('solved_question')]
        .filter(Boolean)
        .join('\n\n');
      const choices = [{ id: 'solved:yes', label: t('yes') }, { id: 'solved:no', label: t('no') }, ...also];
      if (decision.topic.action === 'ticket-status')
        return { reply: text(answerText(decision.topic.id, voice)), state: { ...calm, lastTopic: decision.topic.id, wantsNumber: true } };
      return offer(answer, choices, voice, { ...calm, lastTopic: decision.topic.id, asked: { topic: decision.topic.id } });
    }
    case 'suggest':
      return offer(
        t('suggest'),
        [...decision.topics.map((topic) => topicChoice(topic, voice)), { id: 'none', label: t('none_of_these') }],
        voice,
        calm,
      );
    case 'fallback':
      return offer(fallbackText(decision.kind, voice), [person(voice)], voice, { ...calm, fallbacks: (state.fallbacks ?? 0) + 1 });
    case 'language':
    case 'ask':
      if (decision.act === 'ask' && decision.what === 'words') return { reply: text(t('no_text')), state: calm };
      if (decision.act === 'language' && voice.knowledge.languages.includes(decision.to))
        return { reply: text(voice.words(decision.to, 'bot:language_set')), state: calm };
      return offer(
        t(decision.act === 'ask' ? 'language_ask' : 'language_unknown', { languages: languageNames(voice) }),
        voice.knowledge.languages.map((code) => languageChoice(code, voice)),
        voice,
        calm,
      );
    case 'reply': {
      // The introduction before it says hello already.
      const greets = decision.say === 'greeting' && !state.introduced;
      const said =
        decision.say === 'unknown_command' ? `${t('unknown_command')}\n\n${t('help')}` : t(greets ? 'solved_later' : decision.say);
      // Who only says "help me" twice gets a person, as who is not understood twice.
      const next = decision.say === 'opener' ? { ...calm, fallbacks: (state.fallbacks ?? 0) + 1 } : calm;
      return ['help', 'unknown_command', 'opener'].includes(decision.say)
        ? offer(said, [person(voice)], voice, next)
        : { reply: text(said), state: next };
    }
    default:
      throw new Error(`${decision.act} is said elsewhere`);
  }
}

/** The first words to a contact: that this is an automatic assistant, and the privacy notice where the desk names one. */
export function introduction(voice: Voice, name: string | null): string {
  const { knowledge, language, words } = voice;
  const notice = variable('privacyUrl', knowledge, language);
  const hello = words(language, 'bot:intro', { brand: knowledge.desk.brand, name: name ? ` ${name}` : '' });
  return notice ? `${hello} ${words(language, 'bot:intro_privacy', { url: notice })}` : hello;
}

/** A topic's answer for this channel and language, variables filled. */
export function answerText(id: string, { knowledge, language, channel }: Voice): string {
  const topic = knowledge.topics.get(id);
  const fallback = knowledge.desk.defaultLanguage;
  const texts = Object.fromEntries(Object.entries(topic?.texts ?? {}).map(([code, { answer }]) => [code, answer]));
  const written = localised({ ...texts, ...topic?.channels[channel] }, language, fallback) ?? '';
  return fill(written.trim(), knowledge, language);
}

/** A topic's title, variables filled. */
export function titleOf(id: string, { knowledge, language }: Pick<Voice, 'knowledge' | 'language'>): string {
  const titles = Object.fromEntries(Object.entries(knowledge.topics.get(id)?.texts ?? {}).map(([code, { title }]) => [code, title]));
  return fill(localised(titles, language, knowledge.desk.defaultLanguage) ?? id, knowledge, language);
}

/** The languages that the desk speaks, by their own names. */
export function languageNames({ knowledge, words }: Pick<Voice, 'knowledge' | 'words'>): string {
  return knowledge.languages.map((code) => words(code, 'bot:language_name')).join(', ');
}

function fallbackText(kind: 'unknown' | 'abuse' | 'foreign', voice: Voice): string {
  const key = { unknown: 'fallback', abuse: 'abuse', foreign: 'fallback_foreign' }[kind];
  return voice.words(voice.language, `bot:${key}`, { languages: languageNames(voice) });
}

function offer(written: string, choices: Choice[], voice: Voice, state: DialogueState): { reply: Reply; state: DialogueState } {
  const marked = choices.map((choice) => ({ ...choice, id: `${choice.id}~${voice.turn}` }));
  return {
    reply: { type: 'choices', text: written, choices: marked },
    state: { ...state, offered: { turn: voice.turn, choices: marked } },
  };
}

function text(written: string): Reply {
  return { type: 'text', text: written };
}

function topicChoice(topic: TopicFacts, voice: Voice): Choice {
  return { id: `topic:${topic.id}`, label: titleOf(topic.id, voice) };
}

function languageChoice(code: string, voice: Voice): Choice {
  return { id: `lang:${code}`, label: voice.words(code, 'bot:language_name') };
}

function person({ words, language }: Voice): Choice {
  return { id: 'person', label: words(language, 'bot:person') };
}
