import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Makes a folder and its missing parents with that mode, whatever the umask; folders that exist keep theirs. */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  for (let each = folder; first && each.length >= first.length; each = path.dirname(each)) await chmod(each, mode);
}
