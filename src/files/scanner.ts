import type { Log } from '../log.ts';
import { type Scanned, scanBytes } from './scan.ts';

/** A scanner that is away is left alone for so long, milliseconds: else every file would wait for its deadline. */
const restMs = 30_000;

/**
 * Scans files as they come in, by the scanner at `clamdUrl`; without one nothing is scanned. Never throws: what could not be scanned is kept all the same
 * and looked at again later (rescan.ts), as a scanner that is away must not cost anybody their documents.
 */
export function createScanner(clamdUrl: string | undefined, log: Log): (bytes: Buffer) => Promise<Scanned> {
  let awayUntil = 0;
  return async (bytes) => {
    if (!clamdUrl || Date.now() < awayUntil) return { scan: 'not-scanned', why: 'away', away: true };
    const scanned = await scanBytes(clamdUrl, bytes);
    if (scanned.scan !== 'not-scanned') return scanned;
    if (scanned.away) awayUntil = Date.now() + restMs;
    log.warn({ why: scanned.why }, 'a file could not be scanned for viruses');
    return scanned;
  };
}
