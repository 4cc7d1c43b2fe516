import { effect } from '@preact/signals';
import type { LiveUpdate } from '../../../src/server/desk/protocol.ts';
import { createBell } from '../../widget/core/bell.ts';
import { say } from '../words.ts';
import { counts } from './lists.ts';
import { isSupervisor, me } from './me.ts';
import { newsFor } from './news.ts';
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

/** Rings for what is news to the person: a ticket waits in one of their departments or is given to them, a deadline passed. */
export function ringFor(changes: LiveUpdate['changes']): void {
  const who = me.peek();
  if (!who || who.presence === 'away' || !settings.peek().sound) return;
  if (newsFor(who, changes, []).length > 0) bell.ring();
}

/** Reminds whoever has the ticket of a call whose hour has come. */
export function tellCallDue(changes: LiveUpdate['changes']): void {
  const due = changes.findLast(({ data }) => data.act === 'call-back-due' && data.assigneeId === me.peek()?.id);
  if (!due) return;
  tell(say('call_due_told', { number: String(due.data.number) }), { bad: true });
  if (settings.peek().sound) bell.ring();
}

/** Tells supervisors at once of a survey that went badly. */
export function tellLowMark(changes: LiveUpdate['changes']): void {
  const low = changes.findLast(({ kind, data }) => kind === 'survey' && data.low === true);
  if (low && isSupervisor()) tell(say('low_mark', { number: String(low.data.number) }), { bad: true });
}
