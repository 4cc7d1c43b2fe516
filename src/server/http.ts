import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
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
import { storable } from './storable.ts';

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
    if (status >= 500) log.error({ route: request.routeOptions.url, err: error.message, stack: error.stack }, 'request failed');
    return reply.status(status).send({ code, message });
  });
  http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requestSeconds.observe({ method: request.method, route, status_code: reply.statusCode }, reply.elapsedTime / 1000);
  });
  return http;
}

function describe(error: FastifyError): { status: number; code: string; message: string } {
  if (isFault(error)) return { status: error.status, code: error.code, message: error.message };
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map(
      ({ instancePath, message }) => `${instancePath.slice(1).replaceAll('/', '.') || 'body'}: ${message}`,
    );
    return { status: 400, code: 'input.invalid', message: faults.join('; ') };
  }
  const status = error.statusCode ?? 500;
  return status < 500
    ? { status, code: 'input.invalid', message: error.message }
    : { status: 500, code: 'internal', message: 'Something went wrong on our side. Please try again.' };
}
