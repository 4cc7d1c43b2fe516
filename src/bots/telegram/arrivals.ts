import type { Update } from 'telegraf/types';
import { createLanes } from '../../lanes.ts';
import { pause } from '../../pause.ts';
import { albumMs, albumOf, chatOf } from './albums.ts';
import type { Take } from './take.ts';

/** Takes updates that come one by one: in order per chat, albums together. Resolves when the update is durable, which for an album is a second later. */
export function createArrivals(take: Take): (update: Update) => Promise<void> {
  const lanes = createLanes();
  const open = new Map<string, { updates: Update[]; stored: Promise<void> }>();

  return (update) => {
    const album = albumOf(update);
    if (!album) return lanes(chatOf(update), () => take([update]));
    const begun = open.get(album);
    if (begun) {
      begun.updates.push(update);
      return begun.stored;
    }
    const updates = [update];
    const begins = Date.now();
    // The album has its place in the lane from its first picture on.
    const stored = lanes(chatOf(update), async () => {
      await pause(Math.max(0, begins + albumMs - Date.now()));
      open.delete(album);
      await take(updates.toSorted((a, b) => a.update_id - b.update_id));
    });
    open.set(album, { updates, stored });
    return stored;
  };
}
