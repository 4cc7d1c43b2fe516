import { batch, signal } from '@preact/signals';
import type { ReplyBody } from '../../../src/server/desk/protocol.ts';
import { newId } from '../../widget/core/new-id.ts';
import { post } from './call.ts';
import { type Draft, draftOf, hasContent, keepDraft, readDraft } from './draft.ts';
import { explain } from './explain.ts';
import { refreshList } from './lists.ts';
import { fetchOpened } from './open-ticket.ts';
import { asRefused, type Refused } from './refused.ts';
import { seenSeq } from './seen-seq.ts';

/** How far a reply is: `unsure`: sent, but nobody knows whether it arrived, so its text stands still until the same reply is accepted. */
export type Phase =
  | { now: 'writing' }
  | { now: 'sending' }
  /** The contact wrote after the message with this number. */
  | { now: 'stale'; after: number }
  | { now: 'unsure' }
  | { now: 'refused'; why: string; code: string };

const retryMs = 3_000;

/** A reply from the first letter until the server has it. Its text is kept in this browser all the while. */
export function createSending(ticketId: number) {
  const draft = signal<Draft>(readDraft(ticketId));
  const phase = signal<Phase>({ now: 'writing' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the reply is built on: as at its first try, whatever has come since. */
  let builtOn: number | undefined;

  const write = (next: Draft) => {
    draft.value = next;
    keepDraft(ticketId, next);
  };
  /** `shown`: number of the newest contact message that stands beside the reply, where the log may not show it. */
  const send = async (shown = 0): Promise<boolean> => {
    clearTimeout(timer);
    const { id, text, files = [], topic } = draft.peek();
    if (!hasContent(draft.peek()) || phase.peek().now === 'sending') return false;
    phase.value = { now: 'sending' };
    builtOn ??= Math.max(seenSeq.peek(), shown);
    try {
      const reply: ReplyBody = { id, text: text.trim(), seenSeq: builtOn, topic };
      await post(`tickets/${ticketId}/reply`, files.length > 0 ? { ...reply, files: files.map((file) => file.id) } : reply);
    } catch (error) {
      await failed(asRefused(error));
      return false;
    }
    builtOn = undefined;
    batch(() => {
      write({ id: newId(), text: '' });
      phase.value = { now: 'writing' };
    });
    refreshList();
    await fetchOpened();
    return true;
  };
  const failed = async (refused: Refused) => {
    if (refused.unsure) {
      phase.value = { now: 'unsure' };
      timer = setTimeout(() => void send(), retryMs);
      return;
    }
    const after = builtOn ?? 0;
    builtOn = undefined;
    if (refused.code === 'conversation.stale') phase.value = { now: 'stale', after };
    else phase.value = { now: 'refused', why: explain(refused), code: refused.code };
    await fetchOpened();
  };

  // Written or sent in another tab: else this one would send its old text as the same reply, which the server has already.
  const elsewhere = ({ key }: StorageEvent) => {
    if (key?.endsWith(draftOf(ticketId)) && ['writing', 'refused'].includes(phase.peek().now)) draft.value = readDraft(ticketId);
  };
  addEventListener('storage', elsewhere);

  return {
    draft,
    phase,
    send,
    edit(text: string, topic?: string) {
      const now = draft.peek();
      // Whoever takes the answer out again did not give it.
      write({ ...now, text, topic: text.trim() ? (topic ?? now.topic) : undefined });
      if (phase.peek().now === 'refused') phase.value = { now: 'writing' };
    },
    attach(file: { id: string; name: string }) {
      write({ ...draft.peek(), files: [...(draft.peek().files ?? []), file] });
    },
    detach(id: string) {
      write({ ...draft.peek(), files: draft.peek().files?.filter((file) => file.id !== id) });
    },
    /** Gives up on a reply whose fate is unknown: the text may be changed and becomes another reply. */
    reopen() {
      clearTimeout(timer);
      builtOn = undefined;
      write({ ...draft.peek(), id: newId() });
      phase.value = { now: 'writing' };
      void fetchOpened();
    },
    stop() {
      clearTimeout(timer);
      removeEventListener('storage', elsewhere);
    },
  };
}

export type Sending = ReturnType<typeof createSending>;
