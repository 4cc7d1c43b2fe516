import { spawn } from 'node:child_process';
import process from 'node:process';

/** A system account, by its numbers. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * The environment of PostgreSQL's programs: nothing of ours, so that no PG… variable and no language of the machine changes what they do.
 * Their messages are read, hence C.
 */
export const plainEnv = { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`, LC_ALL: 'C', TZ: 'UTC' };

/** Runs a program to its end, as another account where one is given. `code` is undefined when it could not be started or was killed. */
export function runAs(
  account: Account | undefined,
  file: string,
  args: string[],
  input = '',
): Promise<{ code: number | undefined; output: string }> {
  return new Promise((resolve) => {
    // The current folder may be one that the account cannot enter.
    const child = spawn(file, args, { ...account, cwd: '/', env: plainEnv });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: undefined, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? undefined, output: output.trim() }));
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
