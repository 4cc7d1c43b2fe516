import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { Http } from './http.ts';

/** /docs: the OpenAPI page of every route registered after this; /docs/json is the document itself. */
export async function docsRoutes(http: Http): Promise<void> {
  await http.register(swagger, {
    openapi: { info: { title: 'Destek', description: 'Self-hosted support desk with a bot in front.', version: '0.1.0' } },
    transform: jsonSchemaTransform,
  });
  await http.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
}
