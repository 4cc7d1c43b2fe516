import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Host, Position } from '../../conversation/channel.ts';
import { createAdmit } from './admit.ts';
import { createBuckets } from './bucket.ts';
import { formatUpdate, parseCursor } from './parse.ts';
import type { Update } from './protocol.ts';
import { showFiles } from './show-files.ts';
import { roomOf, wakeTabs } from './tabs.ts';
import { createTake } from './take.ts';
import { createTranscripts } from './transcript.ts';
import type { ChatServer } from './visit.ts';

/** Socket.IO for the chat on the HTTP server: connects tabs to the record. `secret`: what host pages sign identities with. */
export function attachSocket(http: HttpServer, host: Host, secret: string | undefined): ChatServer {
  const io: ChatServer = new Server(http, {
    path: '/chat/socket',
    transports: ['websocket'],
    maxHttpBufferSize: 1_000_000,
    serveClient: false,
    pingInterval: 20_000,
    pingTimeout: 15_000,
  });
  const admit = createAdmit(host, secret);
  const take = createTake(host, (address) => wakeTabs(io, address));
  const typings = createBuckets(2, 0.5);
  // A tab asks when it is looked at again; each answer may be a whole history. One that asks without end is not answered until it connects anew.
  const questions = createBuckets(20, 1);
  const endings = createBuckets(20, 1);
  const mailTranscript = createTranscripts(host);

  io.use((socket, next) =>
    admit(socket).then((visit) => {
      socket.data = visit;
      next();
    }, next),
  );

  io.on('connection', (socket) => {
    socket.join(roomOf(socket.data.address));
    void socket.data.pump();
    socket.on('message', async (given, acknowledge) => {
      if (typeof acknowledge !== 'function') return;
      acknowledge(await take(given, socket.data));
    });
    socket.on('resume', async (after, acknowledge) => {
      if (typeof acknowledge !== 'function' || questions.take(socket.id) > 0) return;
      const update = await read(parseCursor(after), socket.data.address);
      if (update) acknowledge(update);
    });
    socket.on('end', async (acknowledge) => {
      if (endings.take(socket.id) > 0) return;
      await host
        .receive({ event: 'ended', address: socket.data.address })
        .catch((error: Error) => host.log.warn({ err: error.message }, 'chat not ended'));
      if (typeof acknowledge === 'function') acknowledge();
    });
    socket.on('transcript', async (to, acknowledge) => {
      if (typeof acknowledge === 'function') acknowledge(await mailTranscript(socket.data, to));
    });
    socket.on('typing', () => {
      if (typings.take(socket.data.address) > 0) return;
      void host.receive({ event: 'typing', address: socket.data.address }).catch(() => undefined);
    });
  });
  return io;

  async function read(after: Position | undefined, address: string): Promise<Update | undefined> {
    return host.read(address, after).then(
      (reading) => formatUpdate(reading, showFiles(host, reading.state.language)),
      (error: Error) => {
        host.log.warn({ err: error.message }, 'chat not read');
        return undefined;
      },
    );
  }
}
