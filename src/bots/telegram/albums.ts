import type { Update } from 'telegraf/types';

/** How long an album waits for more of its pictures: they come as separate updates, within a moment. */
export const albumMs = 1_000;

/** Updates to be stored now, each alone or an album together, in order, and those to be looked at again when their album is complete. */
export interface Gathered {
  units: Update[][];
  held: Update[];
}

/**
 * Puts albums together. One that may still grow is held, and with it what the same chat sent after it.
 * `seen`: when albums were first seen, milliseconds; kept by the caller from look to look.
 */
export function gather(updates: Update[], seen: Map<string, number>, now: number): Gathered {
  const units: Update[][] = [];
  const held: Update[] = [];
  const waiting = new Set<string>();
  const open = new Map<string, Update[]>();
  for (const update of updates) {
    const chat = chatOf(update);
    const album = albumOf(update);
    if (album && !seen.has(album)) seen.set(album, now);
    if (album && now - (seen.get(album) ?? now) < albumMs) waiting.add(chat);
    const begun = album && open.get(album);
    if (waiting.has(chat)) held.push(update);
    else if (begun) begun.push(update);
    else {
      const unit = [update];
      units.push(unit);
      if (album) open.set(album, unit);
    }
  }
  for (const [album, at] of seen) if (now - at > 60_000) seen.delete(album);
  return { units, held };
}

/** What the updates of one album share; undefined where an update is none. */
export function albumOf(update: Update): string | undefined {
  const said = saidIn(update);
  return 'message' in update && said?.media_group_id !== undefined ? `${said.chat?.id} ${said.media_group_id}` : undefined;
}

/** The chat whose order an update keeps. */
export function chatOf(update: Update): string {
  const chat = saidIn(update)?.chat?.id;
  return chat === undefined ? `update ${update.update_id}` : String(chat);
}

// Nothing is believed of its shape: one that nobody can read must not hold up all the others here, before any is looked at by itself.
function saidIn(update: Update): { chat?: { id?: number } | null; media_group_id?: string } | null | undefined {
  if ('message' in update) return update.message;
  if ('edited_message' in update) return update.edited_message;
  if ('callback_query' in update) return update.callback_query?.message;
  return 'my_chat_member' in update ? update.my_chat_member : undefined;
}
