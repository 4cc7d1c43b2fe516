import type { Host } from '../../conversation/channel.ts';
import { type SourceState, sourceCursor } from '../../conversation/source.ts';
import { isFault } from '../../errors.ts';
import { isRefused } from './refused.ts';

/** Keeps how a source is, for the board, the doctor and whoever is on call. Never fails: where nothing can be kept now the next look tells. */
export interface SourceWord {
  /** A look succeeded. `endsAt`: when the consent ends, milliseconds since 1970. */
  works(endsAt?: number): Promise<void>;
  /** A look failed, with this error. */
  fails(error: unknown): Promise<void>;
}

/** What goes on as it was is written so often. Milliseconds. */
const everyMs = 60_000;

/** Of one source, by the one process that looks at it. */
export function createSourceWord(host: Host, name: string): SourceWord {
  const cursor = sourceCursor(name);
  let known: SourceState | undefined;
  const keep = async (change: (before: SourceState) => SourceState | undefined) => {
    try {
      known ??= (await host.cursor.get<SourceState>(cursor)) ?? {};
      const next = change(known);
      if (!next) return;
      await host.cursor.set(cursor, next);
      known = next;
    } catch {
      known = undefined;
    }
  };
  return {
    works: (endsAt) =>
      keep(({ at = 0, fault, endsAt: before }) =>
        fault || before !== endsAt || Date.now() - at >= everyMs ? { at: Date.now(), endsAt } : undefined,
      ),
    fails: (error) =>
      keep((before) => {
        const code = codeOf(error);
        return before.fault?.code === code ? undefined : { ...before, fault: { code, since: before.fault?.since ?? Date.now() } };
      }),
  };
}

/** Either the server does not let us in, or whoever gives us tokens for it does not. */
function codeOf(error: unknown): 'refused' | 'away' {
  return (isFault(error) ? error.code === 'config.invalid' : isRefused(error)) ? 'refused' : 'away';
}
