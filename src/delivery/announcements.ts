import type { Channel } from '../conversation/channel.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/connection.ts';
import { createAnnouncementLane, laneMs } from './announcement-lane.ts';
import { runClock } from './clock.ts';

/** Moves the lane of announcements while this process is the one among all that does; `holder` names it. */
export function startAnnouncements(parts: { db: Db; holder: string; channels: Channel[]; log: Log }): { stop(): Promise<void> } {
  const { db, holder, log } = parts;
  const stopping = new AbortController();
  const lane = { name: 'announcements', everyMs: laneMs, run: createAnnouncementLane(parts) };
  const running = runClock(db, holder, [lane], stopping.signal, log, 'announcements');
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
