import { readFileSync } from 'node:fs';
import path from 'node:path';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { Http } from './http.ts';

const description =
  'Self-hosted support desk with a bot in front. Calls under /api/desk carry the cookie that POST /api/desk/sign-in sets, and where they change something also the header x-csrf with what it answers.';

/** /docs: the OpenAPI page of every route registered after this; /docs/json is the document itself. */
export async function docsRoutes(http: Http): Promise<void> {
  const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
  await http.register(swagger, {
    openapi: {
      info: { title: 'Destek', description, version, license: { name: 'MIT' } },
      components: {
        securitySchemes: {
          cookie: { type: 'apiKey', in: 'cookie', name: 'destek_desk' },
          csrf: { type: 'apiKey', in: 'header', name: 'x-csrf' },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  await http.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
}
