import type { InboundBody, Reply } from '../../conversation/message.ts';
import { titleOf } from '../../dialogue/say.ts';
import type { FileFacts } from '../../files/of-conversation.ts';
import type { TimelineMessage } from '../../handoff/lists/timeline.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { DeskFile, DeskMessage, Why } from './talk-protocol.ts';

type Attachment = NonNullable<InboundBody['attachments']>[number];
type Body = Partial<Extract<Reply, { type: 'choices' }> & Omit<InboundBody, 'type' | 'choice'>>;

/** A message as the wire has it. `files`: what is known of kept files now. */
export function presentMessage(
  row: TimelineMessage,
  {
    names,
    files,
    knowledge,
    language,
  }: { names: Record<number, string>; files: Map<string, FileFacts>; knowledge: Knowledge; language: string },
): DeskMessage {
  const body = row.body as Body;
  const findings = row.findings as { kind: string }[] | null;
  const title = (id: string) => titleOf(id, { knowledge, language });
  return {
    id: row.id,
    conversationId: row.conversationId,
    channel: row.channel,
    seq: row.seq,
    author: row.author,
    agent: row.agentId === null ? undefined : names[row.agentId],
    text: row.text,
    subject: body.subject,
    quoted: body.quoted,
    full: body.full ? true : undefined,
    original: body.original && files.get(body.original)?.state === 'kept' ? body.original : undefined,
    choices: body.choices?.map(({ label }) => label),
    attachments: body.attachments?.map((file) => presentFile(file, files)),
    delivery: row.delivery ?? undefined,
    failure: row.failure ?? undefined,
    masked: findings?.length ? [...new Set(findings.map(({ kind }) => kind))] : undefined,
    marks: body.marks,
    silent: body.silent,
    editedAt: row.editedAt?.toISOString(),
    deletedAt: row.deletedAt?.toISOString(),
    why: presentWhy(row.why as Why | null, title),
    at: (row.sentAt ?? row.createdAt).toISOString(),
  };
}

function presentWhy(why: Why | null, title: (id: string) => string): Why | undefined {
  if (!why) return undefined;
  const { act, topic, reason, confidence, candidates, signals } = why;
  return {
    act,
    topic,
    topicTitle: topic && title(topic),
    reason,
    confidence,
    candidates: candidates.map(({ id, score }) => ({ id, title: title(id), score })),
    signals,
  };
}

function presentFile({ file: id, name, type, size, refused }: Attachment, files: Map<string, FileFacts>): DeskFile {
  const now = id === undefined ? undefined : files.get(id);
  return { id, name, type, size, refused, state: now?.state, scan: now?.scan, identity: now?.identity, preview: now?.preview };
}
