import { pino } from 'pino';

/** Structured log: ids, counts and codes only, never a text, a name or an address of a person. */
export type Log = Pick<import('pino').Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** The process's log, one JSON line an entry on standard error (standard output belongs to commands). Level: LOG_LEVEL, default `info`. */
export function createLog(level = 'info'): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
