import { TelegramError } from 'telegraf';
import { pause } from '../../pause.ts';
import type { Call } from './client.ts';
import { readFailure } from './failure.ts';

/** The bytes of a file of Telegram's; undefined where Telegram does not give them. */
export type Download = (id: string) => Promise<Buffer | undefined>;

/** Told again after so long where it fails; then the file is done without, for what the person wrote beside it must not wait. Milliseconds. */
const again = [500, 2_000];
const withinMs = 60_000;

/** Downloads from the Bot API. `root`: another server than api.telegram.org. */
export function createDownload(call: Call, token: string, root = 'https://api.telegram.org'): Download {
  return async (id) => {
    for (const [tries, waitMs] of [...again, 0].entries()) {
      try {
        const { file_path } = await call('getFile', { file_id: id });
        if (!file_path) return undefined;
        const response = await fetch(`${root.replace(/\/+$/, '')}/file/bot${token}/${file_path}`, {
          signal: AbortSignal.timeout(withinMs),
        });
        if (response.ok) return Buffer.from(await response.arrayBuffer());
        // What is not there now comes no more.
        if (response.status === 404 || response.status === 403) return undefined;
      } catch (error) {
        // A wrong id, or larger than bots may have.
        if (error instanceof TelegramError && readFailure(error).kind === 'bug') return undefined;
      }
      if (tries < again.length) await pause(waitMs);
    }
    return undefined;
  };
}
