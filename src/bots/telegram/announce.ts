import { type Channel, RetryLater, Undeliverable } from '../../conversation/channel.ts';
import { parseMarkup } from '../../conversation/markup.ts';
import { plainText } from '../../conversation/plain-text.ts';
import { cutText } from '../../cut-text.ts';
import { readAddress } from './address.ts';
import type { Call } from './client.ts';
import { readFailure, sendFault } from './failure.ts';
import { format, maxText } from './format.ts';
import type { Pace } from './pace.ts';

/** While replies go out, an announcement waits at least so long before it asks again. Milliseconds. */
const leastWaitMs = 500;

/** Publishes announcements: to `@name` or the id of a channel or group that the bot may write in, or to a private chat. */
export function createAnnounce({ call, pace }: { call: Call; pace: Pace }): NonNullable<Channel['announce']> {
  return async (place, text, { attempt }) => {
    const { chat, author } = placeOf(place);
    // Meant for one person, in a place where others read along.
    if (author !== undefined) throw new Undeliverable('public');
    const busy = pace.busy(chat);
    if (busy > 0) throw new RetryLater(Math.max(leastWaitMs, busy), 'replies go first');
    const wait = pace.reserve(chat, 0);
    if (wait > 0) throw new RetryLater(Math.max(leastWaitMs, wait), 'more than the chat may be sent');
    try {
      return { externalId: await send(chat, text) };
    } catch (error) {
      const failure = readFailure(error);
      if (failure.kind === 'wait') pace.hold(chat, failure.ms);
      throw sendFault(error, attempt);
    }
  };

  async function send(chat_id: number | string, markdown: string): Promise<string> {
    const link_preview_options = { is_disabled: true };
    try {
      return String((await call('sendMessage', { chat_id, ...format(markdown), link_preview_options })).message_id);
    } catch (error) {
      if (readFailure(error).kind !== 'markup') throw error;
      const text = cutText(plainText(parseMarkup(markdown)), maxText);
      return String((await call('sendMessage', { chat_id, text, link_preview_options })).message_id);
    }
  }
}

function placeOf(place: string): { chat: number | string; author?: number } {
  return place.startsWith('@') ? { chat: place } : readAddress(place);
}
