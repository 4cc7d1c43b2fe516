import type { BoardHealth, BoardTrouble } from '../../../src/server/desk/board-protocol.ts';
import { now } from '../core/clock.ts';
import { clockTime, span } from '../core/times.ts';
import { sayTrouble } from '../core/troubles.ts';
import { Icon } from '../view/icon.tsx';
import { nameOf } from '../words.ts';
import { nameOfCode, word } from './words.ts';

interface Fact {
  text: string;
  bad: boolean;
}

// The clock checks every minute; thrice that without a check is a fault of its own.
const lateMs = 180_000;

/** Invariants, deliveries, what lies aside, who reads the channels and which are out: calm where all is well, each fault with its number. */
export function BoardHealthList({ health }: { health: BoardHealth }) {
  const facts = [...checks(health), ...pipes(health), ...readers(health), ...health.troubles.map(asFact)];
  return (
    <ul class="facts">
      {facts.map(({ text, bad }) => (
        <li key={text} class={bad ? 'bad' : ''}>
          <Icon name={bad ? 'fault' : 'check'} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

function checks({ checkedAt, invariants }: BoardHealth): Fact[] {
  if (!checkedAt) return [{ text: word('not_checked'), bad: false }];
  const late = now.value - Date.parse(checkedAt) > lateMs;
  const broken = invariants.filter(({ count }) => count > 0);
  return [
    ...(late ? [{ text: word('check_late', { time: clockTime(checkedAt) }), bad: true }] : []),
    ...(broken.length === 0
      ? [{ text: word('invariants_hold', { count: invariants.length, time: clockTime(checkedAt) }), bad: false }]
      : []),
    ...broken.map(({ name, count }) => ({ text: word('invariant_broken', { what: nameOfCode('invariant', name), count }), bad: true })),
  ];
}

function pipes({ undelivered, stuck, aside }: BoardHealth): Fact[] {
  const failed = stuck.filter(({ count }) => count > 0);
  return [
    { text: word('undelivered', { failed: undelivered.failed, uncertain: undelivered.uncertain }), bad: undelivered.failed > 0 },
    ...failed.map(({ name, count }) => ({ text: word('stuck', { name, count }), bad: true })),
    ...aside.map(({ channel, name, count }) => ({ text: word('aside', { channel: nameOf('channel', channel), name, count }), bad: true })),
    ...(failed.length === 0 && aside.length === 0 ? [{ text: word('nothing_aside'), bad: false }] : []),
  ];
}

function asFact(trouble: BoardTrouble): Fact {
  return { text: sayTrouble(trouble), bad: true };
}

function readers({ readers: all }: BoardHealth): Fact[] {
  return all.map(({ channel, name, held, at }) => {
    const what = { channel: nameOf('channel', channel), name };
    if (!held) return { text: word('reader_lost', what), bad: true };
    return { text: at ? word('reader_read', { ...what, time: span(now.value - Date.parse(at)) }) : word('reader_held', what), bad: false };
  });
}
