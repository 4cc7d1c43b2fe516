/** Work in order per key, different keys side by side. */
export type Lanes = (key: string, work: () => Promise<void>) => Promise<void>;

/** Lanes in memory. A piece of work that fails does not hold the next one up. */
export function createLanes(): Lanes {
  const ends = new Map<string, Promise<void>>();
  return (key, work) => {
    const end = (ends.get(key) ?? Promise.resolve()).then(work, work);
    ends.set(key, end);
    const settled = () => {
      if (ends.get(key) === end) ends.delete(key);
    };
    end.then(settled, settled);
    return end;
  };
}
