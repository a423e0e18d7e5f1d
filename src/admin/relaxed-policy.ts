import { isDeepStrictEqual } from 'node:util';
import { standardPolicy } from '../providers/standard-policy.js';
import type { Policy } from '../core/policy.js';
import type { PolicyAnswer } from './schemas/providers.js';

/** For each field of a policy, the clause that asks for the strict value. Undefined: the RFCs leave the value open. */
const clauses: Readonly<Record<keyof Policy, string | undefined>> = {
  codeSeconds: undefined,
  accessTokenSeconds: undefined,
  refreshTokenSeconds: undefined,
  refreshTokenIdleSeconds: undefined,
  refreshTokenAbsoluteSeconds: undefined,
  refreshGraceSeconds: 'RFC 9700 §4.14.2 takes a replaced refresh token that is used again for a theft',
  grants: 'RFC 9700 §2.4 forbids the password grant',
  grantsPerClient: undefined,
  interaction: undefined,
  redirectUriMatching: 'RFC 9700 §2.1 requires exact string matching',
  redirectUriRequired: undefined,
  authorizeRefusals: 'RFC 6749 §4.1.2.1 returns errors by redirect',
  refusalPageStatus: 'RFC 9110 §15.3.1: the status 200 reports a success',
  redirectStatus: undefined,
  echoState: 'RFC 6749 §4.1.2 requires that state is returned',
  tokenTypeInRedirect: 'RFC 6749 §4.1.2 defines the parameters of the redirect',
  expiresInRedirect: 'RFC 6749 §4.1.2 defines the parameters of the redirect',
  issuerInRedirect: undefined,
  redirectUriRebuilt: 'RFC 6749 §3.1.2 keeps the query of the redirect URI',
  redirectEncoding: undefined,
  responseModes: undefined,
  outOfBandCode: 'RFC 6749 §4.1.2 returns the code by redirect',
  loginPage: undefined,
  authorizeMethods: 'RFC 6749 §3.1 names GET and POST',
  authorizeParametersIn: 'RFC 6749 §3.1 and §4.1.1 put the parameters into the query of a GET',
  authorizeBodyTypes: 'RFC 6749 §3.1 and Appendix B: a POST has a form',
  authorizePost: undefined,
  passwordAtAuthorize: 'RFC 9700 §2.4 forbids that the client handles the password',
  consent: undefined,
  consentFormFields: undefined,
  consentFormTwice: 'RFC 6749 §4.1.2: the answer to one authorization request has one code',
  scopeParameter: 'RFC 6749 §3.3 defines the parameter scope',
  scopeWhenOmitted: undefined,
  scopeSyntax: 'RFC 6749 §3.3 separates scopes by single spaces',
  scopeCheckedAtToken: undefined,
  scopesAtRefresh: 'RFC 6749 §6 names the parameter scope',
  pkce: 'RFC 9700 §2.1.1 requires servers to support PKCE',
  pkceMethods: 'RFC 7636 §4.2 defines S256 and plain',
  pkceMethodOmitted: 'RFC 7636 §4.3 takes plain if the method is omitted',
  pkceSyntax: 'RFC 7636 §4.1 and §4.2 limit length and characters',
  tokenMethods: 'RFC 6749 §3.2 requires POST',
  implicitAtToken: 'RFC 6749 §5.2 answers unsupported_grant_type',
  tokenMethodChecked: undefined,
  allowAtToken: 'RFC 9110 §15.5.6 requires Allow',
  tokenParametersIn: 'RFC 6749 §3.2 and §4.1.3 put the parameters into the body',
  tokenBodyTypes: 'RFC 6749 §4.1.3 requires application/x-www-form-urlencoded',
  unreadBody: 'RFC 6749 §4.1.3 requires application/x-www-form-urlencoded',
  parameterSyntax: 'RFC 6749 Appendix B defines the encoding of parameters',
  parametersRepeated: 'RFC 6749 §3.1 and §3.2 allow each parameter once',
  parametersInBoth: 'RFC 6749 §3.1 and §3.2 allow each parameter once',
  blankParameters: 'RFC 6749 §3.1 omits only a parameter without a value',
  emptyParameters: 'RFC 6749 §3.1 and §3.2 omit a parameter without a value',
  brokenEncoding: 'RFC 6749 Appendix B requires UTF-8 and percent-encoding',
  secretInUrl: 'RFC 6749 §2.3.1 forbids credentials in the URL',
  secretAtAuthorize: undefined,
  authorizationTwice: 'RFC 9110 §5.3 allows the header once',
  tokenChecksFirst: undefined,
  clientCredentialsIn: 'RFC 6749 §2.3.1 forbids credentials in the URL',
  assertionAudiences: 'RFC 7523 §3 names the token endpoint as the audience',
  clientCredentialsTwice: 'RFC 6749 §2.3 allows one authentication method per request',
  basicWithoutScheme: 'RFC 9110 §11.6.2 requires the scheme',
  basicLetterCase: 'RFC 9110 §11.1 ignores the letter case of the scheme',
  basicDecoding: 'RFC 6749 §2.3.1 requires form-encoding',
  basicBase64: 'RFC 7617 §2 and RFC 4648 §3.2 and §3.3 require valid base64',
  clientAtCodeExchange: 'RFC 6749 §3.2.1 requires client authentication',
  clientCredentialsGrantFor: 'RFC 6749 §4.4 allows this grant to confidential clients only',
  clientMissingAtRefresh: 'RFC 6749 §5.2 answers invalid_client',
  echoStateAtToken: 'RFC 6749 §5.2 defines the members of an error',
  redirectUriAtToken: 'RFC 6749 §4.1.3 requires redirect_uri if the authorization request had it',
  redirectUriAtTokenMatching: 'RFC 6749 §4.1.3 requires identical values',
  passwordGrantUsername: 'RFC 6749 §4.3.2 names the parameter username',
  passwordGrantProvider: undefined,
  usernameMatching: undefined,
  failedExchangeSpendsCode: undefined,
  replayRevokesTokens: 'RFC 6749 §4.1.2 recommends revoking the tokens of a replayed code',
  accessTokenReused: 'RFC 6749 §4.1.2: tokens that several codes share are not revoked with one of them',
  refreshTokenIssued: undefined,
  refreshTokenIssuedIf: undefined,
  refreshTokensPerUser: undefined,
  accessTokensPerUser: undefined,
  refreshRotation: 'RFC 9700 §4.14.2 recommends that each refresh replaces the refresh token',
  refreshRotationAfterSeconds: 'RFC 9700 §4.14.2 recommends that each refresh replaces the refresh token',
  previousRetiredBy: undefined,
  refreshRevokesAccessToken: undefined,
  refusedRefresh: undefined,
  refreshTokenForClientCredentials: 'RFC 6749 §4.4.3 advises against a refresh token',
  narrowedScope: 'RFC 6749 §6 keeps the scope of the refresh token',
  expiredTokens: undefined,
  accessTokenRevocationChecked: 'RFC 7009 §2: a revoked token is invalid',
  accessTokenScopeChecked: 'RFC 6750 §3.1 refuses a token with too little scope',
  tokenParameterMissing: 'RFC 7009 §2.1 and RFC 7662 §2.1 require token',
  tokenTypeHint: 'RFC 7009 §2.1 extends the search to all token types',
  revokeExpired: 'RFC 7009 §2.1 invalidates the token',
  revokePublicTokens: 'RFC 7009 §2.1 checks that the token was issued to the client',
  clientAtRevocation: 'RFC 7009 §2.1 requires client authentication',
  revokeClientFailure: 'RFC 7009 §2.1 and §2.2.1 answer as RFC 6749 §5.2',
  introspectionBy: undefined,
  introspectionOf: undefined,
  refreshTokenIntrospectedAs: 'RFC 7662 §2.2 describes the token that was sent',
  bearerIn: 'RFC 9700 §4.3.2 forbids access tokens in the URL',
  bearerHeader: 'RFC 6750 §2.1 defines the header',
  bearerAliases: 'RFC 6750 §2.1 names the scheme Bearer',
  bearerHeaders: 'RFC 6750 §2 names no header beside Authorization',
  bearerParameters: 'RFC 6750 §2.2 names the parameter access_token',
  bearerTwice: 'RFC 6750 §2 allows one method per request',
  apiChecksFirst: undefined,
  accessTokenExpiryChecked: 'RFC 6750 §3.1 defines a 401 for expired tokens',
  callsPerSecond: undefined,
  cors: 'RFC 9700 §2.6 forbids CORS at the authorization endpoint',
  pathLetterCase: 'RFC 3986 §6.2.2.1 distinguishes the letter case of a path',
  pathSpelling: 'RFC 3986 §6.2 does not take other spellings of a path for equal',
  rawBytesInUrl: 'RFC 3986 §2 requires ASCII',
  unknownPaths: undefined,
  acceptMalformed: undefined,
  pageCaching: undefined,
  tokenCaching: 'RFC 6749 §5.1 requires no-store',
  scopeChallenge: 'RFC 6750 §3 requires WWW-Authenticate',
  descriptionInJson: undefined,
  descriptionInChallenge: 'RFC 9110 §5.6.4 escapes quotes',
  answerFormat: undefined,
  errors: undefined,
};

/** Values other than the standard ones that are not less strict. */
const alsoStrict: Partial<Readonly<Record<keyof Policy, readonly unknown[]>>> = {
  pkce: ['required-for-public-clients', 'required'],
  pkceMethodOmitted: ['refused'],
  redirectUriMatching: ['exact-but-loopback-port'],
  redirectUriAtToken: ['required'],
  refreshRotation: ['reuse-revokes-family'],
  scopeWhenOmitted: ['refused'],
};

/** Grants that a strict policy can have. */
const strictGrants: readonly unknown[] = ['authorization_code', 'refresh_token', 'client_credentials'];

/** RFC 9700 §2.5 recommends a client's own key. */
const strictCredentials: readonly unknown[] = ['basic', 'body', 'private-key-jwt'];

/** Lists with more values than the standard policy has that are not less strict. */
const strictLists: Partial<Readonly<Record<keyof Policy, readonly unknown[]>>> = {
  grants: strictGrants,
  clientCredentialsIn: strictCredentials,
};

function isStrict(name: keyof Policy, value: unknown): boolean {
  const strict = strictLists[name] ?? standardPolicy[name];
  if (Array.isArray(value)) return value.every((each) => (strict as readonly unknown[]).includes(each));
  return isDeepStrictEqual(value, strict) || alsoStrict[name]?.includes(value) === true;
}

/** Whether a clause of an RFC says which value of a field is strict. */
export const isCompared = (field: keyof Policy): boolean => clauses[field] !== undefined;

/** Lists the fields in which a policy is less strict than the RFCs. */
export function relaxed(policy: Policy): PolicyAnswer['relaxed'] {
  return (Object.keys(clauses) as (keyof Policy)[]).flatMap((field) => {
    const clause = clauses[field];
    const value = policy[field];
    return clause === undefined || isStrict(field, value)
      ? []
      : [{ field, value, strict: standardPolicy[field], clause }];
  });
}
