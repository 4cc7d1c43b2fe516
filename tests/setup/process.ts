import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { until } from './until.ts';

/** `destek start` as a process of its own, that can be killed, frozen and started again with the same settings. */
export interface DestekProcess {
  /** Where it listens; the same after a new start. */
  url: string;
  pid(): number;
  /** SIGKILL, and gone when this resolves. */
  kill(): Promise<void>;
  freeze(): void;
  resume(): void;
  /** Starts it again after a kill; resolves when it is ready. Milliseconds that took. */
  start(): Promise<number>;
  /** The end, whatever state it is in. */
  end(): Promise<void>;
  /** What it wrote to standard error, for failures. */
  log(): string;
}

const bin = path.join(import.meta.dirname, '../../bin/destek');

/** Starts `bin/destek start` with these settings and nothing else of ours; resolves when it is ready. */
export async function startProcess(env: Record<string, string>): Promise<DestekProcess> {
  const settings: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
  let child: ChildProcess;
  let said = '';
  let log = '';
  const start = async () => {
    const started = Date.now();
    said = '';
    child = spawn(bin, ['start'], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (data) => (said += data));
    child.stderr?.on('data', (data) => (log = (log + data).slice(-20_000)));
    await until(() => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`destek ended while starting: ${log}`);
      return said.includes('Destek is ready.');
    }, 90_000);
    return Date.now() - started;
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  const url = /http:\/\/\S+?(?=\/\s)/.exec(said)?.[0] ?? '';
  if (url) settings.PORT = new URL(url).port;
  return {
    url,
    start,
    kill,
    end: kill,
    pid: () => child.pid ?? 0,
    freeze: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    log: () => log,
  };
}
