import { checkScope } from '../../core/bearer.js';
import { authenticateClient } from '../../core/client.js';
import { refuse } from '../../core/errors.js';
import { revokeGrant, revokePair } from '../../core/revoke.js';
import { bodyText, lowerCased } from '../../input/answer.js';
import { sendAnswer } from '../answering/answer.js';
import { RequestAnswering } from '../answering/answering.js';
import { apiBodyLimitBytes } from '../reading/body.js';
import { requireReadable } from '../reading/readable.js';
import { readBasicCredentials } from '../reading/credentials.js';
import { findRoute, readApiPath } from './api-path.js';
import { checkToken } from './check-token.js';
import { PathTable } from './path-table.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../../core/bearer.js';
import type { OAuthError } from '../../core/errors.js';
import type { Provider, Resource, WireAnswer } from '../../providers/provider.js';
import type { ResourceDocument } from '../../world/scenario/schema/scenario.js';
import type { ApiPath } from './api-path.js';
import type { Match } from './path-table.js';

/** The provider's API. Below each base, the access token is checked first, then the path. */
export function resourceRoutes(app: FastifyInstance, provider: Provider): void {
  const tables = { exact: apiTables(provider, false), ignored: apiTables(provider, true) };
  for (const base of provider.endpoints.api) {
    app.all(`${base}/*`, { bodyLimit: apiBodyLimitBytes, config: { endpoint: 'resource' } }, (request, reply) =>
      answerResource(request, reply, tables[request.realm.policy.pathLetterCase](request), base),
    );
  }
}

/** The calls and the stubs of a provider's API, with one rule about letter case. */
function apiTables(provider: Provider, ignoreCase: boolean): (request: FastifyRequest) => Tables {
  const resources = new PathTable(provider.resources, ignoreCase);
  // all worlds of a scenario share one list of stubs
  const tables = new WeakMap<readonly ResourceDocument[], PathTable<ResourceDocument>>();
  return (request) => {
    const list = request.world.stubs(request.provider);
    const stubs = tables.get(list) ?? new PathTable(list, ignoreCase);
    tables.set(list, stubs);
    return { resources, stubs };
  };
}

interface Tables {
  readonly resources: PathTable<Resource>;
  readonly stubs: PathTable<ResourceDocument>;
}

function answerResource(
  request: FastifyRequest,
  reply: FastifyReply,
  { resources, stubs }: Tables,
  base: string,
): Promise<void> | undefined {
  const path = readApiPath(request, base);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const resource = findRoute(resources, method, path);
  // the path of a stub is the whole path or the part after the base
  const stub = findRoute(stubs, method, path, base) ?? findRoute(stubs, method, path);
  const isServed = resource !== undefined || stub !== undefined;
  if (!isServed && request.realm.policy.apiChecksFirst === 'path') {
    throw notServed(resources, request.method, base, path);
  }

  requireReadable(request);
  const access = checkAccess(request, resource?.route.authentication);
  if (stub !== undefined) {
    requireScope(request, access, stub.route);
    return sendAnswer(request, reply, wireAnswer(stub.route));
  }
  if (resource === undefined) throw notServed(resources, request.method, base, path);
  requireScope(request, access, resource.route);
  return sendAnswer(request, reply, wireAnswer(callResource(request, resource, method, access)));
}

function callResource(
  request: FastifyRequest,
  { route, params }: Match<Resource>,
  method: string,
  access: Access | undefined,
): AnswerParts {
  const { query, body, realm } = request;
  const answer = route.answer({
    method,
    params,
    query: query as Record<string, unknown>,
    body,
    realm,
    user: access?.user,
    access,
    // the check of the token or of the client has recorded it
    clientId: request.entry.clientId,
    answering: new RequestAnswering(request),
  });
  const { status = 200 } = answer;
  // a case of the file refused the call
  if (access === undefined || status >= 400) return answer;
  if (route.revokes === 'token') revokePair(realm, access.token, revokedByCall);
  if (route.revokes === 'grant') revokeGrant(access.token.grant, realm.now(), revokedByCall);
  return answer;
}

const revokedByCall = 'a call of the API revoked it';

/** 405 if the path allows other methods, otherwise 404. */
function notServed(resources: PathTable<Resource>, method: string, base: string, path: ApiPath): OAuthError {
  const allowed = resources.allowedMethods(path.respelled ?? path.sent);
  return allowed.length > 0
    ? refuse('request.method-not-allowed', { method, allowed })
    : refuse('resource.unknown', { method, path: base + path.sent });
}

/** Checks the access token, or the client's own credentials if the resource is for clients; or nothing, for anybody. */
function checkAccess(request: FastifyRequest, authentication: Resource['authentication']): Access | undefined {
  if (authentication === 'none') return undefined;
  if (authentication !== 'client') return checkToken(request);
  const { client } = authenticateClient(request.realm, readBasicCredentials(request, request.realm.policy));
  request.entry.clientId = client.id;
  return undefined;
}

function requireScope(
  { realm }: FastifyRequest,
  access: Access | undefined,
  { scopes = [] }: { readonly scopes?: readonly string[] },
): void {
  if (access !== undefined && realm.policy.accessTokenScopeChecked) checkScope(access, scopes);
}

type AnswerParts = Pick<ResourceDocument, 'status' | 'headers' | 'body'> & Pick<WireAnswer, 'notes'>;

const jsonType = { 'content-type': 'application/json; charset=utf-8' };

function wireAnswer({ status = 200, headers, body, notes }: AnswerParts): WireAnswer {
  return {
    status,
    headers: headers === undefined ? jsonType : { ...jsonType, ...lowerCased(headers) },
    body: bodyText(body),
    ...(notes === undefined ? {} : { notes }),
  };
}
