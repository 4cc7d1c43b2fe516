import { GatewayDispatchEvents, type GatewayDispatchPayload, type GatewayReadyDispatchData } from 'discord.js';
import type { Host } from '../../conversation/channel.ts';
import { type Answer, createAnswer } from './answer.ts';
import { registerCommands } from './commands.ts';
import type { Homes } from './home.ts';
import { keepTrying } from './keep.ts';
import { createLanes } from './lanes.ts';
import { createFetchMissed, type FetchMissed } from './missed.ts';
import { type Fact, parse } from './parse.ts';
import { pause } from './pause.ts';
import type { Point } from './point.ts';
import type { Positions } from './positions.ts';
import type { Rest } from './rest.ts';
import { createTake, type Take } from './take.ts';

/** Takes one event of the gateway. Resolves when its effects are durable; rejects when `signal` aborts before, and then it must come again. */
export type ReceiveEvent = (event: GatewayDispatchPayload, signal: AbortSignal) => Promise<void>;

interface Parts {
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

/** Receives the gateway's events, in order per channel. With each new session every known channel is first brought up to date over REST: what was missed comes before what is new. */
export function createReceive(parts: Parts): ReceiveEvent {
  const { host, positions } = parts;
  const { log } = host;
  const lanes = createLanes();
  const answer: Answer = createAnswer(parts.rest, log);
  const take: Take = createTake({ ...parts, answer });
  const keep = async (fact: Fact, signal: AbortSignal) => void (await keepTrying(() => take(fact), signal, log));
  let session: Promise<Session> | undefined;

  return async (event, signal) => {
    if (event.t === GatewayDispatchEvents.Ready) {
      session = begin(event.d, signal);
      return sweep(await session, signal);
    }
    const channel = channelOf(event.d);
    if (channel === undefined) return;
    await lanes(channel, async () => {
      signal.throwIfAborted();
      // A resumed session that this process did not begin has replayed what was missed.
      session ??= resumed(signal);
      const { me, ...rest } = await session;
      await catchUp(rest, channel, signal);
      const fact = read(event, me);
      if (fact) await keep(fact, signal);
      else if (event.t === GatewayDispatchEvents.MessageCreate) await positions.note(channel, event.d.id);
    });
  };

  async function begin({ user, application }: GatewayReadyDispatchData, signal: AbortSignal): Promise<Session> {
    const made: Session = { me: user.id, fetchMissed: createFetchMissed({ ...parts, log, take: keep }, user.id), caughtUp: new Map() };
    await keepTrying(() => positions.load(), signal, log);
    await keepTrying(() => host.cursor.set('me', { id: user.id }), signal, log);
    void keepTrying(() => registerCommands(application.id, parts), signal, log).catch(() => undefined);
    return made;
  }

  async function resumed(signal: AbortSignal): Promise<Session> {
    const bot = await keepTrying(() => host.cursor.get<{ id: string }>('me'), signal, log);
    await keepTrying(() => positions.load(), signal, log);
    return { me: bot?.id ?? '', fetchMissed: async () => {}, caughtUp: new Map() };
  }

  function catchUp({ caughtUp, fetchMissed }: Omit<Session, 'me'>, channel: string, signal: AbortSignal): Promise<void> {
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

  /** Brings all known channels up to date, those with the newest messages first. Until then the session is not one to resume. */
  async function sweep(made: Session, signal: AbortSignal): Promise<void> {
    const channels = positions
      .all()
      .sort(([, a], [, b]) => (BigInt(a.last) < BigInt(b.last) ? 1 : -1))
      .map(([channel]) => channel);
    const work = async () => {
      for (let channel = channels.shift(); channel !== undefined && !signal.aborted; channel = channels.shift()) {
        const each = channel;
        await lanes(each, () => catchUp(made, each, signal));
        await pause(sweepPauseMs, signal);
      }
      signal.throwIfAborted();
    };
    await Promise.all(Array.from({ length: sweepers }, work));
  }
}

function channelOf(data: unknown): string | undefined {
  const { channel_id } = (data ?? {}) as { channel_id?: string };
  return channel_id;
}
