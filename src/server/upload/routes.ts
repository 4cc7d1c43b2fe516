import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Attachment } from '../../conversation/message.ts';
import type { Receive } from '../../delivery/inbox.ts';
import type { Known } from '../../dialogue/understand.ts';
import { Fault } from '../../errors.ts';
import type { Files } from '../../files/files.ts';
import type { OpenUploadLink, UploadLinks } from '../../files/upload-link.ts';
import type { Log } from '../../log.ts';
import type { Words } from '../../words.ts';
import type { Http } from '../http.ts';
import { preferredLanguage } from '../preferred-language.ts';
import { donePage, expiredPage, formPage, type UploadFrame } from './page.ts';

interface Parts {
  words: Words;
  log: Log;
  known(): Known;
  files: Files;
  links: UploadLinks;
  receive: Receive;
  /** Folder of the built browser code. */
  dist: string;
}

/** Files of one sending that are looked at; those over the desk's own limit are told so, by name. */
const mostFiles = 100;

type Request = FastifyRequest<{ Params: { token: string } }>;

/** The page behind a link to send documents: a form that works without a script. What is sent joins the conversation as the contact's message. */
export function uploadRoutes(http: Http, { words, log, known, files, links, receive, dist }: Parts): void {
  const template = readTemplate(dist);
  // Enough for somebody whose connection breaks, too little for who tries tokens.
  const config = { rateLimit: { max: 30, timeWindow: '1 minute' } };
  const frame = (language: string): UploadFrame => ({ words, files, language, knowledge: known().knowledge, template });

  http.register(async (scope) => {
    // What is too large is told to the person by name; it is no error of the whole sending.
    await scope.register(multipart, { throwFileSizeLimit: false });
    scope.get('/upload/:token', { config, schema: { hide: true } }, async (request: Request, reply) => {
      const { open: link, language } = await links.read(request.params.token);
      return link ? send(reply, formPage(frame(link.language), link.until)) : expired(request, reply, language);
    });
    scope.post('/upload/:token', { config, schema: { hide: true } }, async (request: Request, reply) => {
      const { open: link, language } = await links.read(request.params.token);
      if (!link) return expired(request, reply, language);
      const sent = request.isMultipart() ? await keepAll(files, request, link) : [];
      const kept = sent.filter(({ file }) => file);
      if (sent.length === 0) return send(reply.status(400), formPage(frame(link.language), link.until, [], 'none'));
      if (kept.length > 0 && !(await join(link, sent, kept.length === sent.length))) return expired(request, reply, language);
      return send(
        reply,
        kept.length === sent.length ? donePage(frame(link.language), sent) : formPage(frame(link.language), link.until, sent),
      );
    });
  });

  /** False where somebody used the link meanwhile. While a file was refused the link stays: they will send it once more. */
  async function join(link: OpenUploadLink, attachments: Attachment[], whole: boolean): Promise<boolean> {
    if (whole && !(await links.use(link.id))) return false;
    const message = { type: 'message' as const, id: `upload:${randomUUID()}`, text: '', attachments };
    await receive(link.channel, { event: 'message', address: link.address, message }).catch(async (error) => {
      if (whole) await links.free(link.id);
      throw error;
    });
    log.info({ conversation: link.conversationId, files: attachments.length }, 'documents came by an upload link');
    return true;
  }

  function expired(request: FastifyRequest, reply: FastifyReply, language?: string) {
    const wanted = [language, request.headers['accept-language']].filter(Boolean).join(',');
    return send(reply.status(410), expiredPage(frame(preferredLanguage(wanted, known().knowledge))));
  }
}

/** Keeps what a form sends, in order; what is over the desk's limits is named as refused. */
async function keepAll(files: Files, request: FastifyRequest, { channel, address }: OpenUploadLink): Promise<Attachment[]> {
  const { maxBytes, count } = files.limits();
  const sent: Attachment[] = [];
  const limits = { fileSize: maxBytes + 1, files: mostFiles, fields: 5, fieldSize: 100 };
  for await (const part of request.parts({ limits })) {
    if (part.type !== 'file') continue;
    // A form without a chosen file sends one without a name.
    const bytes = part.filename ? (part.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) : undefined;
    if (bytes)
      sent.push(
        ...(sent.length < count
          ? await files.keep([{ name: part.filename, type: part.mimetype, bytes }], { channel, address, identity: true })
          : [{ name: part.filename, type: part.mimetype, size: 0, refused: 'too-many' }]),
      );
    // The browser reads no answer before it has sent everything.
    part.file.resume();
  }
  return sent;
}

// The address is a key: no page that follows, and no cache, may learn it.
function send(reply: FastifyReply, page: string) {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').send(page);
}

/** The built page with its places, whose links to assets hold at any depth. */
function readTemplate(dist: string): string {
  const file = path.join(dist, 'upload', 'index.html');
  if (!existsSync(file)) throw new Fault('config.invalid', `The browser code is not built: there is no ${file}.`, 'Run: npm run build');
  return readFileSync(file, 'utf8').replaceAll('="../assets/', '="/assets/');
}
