import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../errors.ts';
import { makeFolder } from './make-folder.ts';

/** Makes the data folder where it is missing. Throws a Fault when it cannot be written. */
export async function makeDataDir(dir: string): Promise<void> {
  try {
    await makeFolder(path.resolve(dir), 0o700);
    await access(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Fault(
      'data-dir.unwritable',
      `The data folder ${dir} cannot be written: ${why(error as NodeJS.ErrnoException)}.`,
      'Give this account the right to write there, or set DATA_DIR to another folder.',
    );
  }
}

function why({ code, message }: NodeJS.ErrnoException): string {
  const words: Record<string, string> = {
    EACCES: 'this account may not',
    EPERM: 'this account may not',
    ENOENT: 'no folder can be made there',
    EEXIST: 'there is a file of that name',
    ENOTDIR: 'there is a file of that name',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  };
  return code ? `${words[code] ?? 'the system says no'} (${code})` : message;
}
