import { putBack, type Said, saidTo } from '../delivery/changed-message.ts';
import type { Outcome, Turn } from '../delivery/turn.ts';
import type { Db } from '../store/connection.ts';
import { readCommand } from './command.ts';
import type { Decision } from './decide.ts';

/**
 * Where the contact changed nothing but words that had been answered, and the new ones lead to nothing new (a slip of the pen): a turn that says nothing
 * and puts the messages back where they stood. Undefined where something is to be said.
 */
export async function unchangedBy(
  db: Db,
  { conversation, messages }: Turn,
  decision: Decision,
): Promise<Pick<Outcome, 'state' | 'decision' | 'alongside'> | undefined> {
  for (const { body, text } of messages) {
    // A command wants what it says, whatever was said to another one; people are asked for once.
    if (body.earlierSeq === undefined || (readCommand(text) && decision.act !== 'handoff')) return undefined;
    if (isNew(decision, await saidTo(db, conversation.id, body.earlierSeq))) return undefined;
  }
  return {
    state: conversation.state,
    decision: 'unchanged',
    alongside: (tx) =>
      putBack(
        tx,
        messages.map(({ id }) => id),
      ),
  };
}

function isNew(decision: Decision, earlier: Said | undefined): boolean {
  // Who is in danger is heard each time they say it.
  if (!earlier || (decision.act === 'handoff' && decision.urgency === 'top')) return true;
  // What people have answered stays with them.
  if (earlier.author !== 'bot') return false;
  const { act, topic, reason } = (earlier.why ?? {}) as { act?: string; topic?: string; reason?: string };
  const now = { topic: 'topic' in decision ? decision.topic?.id : undefined, reason: 'reason' in decision ? decision.reason : undefined };
  if (decision.act === act && now.topic === topic && now.reason === reason) return false;
  if (decision.act === 'handoff') return decision.reason !== 'no-answer';
  return decision.act === 'answer' ? now.topic !== topic : decision.act === 'suggest' && act === 'fallback';
}
