import { access, constants, mkdir } from 'node:fs/promises';
import { Fault } from '../errors.ts';

/** Makes the data folder where it is missing. Throws a Fault when it cannot be written. */
export async function makeDataDir(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
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
    EEXIST: 'there is a file of that name',
    ENOTDIR: 'there is a file of that name',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  };
  return code ? `${words[code] ?? 'the system says no'} (${code})` : message;
}
