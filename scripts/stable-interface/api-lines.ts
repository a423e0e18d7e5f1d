import { openApiDocument } from '../../src/admin/openapi.js';
import { schemaLines } from './schema-lines.js';
import type { Schema } from '../json-schema.js';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly required?: boolean; readonly schema: Schema }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/**
 * The stable part of the OpenAPI document: calls, their parameters, the members of their bodies and answers, their
 * statuses.
 */
export async function apiLines(): Promise<string[]> {
  const { paths } = (await openApiDocument()) as {
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      callLines(`${method.toUpperCase()} ${path}`, operation),
    ),
  );
}

function callLines(call: string, { parameters = [], requestBody, responses }: Operation): string[] {
  const required = parameters.filter((each) => each.required).map(({ name }) => name);
  return [
    `${call} needs ${required.toSorted().join(' ')}`.trim(),
    ...parameters.flatMap(({ name, schema }) => schemaLines(schema, `${call} ?${name}`, 'given')),
    ...bodies(requestBody).flatMap(([type, schema]) => schemaLines(schema, `${call} ${type} body`, 'given')),
    ...Object.entries(responses).flatMap(([status, answer]) => [
      `${call} ${status}`,
      ...bodies(answer).flatMap(([type, schema]) => schemaLines(schema, `${call} ${status} ${type} body`, 'answered')),
    ]),
  ];
}

const bodies = (part: Content | undefined): [string, Schema][] =>
  Object.entries(part?.content ?? {}).map(([type, { schema = {} }]) => [type, schema]);
