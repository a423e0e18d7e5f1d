import { routes } from '../../src/admin/routes.js';
import { check } from '../../src/world/check-document.js';
import type { Test } from 'tap';
import type { TSchema } from 'typebox';

/** An answer of the admin API. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON; text otherwise. */
  readonly body: Body;
}

/** A problem document (RFC 9457). */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly known?: readonly string[];
}

export type Call = <Body = unknown>(
  line: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer<Body>>;

/** Calls the admin API as `call('POST /worlds', { … })`, below a server or below one of its worlds. */
export function adminOf(url: string): Call {
  return async <Body>(
    line: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> => {
    const [method, path] = line.split(' ') as [string, string];
    const answer = await fetch(`${url}/__admin${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json') && text !== '';
    const value: unknown = isJson ? JSON.parse(text) : text;
    if (isJson && answer.ok) conform(line, answer.status, value);
    return { status: answer.status, headers: answer.headers, body: value as Body };
  };
}

const table = routes.map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.method} ${route.path.replaceAll(/:\w+/g, '[^/?]+')}(\\?|$)`),
}));

/**
 * Checks a successful answer against the schema of its call. A member that is not in the schema is an error too.
 *
 * @throws an error that names the members
 */
export function conform(line: string, status: number, body: unknown): void {
  const route = table.find(({ pattern }) => pattern.test(line));
  const schema = route?.answers[status];
  const mistakes =
    route === undefined
      ? []
      : schema === undefined
        ? [{ path: '', message: 'is no answer of this call' }]
        : check(closedOnce(schema), body);
  if (mistakes.length > 0) {
    throw new Error(`${line} answered ${status}, at odds with its schema: ${JSON.stringify(mistakes)}`);
  }
}

const closedSchemas = new Map<TSchema, TSchema>();

/** The validator compiles a schema once: it must be the same object in every call. */
function closedOnce(schema: TSchema): TSchema {
  const found = closedSchemas.get(schema) ?? closed(schema);
  closedSchemas.set(schema, found);
  return found;
}

/** The same schema, with unknown members forbidden. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value as unknown)]));
  const isObject = members.type === 'object' && members.properties !== undefined;
  return (isObject ? { additionalProperties: false, ...members } : members) as T;
}

/** Makes a call that must be refused, and asserts that it changed nothing. Returns the problem document. */
export async function refused(t: Test, call: Call, line: string, body: unknown, status: number): Promise<Problem> {
  const before = await stateOf(call);
  const sent = body === undefined ? '' : JSON.stringify(body).slice(0, 200);
  const answer = await call<Problem>(line, body);
  t.equal(answer.status, status, `${line} ${sent} answered ${JSON.stringify(answer.body)}`);
  t.match(answer.headers.get('content-type'), 'application/problem+json');
  t.match(answer.body, { title: String, status, detail: String });
  t.strictSame(await stateOf(call), before, 'a refused call changes nothing');
  return answer.body;
}

/** The same for an invalid body. `expected` has a part of the message by the path of each mistake. */
export async function refusedFor(
  t: Test,
  call: Call,
  line: string,
  body: unknown,
  expected: Readonly<Record<string, string>>,
): Promise<void> {
  const { errors = [] } = await refused(t, call, line, body, 400);
  t.strictSame(errors.map(({ path }) => path).sort(), Object.keys(expected).sort(), JSON.stringify(errors));
  for (const { path, message } of errors) t.ok(message.includes(expected[path] ?? '(nothing)'), `${path}: ${message}`);
}

async function stateOf(call: Call): Promise<unknown> {
  const lines = ['GET /snapshot', 'GET /faults', 'GET /journal'];
  return Promise.all(lines.map(async (line) => (await call(line)).body));
}

export const frozen = { now: '2026-01-01T00:00:00.000Z', frozen: true } as const;
