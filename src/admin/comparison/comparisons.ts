import { expired, instant, missing, nothing, oneOf, otherClient, removed, revoked, textOf } from './compare.js';
import { unknown, values, words, wrongLength, wrongSecret } from './compare.js';
import type { ComparisonView } from '../schemas/comparison.js';
import type { Compare, Facts } from './compare.js';

/** The comparisons by reason. A reason that compares nothing is not here. */
const comparisons: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['authorize.client-missing', missing('client_id', 'The id of a registered client')],
  ['authorize.client-unknown', oneOf('client_id', 'known', 'clientId')],
  ['authorize.secret-wrong', wrongSecret],
  ['authorize.redirect-uri-missing', oneOf('redirect_uri', 'registered')],
  ['authorize.redirect-uri-malformed', oneOf('redirect_uri', 'registered', 'received')],
  ['authorize.redirect-uri-unregistered', oneOf('redirect_uri', 'registered', 'received')],
  ['authorize.response-type-missing', missing('response_type', 'code')],
  [
    'authorize.response-type-unsupported',
    ({ responseType }) => ({ what: 'response_type', expected: values('code'), received: values(responseType) }),
  ],
  ['authorize.response-mode-unsupported', oneOf('response_mode', 'allowed', 'responseMode')],
  [
    'authorize.grant-unauthorized',
    ({ allowed }) => ({
      what: 'grant of the client',
      expected: values('authorization_code'),
      received: allowed === undefined ? nothing : values(allowed),
    }),
  ],
  ['bearer.missing', missing('access token', 'A header Authorization: Bearer, with an access token')],
  ['bearer.unknown', unknown('access token', 'token')],
  ['bearer.expired', expired('access token')],
  ['bearer.removed', removed('access token')],
  ['bearer.revoked', revoked('access token')],
  ['bearer.insufficient-scope', oneOf('scope', 'needed', 'granted')],
  ['client.missing', missing('client authentication', 'The id and the secret of a registered client')],
  ['client.unknown', oneOf('client_id', 'known', 'clientId')],
  ['client.secret-missing', missing('client secret', 'The secret of the client')],
  ['client.secret-wrong', wrongSecret],
  [
    'client.secret-unknown',
    ({ method }) => ({
      what: 'client secret',
      expected: words('The secret of a registered client'),
      received: words(`Another secret, sent by ${textOf(method)}`),
    }),
  ],
  ['client.assertion-type', oneOf('client_assertion_type', 'expected', 'type')],
  ['client.assertion-audience', oneOf('aud of client_assertion', 'expected', 'received')],
  ['client.assertion-expired', expired('client_assertion')],
  [
    'client.ids-differ',
    ({ inBasic, inParameters }) => ({
      what: 'client_id in the header and in the parameters',
      expected: values(inBasic),
      received: values(inParameters),
    }),
  ],
  ['code.missing', missing('code', 'The code of the redirect')],
  ['code.unknown', unknown('authorization code', 'code')],
  ['code.expired', expired('authorization code')],
  [
    'code.replayed',
    ({ spentAt }) => ({
      what: 'authorization code',
      expected: words('A code that was not used yet'),
      received: words(`Already used at ${instant(spentAt)}`),
    }),
  ],
  ['code.revoked', revoked('authorization code')],
  ['code.other-client', otherClient],
  [
    'code.redirect-uri-missing',
    ({ expected }) => ({
      what: 'redirect_uri',
      expected: expected === undefined ? words('That of the authorization request') : values(expected),
      received: nothing,
    }),
  ],
  ['code.redirect-uri-differs', oneOf('redirect_uri', 'expected', 'received')],
  ['grant.missing', missing('grant_type', 'A grant type, as a parameter of the body')],
  ['grant.unsupported', oneOf('grant_type', 'supported', 'grantType')],
  ['grant.unauthorized', oneOf('grant_type', 'allowed', 'grantType')],
  [
    'pkce.verifier-missing',
    missing('code_verifier', 'The verifier of the code_challenge of the authorization request'),
  ],
  ['pkce.verifier-malformed', wrongLength('code_verifier')],
  [
    'pkce.verifier-mismatch',
    ({ method }) => ({
      what: 'code_verifier',
      expected: words(`The verifier of the code_challenge, by the method ${textOf(method)}`),
      received: words('Another verifier'),
    }),
  ],
  [
    'pkce.verifier-unexpected',
    () => ({
      what: 'code_verifier',
      expected: words('None: the authorization request had no code_challenge'),
      received: words('A verifier'),
    }),
  ],
  ['pkce.challenge-missing', missing('code_challenge', 'A challenge: this provider requires PKCE')],
  ['pkce.challenge-malformed', wrongLength('code_challenge')],
  ['pkce.method-missing', oneOf('code_challenge_method', 'supported')],
  ['pkce.method-unsupported', oneOf('code_challenge_method', 'supported', 'method')],
  ['refresh.missing', missing('refresh_token', 'A refresh token')],
  ['refresh.unknown', unknown('refresh token', 'refreshToken')],
  ['refresh.expired', expired('refresh token')],
  ['refresh.idle', expired('refresh token')],
  ['refresh.removed', removed('refresh token')],
  ['refresh.revoked', revoked('refresh token')],
  [
    'refresh.replaced',
    ({ at }) => ({
      what: 'refresh token',
      expected: words('The newer refresh token, which came with the latest refresh'),
      received: words(`The old one, replaced at ${instant(at)}`),
    }),
  ],
  ['refresh.client-missing', oneOf('client', 'ownerId')],
  ['refresh.other-client', otherClient],
  ['request.method-not-allowed', oneOf('method', 'allowed', 'method')],
  ['request.content-type-unsupported', oneOf('Content-Type', 'accepted', 'received')],
  [
    'request.parameter-repeated',
    ({ name, values: repeated }) => ({
      what: `parameter ${textOf(name)}`,
      expected: words('Sent once'),
      received: values(repeated),
    }),
  ],
  [
    'request.parameter-missing',
    ({ name, values: known }) => ({
      what: `parameter ${textOf(name)}`,
      expected: Array.isArray(known) && known.length > 0 ? values(known) : words('A value'),
      received: nothing,
    }),
  ],
  [
    'request.parameter-unsupported',
    ({ name, value, values: known, pattern }) => ({
      what: `parameter ${textOf(name)}`,
      expected: pattern === undefined ? values(known) : words(`What matches ${textOf(pattern)}`),
      received: values(value),
    }),
  ],
  [
    'authorize.parameters-too-long',
    ({ length, maxKept, count, mostKept }) => ({
      what: 'parameters that the provider keeps',
      expected: words(`At most ${textOf(mostKept)}, with ${textOf(maxKept)} characters`),
      received: words(`${textOf(count)}, with ${textOf(length)} characters`),
    }),
  ],
  [
    'request.body-too-large',
    ({ limitBytes }) => ({
      what: 'length of the body',
      expected: words(`At most ${textOf(limitBytes)} bytes`),
      received: words('More'),
    }),
  ],
  [
    'resource.too-many-calls',
    ({ limit, actual }) => ({
      what: 'calls in one second',
      expected: words(`At most ${textOf(limit)}`),
      received: words(textOf(actual)),
    }),
  ],
  ['revoke.token-missing', missing('token', 'The token to revoke')],
  ['introspect.token-missing', missing('token', 'The token to introspect')],
  ['scope.missing', oneOf('scope', 'known')],
  ['scope.unknown', oneOf('scope', 'allowed', 'scope')],
  ['scope.not-allowed', oneOf('scope', 'allowed', 'scope')],
  ['scope.wider-than-granted', oneOf('scope', 'allowed', 'scope')],
]);

/**
 * Compares what was expected with what came, from the facts of a reason as the journal shows them. Undefined: the
 * reason compares nothing.
 */
export const comparisonOf = (reason: string, facts: unknown): ComparisonView | undefined =>
  comparisons.get(reason)?.((facts ?? {}) as Facts);
