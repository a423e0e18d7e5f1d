import { Type } from 'typebox';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { EndedWorlds } from '../findings/ended-worlds.js';
import type { Provider } from '../providers/provider.js';
import type { Realm } from '../core/realm.js';
import type { ScenarioLibrary } from '../world/scenario/library.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { Examiner } from './examiner.js';
import type { Exams } from './exams.js';
import type { AdminAccess } from './guard.js';
import type { JsonSource } from './json-source.js';

/** What the handler of a call gets. */
export interface AdminContext<Body, Query> {
  readonly worlds: Worlds;
  readonly library: ScenarioLibrary;
  /** The findings of worlds that ended. */
  readonly ended: EndedWorlds;
  /** Makes exams. Undefined: this server makes none. */
  readonly examiner: Examiner | undefined;
  readonly exams: Exams;
  readonly access: AdminAccess;
  /** The URLs at which this process reaches the server: HTTP, then the others. */
  readonly listensAt: () => readonly [string, ...string[]];
  /** The certificate of the authority, in PEM. Undefined without HTTPS and proxy. */
  readonly caCertificate: string | undefined;
  /** The world of the URL: `default` if the URL has no prefix `/w/{world}`. */
  readonly world: World;
  /** Path parameters. Only those that the path of the route names are set. */
  readonly params: Readonly<Record<'provider' | 'id' | 'name' | 'token', string>>;
  /** The body, checked against the schema of the route. */
  readonly body: Body;
  /** The query, checked against the schema of the route. */
  readonly query: Query;
  /** The URL of the server for this caller. */
  readonly serverUrl: string;
  /** The URL of the server for containers, if there is one. */
  readonly internalUrl: string | undefined;
  /** The URL of the forward proxy. Undefined if there is none. */
  readonly proxyUrl: string | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Finds the provider of the URL and its realm in the world. Throws a 404 for an unknown provider. */
  readonly provider: () => ProviderRealm;
}

/** A provider with its realm in one world. */
export interface ProviderRealm {
  readonly provider: Provider;
  readonly realm: Realm;
}

/** One call of the admin API: path, schemas and handler. The OpenAPI document is built from the same object. */
export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below `/__admin`, with `:name` for a parameter. */
  readonly path: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  readonly tag: string;
  /** `server`: the call is about the whole server and has no form below `/w/{world}`. Default: `world`. */
  readonly scope?: 'world' | 'server';
  readonly body?: TSchema;
  readonly query?: TSchema;
  /** Schemas of the successful answers by status. */
  readonly answers: Answers;
  /** Media types of the answer. Default: JSON. */
  readonly mediaTypes?: readonly string[];
  /** Default: 1 MiB. */
  readonly bodyLimitBytes?: number;
  /** Whether the provider of the path may be one that the world does not have. */
  readonly definesProvider?: boolean;
  /** Whether the handler checks the body against its schema, and a missing one too: to report all mistakes at once. */
  readonly checksBody?: boolean;
  /** Whether the answer may take long to begin or to end. Such a call has no HEAD. */
  readonly waits?: boolean;
  /** Whether a server that was just started has nothing to answer. The page of the calls does not link such a call. */
  readonly isLater?: boolean;
  readonly handle: (context: AdminContext<never, never>) => unknown;
}

/** Schemas of successful answers by status. */
export type Answers = Readonly<Record<number, TSchema>>;

/** What a handler returns: a value of one of its schemas (null for 204), or an answer that is not a JSON value. */
export type Returned<A extends Answers> = JsonSource<Static<A[keyof A & number]>> | RawAnswer;

/** A route with the types of its schemas: the compiler checks the parameters and the result of the handler. */
export interface TypedRoute<B extends TSchema, Q extends TSchema, A extends Answers> extends AdminRoute {
  readonly body?: B;
  readonly query?: Q;
  readonly answers: A;
  readonly handle: (context: AdminContext<Static<B>, Static<Q>>) => Returned<A> | Promise<Returned<A>>;
}

/** Declares a call. The handler must return what the schemas in `answers` describe. */
export function defineRoute<A extends Answers, B extends TSchema = TSchema, Q extends TSchema = TSchema>(
  route: TypedRoute<B, Q, A>,
): AdminRoute {
  return route;
}

/** An answer that is not a JSON value: text of another media type, or a stream. */
export class RawAnswer {
  readonly type: string;
  readonly payload: string | Readable;

  constructor(type: string, payload: string | Readable) {
    this.type = type;
    this.payload = payload;
  }
}

/** Schema of a 204 answer. The handler returns null. */
export const NoContent = Type.Null({ description: 'No content' });
