import { batch, type Signal, signal } from '@preact/signals';
import type { ReplyBody } from '../../../src/server/desk/protocol.ts';
import { newId } from '../../widget/core/new-id.ts';
import { say } from '../words.ts';
import { post } from './call.ts';
import { type Draft, draftOf, hasContent, keepDraft, readDraft } from './draft.ts';
import { explain } from './explain.ts';
import { refreshList } from './lists.ts';
import { fetchOpened } from './open-ticket.ts';
import { asRefused, type Refused } from './refused.ts';
import { seenSeq } from './seen-seq.ts';
import { tell } from './toast.ts';

/** How far a reply is: `unsure`: sent, but nobody knows whether it arrived, so its text stands still until the same reply is accepted. */
export type Phase =
  | { now: 'writing' }
  | { now: 'sending' }
  /** The contact wrote after the message with this number. */
  | { now: 'stale'; after: number }
  | { now: 'unsure' }
  | { now: 'refused'; why: string; code: string };

/** A reply from the first letter until the server has it. Its text is kept in this browser all the while. */
export interface Sending {
  draft: Signal<Draft>;
  phase: Signal<Phase>;
  /** `shown`: number of the newest contact message that stands beside the reply, where the log may not show it. */
  send(shown?: number): Promise<boolean>;
  edit(text: string, topic?: string): void;
  attach(file: { id: string; name: string }): void;
  detach(id: string): void;
  /** Gives up on a reply whose fate is unknown: the text may be changed and becomes another reply. */
  reopen(): void;
  /** It is no longer on the screen. What was sent goes on until it has arrived, or the desk says that it did not. */
  leave(): void;
}

const retryMs = 3_000;
/** Those that are on the screen, and those whose end nobody has seen yet, by the name of their draft. */
const living = new Map<string, Sending & { enter(): void }>();

/** The reply that is being written to a ticket; what was sent and left before it was confirmed is found again as it stands. */
export function openSending(ticket: { id: number; number: string }): Sending {
  const name = draftOf(ticket.id);
  const sending = living.get(name) ?? createSending(ticket, name);
  living.set(name, sending);
  sending.enter();
  return sending;
}

/** Puts a file that has arrived into the reply to a ticket, as it stands by then: whoever chose it may have gone on and come back. */
export function attachTo(ticket: { id: number; number: string }, file: { id: string; name: string }): void {
  const sending = openSending(ticket);
  sending.attach(file);
  sending.leave();
}

function createSending({ id: ticketId, number }: { id: number; number: string }, name: string): Sending & { enter(): void } {
  const draft = signal<Draft>({ id: newId(), text: '' });
  const phase = signal<Phase>({ now: 'writing' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** How often it is on the screen: a composer may come before the one that it replaces goes. */
  let shown = 0;
  /** Files that came while a reply was on its way: they are for the next one, or for this one where it comes back. */
  let later: Required<Draft>['files'] = [];

  const write = (next: Draft) => {
    draft.value = next;
    keepDraft(ticketId, next);
  };
  const withLater = (next: Draft): Draft => {
    const files = [...(next.files ?? []), ...later];
    later = [];
    return files.length > 0 ? { ...next, files } : next;
  };
  /** As this browser keeps it: what was sent and not confirmed is sent again. */
  const recall = () => {
    clearTimeout(timer);
    draft.value = readDraft(ticketId);
    const sent = draft.value.builtOn !== undefined;
    phase.value = { now: sent ? 'unsure' : 'writing' };
    if (sent) timer = setTimeout(() => void send(), retryMs);
  };
  const send = async (seen = 0): Promise<boolean> => {
    clearTimeout(timer);
    // Whoever sent it has signed out here.
    if (draftOf(ticketId) !== name) drop();
    if (!living.has(name) || !hasContent(draft.peek()) || phase.peek().now === 'sending') return false;
    // Built on what was seen at its first try, whatever has come since.
    const { id, text, files = [], topic, builtOn = Math.max(seenSeq.peek(), seen) } = draft.peek();
    batch(() => {
      write({ ...draft.peek(), builtOn });
      phase.value = { now: 'sending' };
    });
    try {
      const reply: ReplyBody = { id, text: text.trim(), seenSeq: builtOn, topic };
      await post(`tickets/${ticketId}/reply`, files.length > 0 ? { ...reply, files: files.map((file) => file.id) } : reply);
    } catch (error) {
      await failed(asRefused(error), builtOn);
      return false;
    }
    batch(() => {
      phase.value = { now: 'writing' };
      write(withLater({ id: newId(), text: '' }));
    });
    release();
    refreshList();
    await fetchOpened();
    return true;
  };
  const failed = async (refused: Refused, after: number) => {
    if (refused.unsure) {
      phase.value = { now: 'unsure' };
      timer = setTimeout(() => void send(), retryMs);
      return;
    }
    const { builtOn: _, ...unsent } = draft.peek();
    const why = explain(refused);
    batch(() => {
      write(withLater(unsent));
      phase.value = refused.code === 'conversation.stale' ? { now: 'stale', after } : { now: 'refused', why, code: refused.code };
    });
    if (shown === 0) tell(say('reply_not_out', { number, why }), { bad: true });
    await fetchOpened();
  };

  // Written or sent in another tab: else this one would send its old text as the same reply, which the server has already.
  const elsewhere = ({ key }: StorageEvent) => {
    if (key?.endsWith(name) && phase.peek().now !== 'sending') recall();
  };
  const drop = () => {
    removeEventListener('storage', elsewhere);
    living.delete(name);
  };
  const release = () => {
    if (shown === 0 && phase.peek().now === 'writing') drop();
  };
  addEventListener('storage', elsewhere);
  recall();

  return {
    draft,
    phase,
    send,
    edit(text, topic) {
      const now = draft.peek();
      // Whoever takes the answer out again did not give it.
      write({ ...now, text, topic: text.trim() ? (topic ?? now.topic) : undefined });
      if (phase.peek().now === 'refused') phase.value = { now: 'writing' };
    },
    attach(file) {
      later.push(file);
      if (!['sending', 'unsure'].includes(phase.peek().now)) write(withLater(draft.peek()));
    },
    detach(id) {
      write({ ...draft.peek(), files: draft.peek().files?.filter((file) => file.id !== id) });
    },
    reopen() {
      clearTimeout(timer);
      const { builtOn: _, ...known } = draft.peek();
      write(withLater({ ...known, id: newId() }));
      phase.value = { now: 'writing' };
      void fetchOpened();
    },
    enter() {
      shown += 1;
    },
    leave() {
      shown -= 1;
      release();
    },
  };
}
