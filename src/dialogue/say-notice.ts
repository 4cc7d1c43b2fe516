import type { Draft } from '../delivery/turn.ts';
import type { Notice } from '../handoff/notice.ts';
import { fill, localised } from '../kb/variables.ts';
import type { Voice } from './say.ts';

/** What a turn says, with the notices that hold for its topic before it, in the same message. */
export function withNotices(drafts: Draft[], notices: Pick<Notice, 'texts'>[], voice: Voice): Draft[] {
  const said = notices.flatMap((notice) => noticeText(notice, voice) ?? []);
  if (said.length === 0) return drafts;
  return drafts.map((each, n) => (n === 0 ? { ...each, reply: { ...each.reply, text: [...said, each.reply.text].join('\n\n') } } : each));
}

function noticeText({ texts }: Pick<Notice, 'texts'>, { words, knowledge, language }: Voice): string | undefined {
  const text = localised(texts, language, knowledge.desk.defaultLanguage);
  return text && words(language, 'notice:now', { text: fill(text.trim(), knowledge, language) });
}
