import type { Host } from '../../conversation/channel.ts';

/** Keeps that a group became a supergroup: its id of before is dead, and addresses follow one by one as their authors write or are answered. */
export function rememberMoved({ cursor }: Host, from: number, to: number): Promise<void> {
  return cursor.set(`group:${to}`, from);
}

/** The id that a supergroup had as a group; undefined where it was none. */
export function readMoved({ cursor }: Host, chat: number): Promise<number | undefined> {
  return cursor.get(`group:${chat}`);
}
