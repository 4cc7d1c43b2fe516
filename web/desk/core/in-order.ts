import type { DeskEvent, DeskMessage, TicketView } from '../../../src/server/desk/protocol.ts';

/** A message or an event in its place. */
export interface Line {
  key: string;
  at: string;
  message?: DeskMessage;
  event?: DeskEvent;
}

/** Messages and events of a conversation in one order: by their numbers, what has not started to go out at the end. */
export function inOrder({ messages, events }: Pick<TicketView, 'messages' | 'events'>): Line[] {
  const lines = [
    ...messages.map((message) => ({
      seq: message.seq ?? Number.POSITIVE_INFINITY,
      line: { key: `m${message.id}`, at: message.at, message },
    })),
    ...events.map((event) => ({ seq: event.seq, line: { key: `e${event.seq}`, at: event.at, event } })),
  ];
  return lines.sort((one, other) => (one.seq === other.seq ? 0 : one.seq - other.seq)).map(({ line }) => line);
}
