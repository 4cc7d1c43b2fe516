import type { Socket } from 'node:net';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Host } from '../../conversation/channel.ts';
import { createBuckets } from './bucket.ts';
import { readIdentity } from './identity.ts';
import type { Uploaded } from './protocol.ts';
import { readVisitor } from './visitor.ts';

const fields = ['visitor', 'identity', 'language'] as const;
type Given = Partial<Record<(typeof fields)[number], string>>;

/** POST /chat/upload (protocol.ts): keeps a visitor's file until a message of theirs names it. `secret`: what host pages sign identities with. */
export async function uploadRoute(server: FastifyInstance, host: Host, secret: string | undefined): Promise<void> {
  const key = host.key('visitor');
  const uploads = createBuckets(30, 0.5);
  const running = new Set<Socket>();
  // A slow phone would hold up the end for minutes; its browser begins again.
  server.addHook('preClose', async () => {
    for (const socket of running) socket.destroy();
  });
  await server.register(async (scope) => {
    if (!scope.hasContentTypeParser('multipart/form-data')) await scope.register(multipart);
    // A browser asks first, because the page watches the progress.
    scope.options('/chat/upload', { schema: { hide: true } }, async (_, reply) =>
      reply
        .status(204)
        .header('access-control-allow-methods', 'POST')
        .header('access-control-allow-headers', 'content-type')
        .header('access-control-max-age', '86400')
        .send(),
    );
    scope.post('/chat/upload', { schema: { hide: true } }, async (request, reply) => {
      const given: Given = {};
      const { socket } = request.raw;
      running.add(socket);
      reply.raw.once('close', () => running.delete(socket));
      const { maxBytes } = host.files.limits();
      // One byte more than may be, so that what is too large is seen and the rest of it is passed over.
      try {
        for await (const part of request.parts({ limits: { fileSize: maxBytes + 1, files: 1, fields: 4, fieldSize: 4_000 } })) {
          if (part.type === 'file') return take(part, given, reply);
          const name = fields.find((each) => each === part.fieldname);
          if (name && typeof part.value === 'string') given[name] = part.value;
        }
      } catch (error) {
        // A form that is broken off or names no boundary is no fault of ours.
        if ((error as { statusCode?: number }).statusCode) throw error;
      }
      return refuse(reply, given, 400, 'input.invalid');
    });
  });

  async function take(part: MultipartFile, given: Given, reply: FastifyReply) {
    const address = await addressOf(given);
    if (!address || uploads.take(address) > 0) {
      part.file.resume();
      return refuse(reply, given, address ? 429 : 403, address ? 'rate.limited' : 'forbidden');
    }
    // Not ended amid its way: the browser reads no answer before it has sent everything.
    const bytes = part.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const [kept] = await host.files.keep([{ name: part.filename, type: part.mimetype, bytes }], { address });
    part.file.resume();
    if (!kept?.file || kept.refused) {
      const code = kept?.refused ?? 'unavailable';
      const message = host.files.why(given.language ?? '', code);
      return reply.status(422).send({ code, message });
    }
    return reply.send({ id: kept.file, name: kept.name, type: kept.type, size: kept.size } satisfies Uploaded);
  }

  async function addressOf({ visitor, identity }: Given): Promise<string | undefined> {
    const person = identity === undefined ? undefined : await readIdentity(identity, secret);
    return person?.address ?? (visitor === undefined ? undefined : readVisitor(visitor, key));
  }

  function refuse(reply: FastifyReply, { language = '' }: Given, status: number, code: string) {
    return reply.status(status).send({ code, message: host.words(language, `web:fault_${code.replace(/\W/g, '_')}`) });
  }
}
