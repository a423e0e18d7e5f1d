import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify from 'fastify';
import { Type } from 'typebox';
import { findingIds, namingFindings } from '../findings/finding-ids.js';
import { routes } from './routes.js';
import type { TSchema } from 'typebox';
import type { FastifyInstance } from 'fastify';
import type { AdminRoute } from './route.js';

const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { additionalProperties: true, description: 'RFC 9457' },
);

// an application of its own, never listening: it exists so that the official plugins can describe the table of calls
let described: Promise<FastifyInstance> | undefined;

async function describe(): Promise<FastifyInstance> {
  const writeNames = namingFindings(await findingIds());
  const named = (schema: TSchema): TSchema => JSON.parse(JSON.stringify(schema, writeNames)) as TSchema;
  const app = fastify({ exposeHeadRoutes: false });
  app.setValidatorCompiler(() => Boolean);
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Understudy admin API',
        version: '1',
        description:
          'Every call also works below /w/{world} for another world than `default`, where it is about one world.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'this server' }],
      security: [{}, { adminToken: [] }],
      components: { securitySchemes: { adminToken: { type: 'http', scheme: 'bearer' } } },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/__admin/docs', theme: { title: 'Understudy admin API' } });
  for (const { body, ...route } of routes) {
    addDescription(app, body === undefined ? route : { ...route, body: named(body) });
  }
  await app.ready();
  return app;
}

function addDescription(
  app: FastifyInstance,
  { method, path, summary, tag, body, query, answers, mediaTypes }: AdminRoute,
): void {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
  const problems = {
    '4xx': {
      description: 'What was wrong, and where',
      content: { 'application/problem+json': { schema: ProblemSchema } },
    },
  };
  app.route({
    method,
    url: `/__admin${path}`,
    schema: {
      summary,
      tags: [tag],
      operationId: `${method.toLowerCase()}${path.replaceAll(/[/:-](\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(/\W/g, '')}`,
      ...(body === undefined ? {} : { body }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(names.length === 0
        ? {}
        : { params: Type.Object(Object.fromEntries(names.map((name) => [name, Type.String()]))) }),
      ...(mediaTypes === undefined ? {} : { produces: [...mediaTypes] }),
      response: { ...answers, ...problems },
    },
    handler: (_request, reply) => reply.code(404).send(),
  });
}

/** The OpenAPI 3.1 document of the admin API. */
export async function openApiDocument(): Promise<object> {
  described ??= describe();
  return (await described).swagger();
}

/** A file of the page that browses the document. */
export async function docsPage(url: string): Promise<Awaited<ReturnType<FastifyInstance['inject']>>> {
  described ??= describe();
  return (await described).inject({ method: 'GET', url });
}
