import multipart from '@fastify/multipart';
import { z } from 'zod';
import { placeOf } from '../../conversation/place.ts';
import { Fault } from '../../errors.ts';
import type { Files } from '../../files/files.ts';
import type { createPreviews } from '../../files/preview.ts';
import { markIdentity, openedBy } from '../../handoff/lists/file-access.ts';
import { readTicket } from '../../handoff/lists/lists.ts';
import type { Db } from '../../store/connection.ts';
import { answers, done } from '../desk/answers.ts';
import { openRoutes } from '../desk/open-routes.ts';
import type { Http, ZodTypeProvider } from '../http.ts';
import { sendFile } from './send-file.ts';

interface Parts {
  db: Db;
  files: Files;
  preview: ReturnType<typeof createPreviews>;
}

const params = z.strictObject({ id: z.uuid() });
const bytes = z.any().describe('The file');
const gone = () => new Fault('not-found', 'This file is not there any more.');
const kept = z.object({
  name: z.string(),
  type: z.string(),
  size: z.number(),
  file: z.string().optional(),
  refused: z.string().optional(),
  reason: z.string().optional().describe('Why it was refused, in the asked language'),
  scanned: z.enum(['clean', 'infected', 'not-scanned']).optional(),
});

/** Files: for agents under /api/desk/files (who may read the ticket may open them), for contacts by signed links under /files. */
export function fileRoutes(http: Http, parts: Parts): void {
  deskRoutes(http, parts);
  putInRoute(http, parts);
  linkRoute(http, parts);
}

function deskRoutes(http: Http, { db, files, preview }: Parts): void {
  const { typed, signedIn, about } = openRoutes(http, db, 'files');

  typed.get(
    '/api/desk/files/:id',
    { ...signedIn, schema: { ...about('Download a file'), params, response: answers(bytes) } },
    async (request, reply) => {
      const row = await openedBy(db, request.agent, request.params.id);
      const file = await files.open(row.id);
      if (!file) throw gone();
      return sendFile(reply, file);
    },
  );
  typed.get(
    '/api/desk/files/:id/preview',
    {
      ...signedIn,
      schema: {
        ...about('A picture, smaller and without what the camera wrote; 404 where there is none'),
        params,
        response: answers(bytes),
      },
    },
    async (request, reply) => {
      const picture = await preview(await openedBy(db, request.agent, request.params.id));
      if (!picture) throw new Fault('not-found', 'This file has no preview.', 'Download it.');
      return sendFile(reply, { type: 'image/webp', bytes: picture });
    },
  );
  typed.post(
    '/api/desk/files/:id/identity',
    {
      ...signedIn,
      schema: {
        ...about('Mark a file as an identity document: views are recorded, and it goes after the retention'),
        params,
        body: z.strictObject({ identity: z.boolean() }),
        response: answers(done),
      },
    },
    async (request) => {
      await markIdentity(db, request.agent, request.params.id, request.body.identity);
      return {};
    },
  );
}

function putInRoute(http: Http, { db, files }: Parts): void {
  const { signedIn, about } = openRoutes(http, db, 'files');
  http.register(async (scope) => {
    if (!scope.hasContentTypeParser('multipart/form-data')) await scope.register(multipart);
    const query = z.strictObject({ ticket: z.coerce.number().int().positive(), language: z.string().max(20).default('en') });
    scope.withTypeProvider<ZodTypeProvider>().post(
      '/api/desk/files',
      {
        ...signedIn,
        schema: { ...about('Put a file in, to be sent with a reply to this ticket'), querystring: query, response: answers(kept) },
      },
      async (request) => {
        const listed = await readTicket(db, request.agent, request.query.ticket);
        const { conversationId, contactId } = listed.ticket;
        const { channel, address } = await placeOf(db, conversationId);
        const part = await request.file({
          throwFileSizeLimit: false,
          limits: { fileSize: files.limits().maxBytes + 1, files: 1, fields: 2 },
        });
        if (!part) throw new Fault('input.invalid', 'The upload has no file.', 'Send one as multipart/form-data.');
        const bytes = part.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
        const [one] = await files.keep([{ name: part.filename, type: part.mimetype, bytes }], {
          channel,
          address,
          conversationId,
          contactId,
          agentId: request.agent.id,
        });
        part.file.resume();
        if (!one) throw gone();
        return { ...one, reason: one.refused && files.why(request.query.language, one.refused) };
      },
    );
  });
}

function linkRoute(http: Http, { files }: Parts): void {
  http.withTypeProvider<ZodTypeProvider>().get(
    '/files/:id',
    {
      schema: {
        tags: ['files'],
        summary: 'A file that somebody here sent to a contact, by its signed link',
        params,
        querystring: z.strictObject({ until: z.coerce.number().int(), key: z.string().max(100) }),
      },
    },
    async ({ params: { id }, query }, reply) => {
      if (!files.isLink(id, query)) throw new Fault('link.expired', 'This link has expired.', 'Open the conversation again.');
      const file = await files.open(id);
      if (!file) throw gone();
      return sendFile(reply, file, 'cross-origin');
    },
  );
}
