/** Runs a task at once, then at most once in `everyMs` however often it is asked for; never twice at a time, and always once more after the last wish. */
export function paced(task: () => Promise<unknown>, everyMs: number): () => void {
  let state: 'idle' | 'planned' | 'running' | 'again' = 'idle';
  let last = Number.NEGATIVE_INFINITY;
  const ask = () => {
    if (state === 'running') state = 'again';
    if (state !== 'idle') return;
    state = 'planned';
    setTimeout(() => void run(), Math.max(0, last + everyMs - performance.now()));
  };
  const run = async () => {
    state = 'running';
    last = performance.now();
    await task().catch(() => undefined);
    const wished = (state as string) === 'again';
    state = 'idle';
    if (wished) ask();
  };
  return ask;
}
