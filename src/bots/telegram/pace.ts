/** How fast messages may go out. */
export interface Pace {
  /** Milliseconds until a message to that chat may go out. 0 to `atMost`: the place is taken, wait so long and send. More: nothing is taken, come back later. */
  reserve(chat: Chat, atMost: number): number;
  /** Telegram asked to leave that chat alone for so long. */
  hold(chat: Chat, ms: number): void;
  /** Milliseconds until the limit over all is wholly free and that chat need not be left alone: what may wait, or be left out, goes only at 0. */
  busy(chat: Chat): number;
}

/** A chat by its number, or a public one by its name, `@brand`. */
type Chat = number | string;

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
  const free = new Map<Chat, number>();
  const held = new Map<Chat, number>();
  const limitOf = (chat: Chat) => (chat === 0 ? all : typeof chat === 'string' || chat < 0 ? group : privateChat);

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
    busy: (chat) => Math.max(0, (free.get(0) ?? 0) - clock(), (held.get(chat) ?? 0) - clock()),
  };

  function waitFor(key: Chat, now: number): number {
    const { perSecond, burst } = limitOf(key);
    return (free.get(key) ?? 0) - now - ((burst - 1) * 1000) / perSecond;
  }

  function forget(now: number): void {
    for (const map of [free, held]) for (const [key, until] of map) if (until <= now) map.delete(key);
  }
}
