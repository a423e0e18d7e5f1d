import { refuse } from '../../core/errors.js';
import { pathOf } from '../addressing.js';
import { writtenPath } from '../path-variables.js';
import type { FastifyInstance } from 'fastify';
import type { Policy } from '../../core/policy.js';
import type { Endpoints, Provider } from '../../providers/provider.js';
import type { Endpoint } from '../../world/journal/entry.js';

interface Served {
  readonly endpoint: Endpoint;
  readonly methods: (policy: Policy) => readonly string[];
}

/** Answers a request to a provider that has no route: 405 if the path allows other methods, otherwise 404. */
export function providerNotFound(app: FastifyInstance, { endpoints }: Provider): void {
  const { authorize, token, refresh = [], revoke, introspect, tokenInfo, userinfo } = endpoints;
  const { metadata, jwks = [], api } = endpoints;
  const calls = [...token, ...refresh, ...revoke, ...introspect, ...tokenInfo, ...userinfo];
  const known = [...new Set([...authorize, ...calls, ...api.map((base) => `${base}/…`), ...metadata, ...jwks])];
  const find = servedPaths(endpoints);
  app.setNotFoundHandler((request) => {
    const { entry, method, realm } = request;
    const served = find(pathOf(request.url).replace(/^\/[^/]+/, ''));
    if (served === undefined) {
      throw refuse('request.path-unknown', {
        path: pathOf(request.originalUrl),
        known: known.map((each) => `${request.base}${writtenPath(each)}`),
      });
    }
    entry.endpoint = served.endpoint;
    throw refuse('request.method-not-allowed', { method, allowed: served.methods(realm.policy) });
  });
}

const pages = (): readonly string[] => ['GET', 'HEAD', 'POST'];
const post = (): readonly string[] => ['POST'];
const apiCalls = (): readonly string[] => ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const reads = (): readonly string[] => ['GET', 'HEAD'];

function servedPaths({
  authorize,
  token,
  refresh = [],
  revoke,
  introspect,
  tokenInfo,
  userinfo,
  metadata,
  jwks = [],
  login,
  api,
}: Endpoints): (path: string) => Served | undefined {
  const table = new Map<string, Served>();
  for (const path of authorize) {
    table.set(path, { endpoint: 'authorize', methods: (policy) => policy.authorizeMethods });
  }
  table.set(login, { endpoint: 'login', methods: pages });
  for (const path of [...token, ...refresh]) {
    table.set(path, { endpoint: 'token', methods: (policy) => policy.tokenMethods });
  }
  for (const path of revoke) table.set(path, { endpoint: 'revoke', methods: post });
  for (const path of introspect) table.set(path, { endpoint: 'introspect', methods: post });
  for (const path of tokenInfo) table.set(path, { endpoint: 'introspect', methods: reads });
  for (const path of userinfo) table.set(path, { endpoint: 'userinfo', methods: pages });
  for (const path of [...metadata, ...jwks]) table.set(path, { endpoint: 'metadata', methods: reads });
  const resource: Served = { endpoint: 'resource', methods: apiCalls };
  return (path) => table.get(path) ?? (api.some((base) => path.startsWith(`${base}/`)) ? resource : undefined);
}
