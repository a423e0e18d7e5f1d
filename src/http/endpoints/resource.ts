import { checkBearer, checkScope } from '../../core/bearer.js';
import { authenticateClient } from '../../core/client.js';
import { refuse } from '../../core/errors.js';
import { bodyText } from '../../input/answer.js';
import { lowerCased } from '../../input/answer.js';
import { sendAnswer } from '../answering/answer.js';
import { apiBodyLimitBytes } from '../reading/body.js';
import { readBearerRequest } from '../reading/bearer.js';
import { readBasicCredentials } from '../reading/protocol-requests.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../../core/bearer.js';
import type { Provider, Resource, WireAnswer } from '../../providers/provider.js';
import type { ResourceDocument } from '../../world/scenario/schema/scenario.js';

/** The provider's API: below each base, first the token is looked at, then what is asked for. */
export function resourceRoutes(app: FastifyInstance, provider: Provider): void {
  const ignoreCase = provider.policy.pathLetterCase === 'ignored';
  const own = provider.resources.map((resource) => compile(resource, ignoreCase));
  // the stubs of a scenario are one list in all the worlds that play it
  const compiled = new WeakMap<readonly ResourceDocument[], readonly Compiled<ResourceDocument>[]>();
  const stubsOf = (request: FastifyRequest): readonly Compiled<ResourceDocument>[] => {
    const stubs = request.world.stubs(request.provider);
    const known = compiled.get(stubs) ?? stubs.map((stub) => compile(stub, ignoreCase));
    compiled.set(stubs, known);
    return known;
  };
  for (const base of provider.endpoints.api) {
    app.all(`${base}/*`, { bodyLimit: apiBodyLimitBytes, config: { endpoint: 'resource' } }, (request, reply) =>
      answerResource(request, reply, { own, stubs: stubsOf(request), base, ignoreCase }),
    );
  }
}

interface Compiled<T> {
  readonly method: string;
  /** The path where none of its segments varies, in small letters where their case is ignored. */
  readonly plain: string | undefined;
  readonly segments: readonly string[];
  readonly resource: T;
}

function compile<T extends { readonly method: string; readonly path: string }>(
  resource: T,
  ignoreCase: boolean,
): Compiled<T> {
  const { method, path } = resource;
  const plain = ignoreCase ? path.toLowerCase() : path;
  return { method, plain: path.includes('/:') ? undefined : plain, segments: path.split('/'), resource };
}

interface Table {
  readonly own: readonly Compiled<Resource>[];
  readonly stubs: readonly Compiled<ResourceDocument>[];
  readonly base: string;
  readonly ignoreCase: boolean;
}

function answerResource(
  request: FastifyRequest,
  reply: FastifyReply,
  { own, stubs, base, ignoreCase }: Table,
): Promise<void> | undefined {
  const path = `/${(request.params as { '*': string })['*']}`;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const found = find(own, method, path, ignoreCase);
  const access = checkAccess(request, found?.resource.authentication);

  // a stub may name the provider's whole path, or what comes after the base
  const stub = find(stubs, method, base + path, ignoreCase) ?? find(stubs, method, path, ignoreCase);
  if (stub !== undefined) {
    if (access !== undefined) checkScope(access, stub.resource.scopes ?? []);
    return sendAnswer(request, reply, answerOf(stub.resource));
  }
  if (found === undefined) throw unanswered(own, request.method, { base, path, ignoreCase });
  if (access !== undefined) checkScope(access, found.resource.scopes ?? []);
  const said = found.resource.answer({
    method,
    params: found.params,
    query: request.query as Record<string, unknown>,
    body: request.body,
    realm: request.realm,
    user: access?.user,
    access,
  });
  return sendAnswer(request, reply, answerOf(said));
}

/** Nothing is at this path, or it takes other methods. */
function unanswered(
  own: readonly Compiled<Resource>[],
  method: string,
  { base, path, ignoreCase }: { base: string; path: string; ignoreCase: boolean },
): Error {
  const allowed = [...new Set(own.map((each) => each.method))].filter(
    (each) => find(own, each, path, ignoreCase) !== undefined,
  );
  return allowed.length > 0
    ? refuse('request.method-not-allowed', { method, allowed })
    : refuse('resource.unknown', { method, path: base + path });
}

/** Before what is asked for, who asks: a bearer token, or where the provider wants it the client's own credentials. */
function checkAccess(request: FastifyRequest, authentication: Resource['authentication']): Access | undefined {
  if (authentication !== 'client') return checkToken(request);
  const { client } = authenticateClient(request.realm, readBasicCredentials(request, request.realm.policy));
  request.entry.clientId = client.id;
  return undefined;
}

function checkToken(request: FastifyRequest): Access {
  const access = checkBearer(request.realm, readBearerRequest(request, request.realm.policy));
  const { clientId, userId } = access.token.grant;
  request.entry.clientId = clientId;
  if (userId !== undefined) request.entry.userId = userId;
  return access;
}

function find<T>(
  table: readonly Compiled<T>[],
  method: string,
  path: string,
  ignoreCase: boolean,
): { resource: T; params: Record<string, string> } | undefined {
  if (table.length === 0) return undefined;
  const plain = ignoreCase ? path.toLowerCase() : path;
  for (const entry of table) {
    if (entry.method !== method) continue;
    const params =
      entry.plain === undefined
        ? matchSegments(entry.segments, path.split('/'), ignoreCase)
        : entry.plain === plain
          ? {}
          : undefined;
    if (params !== undefined) return { resource: entry.resource, params };
  }
  return undefined;
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
  ignoreCase: boolean,
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, expected] of pattern.entries()) {
    const actual = segments[i] as string;
    if (expected.startsWith(':')) params[expected.slice(1)] = actual;
    else if (expected !== actual && !(ignoreCase && expected.toLowerCase() === actual.toLowerCase())) return undefined;
  }
  return params;
}

type Said = Pick<ResourceDocument, 'status' | 'headers' | 'body'>;

const jsonType = { 'content-type': 'application/json; charset=utf-8' };

function answerOf({ status = 200, headers, body }: Said): WireAnswer {
  return {
    status,
    headers: headers === undefined ? jsonType : { ...jsonType, ...lowerCased(headers) },
    body: bodyText(body),
  };
}
