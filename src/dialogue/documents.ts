import type { Draft, Turn } from '../delivery/turn.ts';
import { markDocuments } from '../files/mark-documents.ts';
import { needsWayOut } from '../files/receipt.ts';
import type { UploadLinks } from '../files/upload-link.ts';
import type { Knowledge } from '../kb/topic.ts';
import type { Decision } from './decide.ts';
import type { Said } from './hand-over.ts';
import { headed } from './headed.ts';
import { answerText, type Voice } from './say.ts';
import type { DialogueState } from './state.ts';

/**
 * What a turn says where its topic asks for documents: a link to send them by stands after the topic's answer, and files of the conversation count as
 * identity documents from now on. A file that its channel could not give has the link too, for the web takes it.
 */
export function withUploadLink(
  said: Said,
  { decision, turn, voice, links }: { decision: Decision; turn: Turn; voice: Voice; links: Pick<UploadLinks, 'plan'> },
): Said {
  const topic = decision.act === 'answer' || (decision.act === 'handoff' && decision.reason === 'topic') ? decision.topic : undefined;
  if (topic?.action !== 'upload-documents') return needsLink(turn) ? withWayOut(said, { turn, voice, links }) : said;
  const link = links.plan(turn.conversation.id, voice.language, turn.now);
  const mark = turn.messages.filter(({ body }) => body.attachments?.length).map(({ id }) => id);
  const state: DialogueState = { ...(said.state as DialogueState), documents: true };
  return {
    ...said,
    state,
    reply: link ? withLink(said.reply, answerText(topic.id, voice), sayLink(link, voice)) : said.reply,
    alongside:
      link || mark.length > 0
        ? async (tx) => {
            await said.alongside?.(tx);
            await link?.store(tx);
            await markDocuments(tx, mark);
          }
        : said.alongside,
  };
}

function needsLink({ messages }: Turn): boolean {
  return messages.some(({ body }) => needsWayOut(body.attachments ?? []));
}

function withWayOut(said: Said, { turn, voice, links }: { turn: Turn; voice: Voice; links: Pick<UploadLinks, 'plan'> }): Said {
  const link = links.plan(turn.conversation.id, voice.language, turn.now);
  if (!link) return said;
  return {
    ...said,
    reply: headed(said.reply, sayLink(link, voice)),
    async alongside(tx) {
      await said.alongside?.(tx);
      await link.store(tx);
    },
  };
}

function withLink(draft: Draft, answer: string, link: string): Draft {
  const { text } = draft.reply;
  const at = text.startsWith(answer) ? answer.length : text.length;
  return { ...draft, reply: { ...draft.reply, text: `${text.slice(0, at)}\n\n${link}${text.slice(at)}` } };
}

/** The sentence that gives a link to send documents by, and says until when it works. */
export function sayLink(
  { url, until }: { url: string; until: Date },
  { words, language, knowledge }: Pick<Voice, 'words' | 'language' | 'knowledge'>,
): string {
  return words(language, 'files:receipt.link', { url, until: sayUntil(until, language, knowledge) });
}

/** Until when something holds, in the time of the desk's first department that names one, else in universal time; the zone is said with it. */
export function sayUntil(until: Date, language: string, { departments }: Pick<Knowledge, 'departments'>): string {
  const timeZone = departments.find(({ hours }) => hours)?.hours?.zone ?? 'UTC';
  const day = until.toLocaleDateString(language, { day: 'numeric', month: 'long', timeZone });
  const time = until.toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    timeZoneName: 'short',
  });
  return `${day}, ${time}`;
}
