import { type Channel, RetryLater, Undeliverable } from '../conversation/channel.ts';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import type { Db } from '../store/connection.ts';
import { claimPlace, endPlace, finishTold, keepParts, type OwedPlace, postponePlace, renewPlace } from './announcement-owed.ts';
import { keepAnnouncement } from './announcement-record.ts';
import { partsFor } from './announcement-text.ts';
import { leaseMs } from './sending.ts';

/** How often the lane moves, and so its speed: one place a second, over all announcements and channels. Milliseconds. */
export const laneMs = 1_000;
const mostAttempts = 8;

/** One step of the lane: the next place of an announcement that is due gets it. One process takes the steps; a row says how far each place is, so a kill repeats at most the one send in flight. */
export function createAnnouncementLane(parts: { db: Db; channels: Channel[]; log: Log }): () => Promise<void> {
  const { db, channels, log } = parts;

  return async () => {
    await finishTold(db);
    const owed = await claimPlace(db);
    if (!owed) return;
    const channel = channels.find(({ name }) => name === owed.channel);
    if (!channel?.announce) return end(owed, 'failed', 'channel-off');
    const renewal = setInterval(() => void renewPlace(db, owed).catch(() => undefined), leaseMs / 3);
    try {
      const sent = await sendParts(owed, channel);
      await end(owed, sent > 0 && owed.doubtful && channel.capabilities.idempotent === 'none' ? 'uncertain' : 'sent');
      if (owed.contact_id !== null) await keepAnnouncement(db, owed);
    } catch (error) {
      await failed(owed, error as Error);
    } finally {
      clearInterval(renewal);
    }
    await finishTold(db);
  };

  // Parts that went out before an interruption are not sent again.
  async function sendParts(owed: OwedPlace, channel: Channel): Promise<number> {
    const texts = partsFor(owed.texts, owed.languages, channel.capabilities);
    const externalIds = [...owed.external_ids];
    for (const [n, text] of texts.entries()) {
      if (n < externalIds.length) continue;
      const sending = { id: `announcement-${owed.id}.${n}`, attempt: owed.attempts, at: new Date(owed.created_at) };
      externalIds.push((await channel.announce?.(owed.place, text, sending))?.externalId ?? null);
      await keepParts(db, owed, externalIds);
    }
    return texts.length - owed.external_ids.length;
  }

  async function failed(owed: OwedPlace, error: Error): Promise<void> {
    const { id, channel, attempts } = owed;
    if (error instanceof RetryLater) return postponePlace(db, owed, error.afterMs, error.maybeSent);
    if (error instanceof Undeliverable) return end(owed, 'failed', error.code);
    log.error({ delivery: id, channel, err: error.message, stack: error.stack }, 'announcement not sent');
    return attempts >= mostAttempts ? end(owed, 'failed', 'error') : postponePlace(db, owed, Math.min(60_000, 500 * 2 ** attempts), false);
  }

  async function end(owed: OwedPlace, state: 'sent' | 'uncertain' | 'failed', failure?: string): Promise<void> {
    await endPlace(db, owed, state, failure);
    if (failure) log.info({ delivery: owed.id, channel: owed.channel, code: failure }, 'announcement not delivered');
    metrics.deliveries.inc({ channel: owed.channel, state });
  }
}
