import { type Signal, useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { paced } from '../core/paced.ts';
import { asRefused, type Refused } from '../core/refused.ts';

/** Something of the server's on a page: the last answer, or why there is none. */
export interface Fetched<T> {
  value: Signal<T | undefined>;
  problem: Signal<Refused | undefined>;
  /** Fetches it again, soon. */
  again(): void;
}

/** Fetches something when a page opens, when `keys` change and, where `everyMs` is given, again and again while the page is looked at. */
export function useFetched<T>(ask: () => Promise<T>, keys: unknown[] = [], everyMs?: number): Fetched<T> {
  const value = useSignal<T | undefined>(undefined);
  const problem = useSignal<Refused | undefined>(undefined);
  const asked = useRef(0);
  const latest = useRef(ask);
  latest.current = ask;
  const run = useCallback(async () => {
    asked.current += 1;
    const turn = asked.current;
    try {
      const got = await latest.current();
      if (turn !== asked.current) return;
      value.value = got;
      problem.value = undefined;
    } catch (error) {
      if (turn === asked.current) problem.value = asRefused(error);
    }
  }, []);
  const again = useRef(paced(run, 500)).current;
  useEffect(() => void run(), keys);
  useEffect(() => {
    if (!everyMs) return;
    const timer = setInterval(() => document.hidden || again(), everyMs);
    return () => clearInterval(timer);
  }, []);
  return { value, problem, again };
}
