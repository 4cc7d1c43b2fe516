import type { Host } from '../../conversation/channel.ts';
import { createSourceWord } from '../../conversation/source-word.ts';
import { pause } from '../../pause.ts';
import { within } from './deadline.ts';
import type { ReaderTimes } from './reader.ts';
import { sourceFault } from './refused.ts';
import type { SignIn } from './sign-in.ts';
import { openSmtp } from './smtp.ts';

/** What a server that mail goes out by is called where people read of it: its own name, and ours there. */
export function nameOfServer(smtpUrl: string): string {
  const { host, username } = new URL(smtpUrl);
  return [host, decodeURIComponent(username)].filter(Boolean).join('/');
}

/**
 * Looks until the signal aborts whether mail can go out by a server, although none may have to: signs in, and sends nothing. Else an expired sign-in
 * would be found by the first answer that does not arrive.
 */
export async function watchSending(
  parts: { host: Host; smtpUrl: string; signIn?: SignIn; times: ReaderTimes },
  signal: AbortSignal,
): Promise<void> {
  const { host, smtpUrl, signIn, times } = parts;
  const source = createSourceWord(host, nameOfServer(smtpUrl));
  const smtp = openSmtp(smtpUrl, signIn);
  try {
    while (!signal.aborted) {
      try {
        await within(times.commandMs, 'sign in', signal, smtp.verify());
        await source.works();
        // Less often than a mailbox is looked at, and twice before silence is an alarm.
        await pause(2 * times.pollMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        await source.fails(sourceFault(error));
        host.log.warn({ server: nameOfServer(smtpUrl), err: (error as Error).message }, 'mail cannot go out');
        await pause(times.mostBackoffMs, signal);
      }
    }
  } finally {
    smtp.close();
  }
}
