import { countAskedTopics } from '../../conversation/asked-topics.ts';
import type { Log } from '../../log.ts';
import type { Db } from '../../store/connection.ts';

/** Sorts ids of topics, the most asked first; those of which the record says nothing as `expected` has them, then as they come. */
export type MostAsked = (ids: string[], expected: string[]) => string[];

const freshMs = 300_000;

/** Counts what is asked from the record: at the start, then at most every five minutes, and never while somebody waits for it. */
export function createMostAsked({ db, log }: { db: Db; log: Log }): MostAsked {
  let counts = new Map<string, number>();
  let nextAt = 0;
  count();
  return (ids, expected) => {
    if (performance.now() > nextAt) count();
    const place = (id: string) => (expected.includes(id) ? expected.indexOf(id) : expected.length);
    return [...ids].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || place(a) - place(b));
  };

  function count(): void {
    nextAt = performance.now() + freshMs;
    countAskedTopics(db).then(
      (counted) => {
        counts = counted;
      },
      (error: Error) => log.warn({ err: error.message }, 'topics not counted'),
    );
  }
}
