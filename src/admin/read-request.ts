import { Type } from 'typebox';
import { jsonErrorDetail } from '../http/reading/body.js';
import { deepest, isTooDeep } from '../input/nesting.js';
import { repeatedMembers } from '../input/repeated-members.js';
import { AdminError, invalid } from './admin-error.js';
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import type { KnownBodies } from './known-bodies.js';
import type { AdminRoute } from './route.js';

/** Longest body in which repeated members are looked for, in characters. Programs write longer ones: snapshots. */
const longestChecked = 4 * 1024 * 1024;

/**
 * Accepts only JSON bodies and answers 415 to others. A page of another origin can post a form without a CORS
 * preflight, but not JSON. A body that is known is not parsed again.
 */
export function jsonOnly(app: FastifyInstance, bodies: KnownBodies): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    // RFC 8259 §8.1: a parser may ignore a byte order mark, as that of the files does
    const text = String(body).replace(/^\uFEFF/, '');
    try {
      const known = bodies.get(text);
      if (known !== undefined) {
        done(null, known);
        return;
      }
      const value = text === '' ? undefined : (JSON.parse(text) as unknown);
      // `readBody` refuses a value that is too deep
      const isChecked = text.length <= longestChecked && !isTooDeep(value);
      const repeated = isChecked ? repeatedMembers(text) : [];
      if (repeated.length > 0) {
        done(invalid(repeated));
        return;
      }
      if (isChecked) bodies.keep(text, value);
      done(null, value);
    } catch (error) {
      done(new AdminError(400, 'Invalid JSON', `The body is not JSON: ${jsonErrorDetail(error)}`));
    }
  });
}

/**
 * Checks a body against its schema. A missing body counts as an empty object, unless the handler checks it. A known
 * body is checked once. Throws a 400 with all mistakes.
 */
export async function readBody(
  { body: schema, checksBody = false }: Pick<AdminRoute, 'body' | 'checksBody'>,
  body: unknown,
  bodies: KnownBodies,
): Promise<unknown> {
  if (schema !== undefined && checksBody) return checked(anything, body);
  if (schema !== undefined && bodies.isChecked(schema, body)) return body;
  if (schema !== undefined) {
    const good = await checked(schema, body === undefined ? {} : body);
    bodies.setChecked(schema, good);
    return good;
  }
  if (body !== undefined) throw invalid([{ path: '', message: 'was sent, but this call takes no body' }]);
  return undefined;
}

const anything = Type.Unknown();
const NoQuery = Type.Object({}, { additionalProperties: false });

/** Checks a query against its schema. Digits become a number if the schema requires an integer. */
export async function readQuery(schema: TSchema = NoQuery, query: unknown): Promise<unknown> {
  if (schema === NoQuery && Object.keys(query as object).length === 0) return query;
  const { properties } = schema as { properties?: Record<string, { type?: string }> };
  const isNumber = (name: string, value: unknown): boolean =>
    properties?.[name]?.type === 'integer' && typeof value === 'string' && /^-?\d+$/.test(value);
  return checked(
    schema,
    Object.fromEntries(
      Object.entries(query as object).map(([name, value]: [string, unknown]) => [
        name,
        isNumber(name, value) ? Number(value) : value,
      ]),
    ),
  );
}

async function checked(schema: TSchema, value: unknown): Promise<unknown> {
  if (isTooDeep(value)) throw invalid([{ path: '', message: `is nested deeper than ${deepest} levels` }]);
  const { check } = await import('../world/check-document.js');
  const mistakes = check(schema, value);
  if (mistakes.length > 0) throw invalid(mistakes);
  return value;
}
