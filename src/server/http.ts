import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { Fault, isFault } from '../errors.ts';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import { rateKey } from './desk/auth.ts';
import { faultWords, type InputFault } from './fault-words.ts';
import { storable } from './storable.ts';

/** The HTTP host, to which routes are added. */
export type Http = FastifyInstance;
export type { ZodTypeProvider };

/** What the HTTP host is told. */
export interface HttpOptions {
  /** How many reverse proxies stand in front; none with 0. */
  trustProxy: number;
  log: Log;
}

/** The HTTP host: bodies and answers checked against zod schemas, strict headers, limits, errors as `{ code, message }`. Routes are added by others. */
export async function createHttp({ trustProxy, log }: HttpOptions): Promise<Http> {
  const http = Fastify({
    // Never `true`: that believes the first address of X-Forwarded-For, which a caller writes as they like.
    trustProxy: (_, hop) => hop < trustProxy,
    logger: false,
    bodyLimit: 1_000_000,
    forceCloseConnections: 'idle',
    // What comes while we stop is still answered, with the headers by which a page of somebody else can read it.
    return503OnClosing: false,
    // A file of 20 MB over a slow phone takes minutes; headers have their own, shorter limit.
    requestTimeout: 600_000,
    routerOptions: { ignoreTrailingSlash: true },
    // A path that nobody can decode comes to no route, so to no handler of errors either.
    frameworkErrors: ({ code, statusCode }, _, reply: FastifyReply) =>
      void reply.status(statusCode ?? 400).send({ code: 'input.invalid', message: code === 'FST_ERR_BAD_URL' ? strangePath : longPath }),
    clientErrorHandler: answerNoHttp,
  });
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  await http.register(cookie);
  await http.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain HTTP on a laptop must work; a proxy with TLS in front sets this itself.
    strictTransportSecurity: trustProxy > 0,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  await http.register(rateLimit, {
    global: true,
    max: 600,
    timeWindow: '1 minute',
    keyGenerator: rateKey,
    errorResponseBuilder: (_, { ttl }) => new Fault('rate.limited', 'Too many requests.', `Try again in ${Math.ceil(ttl / 1000)} s.`),
  });

  // The widget runs on other people's pages: what it loads is public, carries no cookie and may be read from anywhere.
  http.addHook('onSend', async (request, reply) => {
    if (/^\/(assets\/|chat\/|help\/|widget\.js)/.test(request.url)) reply.header('access-control-allow-origin', '*');
  });
  http.addHook('preValidation', async (request) => {
    request.body = storable(request.body);
    request.query = storable(request.query);
  });
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, code, message } = describe(error);
    // Who broke off amid what they sent reads no answer, and nothing of ours failed.
    if (request.raw.socket.destroyed && !request.raw.complete) log.info({ route: request.routeOptions.url }, 'request broken off');
    else if (status >= 500) log.error({ route: request.routeOptions.url, err: error.message, stack: error.stack }, 'request failed');
    return reply.status(status).send({ code, message });
  });
  http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requestSeconds.observe({ method: request.method, route, status_code: reply.statusCode }, reply.elapsedTime / 1000);
  });
  return http;
}

/** What the host itself refuses, by its code or else its status. */
const hostWords: Record<string | number, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not the JSON that its content-type promises.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty; its content-type promises JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'A body of this content-type is not read here.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than may be sent here.',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'The body must be a form: multipart/form-data.',
  403: 'Nothing may be read at this address.',
};
const strangePath = 'The path holds a % that stands for nothing. Write a % itself as %25.';
const longPath = 'The path is longer than any of ours.';

/** What cannot be read as HTTP at all reaches no route; it is answered as everything else is, as far as anybody still listens. */
function answerNoHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, message] = {
    ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not end in time.'],
    HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are larger than 16 kB.'],
  }[error.code ?? ''] ?? ['400 Bad Request', 'This is not HTTP as we can read it.'];
  const body = JSON.stringify({ code: 'input.invalid', message });
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
}

function describe(error: FastifyError): { status: number; code: string; message: string } {
  if (isFault(error)) return { status: error.status, code: error.code, message: error.message };
  if (hasZodFastifySchemaValidationErrors(error)) {
    return { status: 400, code: 'input.invalid', message: `${error.validation.map((each) => faultWords(each as InputFault)).join('; ')}.` };
  }
  const status = error.statusCode ?? 500;
  return status < 500
    ? { status, code: 'input.invalid', message: hostWords[error.code] ?? hostWords[status] ?? error.message }
    : { status: 500, code: 'internal', message: 'Something went wrong on our side. Please try again.' };
}
