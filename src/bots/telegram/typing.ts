import type { Channel } from '../../conversation/channel.ts';
import { readAddress } from './address.ts';
import type { Call } from './client.ts';
import { readFailure } from './failure.ts';
import type { Pace } from './pace.ts';

/** Telegram shows it for five seconds; asking sooner again would only count against the limits. Milliseconds. */
const shownMs = 4_000;

/** Shows that somebody writes. A courtesy: left out while replies go out or Telegram asked for patience. */
export function createTyping({ call, pace }: { call: Call; pace: Pace }): NonNullable<Channel['typing']> {
  const until = new Map<string, number>();
  return async (address) => {
    const { chat, topic } = readAddress(address);
    const now = Date.now();
    if ((until.get(address) ?? 0) > now || pace.busy(chat) > 0) return;
    for (const [each, end] of until) if (end <= now) until.delete(each);
    until.set(address, now + shownMs);
    await call('sendChatAction', { chat_id: chat, message_thread_id: topic, action: 'typing' }).catch((error) => {
      const failure = readFailure(error);
      if (failure.kind === 'wait') pace.hold(chat, failure.ms);
    });
  };
}
