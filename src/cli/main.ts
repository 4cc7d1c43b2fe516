import process from 'node:process';
import { call } from './call.ts';

// Whoever reads along has had enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(141);
  throw error;
});

process.exitCode = (await call(process.argv.slice(2), { out: process.stdout, err: process.stderr })) ?? process.exitCode;
