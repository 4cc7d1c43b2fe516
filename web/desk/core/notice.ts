import { effect } from '@preact/signals';
import type { LiveUpdate } from '../../../src/server/desk/protocol.ts';
import { createBell } from '../../widget/core/bell.ts';
import { say } from '../words.ts';
import { counts } from './lists.ts';
import { isSupervisor, me } from './me.ts';
import { settings } from './settings.ts';
import { tell } from './toast.ts';

const bell = createBell();

/** Shows in the tab's title how many wait. Returns what ends it. */
export function watchTitle(): () => void {
  return effect(() => {
    const name = me.value?.brand ? `${me.value.brand} · Destek` : 'Destek';
    const waiting = me.value ? counts.value.waiting : 0;
    document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  });
}

/** Rings for a ticket that begins to wait in one of the person's departments, unless they put it there themselves. */
export function ringFor(changes: LiveUpdate['changes']): void {
  const who = me.peek();
  if (!who || who.presence === 'away' || !settings.peek().sound) return;
  const waits = changes.some(
    ({ kind, data, agentId }) =>
      kind === 'ticket' && data.state === 'waiting' && agentId !== who.id && who.departments.includes(String(data.department)),
  );
  if (waits) bell.ring();
}

/** Tells supervisors at once of a survey that went badly. */
export function tellLowMark(changes: LiveUpdate['changes']): void {
  const low = changes.findLast(({ kind, data }) => kind === 'survey' && data.low === true);
  if (low && isSupervisor()) tell(say('low_mark', { number: String(low.data.number) }), { bad: true });
}
