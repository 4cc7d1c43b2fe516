import { type APIMessage, GatewayDispatchEvents, Routes } from 'discord.js';
import { RetryLater } from '../../conversation/channel.ts';
import type { Log } from '../../log.ts';
import { pause } from '../../pause.ts';
import { type Fact, parse, type Shown } from './parse.ts';
import type { Positions } from './positions.ts';
import type { Rest } from './rest.ts';

/** Fetches what was written in a channel since it was last read, oldest first. Resolves when all of it is durable, rejects when `signal` aborts before. */
export type FetchMissed = (channel: string, signal: AbortSignal) => Promise<void>;

const page = 100;

/** Fetches over REST, without limit of time or number. `take` makes a fact durable. */
export function createFetchMissed(
  parts: { rest: Rest; positions: Positions; log: Log; take(fact: Fact, signal: AbortSignal): Promise<void> },
  me: string,
): FetchMissed {
  const { rest, positions, log, take } = parts;

  return async (channel, signal) => {
    for (;;) {
      const position = positions.of(channel);
      if (!position) return;
      const messages = await fetchPage(channel, position.last, signal);
      if (!messages) return positions.drop(channel);
      for (const message of messages.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))) {
        const shown: Shown = position.server ? { ...message, guild_id: 'server' } : message;
        const fact = parse({ t: GatewayDispatchEvents.MessageCreate, d: shown as never }, me);
        if (fact) await take(fact, signal);
        await positions.note(channel, message.id);
      }
      if (messages.length < page) return;
    }
  };

  /** The first messages after one; undefined where the channel cannot be read any more. */
  async function fetchPage(channel: string, after: string, signal: AbortSignal): Promise<APIMessage[] | undefined> {
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await rest.call<APIMessage[]>('get', Routes.channelMessages(channel), {
          query: new URLSearchParams({ after, limit: String(page) }),
          attempt,
        });
      } catch (error) {
        if (!(error instanceof RetryLater)) {
          log.info({ err: (error as Error).message }, 'a channel cannot be read any more');
          return undefined;
        }
        await pause(error.afterMs, signal);
      }
    }
  }
}
