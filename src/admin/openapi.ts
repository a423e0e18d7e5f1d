import { findingIds, namingFindings } from '../findings/finding-ids.js';
import { Type } from 'typebox';
import { routes } from './routes.js';
import type { TSchema } from 'typebox';
import type { AdminRoute } from './route.js';

/** A problem document (RFC 9457). */
const ProblemView = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { additionalProperties: true, description: 'RFC 9457' },
);

/** An object of the OpenAPI document, ready for JSON. */
type OpenApiObject = Readonly<Record<string, unknown>>;

/**
 * Builds the OpenAPI 3.1 document from the table of calls. TypeBox schemas are JSON Schema 2020-12, which OpenAPI 3.1
 * uses unchanged.
 */
export async function openApiDocument(): Promise<OpenApiObject> {
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Understudy admin API',
      version: '1',
      description:
        'Calls apply to the world `default`. With the path prefix /w/{world} they apply to another world. The panel ' +
        'at /__admin/ui/ shows what they can do.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'this server' }],
    security: [{}, { adminToken: [] }],
    components: { securitySchemes: { adminToken: { type: 'http', scheme: 'bearer' } } },
    paths: pathsOf(routes),
  };
  return JSON.parse(JSON.stringify(document, namingFindings(await findingIds()))) as OpenApiObject;
}

function pathsOf(table: readonly AdminRoute[]): OpenApiObject {
  const paths: Record<string, Record<string, OpenApiObject>> = {};
  for (const route of table) {
    const path = `/__admin${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return paths;
}

function operationOf(route: AdminRoute): OpenApiObject {
  const { summary, tag, body } = route;
  return {
    operationId: operationIdOf(route),
    summary,
    tags: [tag],
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(['application/json'], body) } }),
    responses: responsesOf(route),
  };
}

/** `GET /providers/:provider/codes` → `getProvidersProviderCodes` */
const operationIdOf = ({ method, path }: AdminRoute): string =>
  method.toLowerCase() +
  path.replaceAll(/[/:-](\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(/\W/g, '');

const pathParameters = ({ path }: AdminRoute): OpenApiObject[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: Type.String() }));

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
}

function queryParameters({ query }: AdminRoute): OpenApiObject[] {
  const { properties = {}, required = [] } = (query ?? {}) as ObjectSchema;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function responsesOf({ answers, mediaTypes = ['application/json'] }: AdminRoute): OpenApiObject {
  const successes = Object.entries(answers).map(([status, schema]): [string, OpenApiObject] => [
    status,
    {
      description: descriptionOf(schema),
      ...(status === '204' ? {} : { content: contentOf(mediaTypes, schema) }),
    },
  ]);
  return {
    ...Object.fromEntries(successes),
    '4XX': {
      description: 'What is wrong, and in which member',
      content: contentOf(['application/problem+json'], ProblemView),
    },
  };
}

const contentOf = (mediaTypes: readonly string[], schema: TSchema): OpenApiObject =>
  Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }]));

/** OpenAPI requires a description of every response. */
const descriptionOf = (schema: TSchema): string => (schema as { description?: string }).description ?? 'Success';
