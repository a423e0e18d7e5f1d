import { findTarget } from '../../core/authorize.js';
import { refuse } from '../../core/errors.js';
import { reasons } from '../../core/reasons/index.js';
import { sendAnswer, sendRedirectTo } from '../answering/answer.js';
import { notStored } from '../answering/headers-ahead.js';
import { setAhead } from '../answering/headers-ahead.js';
import { withParameters } from '../answering/redirect-back.js';
import { describe } from '../answering/refusal.js';
import { bearerToken, readWireText } from './facts.js';
import { readAuthorizationRequest } from '../reading/protocol-requests.js';
import { findPending } from '../pages/pending.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OAuthError, RedirectTarget } from '../../core/errors.js';
import type { StagedRefusal } from '../../faults/fault.js';
import type { Refusal } from '../../providers/provider.js';
import type { WireText } from './facts.js';

const nobody = '';

/** A refusal of the table that the provider would send with this error, so that its own words can be found. */
type Likeness = (request: FastifyRequest, wire: WireText) => OAuthError;

const likenesses: Readonly<Record<string, Likeness>> = {
  invalid_client: ({ headers, entry }) =>
    refuse('client.secret-wrong', {
      clientId: entry.clientId ?? nobody,
      method: headers.authorization === undefined ? 'body' : 'basic',
    }),
  invalid_grant: ({ realm, entry }, wire) => {
    // an API knows no grant
    if (entry.endpoint === 'resource') return unlike();
    if (wire.grant_type === 'password') {
      return refuse('password.wrong', { username: wire[realm.policy.passwordGrantUsername] ?? nobody, known: true });
    }
    return wire.grant_type === 'refresh_token'
      ? refuse('refresh.revoked', { at: realm.now(), because: 'a fault', refreshToken: wire.refresh_token ?? nobody })
      : refuse('code.unknown', { code: wire.code ?? nobody });
  },
  unauthorized_client: ({ entry }, wire) =>
    refuse('grant.unauthorized', {
      clientId: entry.clientId ?? nobody,
      grantType: wire.grant_type ?? 'authorization_code',
      allowed: [],
    }),
  unsupported_grant_type: ({ realm }, wire) =>
    refuse('grant.unsupported', { grantType: wire.grant_type ?? nobody, supported: realm.policy.grants }),
  unsupported_response_type: (_, wire) =>
    refuse('authorize.response-type-unsupported', { responseType: wire.response_type ?? nobody }),
  invalid_scope: ({ realm }, wire) =>
    refuse('scope.not-allowed', { scope: wire.scope ?? nobody, allowed: Object.keys(realm.scopes) }),
  access_denied: ({ entry }) =>
    entry.endpoint === 'resource'
      ? refuse('resource.suspended', { username: entry.userId ?? nobody })
      : refuse('authorize.denied', { username: entry.userId ?? nobody }),
  invalid_token: (request, wire) =>
    request.entry.endpoint === 'token'
      ? refuse('refresh.expired', {
          at: request.realm.now(),
          now: request.realm.now(),
          refreshToken: wire.refresh_token ?? nobody,
        })
      : refuse('bearer.expired', {
          at: request.realm.now(),
          now: request.realm.now(),
          token: bearerToken(request, wire) ?? nobody,
        }),
  insufficient_scope: ({ realm }) =>
    refuse('bearer.insufficient-scope', { needed: Object.keys(realm.scopes).slice(0, 1), granted: [] }),
  too_many_requests: ({ realm }) => {
    const limit = Number.isFinite(realm.policy.callsPerSecond) ? realm.policy.callsPerSecond : 5;
    return refuse('resource.too-many-calls', { limit, actual: limit * 2 });
  },
  server_error: () => refuse('server.failed', { detail: 'a fault' }),
  temporarily_unavailable: () => refuse('server.failed', { detail: 'a fault' }),
  not_found: ({ method }) => refuse('resource.unknown', { method, path: nobody }),
};

function unlike(): OAuthError {
  return refuse('request.parameter-malformed', { name: nobody, detail: 'a fault' });
}

/** What no row of the table has words for (RFC 6749 §4.1.2.1). */
const ownWords: Readonly<Record<string, { readonly status: number; readonly description: string }>> = {
  server_error: { status: 500, description: 'The authorization server encountered an unexpected condition.' },
  temporarily_unavailable: {
    status: 503,
    description: 'The authorization server is currently unable to handle the request.',
  },
};

function toRefusal(request: FastifyRequest, error: string, description: string | undefined): Refusal {
  const { provider, realm } = request;
  const like = (likenesses[error] ?? unlike)(request, readWireText(request));
  const refusal = describe(provider, realm.policy, like);
  const own = ownWords[error];
  // a provider may answer such a refusal by another error: its words are then about that one
  const isSame = refusal.error === error;
  const { status, code } = isSame
    ? refusal
    : { status: own?.status ?? reasons[refusal.reason].status, code: undefined };
  const said =
    isSame && provider.reasons[refusal.reason]?.description !== undefined
      ? refusal.description
      : (own?.description ?? refusal.description);
  // a token endpoint refuses with 400 whatever an authorization would be refused with (RFC 6749 §5.2)
  const worn = request.entry.endpoint === 'token' && refusal.reason.startsWith('authorize.') ? 400 : status;
  return {
    ...refusal,
    error,
    code,
    status: worn,
    description: description ?? (refusal.reason === 'request.parameter-malformed' ? 'The request was refused.' : said),
  };
}

/**
 * Sends a refusal in the provider's own dress: on a page as the redirect back, where the client and its redirect_uri are
 * good.
 *
 * @throws what the authorization endpoint would say of a request that must not be redirected (RFC 6749 §4.1.2.1)
 */
export function sendStagedRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  staged: StagedRefusal,
): Promise<void> | undefined {
  const { provider, entry } = request;
  if (staged.headers !== undefined) setAhead(request, staged.headers);
  switch (entry.endpoint) {
    case 'authorize':
    case 'login':
    case 'consent':
      return sendBack(request, reply, toRefusal(request, staged.errorOnPages ?? staged.error, staged.description));
    case 'resource':
      return sendAnswer(request, reply, provider.bearerRefusal(toRefusal(request, staged.error, staged.description)));
    default:
      return sendAnswer(request, reply, provider.tokenRefusal(toRefusal(request, staged.error, staged.description)));
  }
}

function sendBack(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): Promise<void> | undefined {
  const { provider, realm, entry } = request;
  const { policy } = realm;
  // MailUp's endpoint of 2013 answers in the body, and redirects nowhere
  if (policy.passwordAtAuthorize && readWireText(request).username !== undefined && entry.endpoint === 'authorize') {
    return sendAnswer(request, reply, provider.tokenRefusal(refusal));
  }
  const { redirectUri, state } = targetOf(request);
  const parameters = Object.entries(provider.redirectRefusal(refusal)).filter(([, value]) => value !== '');
  const echoed: [string, string][] = policy.echoState && state !== undefined ? [['state', state]] : [];
  return sendRedirectTo(
    request,
    reply,
    policy.redirectStatus,
    withParameters(redirectUri, [...parameters, ...echoed]),
    notStored,
  );
}

function targetOf(request: FastifyRequest): RedirectTarget {
  if (request.entry.endpoint !== 'authorize') return findPending(request);
  const wire = readAuthorizationRequest(request);
  return { ...findTarget(request.realm, wire), state: wire.state };
}
