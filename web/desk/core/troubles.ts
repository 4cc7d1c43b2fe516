import { effect, signal } from '@preact/signals';
import type { BoardTrouble } from '../../../src/server/desk/board-protocol.ts';
import { nameOf, say } from '../words.ts';
import { get } from './call.ts';
import { isSupervisor } from './me.ts';
import { moment } from './times.ts';

/** Channels that are out and consents that end soon, for supervisors; empty for others. */
export const troubles = signal<BoardTrouble[]>([]);

const everyMs = 30_000;

/** Asks now and again and again, while a supervisor is signed in. What cannot be asked stays as it was. */
export function watchTroubles(): void {
  const ask = async () => {
    if (isSupervisor() && !document.hidden) troubles.value = await get<BoardTrouble[]>('troubles').catch(() => troubles.peek());
  };
  effect(() => {
    if (isSupervisor()) void ask();
    else troubles.value = [];
  });
  setInterval(() => void ask(), everyMs);
  document.addEventListener('visibilitychange', () => void ask());
}

/** One of them in words. */
export function sayTrouble({ channel, name, code, since, days = 0 }: BoardTrouble): string {
  const what = { channel: nameOf('channel', channel), name };
  return code === 'ends' ? say('trouble_ends', { ...what, count: days }) : say(`trouble_${code}`, { ...what, time: moment(since ?? '') });
}
