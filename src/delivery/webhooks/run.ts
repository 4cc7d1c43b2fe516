import type { Log } from '../../log.ts';
import type { Db } from '../../store/connection.ts';
import { runClock } from '../clock.ts';
import { createWebhookReader, type WebhookTimes } from './reader.ts';
import type { Webhooks } from './webhooks.ts';

interface Parts {
  db: Db;
  webhooks: Webhooks;
  allowPrivate: boolean;
  log: Log;
  /** Names this process. */
  holder: string;
  times?: WebhookTimes;
}

// At once for machines that are told of what people do.
const lookMs = 500;

/** Serves the webhooks while this process holds their lease. Returns what ends it, when nothing is under way any more. */
export function runWebhooks({ db, holder, log, ...parts }: Parts): () => Promise<void> {
  const stop = new AbortController();
  const reader = createWebhookReader({ db, log, ...parts, stop: stop.signal });
  const running = runClock(db, holder, [{ name: 'webhooks', everyMs: lookMs, run: reader.look }], stop.signal, log, 'webhooks');
  return async () => {
    stop.abort();
    await running;
    await reader.settled();
  };
}
