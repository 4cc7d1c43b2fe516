import { pino } from 'pino';

/** Structured log: ids, counts and codes only, never a text, a name or an address of a person. */
export type Log = Pick<import('pino').Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** The process's log, one JSON line an entry on standard error (standard output belongs to commands). Level: LOG_LEVEL, default `info`. */
export function createLog(level = 'info'): Log {
  return pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { log: withoutValues } },
    pino.destination(2),
  );
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
