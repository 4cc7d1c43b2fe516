/** A limit by name: `burst` at once, refilled at `perSecond`. */
export interface Buckets {
  /** Milliseconds to wait, 0 where it may go now (and one is taken). */
  take(name: string): number;
}

/** Token buckets in memory, forgotten when full again. `clock`: milliseconds that never go back (a wall clock does, and would shut everybody out). */
export function createBuckets(burst: number, perSecond: number, clock: () => number = () => performance.now()): Buckets {
  const levels = new Map<string, { left: number; at: number }>();
  return {
    take(name) {
      const now = clock();
      if (levels.size > 10_000) forget(now);
      const known = levels.get(name) ?? { left: burst, at: now };
      const left = Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond);
      const taken = left >= 1;
      levels.set(name, { left: taken ? left - 1 : left, at: now });
      return taken ? 0 : Math.ceil(((1 - left) / perSecond) * 1000);
    },
  };

  function forget(now: number): void {
    for (const [name, { left, at }] of levels) if (left + ((now - at) / 1000) * perSecond >= burst) levels.delete(name);
  }
}
