import process from 'node:process';
import { startApp } from './app.ts';
import { misspeltSettings } from './cli/misspelt-settings.ts';
import { loadEnvFile, readConfig } from './config.ts';
import { isFault } from './errors.ts';
import { createLog } from './log.ts';

/** Settings to running app, and signals to its end. Prints where it is reached; a fault is one message and exit code 1. */
export async function main(): Promise<void> {
  try {
    loadEnvFile();
    const config = readConfig();
    const log = createLog(config.LOG_LEVEL);
    const starting = startApp(config, log);
    stopOnSignal(starting);
    const app = await starting;
    print(app);
  } catch (error) {
    console.error(isFault(error) ? `destek: ${error.message}` : error);
    process.exit(1);
  }
}

function print(app: Awaited<ReturnType<typeof startApp>>): void {
  const lines = ['Destek is ready.'];
  if (app.url)
    lines.push(
      `  Chat and help  ${app.url}/`,
      `  Desk           ${app.url}/desk`,
      `  Health         ${app.url}/healthz  ${app.url}/readyz  ${app.url}/metrics`,
      `  API            ${app.url}/docs`,
    );
  lines.push(...app.channels.map(({ label, setting, on }) => `  ${label.padEnd(14)} ${on ? 'on' : `off; set ${setting} to turn it on`}`));
  lines.push(...misspeltSettings().map((said) => `  ${said}`));
  if (app.firstRunLink)
    lines.push(
      '',
      'Nobody can sign in to the desk yet. Open this link within an hour to become its first supervisor:',
      `  ${app.firstRunLink}`,
    );
  console.log(lines.join('\n'));
}

function stopOnSignal(starting: ReturnType<typeof startApp>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (stopping) process.exit(130);
      stopping = true;
      console.error('Stopping (once more to stop at once).');
      // Whatever hangs, the operator gets the prompt back; what is owed is picked up at the next start.
      setTimeout(() => process.exit(1), 9_500).unref();
      const app = await starting.catch(() => undefined);
      await app?.stop((what) => console.error(`  waiting for ${what}`));
      process.exit(0);
    });
  }
}
