import type { Host, Position } from '../../conversation/channel.ts';
import { formatUpdate } from './parse.ts';
import type { Update } from './protocol.ts';
import { showFiles } from './show-files.ts';
import type { ChatSocket, Visit } from './visit.ts';

const retryMs = 1_000;

/**
 * Brings a tab up to date from `start` on, with `first` in the first update. One run at a time and in order: what is emitted follows the cursor,
 * so a tab that keeps the last cursor it got has everything below it.
 */
export function createPump(
  socket: ChatSocket,
  host: Host,
  address: string,
  start: Position | undefined,
  first: Omit<Update, 'messages' | 'cursor' | 'more' | 'state'>,
): Visit['pump'] {
  let position = start;
  let running = false;
  let again = false;
  let greeting: typeof first | undefined = first;
  let lastState = '';
  return async function pump(upTo?: Position): Promise<void> {
    if (
      upTo &&
      position &&
      (position.conversation > upTo.conversation || (position.conversation === upTo.conversation && position.seq >= upTo.seq))
    )
      return;
    again = true;
    if (running) return;
    running = true;
    try {
      while (again && socket.connected !== false) {
        again = false;
        const reading = await host.read(address, position);
        const update: Update = { ...formatUpdate(reading, showFiles(host, reading.state.language)), ...greeting };
        const state = JSON.stringify(update.state);
        if (update.messages.length === 0 && state === lastState) continue;
        position = reading.position;
        lastState = state;
        greeting = undefined;
        socket.emit('update', update);
        // A long history comes in pages.
        if (reading.more) again = true;
      }
    } catch (error) {
      host.log.warn({ err: (error as Error).message }, 'tab not brought up to date');
      // Nobody would tell this tab again of what it missed.
      setTimeout(() => socket.connected && void pump(), retryMs).unref();
    } finally {
      running = false;
    }
  };
}
