import type { Host } from '../../conversation/channel.ts';
import type { SourceFault } from '../../conversation/source.ts';
import { createSourceWord } from '../../conversation/source-word.ts';
import { readFailure } from './failure.ts';

/** Keeps whether updates come, of the one process that receives them. Never fails. */
export interface UpdatesWord {
  works(): Promise<void>;
  /** A call failed with that, or a look found that. Our own store's troubles say nothing of Telegram. */
  fails(found: unknown): Promise<void>;
}

/** The other program asks now and then, and in between we succeed: it has gone when nothing was seen of it for so long. Milliseconds. */
const takenMs = 120_000;

/** The bot as people read of it: its server and its number there. `root`: another server than Telegram's. */
export function nameOfBot(token: string, root = 'https://api.telegram.org'): string {
  return `${new URL(root).host}/${token.split(':')[0]}`;
}

/** `name`: see `nameOfBot`. */
export function createUpdatesWord(host: Pick<Host, 'cursor'>, name: string): UpdatesWord {
  const source = createSourceWord(host, name);
  let taken = Number.NEGATIVE_INFINITY;
  return {
    async works() {
      if (Date.now() - taken >= takenMs) await source.works();
    },
    async fails(found) {
      const code = faultOf(found);
      if (code === 'taken') taken = Date.now();
      if (code) await source.fails(code);
    },
  };
}

function faultOf(found: unknown): SourceFault | undefined {
  if (found === 'taken' || found === 'unreached') return found;
  switch (readFailure(found).kind) {
    case 'conflict':
      return 'taken';
    case 'token':
      return 'refused';
    case 'bug':
      return undefined;
    default:
      return 'away';
  }
}
