import { putBack, type Said, saidTo } from '../delivery/changed-message.ts';
import type { Outcome, Turn } from '../delivery/turn.ts';
import type { Db } from '../store/connection.ts';
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
  for (const { body } of messages) {
    if (body.earlierSeq === undefined) return undefined;
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
  if (!earlier) return true;
  const { act, topic, reason } = (earlier.why ?? {}) as { act?: string; topic?: string; reason?: string };
  const now = { topic: 'topic' in decision ? decision.topic?.id : undefined, reason: 'reason' in decision ? decision.reason : undefined };
  if (decision.act === act && now.topic === topic && now.reason === reason) return false;
  // What people have answered stays with them, unless somebody is in danger.
  if (decision.act === 'handoff') return decision.reason !== 'no-answer' && (earlier.author === 'bot' || decision.urgency === 'top');
  if (earlier.author !== 'bot') return false;
  return decision.act === 'answer' ? now.topic !== topic : decision.act === 'suggest' && act === 'fallback';
}
