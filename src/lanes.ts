/** Work of one lane is done one after the other, in the order given; different lanes at once. What failed does not stop what comes after. */
export type Lanes = <T>(lane: string, work: () => Promise<T>) => Promise<T>;

/** Lanes in memory. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return (lane, work) => {
    const mine = (tails.get(lane) ?? Promise.resolve()).then(work, work);
    tails.set(lane, mine);
    const leave = () => {
      if (tails.get(lane) === mine) tails.delete(lane);
    };
    mine.then(leave, leave);
    return mine;
  };
}
