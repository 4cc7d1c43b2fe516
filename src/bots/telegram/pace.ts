/** How fast messages may go out. */
export interface Pace {
  /** Milliseconds until a message to that chat may go out. 0 to `atMost`: the place is taken, wait so long and send. More: nothing is taken, come back later. */
  reserve(chat: number, atMost: number): number;
  /** Telegram asked to leave that chat alone for so long. */
  hold(chat: number, ms: number): void;
}

/** A limit: `perSecond` on average, `burst` at once. The most in any second is both together. */
interface Limit {
  perSecond: number;
  burst: number;
}

// What Telegram names: about one a second to a chat, 20 a minute to a group, about 30 a second over all.
const privateChat: Limit = { perSecond: 1, burst: 3 };
const group: Limit = { perSecond: 17 / 60, burst: 3 };
const all: Limit = { perSecond: 25, burst: 5 };

/** Limits in this process's memory; what several processes send too fast together, Telegram refuses with 429 and it is sent later. `clock`: milliseconds. */
export function createPace(clock: () => number = Date.now): Pace {
  // When the limit would be wholly free again, by chat; 0 is the whole bot.
  const free = new Map<number, number>();
  const held = new Map<number, number>();
  const limitOf = (chat: number) => (chat === 0 ? all : chat < 0 ? group : privateChat);

  return {
    reserve(chat, atMost) {
      const now = clock();
      if (free.size + held.size > 20_000) forget(now);
      const wait = Math.max(waitFor(chat, now), waitFor(0, now), (held.get(chat) ?? 0) - now, 0);
      if (wait > atMost) return wait;
      for (const key of [chat, 0]) free.set(key, Math.max(free.get(key) ?? 0, now) + 1000 / limitOf(key).perSecond);
      return wait;
    },
    hold(chat, ms) {
      held.set(chat, Math.max(held.get(chat) ?? 0, clock() + ms));
    },
  };

  function waitFor(key: number, now: number): number {
    const { perSecond, burst } = limitOf(key);
    return (free.get(key) ?? 0) - now - ((burst - 1) * 1000) / perSecond;
  }

  function forget(now: number): void {
    for (const map of [free, held]) for (const [key, until] of map) if (until <= now) map.delete(key);
  }
}
