/** Work that a server must finish in time: a connection that died without a word holds nothing for ever. Rejects after `ms`, or when the signal aborts. */
export async function within<T>(ms: number, what: string, signal: AbortSignal, work: Promise<T>): Promise<T> {
  let end: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what}: no answer within ${ms} ms`)), ms);
    const abort = () => reject(new Error(`${what}: stopped`));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  // What loses the race may still fail later; nobody waits for it any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    end();
  }
}
