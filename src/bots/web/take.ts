import type { Host } from '../../conversation/channel.ts';
import { isFault } from '../../errors.ts';
import { createBuckets } from './bucket.ts';
import { namedFiles, parseOutgoing } from './parse.ts';
import type { Acknowledgement } from './protocol.ts';
import type { Visit } from './visit.ts';

/** Makes what a tab sends durable, and says what became of it; never rejects. `wake`: other tabs of the visitor show it too. */
export function createTake(host: Host, wake: (address: string) => void): (given: unknown, from: Visit) => Promise<Acknowledgement> {
  const messages = createBuckets(12, 1);

  return async (given, visit) => {
    const { address, language, contact } = visit;
    const waitMs = messages.take(address);
    if (waitMs > 0) return { ok: false, code: 'rate.limited', message: host.words(language, 'web:slow_down'), retryAfterMs: waitMs };
    try {
      const { message, files } = parseOutgoing(given);
      if (files.length > 0) message.attachments = namedFiles(files, await host.files.find(files, { address }));
      const receipt = await host.receive({ event: 'message', address, contact: { ...contact, language }, message });
      await describe(visit);
      wake(address);
      return { ok: true, text: receipt.text ?? '' };
    } catch (error) {
      if (isFault(error) && error.status < 500)
        return { ok: false, code: error.code, message: host.words(language, `web:fault_${error.code.replace(/\W/g, '_')}`) };
      host.log.error({ err: (error as Error).message }, 'message not stored');
      return { ok: false, code: 'store.unavailable', message: host.words(language, 'web:fault_store_unavailable'), retryAfterMs: 2_000 };
    }
  };

  // The message is kept, and made the contact where they are new. What they said of themselves comes again with the next connection.
  async function describe(visit: Visit): Promise<void> {
    const { address, about } = visit;
    visit.about = undefined;
    if (about)
      await host
        .receive({ event: 'about', address, about })
        .catch((error: Error) => host.log.warn({ err: error.message }, 'about the contact not kept'));
  }
}
