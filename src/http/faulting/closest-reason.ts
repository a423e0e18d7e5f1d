import { refuse } from '../../core/errors.js';
import { presentedToken, seeRequest } from './seen-request.js';
import type { FastifyRequest } from 'fastify';
import type { OAuthError } from '../../core/errors.js';
import type { SeenRequest } from './seen-request.js';

/** Value of a fact that is not in the request. */
const unknown = '';

type ReasonOf = (request: FastifyRequest, parameter: SeenRequest['parameter']) => OAuthError;

/** By the `error` of a fault: the reason with which the core would send this error for this request. */
const reasonsByError: ReadonlyMap<string, ReasonOf> = new Map(
  Object.entries<ReasonOf>({
    invalid_client: ({ headers, entry }) =>
      refuse('client.secret-wrong', {
        clientId: entry.clientId ?? unknown,
        method: headers.authorization === undefined ? 'body' : 'basic',
      }),
    invalid_grant: ({ realm, entry }, parameter) => {
      // an API call has no code, refresh token or password
      if (entry.endpoint === 'resource' || entry.endpoint === 'userinfo') return otherReason();
      if (parameter('grant_type') === 'password') {
        return refuse('password.wrong', {
          username: parameter(realm.policy.passwordGrantUsername) ?? unknown,
          known: true,
        });
      }
      return parameter('grant_type') === 'refresh_token'
        ? refuse('refresh.revoked', {
            at: realm.now(),
            because: 'a fault',
            refreshToken: parameter('refresh_token') ?? unknown,
          })
        : refuse('code.unknown', { code: parameter('code') ?? unknown });
    },
    unauthorized_client: ({ entry }, parameter) =>
      refuse('grant.unauthorized', {
        clientId: entry.clientId ?? unknown,
        grantType: parameter('grant_type') ?? 'authorization_code',
        allowed: [],
      }),
    unsupported_grant_type: ({ realm }, parameter) =>
      refuse('grant.unsupported', { grantType: parameter('grant_type') ?? unknown, supported: realm.policy.grants }),
    unsupported_response_type: (_, parameter) =>
      refuse('authorize.response-type-unsupported', { responseType: parameter('response_type') ?? unknown }),
    invalid_scope: ({ realm }, parameter) =>
      refuse('scope.not-allowed', { scope: parameter('scope') ?? unknown, allowed: Object.keys(realm.scopes) }),
    access_denied: ({ entry }) =>
      entry.endpoint === 'resource' || entry.endpoint === 'userinfo'
        ? refuse('resource.suspended', { username: entry.userId ?? unknown })
        : refuse('authorize.denied', { username: entry.userId ?? unknown }),
    invalid_token: (request, parameter) =>
      request.entry.endpoint === 'token'
        ? refuse('refresh.expired', {
            at: request.realm.now(),
            now: request.realm.now(),
            refreshToken: parameter('refresh_token') ?? unknown,
          })
        : refuse('bearer.expired', {
            at: request.realm.now(),
            now: request.realm.now(),
            token: presentedToken(request) ?? unknown,
          }),
    insufficient_scope: ({ realm }) =>
      refuse('bearer.insufficient-scope', { needed: Object.keys(realm.scopes).slice(0, 1), granted: [] }),
    too_many_requests: ({ realm }) => {
      const limit = Number.isFinite(realm.policy.callsPerSecond) ? realm.policy.callsPerSecond : 5;
      return refuse('resource.too-many-calls', { limit, actual: limit * 2 });
    },
    server_error: () => refuse('server.failed', { detail: 'a fault' }),
    temporarily_unavailable: () => refuse('server.failed', { detail: 'a fault' }),
    not_found: ({ method }) => refuse('resource.unknown', { method, path: unknown }),
  }),
);

/**
 * The reason of the core that is closest to the `error` of a fault. The fault uses the provider's row for that reason.
 * Errors that are not in the table get request.parameter-malformed.
 */
export function closestReason(request: FastifyRequest, error: string): OAuthError {
  return (reasonsByError.get(error) ?? otherReason)(request, seeRequest(request).parameter);
}

function otherReason(): OAuthError {
  return refuse('request.parameter-malformed', { name: unknown, detail: 'a fault' });
}
