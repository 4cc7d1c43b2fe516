import { connect, type Socket } from 'node:net';

/** What the scanner says of some bytes; `threat`: its name for what it found; `away`: it did not answer at all, so that it would not of others either. */
export type Scanned = { scan: 'clean' } | { scan: 'infected'; threat: string } | { scan: 'not-scanned'; why: string; away: boolean };

/** A scanner's deadline for one file, milliseconds. */
const deadlineMs = 30_000;

/**
 * Asks ClamAV's daemon at CLAMD_URL (`tcp://host:3310`, `unix:/run/clamav/clamd.ctl`) over its INSTREAM command. Never throws: what cannot be asked
 * is `not-scanned`, with the reason.
 */
export async function scanBytes(url: string, bytes: Buffer): Promise<Scanned> {
  try {
    return readAnswer(await ask(url, (socket) => sendInPieces(socket, bytes)));
  } catch (error) {
    return { scan: 'not-scanned', why: (error as NodeJS.ErrnoException).code ?? (error as Error).message, away: true };
  }
}

/** Tries the scanner, for `destek doctor`: says that it answers, or throws why not. */
export async function checkScanner(url: string): Promise<string> {
  const answer = await ask(url, (socket) => socket.write('zPING\0'));
  if (answer !== 'PONG') throw new Error(`it answers “${answer.slice(0, 60)}” and not PONG`);
  return 'ClamAV answers';
}

function readAnswer(answer: string): Scanned {
  const found = /^stream: (.+) FOUND$/.exec(answer);
  if (found) return { scan: 'infected', threat: (found[1] as string).slice(0, 120) };
  return answer === 'stream: OK' ? { scan: 'clean' } : { scan: 'not-scanned', why: answer.slice(0, 120), away: false };
}

// The `z` commands end with a zero byte, and so do their answers.
function sendInPieces(socket: Socket, bytes: Buffer): void {
  socket.write('zINSTREAM\0');
  for (let at = 0; at < bytes.length; at += 256 * 1024) {
    const piece = bytes.subarray(at, at + 256 * 1024);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    socket.write(length);
    socket.write(piece);
  }
  socket.write(Buffer.alloc(4));
}

function ask(url: string, say: (socket: Socket) => void): Promise<string> {
  const { protocol, hostname, port, pathname } = new URL(url);
  const socket =
    protocol === 'unix:' ? connect(decodeURIComponent(pathname)) : connect(Number(port || 3310), hostname.replace(/^\[|\]$/g, ''));
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), deadlineMs);
    let answer = '';
    const done = () => {
      clearTimeout(timer);
      resolve(answer.replace(/\0.*$/s, '').trim());
    };
    socket.on('connect', () => say(socket));
    socket.on('data', (part) => {
      answer += part.toString('latin1');
      if (answer.includes('\0') || answer.length > 2_000) done();
    });
    socket.on('error', (error) => {
      clearTimeout(timer);
      // It may answer and hang up before it has all bytes, because they are too many for it.
      if (answer) resolve(answer.replace(/\0.*$/s, '').trim());
      else reject(error);
    });
    socket.on('close', () => (answer ? done() : reject(new Error('hung up without an answer'))));
  }).finally(() => socket.destroy());
}
