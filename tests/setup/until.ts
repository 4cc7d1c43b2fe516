/** Waits until a question has a truthy answer; fails where it has none that was asked after `withinMs` (default 10 s): who stood still asks once more. */
export async function until<T>(ask: () => T | Promise<T>, withinMs = 10_000): Promise<NonNullable<T>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const last = performance.now() > end;
    const answer = await ask();
    if (answer) return answer as NonNullable<T>;
    if (last) throw new Error(`not within ${withinMs} ms: ${ask.toString().slice(0, 200)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
