import { createLanes } from '../lanes.ts';
import type { Host } from './channel.ts';
import { type SourceFault, type SourceState, sourceCursor } from './source.ts';

/** Keeps how a source is, for the board, the doctor and whoever is on call. Never fails: where nothing can be kept now the next look tells. */
export interface SourceWord {
  /** A look succeeded. `endsAt`: when the consent ends, milliseconds since 1970. */
  works(endsAt?: number): Promise<void>;
  /** A look failed. */
  fails(code: SourceFault): Promise<void>;
}

/** What goes on as it was is written so often. Milliseconds. */
const everyMs = 60_000;

/** Of one source, by the one process that looks at it. */
export function createSourceWord({ cursor }: Pick<Host, 'cursor'>, name: string): SourceWord {
  const place = sourceCursor(name);
  let known: SourceState | undefined;
  const lanes = createLanes();
  const keep = (change: (before: SourceState) => SourceState | undefined) =>
    lanes(place, async () => {
      try {
        known ??= (await cursor.get<SourceState>(place)) ?? {};
        const next = change(known);
        if (!next) return;
        await cursor.set(place, next);
        known = next;
      } catch {
        known = undefined;
      }
    });
  return {
    works: (endsAt) =>
      keep(({ at = 0, fault, endsAt: before }) =>
        fault || before !== endsAt || Date.now() - at >= everyMs ? { at: Date.now(), endsAt } : undefined,
      ),
    fails: (code) =>
      keep((before) =>
        before.fault?.code === code ? undefined : { ...before, fault: { code, since: before.fault?.since ?? Date.now() } },
      ),
  };
}
