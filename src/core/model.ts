/** A point on a world's virtual clock, in milliseconds since the epoch. */
export type Instant = number;

/** The grants that a realm can be told to accept (RFC 6749 §4 and §6). */
export const grantTypes = ['authorization_code', 'refresh_token', 'password', 'client_credentials'] as const;
export type GrantType = (typeof grantTypes)[number];

/** An application that is registered with a provider (RFC 6749 §2). */
export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  /** The grants that it may use; undefined means all that its realm takes. */
  readonly grants: readonly GrantType[] | undefined;
  /** The scopes that it may ask for; undefined means all of the provider's. */
  readonly scopes: readonly string[] | undefined;
  /** A public client (RFC 6749 §2.1) has no secret to show. */
  readonly confidential: boolean;
}

/** A resource owner: somebody who can log in on the provider's pages. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly name: string;
  /** The provider refuses to serve this account, though its tokens are good (MailUp: contract not signed). */
  readonly suspended: boolean;
  /** Members laid over what the provider's resources say about this person. */
  readonly profile: Readonly<Record<string, unknown>>;
}

/** A person's permission, or a client's own: the root of a family of tokens. Revoking it kills the family. */
export interface Grant {
  readonly id: string;
  readonly type: GrantType;
  readonly clientId: string;
  readonly userId: string | undefined;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  revokedAt?: Instant;
  revokedBecause?: string;
}

export interface CodeChallenge {
  readonly method: PkceMethod;
  readonly value: string;
}

/** An authorization code (RFC 6749 §4.1.2). It is kept after it was spent, so that a replay is told from a guess. */
export interface AuthorizationCode {
  readonly code: string;
  readonly grant: Grant;
  readonly redirectUri: string;
  /** Whether the client named the URI, or left it to the only one registered (RFC 6749 §4.1.3). */
  readonly redirectUriSent: boolean;
  readonly challenge: CodeChallenge | undefined;
  readonly issuedAt: Instant;
  expiresAt: Instant;
  spentAt?: Instant;
}

export interface AccessToken {
  readonly token: string;
  readonly grant: Grant;
  readonly scopes: readonly string[];
  readonly issuedAt: Instant;
  expiresAt: Instant;
  /** The refresh token that was answered beside it. */
  readonly refreshToken: string | undefined;
  /** The refresh token that dies, with its access token, when this one is first used. */
  readonly retires: string | undefined;
  firstUsedAt?: Instant;
  revokedAt?: Instant;
  revokedBecause?: string;
}

export interface RefreshToken {
  readonly token: string;
  readonly grant: Grant;
  readonly scopes: readonly string[];
  readonly issuedAt: Instant;
  expiresAt: Instant;
  /** The newest access token that was answered beside it. */
  accessToken: string;
  /** The refresh token that took its place. */
  replacedBy?: string;
  replacedAt?: Instant;
  revokedAt?: Instant;
  revokedBecause?: string;
}

/** What a successful token request yields, before a provider puts it into words. */
export interface IssuedTokens {
  readonly grantType: GrantType;
  readonly accessToken: AccessToken;
  readonly refreshToken: RefreshToken | undefined;
  /** The time of the answer: what `expires_in` counts from. */
  readonly at: Instant;
}

export type PkceMethod = 'S256' | 'plain';
export type RefreshRotation = 'keep' | 'rotate' | 'retire-previous-on-first-use' | 'reuse-revokes-family';
export type RedirectUriMatching = 'exact' | 'ignore-query' | 'loopback-any-port';
export type ParameterPlace = 'body' | 'query';
export type BodyType = 'form' | 'json' | 'multipart';
export type CredentialsPlace = 'basic' | 'body' | 'query';
export type BearerPlace = 'header' | 'query' | 'body';

/** Who answers the login and consent pages: a person, or the policy itself. */
export type Interaction =
  { readonly mode: 'manual' } | { readonly mode: 'auto'; readonly user: string; readonly decision: 'allow' | 'deny' };

/** What the wire says of one reason; a provider and a policy may each lay a part of it over the standard row. */
export interface ErrorRow {
  readonly status: number;
  /** The value of the member `error` (RFC 6749 §4.1.2.1, §5.2; RFC 6750 §3.1). */
  readonly error: string;
  readonly description: string;
}

/**
 * A realm's rules as data. Every oddity of a provider is one of these fields, so that a test can switch it.
 * Durations are in seconds; `Infinity` means never.
 */
export interface Policy {
  readonly codeSeconds: number;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;

  readonly grants: readonly GrantType[];
  readonly interaction: Interaction;

  readonly redirectUriMatching: RedirectUriMatching;
  readonly redirectUriRequired: 'always' | 'when-several';
  readonly authorizeRefusals: 'redirect' | 'page';
  readonly refusalPageStatus: 'as-the-error' | 'always-200';
  readonly redirectStatus: 302 | 303;
  readonly echoState: boolean;
  readonly tokenTypeInRedirect: boolean;
  readonly passwordAtAuthorize: boolean;
  readonly consent: 'always' | 'skipped-while-a-token-lives';
  readonly scopeParameter: 'checked' | 'ignored';
  readonly scopeWhenOmitted: 'all-of-the-client' | 'refused';
  readonly pkce: 'ignored' | 'optional' | 'required';
  readonly pkceMethods: readonly PkceMethod[];

  readonly tokenMethods: readonly ('GET' | 'POST')[];
  readonly tokenParametersIn: readonly ParameterPlace[];
  readonly tokenBodyTypes: readonly BodyType[];
  readonly tokenChecksFirst: 'client' | 'parameters';
  readonly clientCredentialsIn: readonly CredentialsPlace[];
  readonly clientCredentialsTwice: 'refused' | 'accepted-if-same';
  readonly basicWithoutScheme: boolean;
  readonly clientAtCodeExchange: 'required' | 'optional';
  readonly redirectUriAtToken: 'required' | 'required-if-sent-before' | 'optional';
  readonly redirectUriAtTokenMatching: 'exact' | 'ignore-query';
  readonly passwordGrantUsername: 'username' | 'email';

  readonly failedExchangeSpendsCode: boolean;
  readonly replayRevokesTokens: boolean;
  readonly accessTokenReused: boolean;
  readonly refreshTokenIssued: boolean;
  readonly refreshRotation: RefreshRotation;
  readonly refreshRevokesAccessToken: boolean;

  readonly bearerIn: readonly BearerPlace[];
  readonly accessTokenExpiryChecked: boolean;
  readonly callsPerSecond: number;
  readonly cors: boolean;
  readonly pathLetterCase: 'exact' | 'ignored';

  /** Rows of the error table that this realm answers otherwise than its provider does. */
  readonly errors: Readonly<Record<string, Partial<ErrorRow>>>;
}
