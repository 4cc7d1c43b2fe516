import process from 'node:process';
import { pino } from 'pino';
import { type PrettyOptions, build as pretty } from 'pino-pretty';

/** Structured log: ids, counts and codes only, never a text, a name or an address of a person. */
export type Log = Pick<import('pino').Logger, 'debug' | 'info' | 'warn' | 'error'>;

/**
 * The process's log on standard error (standard output belongs to commands): one JSON line an entry, or words where a person reads it at a terminal.
 * Level: LOG_LEVEL, default `info`.
 */
export function createLog(level = 'info'): Log {
  return pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { log: withoutValues } },
    process.stderr.isTTY ? forPeople(2) : pino.destination(2),
  );
}

/** Entries as `08:12:40 WARN: made a secret key {"file":"…"}`. `destination`: a file's number, or a stream. */
export function forPeople(destination: NonNullable<PrettyOptions['destination']>): ReturnType<typeof pretty> {
  return pretty({ destination, sync: true, singleLine: true, translateTime: 'SYS:HH:MM:ss', colorize: false });
}

/** Fields without the values of a failed statement: drizzle's errors end with its parameters, and among them are what people wrote. */
export function withoutValues(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/^(.*Failed query: [\s\S]*?)\nparams: [\s\S]*?(?=\n {4}at |$)/, '$1') : value,
    ]),
  );
}
