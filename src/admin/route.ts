import { Type } from 'typebox';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { Provider } from '../providers/provider.js';
import type { Realm } from '../core/realm.js';
import type { ScenarioLibrary } from '../world/scenario/library.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { Mistake } from '../input/mistake.js';

/** What a call of the admin API may use. */
export interface AdminContext<Body, Query> {
  readonly worlds: Worlds;
  readonly library: ScenarioLibrary;
  /** The world of the URL: `default` without a prefix. */
  readonly world: World;
  /** What stands in the path; a route has those that its own path names. */
  readonly params: Readonly<Record<'provider' | 'id' | 'name' | 'token', string>>;
  readonly body: Body;
  readonly query: Query;
  /** The URL by which this caller reaches the server. */
  readonly serverUrl: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The provider of the URL, and what it owns in the world. Throws a 404 where the URL names none. */
  readonly provider: () => { readonly provider: Provider; readonly realm: Realm };
}

/** One call: its route, its schemas and what it does. The OpenAPI document is made from the same object. */
export interface AdminRoute<B extends TSchema = TSchema, Q extends TSchema = TSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/__admin`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** Calls that are not about one world are served without the `/w/{world}` prefix alone. */
  readonly scope?: 'world' | 'server';
  readonly body?: B;
  readonly query?: Q;
  /** The answer's schema by status, in the order of likelihood: the first is the one of success. */
  readonly answers: Readonly<Record<number, TSchema>>;
  /** Media types of the answer, where it is not JSON alone. */
  readonly mediaTypes?: readonly string[];
  readonly bodyLimitBytes?: number;
  /** True where the answer may take long to come, or long to end: it is no answer to HEAD. */
  readonly waits?: boolean;
  readonly handle: (context: AdminContext<Static<B>, Static<Q>>) => unknown;
}

/** Keeps the schemas' types for the handler. */
export function defineRoute<B extends TSchema = TSchema, Q extends TSchema = TSchema>(
  route: AdminRoute<B, Q>,
): AdminRoute {
  return route;
}

/** An answer that is no JSON value: text of another type, or a stream. */
export class RawAnswer {
  readonly type: string;
  readonly payload: string | Readable;

  constructor(type: string, payload: string | Readable) {
    this.type = type;
    this.payload = payload;
  }
}

/** A call that cannot be done, in Understudy's own voice. */
export class AdminError extends Error {
  readonly status: number;
  readonly title: string;
  readonly mistakes: readonly Mistake[] | undefined;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    title: string,
    detail: string,
    mistakes?: readonly Mistake[],
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.status = status;
    this.title = title;
    this.mistakes = mistakes;
    this.extra = extra;
  }
}

/** A document with mistakes, all of them at once. */
export function invalid(mistakes: readonly Mistake[]): AdminError {
  const [first] = mistakes;
  const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
  return new AdminError(
    400,
    'Invalid request',
    `${first?.path === '' ? 'the body' : String(first?.path)} ${String(first?.message)}${more}`,
    mistakes,
  );
}

export const Empty = Type.Null({ description: 'No content' });

/** An object whose members are not spelt out. */
export const AnyObject = Type.Object({}, { additionalProperties: true });

/** A list as every list comes. */
export const listOf = (name: string, item: TSchema): TSchema =>
  Type.Object({ [name]: Type.Array(item), total: Type.Integer({ description: 'How many there are, on all pages' }) });

export const Paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  offset: Type.Optional(Type.Integer({ minimum: 0 })),
};

/** The asked-for part of a list, with the number of all. */
export function page<T>(
  items: readonly T[],
  { limit = 1000, offset = 0 }: { limit?: number | undefined; offset?: number | undefined },
): { items: T[]; total: number } {
  return { items: items.slice(offset, offset + limit), total: items.length };
}
