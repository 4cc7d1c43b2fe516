import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../../errors.ts';

/** The built page that server-rendered ones are put into, with its places; its links to assets hold at any depth. Throws where web/ is not built. */
export function readFrame(dist: string): string {
  const file = path.join(dist, 'help', 'index.html');
  if (!existsSync(file)) throw new Fault('config.invalid', `The browser code is not built: there is no ${file}.`, 'Run: npm run build');
  return readFileSync(file, 'utf8').replaceAll('="../assets/', '="/assets/');
}
