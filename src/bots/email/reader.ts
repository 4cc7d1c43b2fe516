import type { Host } from '../../conversation/channel.ts';
import { createSourceWord } from '../../conversation/source-word.ts';
import { pause } from '../../pause.ts';
import { connectInbox, type Inbox } from './inbox.ts';
import { createLook } from './look.ts';
import { isRefused, refusedRemedy, sourceFault } from './refused.ts';
import type { Mailbox } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import type { Take } from './take.ts';

/** How often a mailbox is looked at, when silence is an alarm, the longest pause between attempts, and the server's time for a command. Milliseconds. */
export interface ReaderTimes {
  pollMs: number;
  alarmMs: number;
  mostBackoffMs: number;
  commandMs: number;
}

/** What they are outside of tests. */
export const usualTimes: ReaderTimes = { pollMs: 120_000, alarmMs: 300_000, mostBackoffMs: 30_000, commandMs: 60_000 };

/** Keeps a mailbox open and looks at it whenever there may be news, until the signal aborts; a connection that breaks is made again. */
export async function readMailbox(
  parts: { host: Host; mailbox: Mailbox; take: Take; signIn?: SignIn; times?: ReaderTimes },
  signal: AbortSignal,
): Promise<void> {
  const { host, mailbox, take, signIn, times = usualTimes } = parts;
  const source = createSourceWord(host, mailbox.address);
  const look = createLook({ host, mailbox, take, alive: tellSuccess }, signal);
  let lastSuccess = Date.now();
  let failures = 0;
  const alarm = setInterval(() => {
    const silentMs = Date.now() - lastSuccess;
    if (silentMs >= times.alarmMs)
      host.log.error(
        { mailbox: mailbox.address, minutes: Math.round(silentMs / 60_000), remedy: remedies.silent },
        'the mailbox could not be read for a while',
      );
  }, times.alarmMs / 5);
  try {
    while (!signal.aborted) {
      let inbox: Inbox | undefined;
      try {
        inbox = await connectInbox(mailbox, { signal, commandMs: times.commandMs, signIn });
        for (;;) {
          await look(inbox);
          await tellSuccess();
          await inbox.news(times.pollMs);
          if (signal.aborted) return;
        }
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        await source.fails(sourceFault(error));
        const { message } = error as Error;
        const remedy = isRefused(error) ? refusedRemedy('IMAP_URL', !mailbox.imap.pass) : undefined;
        host.log.warn({ mailbox: mailbox.address, err: message, failures, remedy }, 'mailbox not read');
      } finally {
        inbox?.close();
      }
      await pause(Math.min(times.mostBackoffMs, 250 * 2 ** Math.min(failures, 10)), signal);
    }
  } finally {
    clearInterval(alarm);
  }

  async function tellSuccess(): Promise<void> {
    lastSuccess = Date.now();
    failures = 0;
    await source.works(mailbox.imap.pass ? undefined : signIn?.endsAt());
  }
}

const remedies = {
  silent: 'Look whether the mail server runs and IMAP_URL is right: destek doctor tries it.',
};
