import type { Update } from 'telegraf/types';
import type { Host } from '../../conversation/channel.ts';
import { pause } from '../../pause.ts';
import { albumMs, chatOf, gather } from './albums.ts';
import { allowedUpdates } from './allowed-updates.ts';
import type { Aside } from './aside.ts';
import type { Call } from './client.ts';
import { codeOf } from './failure.ts';
import type { UpdatesWord } from './source.ts';
import type { Take } from './take.ts';
import { tellTrouble } from './trouble.ts';

/** The next update to ask for, and when the last one came (milliseconds). */
interface Position {
  next: number;
  at: number;
}

interface Failed {
  update: Update;
  error: unknown;
}

const longPollSeconds = 30;
const chatsAtOnce = 8;
/** After a week without updates Telegram begins to count anew, so an older position means nothing. */
const positionMs = 6 * 24 * 3_600_000;
/**
 * Asks for updates until the signal aborts. The offset, which tells Telegram to forget what is below it, moves only past what is stored;
 * updates of a chat are stored in order, and one that cannot be stored holds back its chat's later ones. `cursor`: name of the kept position. `mostStrikes`: what
 * cannot be stored so many times, while others can, is kept aside: it must not stop everybody.
 */
export async function poll(
  parts: { host: Host; call: Call; take: Take; cursor: string; word: UpdatesWord; aside: Aside; mostStrikes?: number },
  signal: AbortSignal,
): Promise<void> {
  const { host, call, take, cursor, word, aside, mostStrikes = 20 } = parts;
  const seen = new Map<string, number>();
  const done = new Set<number>();
  const strikes = new Map<number, number>();
  let position: Position | undefined;
  let failures = 0;
  // The first answer comes at once: that updates can be had again is told then, not after a long silence.
  let waiting = true;

  while (!signal.aborted) {
    try {
      position ??= (await host.cursor.get<Position>(cursor)) ?? { next: 0, at: 0 };
      const offset = Date.now() - position.at < positionMs ? position.next : undefined;
      const payload = { offset, timeout: waiting ? 0 : longPollSeconds, limit: 100, allowed_updates: allowedUpdates };
      const updates = await call('getUpdates', payload, { withinMs: (longPollSeconds + 15) * 1000, signal });
      await word.works();
      const { units, held } = gather(
        updates.filter(({ update_id }) => !done.has(update_id)),
        seen,
        Date.now(),
      );
      const { left, failed } = await storeAll(units, store);
      position = await moveOn(position, updates, [...left, ...held], failed.length > 0);
      for (const each of failed) await strike(each);
      failures = failed.length > 0 ? failures + 1 : 0;
      waiting = held.length > 0 || failed.length > 0;
      if (failed.length > 0) await pause(Math.min(5_000, 250 * 2 ** Math.min(failures, 6)), signal);
      else if (held.length > 0) await pause(albumMs / 4, signal);
    } catch (error) {
      if (signal.aborted) return;
      await word.fails(error);
      await pause(tellTrouble(error, failures++, host.log), signal);
    }
  }

  async function store(unit: Update[]): Promise<void> {
    try {
      // Somebody else may hold the name by now, and offer the same: they have the turn.
      signal.throwIfAborted();
      await take(unit);
      for (const { update_id } of unit) done.add(update_id);
    } catch (error) {
      if (!signal.aborted) host.log.warn({ update: unit[0]?.update_id, err: codeOf(error) }, 'update not stored, asking for it again');
      throw error;
    }
  }

  /** `check`: write it even if it stands still, which shows whether the store works. */
  async function moveOn(from: Position, updates: Update[], owed: Update[], check: boolean): Promise<Position> {
    const last = updates.at(-1);
    if (!last) return from;
    const next = Math.min(last.update_id + 1, ...owed.map(({ update_id }) => update_id));
    const to = { next, at: Date.now() };
    if (next !== from.next || check) await host.cursor.set(cursor, to);
    for (const id of done) if (id < next || id > last.update_id) done.delete(id);
    return to;
  }

  // Reached only where the position could be written: the store works, so it is the update.
  async function strike({ update, error }: Failed): Promise<void> {
    const id = update.update_id;
    const count = (strikes.get(id) ?? 0) + 1;
    strikes.set(id, count);
    if (count < mostStrikes || signal.aborted) return;
    await aside.put([update], error);
    strikes.delete(id);
    done.add(id);
  }
}

/** Stores what it can, several chats at once. `failed`: what could not be stored; `left`: that, and what stands behind it in the same chats. */
async function storeAll(units: Update[][], store: (unit: Update[]) => Promise<void>): Promise<{ left: Update[]; failed: Failed[] }> {
  const chats = [...Map.groupBy(units, (unit) => chatOf(unit[0] as Update)).values()];
  const left: Update[] = [];
  const failed: Failed[] = [];
  const storeChat = async (chat: Update[][]) => {
    for (const [n, unit] of chat.entries()) {
      try {
        await store(unit);
      } catch (error) {
        failed.push({ update: unit[0] as Update, error });
        left.push(...chat.slice(n).flat());
        return;
      }
    }
  };
  await Promise.all(
    Array.from({ length: chatsAtOnce }, async () => {
      for (let chat = chats.shift(); chat; chat = chats.shift()) await storeChat(chat);
    }),
  );
  return { left, failed };
}
