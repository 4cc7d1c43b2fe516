import type { Chore } from '../delivery/clock.ts';
import { keepChecked } from '../delivery/health.ts';
import { checkInvariants } from '../delivery/invariants.ts';
import { sweep } from '../delivery/sweep.ts';
import { forgetFiles } from '../files/forget.ts';
import { rescanFiles } from '../files/rescan.ts';
import { handoffInvariants } from '../handoff/invariants.ts';
import { repairLine } from '../handoff/line/repair-line.ts';
import { createOutageLook } from '../handoff/staff/outages.ts';
import type { Ground } from './ground.ts';
import type { People } from './people.ts';
import type { Pipes } from './pipes.ts';

/** What one process among all does again and again. */
export function choresOf(ground: Ground, { queues, channels }: Pipes, { line, timely, desk, acts }: People): Chore[] {
  const { db, place, secret, log } = ground;
  const knowledge = () => ground.known.current().knowledge;
  const clamdUrl = ground.config.CLAMD_URL;
  const pipes = ['turns', ...channels.map(({ name }) => `deliveries-${name}`)];
  const departments = () => knowledge().departments.map(({ id }) => id);
  return [
    { name: 'files', everyMs: 60_000, run: () => forgetFiles({ db, place, ...knowledge().desk.retention }) },
    ...(clamdUrl ? [{ name: 'scan', everyMs: 60_000, run: () => rescanFiles({ db, place, secret, clamdUrl, log }) }] : []),
    { name: 'sweep', everyMs: 3_000, run: () => sweep({ db, queues, log }) },
    ...timely.chores,
    { name: 'outages', everyMs: 5_000, run: createOutageLook({ db, queues, log, channels, onCall: () => knowledge().desk.onCall }) },
    { name: 'presence', everyMs: 5_000, run: desk.returnOfGone },
    { name: 'acts', everyMs: 2_000, run: acts.lookAtClock },
    { name: 'line', everyMs: 10_000, run: () => repairLine(db, line, departments(), log) },
    {
      name: 'invariants',
      everyMs: 60_000,
      run: async () => keepChecked(db, queues, pipes, await checkInvariants(db, log, handoffInvariants)),
    },
  ];
}
