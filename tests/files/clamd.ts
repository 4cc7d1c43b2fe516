import { createServer, type Socket } from 'node:net';
import { virusTest } from './corpus.ts';

/** A stand-in for ClamAV's daemon that speaks its protocol over a socket and finds the virus test. */
export interface Clamd {
  url: string;
  /** Bytes that it was given, one entry a stream. */
  streams: Buffer[];
  /** What it does next: answer, be silent, or refuse as one does whose limit (`refusing-large`: 1,000 bytes) is reached. */
  mood: 'well' | 'refusing' | 'refusing-large' | 'hanging-up';
  stop(): Promise<void>;
}

export async function startClamd(): Promise<Clamd> {
  const sockets = new Set<Socket>();
  const clamd = { streams: [] as Buffer[], mood: 'well' } as Clamd;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let given = Buffer.alloc(0);
    socket.on('data', (part) => {
      given = Buffer.concat([given, part]);
      if (clamd.mood === 'hanging-up') return void socket.destroy();
      if (given.toString('latin1') === 'zPING\0') return void socket.end('PONG\0');
      const stream = readStream(given);
      if (!stream) return;
      clamd.streams.push(stream);
      const refused = clamd.mood === 'refusing' || (clamd.mood === 'refusing-large' && stream.length > 1_000);
      if (refused) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
      socket.end(stream.includes(virusTest) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clamd.url = `tcp://127.0.0.1:${(server.address() as { port: number }).port}`;
  clamd.stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return clamd;
}

/** The stream's bytes once its end (a length of zero) is there. */
function readStream(given: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 'zINSTREAM\0'.length; at + 4 <= given.length; ) {
    const length = given.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    parts.push(given.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
