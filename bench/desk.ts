// `npm run bench:desk`: how long from a contact's message to the desks of all agents, while all of them are open. bench/README.md says how to read it.
import os from 'node:os';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { openDesks } from './desk/desks.ts';
import { openStage } from './desk/stage.ts';

const option = (name: string, otherwise: number) => {
  const given = process.argv.find((each) => each.startsWith(`--${name}=`));
  return given ? Number(given.split('=')[1]) : otherwise;
};
const agents = option('agents', 70);
const perSecond = option('rate', 6);
const seconds = option('seconds', 60);
const tickets = option('tickets', 140);

console.log(`${os.cpus().length} cores, load ${os.loadavg()[0]?.toFixed(1)} at the start`);
const stage = await openStage(agents, tickets);
try {
  const desks = await openDesks(stage);
  await pause(2_000);
  const cpu = process.cpuUsage();
  const [first] = [performance.now()];
  // At a steady pace, whatever comes back: a slow desk does not slow the contacts.
  for (let n = 0; n < perSecond * seconds; n += 1) {
    await pause(Math.max(0, first + (n * 1_000) / perSecond - performance.now()));
    void stage.write(n);
  }
  await pause(5_000);
  const { told, drawn, missing } = desks.measured();
  const used = process.cpuUsage(cpu);
  const load = (used.user + used.system) / 1_000 / (performance.now() - first);
  console.log(`${agents} desks, ${tickets} open tickets, ${perSecond} messages/s for ${seconds} s (${perSecond * seconds} messages)`);
  console.log(`told over the socket:      p50 ${at(told, 0.5)}, p95 ${at(told, 0.95)}, longest ${at(told, 1)}   (${told.length} times)`);
  console.log(
    `line fetched at the desk:  p50 ${at(drawn, 0.5)}, p95 ${at(drawn, 0.95)}, longest ${at(drawn, 1)}   (${drawn.length} times)`,
  );
  console.log(`never came: ${missing}; CPU of Node (server and all desks in one process): ${(load * 100).toFixed(0)} % of a core`);
  desks.close();
} finally {
  await stage.close();
}

function at(values: number[], share: number): string {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return value === undefined ? '–' : `${value.toFixed(0)} ms`;
}
