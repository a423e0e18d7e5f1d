import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { routes } from '../../src/admin/routes.js';
import { startServer } from '../support.js';
import { adminOf } from './calls.js';

const server = await startServer();
t.teardown(() => server.close());

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: 'path' | 'query'; readonly schema: object }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const { body: document, headers } = await adminOf(server.url)<Document>('GET /openapi.json');
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

void t.test('the document is valid OpenAPI 3.1', async (t) => {
  t.match(headers.get('content-type'), 'application/json');
  t.equal(document.openapi, '3.1.0');
  const { valid, errors } = await new Validator().validate(
    structuredClone(document) as unknown as Record<string, unknown>,
  );
  t.ok(valid, JSON.stringify(errors));
});

void t.test('every schema in it is valid JSON Schema, as OpenAPI 3.1 requires', (t) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: true });
  let schemas = 0;
  for (const {
    path,
    method,
    operation: { parameters = [], requestBody, responses },
  } of operations) {
    const contents = [requestBody ?? {}, ...Object.values(responses)].flatMap(({ content = {} }) =>
      Object.values(content),
    );
    for (const { schema } of [...parameters, ...contents]) {
      schemas += 1;
      t.ok(ajv.validateSchema(schema) === true, `${method} ${path}: ${ajv.errorsText()}`);
    }
  }
  t.ok(schemas > 200);
  t.notMatch(JSON.stringify(document), /"~|"undefined"/, 'and nothing of the library that wrote it');
  t.end();
});

void t.test('every call of the table is in it, and nothing else', (t) => {
  const told = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
  const served = routes.map(({ method, path }) => `${method} /__admin${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  t.strictSame(told.sort(), served.sort());
  t.equal(
    new Set(operations.map(({ operation }) => operation.operationId)).size,
    operations.length,
    'each has a unique operationId',
  );
  for (const {
    path,
    operation: { summary, tags, parameters = [], responses, operationId },
  } of operations) {
    t.ok(summary.length > 8 && tags.length === 1, path);
    t.match(operationId, /^[a-z]+[A-Za-z]+$/);
    t.strictSame(
      parameters.filter((each) => each.in === 'path').map(({ name }) => name),
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    );
    t.ok(responses['4XX']?.content?.['application/problem+json'], 'and how it refuses');
    t.notOk(responses['204']?.content, 'no content is none');
  }
  t.ok(document.paths['/__admin/journal/stream']?.get?.responses['200']?.content?.['text/event-stream']);
  t.end();
});

void t.test('the documentation page and all that it loads are served', async (t) => {
  const get = async (path: string): Promise<{ status: number; type: string; text: string; url: string }> => {
    const answer = await fetch(new URL(path, server.url));
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
      url: answer.url,
    };
  };
  for (const entry of ['/__admin/docs', '/__admin/docs/', '/w/default/__admin/docs']) {
    const page = await get(entry);
    t.match(page, { status: 200, type: 'text/html' }, entry);
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => new URL(path!, page.url));
    t.ok(loaded.length >= 4);
    for (const { origin, href } of loaded) {
      t.equal(origin, server.url, 'the page loads nothing from other servers');
      t.equal((await get(href)).status, 200, href);
    }
  }
  t.match((await get('/__admin/docs/json')).text, '"openapi":"3.1.0"');
  t.equal((await get('/__admin/docs/static/none.js')).status, 404);
  t.equal((await get('/__admin/docs/static/..%2f..%2fpackage.json')).status >= 400, true);
});
