import type { InboundMessage } from '../conversation/message.ts';
import type { Turn } from '../delivery/turn.ts';
import type { QuietTime } from '../delivery/turns.ts';
import { readCommand } from './command.ts';
import { detectSignals } from './signals.ts';
import type { Known } from './understand.ts';

/** Quiet time that also tells, at receipt, when to look first. */
export interface DialogueQuietTime extends QuietTime {
  afterMessageMs(channel: string, inbound: Pick<InboundMessage, 'text' | 'choice'>): number;
}

/**
 * How long the bot waits for more before it takes its turn: desk.yaml's quietMs, at most 4 s from the first message,
 * and no time at all for commands, buttons and a person in distress.
 */
export function createQuietTime(known: () => Known): DialogueQuietTime {
  const forText = (text: string, choice: string | undefined): number => {
    const { knowledge, rules } = known();
    if (choice !== undefined || readCommand(text)) return 0;
    return detectSignals({ text, findings: [] }, rules).distress ? 0 : knowledge.desk.quietMs;
  };
  return {
    atMostMs: 4_000,
    afterMessageMs: (_, inbound) => forText(inbound.text, inbound.choice),
    afterLastMs: ({ messages }: Turn) => Math.min(...messages.map(({ text, body }) => forText(text, body.choice))),
  };
}
