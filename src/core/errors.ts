import { differenceBetween } from './redirect-uri.js';
import type { ErrorRow, Instant } from './model.js';

interface Row<Facts> extends ErrorRow {
  /** The journal's voice: what happened, exactly, in words for the person who wrote the client. */
  readonly explain: (facts: Facts) => string;
}

function row<Facts>(status: number, error: string, description: string, explain: (facts: Facts) => string): Row<Facts> {
  return { status, error, description, explain };
}

const time = (instant: Instant): string => new Date(instant).toISOString();
const quote = (value: string | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));
const list = (values: readonly string[]): string => values.map(quote).join(', ') || 'none';
const dead = (what: string, f: { at: Instant; now: Instant }): string =>
  `the ${what} died at ${time(f.at)}, ${String((f.now - f.at) / 1000)} s before it was sent (${time(f.now)})`;

type Nothing = Readonly<Record<string, never>>;
interface Died {
  at: Instant;
  now: Instant;
}
interface Ended {
  at: Instant;
  because: string;
}
interface Owned {
  clientId: string;
  ownerId: string;
}
interface Named {
  name: string;
}

/**
 * Every reason to refuse a request, with the code and the status that the RFCs give it: §4.1.2.1 and §5.2 of RFC 6749,
 * §3.1 of RFC 6750, §4 of RFC 7636. Providers override rows; a policy may override them again.
 */
export const reasons = {
  'request.method-not-allowed': row(
    405,
    'invalid_request',
    'This method is not allowed here.',
    (f: { method: string; allowed: readonly string[] }) =>
      `${f.method} was sent; this endpoint takes ${list(f.allowed)}`,
  ),
  'request.path-unknown': row(
    404,
    'not_found',
    'There is nothing at this path.',
    (f: { path: string; known: readonly string[] }) =>
      `nothing is served at ${quote(f.path)}; served here: ${list(f.known)}`,
  ),
  'request.path-malformed': row(
    400,
    'invalid_request',
    'The path is not valid percent-encoding.',
    (f: { path: string }) => `the path ${quote(f.path)} cannot be percent-decoded (RFC 3986 §2.1)`,
  ),
  'request.body-malformed': row(
    400,
    'invalid_request',
    'The request body cannot be read.',
    (f: { detail: string }) => `the body could not be read: ${f.detail}`,
  ),
  'request.body-too-large': row(
    413,
    'invalid_request',
    'The request body is too large.',
    (f: { limitBytes: number }) => `the body is larger than ${String(f.limitBytes)} bytes`,
  ),
  'request.content-type-unsupported': row(
    400,
    'invalid_request',
    'The content type is not supported.',
    (f: { received: string | undefined; accepted: readonly string[] }) =>
      `the body came as ${f.received === undefined ? 'no Content-Type at all' : quote(f.received)}; accepted: ${list(f.accepted)}`,
  ),
  'request.parameter-repeated': row(
    400,
    'invalid_request',
    'A parameter is included more than once.',
    (f: { name: string; values: readonly string[] }) =>
      `${quote(f.name)} was sent ${String(f.values.length)} times (${list(f.values)}); RFC 6749 §3.1 and §3.2 allow it once`,
  ),
  'request.parameter-malformed': row(
    400,
    'invalid_request',
    'A parameter is malformed.',
    (f: { name: string; detail: string }) => `${quote(f.name)} is malformed: ${f.detail}`,
  ),

  'client.missing': row(
    401,
    'invalid_client',
    'No client authentication was included.',
    (f: { elsewhere: readonly string[] }) =>
      `no client authentication was sent${f.elsewhere.length > 0 ? ` where it is looked for; found, and not read: ${f.elsewhere.join(', ')}` : ''}`,
  ),
  'client.unknown': row(
    401,
    'invalid_client',
    'The client is unknown.',
    (f: { clientId: string; method: string; known: readonly string[] }) =>
      `no client ${quote(f.clientId)}, which came by ${f.method}, is registered; registered: ${list(f.known)}`,
  ),
  'client.secret-missing': row(
    401,
    'invalid_client',
    'The client did not authenticate.',
    (f: { clientId: string }) => `client ${quote(f.clientId)} is confidential and sent no secret`,
  ),
  'client.secret-wrong': row(
    401,
    'invalid_client',
    'Client authentication failed.',
    (f: { clientId: string; method: string }) =>
      `the secret that came by ${f.method} is not the one of client ${quote(f.clientId)}`,
  ),
  'client.credentials-twice': row(
    400,
    'invalid_request',
    'More than one way of client authentication was used.',
    (f: { methods: readonly string[]; same: boolean }) =>
      `credentials came by ${f.methods.join(' and by ')}${f.same ? '' : ', and they differ'}; RFC 6749 §2.3 allows one way a request`,
  ),

  'grant.missing': row(
    400,
    'invalid_request',
    'The parameter grant_type is missing.',
    (f: { elsewhere: readonly string[] }) =>
      `grant_type was not sent${f.elsewhere.length > 0 ? ` where it is looked for; found in the ${f.elsewhere.join(', ')}, which this policy does not read` : ''}`,
  ),
  'grant.unsupported': row(
    400,
    'unsupported_grant_type',
    'The grant type is not supported.',
    (f: { grantType: string; supported: readonly string[] }) =>
      `grant_type was ${quote(f.grantType)}; this realm takes ${list(f.supported)}`,
  ),
  'grant.unauthorized': row(
    400,
    'unauthorized_client',
    'The client may not use this grant type.',
    (f: { clientId: string; grantType: string; allowed: readonly string[] }) =>
      `client ${quote(f.clientId)} may use ${list(f.allowed)}, and asked for ${quote(f.grantType)}`,
  ),

  'code.missing': row(400, 'invalid_request', 'The parameter code is missing.', (_: Nothing) => 'code was not sent'),
  'code.unknown': row(
    400,
    'invalid_grant',
    'The authorization code is unknown.',
    (_: { code: string }) =>
      "the code was never issued here: it is made up, garbled, another realm's, or was forgotten",
  ),
  'code.expired': row(400, 'invalid_grant', 'The authorization code has expired.', (f: Died & { code: string }) =>
    dead('code', f),
  ),
  'code.replayed': row(
    400,
    'invalid_grant',
    'The authorization code was already used.',
    (f: { code: string; spentAt: Instant; revoked: boolean }) =>
      `the code was already spent at ${time(f.spentAt)}${f.revoked ? '; what it bought is revoked now (RFC 6749 §4.1.2)' : ''}`,
  ),
  'code.revoked': row(
    400,
    'invalid_grant',
    'The authorization code was revoked.',
    (f: Ended & { code: string }) => `the code was revoked at ${time(f.at)} (${f.because})`,
  ),
  'code.other-client': row(
    400,
    'invalid_grant',
    'The authorization code was issued to another client.',
    (f: Owned) => `the code was issued to client ${quote(f.ownerId)}, and client ${quote(f.clientId)} sent it`,
  ),
  'code.redirect-uri-missing': row(
    400,
    'invalid_request',
    'The parameter redirect_uri is missing.',
    (f: { expected: string | undefined }) =>
      `redirect_uri was not sent${f.expected === undefined ? '' : `; the authorization request named ${quote(f.expected)} (RFC 6749 §4.1.3)`}`,
  ),
  'code.redirect-uri-differs': row(
    400,
    'invalid_grant',
    'The redirect_uri differs from the one of the authorization request.',
    (f: { expected: string; received: string }) =>
      `redirect_uri ${differenceBetween(f.expected, f.received, 'was named by the authorization request')}`,
  ),

  'pkce.verifier-missing': row(
    400,
    'invalid_grant',
    'The parameter code_verifier is missing.',
    (_: Nothing) =>
      'the authorization request carried a code_challenge, and no code_verifier came with the code (RFC 7636 §4.5)',
  ),
  'pkce.verifier-malformed': row(
    400,
    'invalid_grant',
    'The code_verifier is malformed.',
    (f: { length: number }) =>
      `code_verifier has ${String(f.length)} characters; RFC 7636 §4.1 wants 43 to 128 of [A-Za-z0-9-._~]`,
  ),
  'pkce.verifier-mismatch': row(
    400,
    'invalid_grant',
    'The code_verifier does not match.',
    (f: { method: string }) => `the code_verifier does not give the code_challenge by ${f.method} (RFC 7636 §4.6)`,
  ),
  'pkce.verifier-unexpected': row(
    400,
    'invalid_grant',
    'A code_verifier came without a code_challenge.',
    (_: Nothing) =>
      'code_verifier was sent, yet the authorization request carried no code_challenge: that is what a PKCE downgrade looks like (RFC 9700 §2.1.1)',
  ),
  'pkce.challenge-missing': row(
    400,
    'invalid_request',
    'The parameter code_challenge is missing.',
    (_: Nothing) => 'this realm requires PKCE, and no code_challenge was sent (RFC 7636 §4.4.1)',
  ),
  'pkce.challenge-malformed': row(
    400,
    'invalid_request',
    'The code_challenge is malformed.',
    (f: { length: number }) =>
      `code_challenge has ${String(f.length)} characters; RFC 7636 §4.2 wants 43 to 128 of [A-Za-z0-9-._~]`,
  ),
  'pkce.method-unsupported': row(
    400,
    'invalid_request',
    'The code_challenge_method is not supported.',
    (f: { method: string; supported: readonly string[] }) =>
      `code_challenge_method was ${quote(f.method)}; supported: ${list(f.supported)}`,
  ),

  'refresh.missing': row(
    400,
    'invalid_request',
    'The parameter refresh_token is missing.',
    (_: Nothing) => 'refresh_token was not sent',
  ),
  'refresh.unknown': row(
    400,
    'invalid_grant',
    'The refresh token is unknown.',
    (_: { refreshToken: string }) =>
      "the refresh token was never issued here: it is made up, garbled, another realm's, or was forgotten",
  ),
  'refresh.expired': row(400, 'invalid_grant', 'The refresh token has expired.', (f: Died & { refreshToken: string }) =>
    dead('refresh token', f),
  ),
  'refresh.revoked': row(
    400,
    'invalid_grant',
    'The refresh token was revoked.',
    (f: Ended & { refreshToken: string }) => `the refresh token was revoked at ${time(f.at)} (${f.because})`,
  ),
  'refresh.replaced': row(
    400,
    'invalid_grant',
    'The refresh token was already used.',
    (f: { at: Instant; familyRevoked: boolean; refreshToken: string }) =>
      `the refresh token was replaced by a newer one at ${time(f.at)}, and the old one was sent${f.familyRevoked ? '; the whole family is revoked now (RFC 9700 §4.14.2)' : ''}`,
  ),
  'refresh.other-client': row(
    400,
    'invalid_grant',
    'The refresh token was issued to another client.',
    (f: Owned & { refreshToken: string }) =>
      `the refresh token belongs to client ${quote(f.ownerId)}, and client ${quote(f.clientId)} sent it`,
  ),

  'password.username-missing': row(
    400,
    'invalid_request',
    'The username is missing.',
    (f: Named) => `${f.name} was not sent`,
  ),
  'password.password-missing': row(
    400,
    'invalid_request',
    'The password is missing.',
    (_: Nothing) => 'password was not sent',
  ),
  'password.wrong': row(
    400,
    'invalid_grant',
    'The username or the password is wrong.',
    (f: { username: string; known: boolean }) =>
      f.known ? `the password of ${quote(f.username)} is another one` : `there is no user ${quote(f.username)}`,
  ),

  'scope.malformed': row(
    400,
    'invalid_scope',
    'The scope is malformed.',
    (f: { scope: string }) => `scope ${quote(f.scope)} has characters outside RFC 6749 §3.3`,
  ),
  'scope.missing': row(
    400,
    'invalid_scope',
    'The parameter scope is missing.',
    (f: { known: readonly string[] }) => `scope was not sent; known: ${list(f.known)}`,
  ),
  'scope.unknown': row(
    400,
    'invalid_scope',
    'The scope is unknown.',
    (f: { scope: string; allowed: readonly string[] }) =>
      `scope ${quote(f.scope)} is unknown here; known: ${list(f.allowed)}`,
  ),
  'scope.not-allowed': row(
    400,
    'invalid_scope',
    'The client may not ask for this scope.',
    (f: { scope: string; allowed: readonly string[] }) =>
      `scope ${quote(f.scope)} is not open to this request; open: ${list(f.allowed)}`,
  ),
  'scope.wider-than-granted': row(
    400,
    'invalid_scope',
    'The scope is wider than the one that was granted.',
    (f: { scope: string; allowed: readonly string[] }) =>
      `scope ${quote(f.scope)} was not granted; granted: ${list(f.allowed)} (RFC 6749 §6)`,
  ),

  'authorize.client-missing': row(
    400,
    'invalid_request',
    'The parameter client_id is missing.',
    (_: Nothing) => 'client_id was not sent',
  ),
  'authorize.client-unknown': row(
    400,
    'invalid_client',
    'The client is unknown.',
    (f: { clientId: string; known: readonly string[] }) =>
      `no client ${quote(f.clientId)} is registered; registered: ${list(f.known)}`,
  ),
  'authorize.secret-wrong': row(
    400,
    'invalid_client',
    'Client authentication failed.',
    (f: { clientId: string }) => `the client_secret in the URL is not the one of client ${quote(f.clientId)}`,
  ),
  'authorize.redirect-uri-missing': row(
    400,
    'invalid_request',
    'The parameter redirect_uri is missing.',
    (f: { registered: readonly string[] }) => `redirect_uri was not sent; registered: ${list(f.registered)}`,
  ),
  'authorize.redirect-uri-malformed': row(
    400,
    'invalid_request',
    'The redirect_uri is malformed.',
    (f: { received: string; detail: string; registered: readonly string[] }) =>
      `redirect_uri ${quote(f.received)} ${f.detail}`,
  ),
  'authorize.redirect-uri-unregistered': row(
    400,
    'invalid_request',
    'The redirect_uri is not registered.',
    (f: { received: string; registered: readonly string[]; nearest: string | undefined }) =>
      f.nearest === undefined
        ? `redirect_uri ${quote(f.received)} was sent, and none is registered`
        : `redirect_uri ${differenceBetween(f.nearest, f.received, 'was registered')}`,
  ),
  'authorize.response-type-missing': row(
    400,
    'invalid_request',
    'The parameter response_type is missing.',
    (_: Nothing) => 'response_type was not sent; it must be "code"',
  ),
  'authorize.response-type-unsupported': row(
    400,
    'unsupported_response_type',
    'The response type is not supported.',
    (f: { responseType: string }) => `response_type was ${quote(f.responseType)}; it must be "code"`,
  ),
  'authorize.grant-unauthorized': row(
    400,
    'unauthorized_client',
    'The client may not ask for a code.',
    (f: { clientId: string; allowed: readonly string[] }) =>
      `client ${quote(f.clientId)} may use ${list(f.allowed)}, and asked for a code`,
  ),
  'authorize.denied': row(
    403,
    'access_denied',
    'The resource owner denied the request.',
    (f: { username: string }) => `${f.username} pressed Deny`,
  ),
  'authorize.user-unknown': row(
    500,
    'server_error',
    'The policy names a user who does not exist.',
    (f: { user: string; known: readonly string[] }) =>
      `interaction.user is ${quote(f.user)}; the users are ${list(f.known)}`,
  ),
  'page.unknown': row(
    400,
    'invalid_request',
    'This page is no longer valid.',
    (_: Nothing) => 'no authorization waits under this id: it was answered, it expired, or it was never asked for',
  ),
  'page.other-browser': row(
    403,
    'invalid_request',
    'This page was opened in another browser.',
    (_: Nothing) => 'the cookie of the browser that began this authorization did not come back with the form',
  ),
  'page.forged': row(
    403,
    'invalid_request',
    'This form is not the one that was shown.',
    (_: Nothing) => 'the anti-forgery value of the form is missing or wrong',
  ),

  'bearer.missing': row(
    401,
    'invalid_token',
    'No access token was sent.',
    (f: { elsewhere: readonly string[] }) =>
      `no access token was sent${f.elsewhere.length > 0 ? ` where it is looked for; found in the ${f.elsewhere.join(', ')}, which this policy does not read` : ''}`,
  ),
  'bearer.malformed': row(
    401,
    'invalid_token',
    'The access token is malformed.',
    (f: { detail: string }) => `the Authorization header is not a bearer token: ${f.detail}`,
  ),
  'bearer.twice': row(
    400,
    'invalid_request',
    'The access token was sent in more than one way.',
    (f: { places: readonly string[] }) =>
      `the access token came in ${f.places.join(' and in ')}; RFC 6750 §2 allows one way a request`,
  ),
  'bearer.unknown': row(
    401,
    'invalid_token',
    'The access token is unknown.',
    (_: { token: string }) =>
      "the access token was never issued here: it is made up, garbled, another realm's, or was forgotten",
  ),
  'bearer.expired': row(401, 'invalid_token', 'The access token has expired.', (f: Died & { token: string }) =>
    dead('access token', f),
  ),
  'bearer.revoked': row(
    401,
    'invalid_token',
    'The access token was revoked.',
    (f: Ended & { token: string }) => `the access token was revoked at ${time(f.at)} (${f.because})`,
  ),
  'bearer.insufficient-scope': row(
    403,
    'insufficient_scope',
    'The access token does not carry the scope.',
    (f: { needed: readonly string[]; granted: readonly string[] }) =>
      `this call needs one of ${list(f.needed)}; the token carries ${list(f.granted)}`,
  ),
  'resource.suspended': row(
    403,
    'access_denied',
    'The account is suspended.',
    (f: { username: string }) => `the account ${quote(f.username)} is suspended`,
  ),
  'resource.too-many-calls': row(
    429,
    'too_many_requests',
    'Too many requests.',
    (f: { limit: number; actual: number }) =>
      `${String(f.actual)} calls in one second; the limit is ${String(f.limit)}`,
  ),
  'resource.unknown': row(
    404,
    'not_found',
    'There is nothing at this path.',
    (f: { method: string; path: string }) =>
      `nothing answers ${f.method} ${quote(f.path)}; a scenario can put a stub there`,
  ),

  'revoke.token-missing': row(
    400,
    'invalid_request',
    'The parameter token is missing.',
    (_: Nothing) => 'token was not sent',
  ),
  'revoke.unauthorized': row(
    401,
    'invalid_client',
    'The client may not revoke this token.',
    (f: { clientId: string | undefined }) =>
      `client ${quote(f.clientId)} did not authenticate, or the token is another client's`,
  ),
  'introspect.token-missing': row(
    400,
    'invalid_request',
    'The parameter token is missing.',
    (_: Nothing) => 'token was not sent',
  ),
  'introspect.unauthorized': row(
    401,
    'invalid_client',
    'The client may not introspect this token.',
    (_: Nothing) => 'introspection needs client authentication',
  ),

  'server.failed': row(
    500,
    'server_error',
    'Understudy itself failed.',
    (f: { detail: string }) => `a fault of Understudy's own: ${f.detail}`,
  ),
} as const;

export type Reason = keyof typeof reasons;
export type Facts<R extends Reason> = Parameters<(typeof reasons)[R]['explain']>[0];
export type AnyFacts = Readonly<Record<string, unknown>>;

/** Tells whether a word is one of the reasons of the table. */
export function isReason(word: string): word is Reason {
  return Object.hasOwn(reasons, word);
}

/** The journal's sentence for a refusal. */
export function explain(error: OAuthError): string {
  return (reasons[error.reason].explain as (facts: AnyFacts) => string)(error.facts);
}

/** Where a refusal may be sent back to, once the client and its redirect_uri are trusted (RFC 6749 §4.1.2.1). */
export interface RedirectTarget {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** A refusal as a value: why, with the facts. What the wire says of it is looked up elsewhere. */
export class OAuthError extends Error {
  readonly reason: Reason;
  readonly facts: AnyFacts;
  /** Set by the authorization endpoint alone. */
  readonly redirect: RedirectTarget | undefined;

  private constructor(reason: Reason, facts: AnyFacts, redirect: RedirectTarget | undefined) {
    super(reason);
    this.reason = reason;
    this.facts = facts;
    this.redirect = redirect;
  }

  static of<R extends Reason>(reason: R, facts: Facts<R>): OAuthError {
    return new OAuthError(reason, facts as AnyFacts, undefined);
  }

  redirectedTo(target: RedirectTarget): OAuthError {
    return new OAuthError(this.reason, this.facts, target);
  }
}

/** Shorthand for `throw`: `throw refuse('code.expired', { at, now })`. */
export const refuse = <R extends Reason>(reason: R, facts: Facts<R>): OAuthError => OAuthError.of(reason, facts);
