import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log.ts';

/** SECRET_KEY, or the one kept in DATA_DIR/secret.key (0600), made at the first start. */
export async function readSecretKey(given: string | undefined, dataDir: string, log: Log): Promise<string> {
  if (given) return given;
  const file = path.join(dataDir, 'secret.key');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept?.trim()) return kept.trim();
  const made = randomBytes(32).toString('hex');
  await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
  log.warn({ file }, 'made a secret key: back this file up, without it sealed data cannot be read');
  return made;
}
