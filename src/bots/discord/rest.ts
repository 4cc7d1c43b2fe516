import { type RawFile, REST, RESTEvents } from 'discord.js';
import { RetryLater } from '../../conversation/channel.ts';
import type { Log } from '../../log.ts';
import { explain } from './failure.ts';
import { countInvalidRequests } from './invalid.ts';

/** Discord's REST interface. What fails, fails as RetryLater, Undeliverable or a bug. */
export interface Rest {
  /** One request. `attempt`: how often it failed before; longer waits follow. */
  call<T>(
    method: 'get' | 'post' | 'put' | 'patch',
    route: `/${string}`,
    options?: { body?: unknown; files?: RawFile[]; query?: URLSearchParams; auth?: boolean; attempt?: number },
  ): Promise<T>;
  /** The client itself, for the gateway. */
  client: REST;
  stop(): void;
}

/** Within so many milliseconds discord.js may wait for a limit by itself; what takes longer goes back to the queue, which keeps the order and survives a restart. */
const worthWaiting = 1_000;

/** discord.js's REST client in the manners of the host: no silent retries, no long waits, invalid requests counted. `root`: another server than discord.com. */
export function createRest(token: string, root: string | undefined, log: Log): Rest {
  const client = new REST({
    version: '10',
    retries: 0,
    timeout: 10_000,
    rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > worthWaiting,
    ...(root ? { api: root.replace(/\/+$/, '') } : {}),
  }).setToken(token);
  const invalid = countInvalidRequests(log);
  client.on(RESTEvents.Response, (_, response) => invalid.note(response.status, response.headers.get('x-ratelimit-scope')));
  return {
    client,
    async call(method, route, { attempt = 0, ...options } = {}) {
      const wait = invalid.waitMs();
      if (wait > 0) throw new RetryLater(wait, 'too many invalid requests');
      try {
        return (await client[method](route, options)) as never;
      } catch (error) {
        // The client forgets a token that was refused once; a moment's trouble at Discord must not last until the next start.
        client.setToken(token);
        throw explain(error, attempt);
      }
    },
    stop() {
      client.clearHashSweeper();
      client.clearHandlerSweeper();
    },
  };
}
