import { fixLanguage } from '../conversation/contact.ts';
import type { Attachment, Reply } from '../conversation/message.ts';
import type { Draft, OnTurn, Turn } from '../delivery/turn.ts';
import type { UploadLinks } from '../files/upload-link.ts';
import type { Line } from '../handoff/line/line.ts';
import type { NoticesFor } from '../handoff/notice.ts';
import { answerSurvey } from '../handoff/survey.ts';
import { ownTicket } from '../handoff/ticket.ts';
import type { Db } from '../store/connection.ts';
import type { Words } from '../words.ts';
import { considerTurn } from './consider-turn.ts';
import type { Decision } from './decide.ts';
import { withUploadLink } from './documents.ts';
import { unchangedBy } from './edited.ts';
import { handOver, type Said } from './hand-over.ts';
import { headed } from './headed.ts';
import { introduction, say, type Voice } from './say.ts';
import { sayStatus } from './say-handoff.ts';
import { sayNotice } from './say-notice.ts';
import type { DialogueState } from './state.ts';
import { surveyQuestion } from './survey.ts';
import type { Known, Understood } from './understand.ts';

interface Parts {
  db: Db;
  line: Line;
  words: Words;
  /** The knowledge as it is now. */
  known(): Known;
  /** True where people expect an answer at once. */
  live(channel: string): boolean;
  /** True where others read along: nothing personal is said there, and nobody is handed over but in distress. */
  isPublic(channel: string, address: string): boolean;
  /** What holds now for a topic, to be said before its answers. */
  notices: NoticesFor;
  /** Ways to send documents, where a topic asks for them. */
  links: Pick<UploadLinks, 'plan'>;
  /** What people are told of the files of a message. */
  receipt(attachments: Attachment[], language: string): string;
}

/** The bot's turn: reads what the contact wrote, decides, and says it. */
export function createDialogue(parts: Parts): OnTurn {
  return async (turn) => {
    const known = parts.known();
    const considered = await considerTurn(parts, known, turn);
    const { decision, understood, language, state, messages, last } = considered;
    const unchanged = await unchangedBy(parts.db, { ...turn, messages }, decision);
    if (unchanged) return { ...unchanged, handledSeq: last.seq, language: turn.conversation.language ?? language };
    const voice: Voice = { words: parts.words, knowledge: known.knowledge, language, channel: turn.channel, turn: last.seq };
    const open = parts.isPublic(turn.channel, turn.address);
    const elsewhere = isPersonal(decision) && open;
    const said = elsewhere
      ? privately(voice, state)
      : decision.act === 'handoff'
        ? await handOver(parts, turn, decision, voice, state, considered.closed)
        : await answer(parts, turn, decision, voice, state);
    const kept = { ...said, state: { ...(said.state as DialogueState), documents: state.documents } };
    const outcome = open ? kept : withUploadLink(kept, { decision, turn, voice, links: parts.links });
    const receipt = open
      ? ''
      : parts.receipt(
          messages.flatMap(({ body }) => body.attachments ?? []),
          language,
        );
    return {
      ...outcome,
      handledSeq: last.seq,
      language,
      reply: headed(
        { ...outcome.reply, why: why(understood, decision) },
        opening(turn, decision, voice, state),
        understood.signals.secret ? parts.words(language, 'bot:masked_secret') : '',
        ...(elsewhere ? [] : await noticesOf(parts, decision)).map((notice) => sayNotice(notice, voice)),
        receipt,
      ),
      decision: decision.act,
      data: {
        topic: 'topic' in decision ? decision.topic?.id : undefined,
        signal: signalNames(understood),
        reason: 'reason' in decision ? decision.reason : undefined,
      },
    };
  };
}

/** Tickets, their states and surveys are personal; a person in distress reaches somebody wherever they write. */
function isPersonal(decision: Decision): boolean {
  return (
    decision.act === 'status' ||
    decision.act === 'survey' ||
    (decision.act === 'ask' && decision.what === 'ticket-number') ||
    (decision.act === 'handoff' && decision.reason !== 'distress')
  );
}

/** What holds now for the topic that is answered, or handed over, with its text. */
async function noticesOf({ notices }: Parts, decision: Decision): Promise<Awaited<ReturnType<NoticesFor>>> {
  const topic = decision.act === 'answer' || (decision.act === 'handoff' && decision.reason === 'topic') ? decision.topic : undefined;
  return topic ? notices(topic.id) : [];
}

function privately(voice: Voice, state: DialogueState): Said {
  return {
    reply: draft(voice.words(voice.language, 'bot:private_please')),
    state: { ...state, introduced: true, fallbacks: 0 },
  };
}

async function answer(
  { db }: Parts,
  turn: Turn,
  decision: Exclude<Decision, { act: 'handoff' }>,
  voice: Voice,
  state: DialogueState,
): Promise<Said> {
  if (decision.act === 'status') {
    const ticket = await ownTicket(db, turn.contact.id, decision.number);
    return {
      reply: draft(sayStatus(ticket, decision.number, voice)),
      state: { ...state, introduced: true, wantsNumber: false },
    };
  }
  if (decision.act === 'ask' && decision.what === 'ticket-number') {
    return {
      reply: draft(voice.words(voice.language, 'bot:ask_number', { example: '1042-K' })),
      state: { ...state, introduced: true, wantsNumber: true },
    };
  }
  if (decision.act === 'survey') {
    const { ticketId, answer: given, next } = decision;
    const reply: Reply = next
      ? surveyQuestion(next, voice.words, voice.language)
      : { type: 'text', text: voice.words(voice.language, 'bot:survey_thanks') };
    return {
      reply: { reply, fence: 'turn' },
      state: {
        introduced: true,
        survey: next,
        offered: reply.type === 'choices' ? { turn: voice.turn, choices: reply.choices } : undefined,
      },
      alongside: given ? (tx) => answerSurvey(tx, ticketId, given) : undefined,
    };
  }
  const said = say(decision, voice, state);
  const to = decision.act === 'language' && voice.knowledge.languages.includes(decision.to) ? decision.to : undefined;
  return {
    reply: { reply: said.reply, fence: 'turn' },
    state: said.state,
    alongside: to ? (tx) => fixLanguage(tx, turn.contact.id, to) : undefined,
  };
}

// A person in distress first reads what helps; who answers is said with the next message.
function opening(turn: Turn, decision: Decision, voice: Voice, state: DialogueState): string {
  if (state.introduced || (decision.act === 'handoff' && decision.reason === 'distress')) return '';
  return introduction(voice, turn.contact.name);
}

function draft(text: string): Draft {
  return { reply: { type: 'text', text }, fence: 'turn' };
}

function signalNames({ signals }: Understood): string[] {
  const names = ['distress', 'sensitive', 'human', 'abuse', 'smalltalk'] as const;
  return names.filter((name) => signals[name]).map((name) => `@${name}`);
}

/** What the desk shows of a bot message: topic, confidence, runner-up, reason. */
function why(understood: Understood, decision: Decision): unknown {
  const { match } = understood;
  return {
    act: decision.act,
    topic: 'topic' in decision ? decision.topic?.id : undefined,
    reason: 'reason' in decision ? decision.reason : undefined,
    confidence: match.confidence,
    candidates: match.topics.slice(0, 3),
    signals: signalNames(understood),
    language: match.language,
  };
}
