import { Routes } from 'discord.js';
import { type Channel, RetryLater } from '../../conversation/channel.ts';
import { readAddress } from './address.ts';
import type { Rest } from './rest.ts';

/** Discord shows it for ten seconds; asking sooner again would only count against the limits. Milliseconds. */
const shownMs = 8_000;

/** Shows in direct messages that somebody writes; in a server it would be shown to all, of whom it concerns one. A courtesy: after a 429 it is left out for as long. */
export function createTyping(rest: Rest): NonNullable<Channel['typing']> {
  const until = new Map<string, number>();
  return async (address) => {
    const { channel, author } = readAddress(address);
    const now = Date.now();
    if (author !== undefined || (until.get(channel) ?? 0) > now) return;
    for (const [each, end] of until) if (end <= now) until.delete(each);
    until.set(channel, now + shownMs);
    await rest.call('post', Routes.channelTyping(channel)).catch((error: Error) => {
      if (error instanceof RetryLater) until.set(channel, now + Math.max(shownMs, error.afterMs));
    });
  };
}
