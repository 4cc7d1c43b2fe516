import type { TicketView } from '../../../src/server/desk/protocol.ts';
import type { DeskEvent, DeskMessage, DeskNote } from '../../../src/server/desk/talk-protocol.ts';

/** A message, an event or a note in its place. */
export interface Line {
  key: string;
  at: string;
  conversationId?: number;
  message?: DeskMessage;
  event?: DeskEvent;
  note?: DeskNote;
}

/**
 * Everything of a contact in one order. Within a conversation the numbers decide, and what has not started to go out stands at the end;
 * between conversations and for notes the time does, as far as it does not contradict the numbers.
 */
export function inOrder({ messages, events, notes }: Pick<TicketView, 'messages' | 'events' | 'notes'>): Line[] {
  const numbered = [
    ...messages.map((message) => ({
      seq: message.seq ?? Number.POSITIVE_INFINITY,
      line: { key: `m${message.id}`, ...place(message), message },
    })),
    ...events.map((event) => ({ seq: event.seq, line: { key: `e${event.id}`, ...place(event), event } })),
  ].sort((one, other) => (one.seq === other.seq ? 0 : one.seq - other.seq));
  const reached = new Map<number, number>();
  const timed: { time: number; line: Line }[] = numbered.map(({ line }) => {
    const time = Math.max(Date.parse(line.at), reached.get(line.conversationId) ?? 0);
    reached.set(line.conversationId, time);
    return { time, line };
  });
  for (const note of notes) timed.push({ time: Date.parse(note.at), line: { key: `n${note.id}`, at: note.at, note } });
  return timed.sort((one, other) => one.time - other.time).map(({ line }) => line);
}

const place = ({ at, conversationId }: { at: string; conversationId: number }) => ({ at, conversationId });
