/** Lets at most so many works run at once; the others wait in order. */
export function createTurnstile(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place passes from hand to hand: nobody who comes now is before those who wait.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
