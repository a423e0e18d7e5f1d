import type { GrantType, PkceMethod } from './model.js';

/** What a refresh does to the old refresh token. */
export type RefreshRotation = 'keep' | 'rotate' | 'retire-previous-on-first-use' | 'reuse-revokes-family';
/** How a received redirect URI is compared with a registered one. */
export type RedirectUriMatching =
  'exact' | 'exact-but-loopback-port' | 'ignore-query' | 'loopback-any-port' | 'normalized' | 'as-written';
/** How the parameters of an authorization answer reach the client (OAuth 2.0 Multiple Response Types §2.1). */
export type ResponseMode = 'query' | 'fragment' | 'form_post';
/** Where a parameter of a request can be. */
export type ParameterPlace = 'body' | 'query';
/** A kind of request body. */
export type BodyType = 'form' | 'json' | 'multipart' | 'untyped';
/** Where client credentials can be, or how else a client can authenticate. */
export type CredentialsPlace = 'basic' | 'body' | 'query' | 'basic-secret-as-user' | 'private-key-jwt';
/** A way to write a path that is routed like the path itself: `/token/`, `//token`, `/token.json`, `/%74oken`. */
export type PathSpelling = 'trailing-slash' | 'double-slash' | 'format-suffix' | 'encoded-letters';
/** Where an access token can be: RFC 6750 §2, and the header `X-API-Key` as in APIs with keys. */
export type BearerPlace = 'header' | 'query' | 'body' | 'x-api-key';
/** Names of the parameter that can carry an access token. RFC 6750 §2.2 and §2.3 know `access_token` alone. */
export const bearerParameterNames = ['access_token', 'bearer_token'] as const;
/** A name of the parameter that can carry an access token. */
export type BearerParameterName = (typeof bearerParameterNames)[number];
/** How a Bearer header is read: where the token begins, and which characters it may have. */
export type BearerHeaderReading = 'rfc6750' | 'after-one-space' | 'after-the-word' | 'rails-token';
/** How a scope parameter is split. */
export type ScopeSyntax = 'rfc6749' | 'white-space' | 'each-white-space-or-plus' | 'comma' | 'comma-or-space';
/** A condition under which a token request gets a refresh token. All of its members must hold. */
export interface RefreshCondition {
  /** Values of parameters of the authorization request, by name. */
  readonly parameter?: Readonly<Record<string, string>>;
  /** A scope that is granted. */
  readonly scope?: string;
  /** The user had given the client no access before, or `prompt=consent` was sent. */
  readonly consent?: 'first';
  /** Ids of clients, of which the client is one. */
  readonly client?: readonly string[];
}
/** Who may ask the introspection endpoint (RFC 7662 §2.1). */
export type IntrospectionCaller = 'client' | 'bearer';

/** Whether a user decides on the login and consent pages, or the policy decides without pages. */
export type Interaction =
  { readonly mode: 'manual' } | { readonly mode: 'auto'; readonly user: string; readonly decision: 'allow' | 'deny' };

/** The error answer for one reason. A provider and a policy can each override parts of it. */
export interface ErrorRow {
  readonly status: number;
  /** The value of the member `error` (RFC 6749 §4.1.2.1, §5.2; RFC 6750 §3.1). */
  readonly error: string;
  readonly description: string;
}

/**
 * The rules of a realm as data. Every deviation of a provider is one of these fields, so that a test can change it.
 * Durations are in seconds; `Infinity` means never, and no limit of a number.
 */
export interface Policy {
  readonly codeSeconds: number;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly refreshTokenIdleSeconds: number;
  readonly refreshTokenAbsoluteSeconds: number;
  readonly refreshGraceSeconds: number;

  readonly grants: readonly GrantType[];
  readonly grantsPerClient: readonly GrantType[];
  readonly implicitAtToken: 'unsupported-grant-type' | 'invalid-grant';
  readonly interaction: Interaction;

  readonly redirectUriMatching: RedirectUriMatching;
  readonly secretAtAuthorize: 'checked' | 'ignored';
  readonly redirectUriRequired: 'always' | 'when-several';
  readonly authorizeRefusals: 'redirect' | 'page';
  readonly refusalPageStatus: 'as-the-error' | 'always-200';
  readonly redirectStatus: 302 | 303;
  readonly echoState: boolean;
  readonly tokenTypeInRedirect: boolean;
  readonly expiresInRedirect: boolean;
  readonly issuerInRedirect: 'sent' | 'absent';
  readonly redirectUriRebuilt: boolean;
  readonly redirectEncoding: 'percent' | 'plus' | 'minimal' | 'bare-plus';
  readonly responseModes: readonly ResponseMode[];
  readonly outOfBandCode: boolean;
  readonly loginPage: 'after-the-checks' | 'first';
  readonly authorizeMethods: readonly ('GET' | 'HEAD' | 'POST')[];
  readonly authorizeParametersIn: 'by-method' | 'query-and-body';
  readonly authorizeBodyTypes: readonly BodyType[];
  readonly authorizePost: 'a-request' | 'the-form-alone';
  readonly passwordAtAuthorize: boolean;
  readonly consentFormFields: 'ignored' | 'checked-again';
  readonly consentFormTwice: 'same-code' | 'new-code';
  readonly consent: 'always' | 'skipped-while-a-token-lives' | 'skipped-until-revoked';
  readonly scopeParameter: 'checked' | 'ignored';
  readonly scopeWhenOmitted: 'all-of-the-client' | 'refused';
  readonly scopeSyntax: ScopeSyntax;
  readonly scopeCheckedAtToken: 'where-used' | 'every-grant';
  readonly scopesAtRefresh: boolean;
  readonly pkce: 'ignored' | 'optional' | 'required-for-public-clients' | 'required';
  readonly pkceMethods: readonly PkceMethod[];
  readonly pkceMethodOmitted: 'plain' | 'refused';
  readonly pkceSyntax: 'checked' | 'unchecked';

  readonly tokenMethods: readonly ('GET' | 'POST')[];
  readonly tokenMethodChecked: 'first' | 'after-the-client';
  readonly allowAtToken: 'the-methods' | 'not-for-get';
  readonly tokenParametersIn: readonly ParameterPlace[];
  readonly tokenBodyTypes: readonly BodyType[];
  readonly unreadBody: 'refused' | 'ignored' | 'ignored-unless-malformed';
  readonly parameterSyntax: 'plain' | 'rack';
  readonly parametersRepeated: 'refused' | 'first' | 'last';
  readonly parametersInBoth: 'refused' | ParameterPlace;
  readonly emptyParameters: 'omitted' | 'sent';
  readonly blankParameters: 'kept' | 'omitted';
  readonly brokenEncoding: 'refused' | 'dropped' | 'kept';
  readonly secretInUrl: 'accepted' | 'refused';
  readonly authorizationTwice: 'refused' | 'first-counts';
  readonly tokenChecksFirst: 'client' | 'parameters' | 'parameters-and-grant';
  readonly clientCredentialsIn: readonly CredentialsPlace[];
  readonly clientCredentialsTwice: 'refused' | 'accepted-if-same' | 'basic-alone' | 'parameters-first';
  readonly assertionAudiences: readonly string[];
  readonly basicWithoutScheme: boolean;
  readonly basicLetterCase: 'exact' | 'ignored';
  readonly basicDecoding: 'form' | 'raw' | 'any';
  readonly basicBase64: 'rfc4648' | 'padding-optional' | 'lenient';
  readonly clientAtCodeExchange: 'required' | 'optional';
  readonly clientCredentialsGrantFor: 'confidential-clients' | 'any-client';
  readonly clientMissingAtRefresh: 'client-refused' | 'grant-refused';
  readonly echoStateAtToken: boolean;
  readonly redirectUriAtToken: 'required' | 'required-if-sent-before' | 'optional';
  readonly redirectUriAtTokenMatching: 'exact' | 'ignore-query' | 'normalized';
  readonly passwordGrantUsername: 'username' | 'email';
  readonly passwordGrantProvider: 'ignored' | 'refused';
  readonly usernameMatching: 'exact' | 'trimmed-any-case';

  readonly failedExchangeSpendsCode: boolean;
  readonly replayRevokesTokens: boolean;
  readonly accessTokenReused: boolean;
  readonly refreshTokenIssued: boolean;
  readonly refreshTokenIssuedIf: readonly RefreshCondition[];
  readonly refreshTokensPerUser: number;
  readonly accessTokensPerUser: number;
  readonly refreshRotation: RefreshRotation;
  readonly refreshRotationAfterSeconds: number;
  readonly previousRetiredBy: 'any-use' | 'use-outside-the-api';
  readonly refreshRevokesAccessToken: boolean;
  readonly refusedRefresh: 'changes-nothing' | 'revokes-access-token';
  readonly refreshTokenForClientCredentials: boolean;
  readonly narrowedScope: 'access-token' | 'lasting';
  readonly expiredTokens: 'remembered' | 'removed-when-sent';

  readonly tokenParameterMissing: 'refused' | 'as-unknown';
  readonly clientAtRevocation: 'required' | 'optional';
  readonly revokeClientFailure: 'as-elsewhere' | 'as-unauthorized';
  readonly tokenTypeHint: 'advisory' | 'binding';
  readonly revokeExpired: boolean;
  readonly revokePublicTokens: 'own-client' | 'any-client';
  readonly introspectionBy: readonly IntrospectionCaller[];
  readonly introspectionOf: 'any-token' | 'own-tokens';
  readonly refreshTokenIntrospectedAs: 'itself' | 'its-access-token';

  readonly bearerIn: readonly BearerPlace[];
  readonly bearerHeader: BearerHeaderReading;
  readonly bearerAliases: readonly string[];
  readonly bearerHeaders: readonly string[];
  readonly bearerParameters: readonly BearerParameterName[];
  readonly bearerTwice: 'refused' | 'first-counts';
  readonly apiChecksFirst: 'token' | 'path';
  readonly accessTokenExpiryChecked: boolean;
  readonly accessTokenRevocationChecked: boolean;
  readonly accessTokenScopeChecked: boolean;
  readonly callsPerSecond: number;
  readonly cors: boolean;
  readonly pathLetterCase: 'exact' | 'ignored';
  readonly pathSpelling: readonly PathSpelling[];
  readonly rawBytesInUrl: 'accepted' | 'refused';
  readonly acceptMalformed: 'ignored' | 'refused';
  readonly unknownPaths: 'explained' | 'as-the-framework';
  readonly pageCaching: 'no-store' | 'as-the-framework';
  readonly tokenCaching: 'no-store' | 'as-the-framework';
  readonly scopeChallenge: boolean;
  readonly descriptionInJson: 'as-it-is' | 'html-entities';
  readonly descriptionInChallenge: 'escaped' | 'as-it-is';

  readonly answerFormat: 'as-the-provider' | 'rfc';

  /** Rows of the error table that override those of the provider. */
  readonly errors: Readonly<Record<string, Partial<ErrorRow>>>;
}
