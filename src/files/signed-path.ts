import { createHmac, timingSafeEqual } from 'node:crypto';

const lastsMs = 24 * 3600_000;

/** A path that proves by itself that we gave it, until a day after `now`: `/files/…?until=…&key=…`. */
export function signPath(key: Buffer, path: string, now: number): string {
  const until = Math.floor((now + lastsMs) / 1000);
  return `${path}?until=${until}&key=${signature(key, path, until)}`;
}

/** Whether we gave this path and it still holds. */
export function isSigned(key: Buffer, path: string, { until, key: given }: { until: number; key: string }, now: number): boolean {
  const expected = Buffer.from(signature(key, path, until));
  const offered = Buffer.from(given);
  return offered.length === expected.length && timingSafeEqual(offered, expected) && until * 1000 > now;
}

function signature(key: Buffer, path: string, until: number): string {
  return createHmac('sha256', key).update(`${path} ${until}`).digest('base64url');
}
