import { GatewayDispatchEvents, type GatewayDispatchPayload, type GatewayReadyDispatchData } from 'discord.js';
import type { Host } from '../../conversation/channel.ts';
import { createLanes } from '../../lanes.ts';
import { pause } from '../../pause.ts';
import { type Answer, createAnswer } from './answer.ts';
import { registerCommands } from './commands.ts';
import type { Homes } from './home.ts';
import { keepTrying } from './keep.ts';
import { createFetchMissed, type FetchMissed } from './missed.ts';
import { type Fact, parse } from './parse.ts';
import type { Point } from './point.ts';
import type { Positions } from './positions.ts';
import type { Rest } from './rest.ts';
import { createTake, type Take } from './take.ts';

/** One reading of the gateway. */
export interface Receive {
  /** Takes one event. Resolves when its effects are durable; rejects when reading stops before, and then it must come again. */
  event(event: GatewayDispatchPayload): Promise<void>;
  /** Fetches what was missed before the session, in all known channels, those with the newest messages first. Rejects when reading stops before. */
  catchUp(): Promise<void>;
}

/** What receiving is made of. */
export interface ReceiveParts {
  host: Host;
  rest: Rest;
  homes: Homes;
  positions: Positions;
  point: Point;
}

/** What a session begins with: who the bot is, and which channels it has caught up with. */
interface Session {
  me: string;
  fetchMissed: FetchMissed;
  /** By channel: caught up, or about to be. */
  caughtUp: Map<string, Promise<void>>;
}

// Slow enough to leave most of the 50 requests a second to replies.
const sweepers = 2;
const sweepPauseMs = 100;

/**
 * Receives the gateway's events, in order per channel, until `signal` aborts. In a session that is `behind`, each known channel is first brought up to date over
 * REST: what was missed comes before what is new. In others the gateway has replayed it.
 */
export function createReceive(parts: ReceiveParts, behind: () => boolean, signal: AbortSignal): Receive {
  const { host, positions } = parts;
  const { log } = host;
  const lanes = createLanes();
  const answer: Answer = createAnswer(parts.rest, log);
  const take: Take = createTake({ ...parts, answer });
  const keep = async (fact: Fact) => void (await keepTrying(() => take(fact), signal, log));
  let session: Promise<Session> | undefined;

  return {
    async event(event) {
      if (event.t === GatewayDispatchEvents.Ready) {
        session = begin(event.d);
        return void (await session);
      }
      const channel = channelOf(event.d);
      if (channel === undefined) return;
      await lanes(channel, async () => {
        signal.throwIfAborted();
        session ??= resume();
        const current = await session;
        await reach(current, channel);
        const fact = read(event, current.me);
        if (fact) await keep(fact);
        else if (event.t === GatewayDispatchEvents.MessageCreate) await positions.note(channel, event.d.id);
      });
    },
    async catchUp() {
      session ??= resume();
      const current = await session;
      const channels = positions
        .all()
        .sort(([, a], [, b]) => (BigInt(a.last) < BigInt(b.last) ? 1 : -1))
        .map(([channel]) => channel);
      const work = async () => {
        for (let channel = channels.shift(); channel !== undefined && !signal.aborted; channel = channels.shift()) {
          const each = channel;
          await lanes(each, () => reach(current, each));
          await pause(sweepPauseMs, signal);
        }
        signal.throwIfAborted();
      };
      await Promise.all(Array.from({ length: sweepers }, work));
    },
  };

  async function begin({ user, application }: GatewayReadyDispatchData): Promise<Session> {
    await keepTrying(() => positions.load(), signal, log);
    await keepTrying(() => host.cursor.set('me', { id: user.id }), signal, log);
    void keepTrying(() => registerCommands(application.id, parts), signal, log).catch(() => undefined);
    return sessionOf(user.id, true);
  }

  async function resume(): Promise<Session> {
    const missing = behind();
    const bot = await keepTrying(() => host.cursor.get<{ id: string }>('me'), signal, log);
    await keepTrying(() => positions.load(), signal, log);
    return sessionOf(bot?.id ?? '', missing);
  }

  function sessionOf(me: string, missing: boolean): Session {
    const fetchMissed = missing ? createFetchMissed({ ...parts, log, take: keep }, me) : async () => {};
    return { me, fetchMissed, caughtUp: new Map() };
  }

  function reach({ caughtUp, fetchMissed }: Session, channel: string): Promise<void> {
    const known = caughtUp.get(channel);
    if (known) return known;
    const under = fetchMissed(channel, signal);
    caughtUp.set(channel, under);
    under.catch(() => caughtUp.delete(channel));
    return under;
  }

  function read(event: GatewayDispatchPayload, me: string): Fact | undefined {
    try {
      return parse(event, me);
    } catch (error) {
      log.error({ event: event.t, err: (error as Error).name }, 'event not understood');
      return undefined;
    }
  }
}

function channelOf(data: unknown): string | undefined {
  const { channel_id } = (data ?? {}) as { channel_id?: string };
  return channel_id;
}
