import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { RetryLater, Undeliverable } from '../../conversation/channel.ts';

/** Why nothing can be delivered, by Discord's own error code. */
const undeliverable: Record<number, string> = {
  50007: 'dm-closed',
  50278: 'dm-closed',
  10003: 'gone',
  10013: 'gone',
  50001: 'forbidden',
  50013: 'forbidden',
  200000: 'blocked',
  20009: 'blocked',
  40005: 'too-large',
};
/** Opening direct messages too fast, slow mode, a server's write limit: nothing is wrong, but not now. */
const tooFast: Record<number, number> = { 40003: 60_000, 20016: 10_000, 20028: 10_000, 31002: 10_000 };

/** A failed call as the host knows failures: RetryLater, Undeliverable, or else a bug, without any text of the request. `attempt`: how often it failed before. */
export function explain(error: unknown, attempt: number): Error {
  if (error instanceof RetryLater || error instanceof Undeliverable) return error;
  if (error instanceof RateLimitError) return new RetryLater(Math.max(250, error.retryAfter, error.timeToReset), 'rate limit');
  const backoff = Math.min(60_000, 500 * 2 ** Math.min(attempt, 10));
  if (error instanceof HTTPError) return new RetryLater(backoff, `HTTP ${error.status}`);
  if (!(error instanceof DiscordAPIError)) return new RetryLater(backoff, (error as Error).name);
  const { status } = error;
  const code = Number(error.code);
  if (tooFast[code]) return new RetryLater(tooFast[code], `code ${code}`);
  if (undeliverable[code]) return new Undeliverable(undeliverable[code], `code ${code}`);
  if (status === 401) return new RetryLater(60_000, 'token refused');
  if (status === 403) return new Undeliverable('forbidden', `code ${code}`);
  return new Error(`HTTP ${status}, code ${code}`);
}
