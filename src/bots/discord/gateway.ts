import { createHash } from 'node:crypto';
import { CloseCodes, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { GatewayCloseCodes, GatewayDispatchEvents, GatewayIntentBits } from 'discord.js';
import type { SourceWord } from '../../conversation/source-word.ts';
import { pause } from '../../pause.ts';
import { createReceive, type Receive, type ReceiveParts } from './receive.ts';
import { createSessions, type Sessions } from './session.ts';

// Text of messages to the bot and in direct messages is shown without the privileged intent.
const intents = GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages;
const fatal: Record<number, string> = {
  [GatewayCloseCodes.AuthenticationFailed]: 'the token is refused: check DISCORD_BOT_TOKEN',
  [GatewayCloseCodes.DisallowedIntents]: 'an intent is refused: check the bot in the developer portal',
  [GatewayCloseCodes.InvalidIntents]: 'an intent is unknown to Discord',
  [GatewayCloseCodes.InvalidAPIVersion]: 'the version of the gateway is gone',
  [GatewayCloseCodes.InvalidShard]: 'the shard is refused',
  [GatewayCloseCodes.ShardingRequired]: 'the number of shards is refused',
};
const flushMs = 1_000;
/** Discord allows 1,000 new sessions a day. */
const afterFatalMs = 60_000;
const afterFailureMs = 5_000;
/** With so many events waiting for the store, reading stops; what was not made durable is replayed or fetched later. */
const mostUnderWay = 2_000;

/** Ends this reading, for a reason that the log tells; the next begins after `afterMs`. */
type BreakOff = (why: string, afterMs: number) => void;

/**
 * Reads the gateway through discord.js's own part for it until `stop` aborts. The part is used without its Client, because the session then is ours to keep:
 * it is resumed only from what is durable, survives a restart, and is not ended when the connection is.
 */
export async function readGateway(parts: ReceiveParts & { token: string; source: SourceWord }, stop: AbortSignal): Promise<void> {
  const { host, rest, token, positions, source } = parts;
  const { log } = host;
  const broken = new AbortController();
  const signal = AbortSignal.any([stop, broken.signal]);
  const sessions = createSessions(host, createHash('sha256').update(token).digest('base64url').slice(0, 12));
  await sessions.load();

  const flush = async () => {
    await positions.flush();
    await sessions.flush();
  };
  let wait = 0;
  const breakOff: BreakOff = (why, afterMs) => {
    if (signal.aborted) return;
    log.error({ why, againInMs: afterMs }, 'gateway left');
    wait = afterMs;
    broken.abort();
  };

  // A refused token is forgotten by the client; each reading tries it afresh.
  rest.client.setToken(token);
  const manager = new WebSocketManager({
    token,
    intents,
    rest: rest.client,
    retrieveSessionInfo: sessions.retrieve,
    updateSessionInfo: sessions.update,
  });
  const fails = watchSource(manager, source, signal);
  takeEvents(manager, { receive: createReceive(parts, sessions.behind, signal), sessions, flush, breakOff });
  manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => log.info({ shard: shardId }, 'gateway resumed'));
  manager.on(WebSocketShardEvents.Error, ({ error }) => log.warn({ err: error.message }, 'gateway'));
  manager.on(WebSocketShardEvents.Closed, ({ code }) => {
    log.info({ code }, 'gateway closed');
    // Often it is back at once.
    fails(fatal[code] ? 'refused' : 'away');
    if (fatal[code]) breakOff(fatal[code], afterFatalMs);
  });

  const flushing = setInterval(() => void flush().catch(() => undefined), flushMs);
  manager.connect().catch((error: Error & { status?: number }) => {
    const refused = error.status === 401;
    fails(refused ? 'refused' : 'away');
    breakOff(
      refused ? (fatal[GatewayCloseCodes.AuthenticationFailed] ?? '') : error.message || error.name,
      refused ? afterFatalMs : afterFailureMs,
    );
  });
  await aborted(signal);
  clearInterval(flushing);
  sessions.close();
  // Any code but 1000 and 1001 leaves the session to be resumed.
  await Promise.resolve(manager.destroy({ code: CloseCodes.Resuming, reason: 'reading stops' })).catch(() => undefined);
  await flush().catch((error: Error) => log.warn({ err: error.name }, 'position not kept, some events will be read again'));
  await pause(wait, stop);
}

/** Tells that the bot is let in, and stays so. Returns what tells that it does not. */
function watchSource(manager: WebSocketManager, source: SourceWord, signal: AbortSignal): (code: 'refused' | 'away') => void {
  // Heartbeats begin before the bot is let in, and say nothing until then.
  let letIn = false;
  const works = () => {
    letIn = true;
    void source.works();
  };
  manager.on(WebSocketShardEvents.Ready, works);
  manager.on(WebSocketShardEvents.Resumed, works);
  manager.on(WebSocketShardEvents.HeartbeatComplete, () => letIn && works());
  return (code) => {
    letIn = false;
    if (!signal.aborted) void source.fails(code);
  };
}

/** Takes the gateway's events into the record, and fetches what was missed before a session that is behind. */
function takeEvents(
  manager: WebSocketManager,
  { receive, sessions, flush, breakOff }: { receive: Receive; sessions: Sessions; flush(): Promise<void>; breakOff: BreakOff },
): void {
  const catchUp = (shard: number) => {
    const done = sessions.catchUp(shard);
    receive.catchUp().then(done, () => undefined);
  };
  manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => {
    if (sessions.behind()) catchUp(shardId);
  });
  manager.on(WebSocketShardEvents.Dispatch, ({ data, shardId }) => {
    const done = sessions.begin(shardId, data.s);
    if (sessions.underWay() > mostUnderWay) breakOff('too many events wait for the store', afterFailureMs);
    // An event that was not kept stays open, so the session is resumed before it.
    receive.event(data).then(
      () => {
        done();
        if (data.t !== GatewayDispatchEvents.Ready) return;
        // From now on the session is worth more than what it saw: without its name nothing is replayed.
        void flush().catch(() => undefined);
        catchUp(shardId);
      },
      () => undefined,
    );
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
