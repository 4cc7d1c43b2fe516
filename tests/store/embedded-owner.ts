// A Destek of its own for the tests: starts the database in the folder it is told, prints the address or the fault, stops on SIGTERM.
import process from 'node:process';
import { isFault } from '../../src/errors.ts';
import { startEmbedded } from '../../src/store/embedded.ts';

const lines: string[] = [];
const note = (_fields: unknown, message?: string) => void lines.push(message ?? String(_fields));
const log = { debug: note, info: note, warn: note, error: note };

try {
  const server = await startEmbedded({ dataDir: process.argv[2] ?? '', log });
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  console.log(JSON.stringify({ url: server.url, lines }));
} catch (error) {
  console.log(JSON.stringify({ code: isFault(error) ? error.code : 'unexpected', message: String(error) }));
  process.exit(1);
}
