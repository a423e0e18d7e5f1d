import type { PublicKeyText } from './public-key.js';

/** A point on a world's virtual clock, in milliseconds since the epoch. */
export type Instant = number;

/** Grant types that a realm can accept (RFC 6749 §4 and §6). */
export const grantTypes = ['authorization_code', 'refresh_token', 'password', 'client_credentials'] as const;
/** A grant type that a realm can accept. */
export type GrantType = (typeof grantTypes)[number];

/** A registered client (RFC 6749 §2). */
export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  /** Grant types that the client may use. Undefined: all that its realm accepts. */
  readonly grants: readonly GrantType[] | undefined;
  /** Scopes that the client may request. Undefined: all scopes of the provider. */
  readonly scopes: readonly string[] | undefined;
  /** The key that checks its assertions (RFC 7523). Undefined: it has none. */
  readonly publicKey?: PublicKeyText | undefined;
  /** False for a public client, which has no secret (RFC 6749 §2.1). */
  readonly confidential: boolean;
}

/** A resource owner: a user who can log in on the provider's pages. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly name: string;
  /** The API refuses calls for this account although its tokens are valid (MailUp: contract not signed). */
  readonly suspended: boolean;
  /** Members that override what the provider's resources return about this user. */
  readonly profile: Readonly<Record<string, unknown>>;
}

/**
 * The permission of a user, or of a client for itself. It is the root of a token family: revoking it revokes the
 * family.
 */
export interface Grant {
  readonly id: string;
  readonly type: GrantType;
  readonly clientId: string;
  readonly userId: string | undefined;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  /** Names the request that began the flow. The core only keeps it. Undefined: no request did. */
  readonly startedBy?: string | undefined;
  /** Parameters of the authorization request beyond RFC 6749. Undefined: the grant came from no such request. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** The user had given this client access before. Only known if a condition of the policy asks for it. */
  readonly hadAccess?: boolean | undefined;
  revokedAt?: Instant;
  revokedBecause?: string;
}

/** A PKCE code challenge and its method (RFC 7636 §4.2). */
export interface CodeChallenge {
  readonly method: PkceMethod;
  readonly value: string;
}

/**
 * An authorization code (RFC 6749 §4.1.2). It is kept after use, so that a replayed code can be distinguished from a
 * guessed one.
 */
export interface AuthorizationCode {
  readonly code: string;
  readonly grant: Grant;
  readonly redirectUri: string;
  /**
   * Whether the authorization request included redirect_uri, rather than relying on the single registered URI (RFC 6749
   * §4.1.3).
   */
  readonly redirectUriSent: boolean;
  readonly challenge: CodeChallenge | undefined;
  readonly issuedAt: Instant;
  expiresAt: Instant;
  spentAt?: Instant;
  /** Number of the request that spent it. The core only keeps it. Undefined: unknown. */
  spentBy?: number | undefined;
}

/** An access token (RFC 6749 §1.4). */
export interface AccessToken {
  readonly token: string;
  readonly grant: Grant;
  readonly scopes: readonly string[];
  readonly issuedAt: Instant;
  expiresAt: Instant;
  /** The refresh token that was issued with it. */
  readonly refreshToken: string | undefined;
  /** The refresh token that is revoked, with its access token, when this token is first used. */
  readonly retires: string | undefined;
  /** It is a second access token: see `SecondTokens`. Set when it is issued, and never changed. */
  isSecond?: true;
  firstUsedAt?: Instant;
  /** When it was sent after its expiry, for a policy that removes it then (`expiredTokens`). */
  removedAt?: Instant;
  revokedAt?: Instant;
  revokedBecause?: string;
}

/** A refresh token (RFC 6749 §1.5). */
export interface RefreshToken {
  readonly token: string;
  readonly grant: Grant;
  readonly scopes: readonly string[];
  readonly issuedAt: Instant;
  expiresAt: Instant;
  /** When it ends at the latest. Present if it ends earlier without use: `expiresAt` is that time then. */
  endsAt?: Instant;
  /** The latest access token that was issued with it. */
  accessToken: string;
  /** Its access tokens are second ones: see `SecondTokens`. Set when it is issued, and never changed. */
  isSecond?: true;
  /** Number of the request that issued it. The core only keeps it. Undefined: unknown, or no request did. */
  issuedBy?: number | undefined;
  /** When it was first sent to the token endpoint, also if it was refused. */
  firstUsedAt?: Instant | undefined;
  /** The refresh token that replaced it. */
  replacedBy?: string;
  replacedAt?: Instant;
  /** When it was sent after its expiry, for a policy that removes it then (`expiredTokens`). */
  removedAt?: Instant;
  revokedAt?: Instant;
  revokedBecause?: string;
}

/** An access token, and the refresh token that replaces it. */
export interface IssuedPair {
  readonly accessToken: AccessToken;
  readonly refreshToken: RefreshToken | undefined;
}

/** The result of a successful token request. A provider turns it into an answer. */
export interface IssuedTokens extends IssuedPair {
  readonly grantType: GrantType;
  /** The second access token of the same answer, and its refresh token. Undefined: there is none. */
  readonly second?: IssuedPair | undefined;
  /** The signed ID token beside them (OpenID Connect Core §2). The core only keeps it. Undefined: there is none. */
  readonly idToken?: string | undefined;
  /** The time of the answer. `expires_in` counts from it. */
  readonly at: Instant;
}

/** A PKCE code challenge method (RFC 7636 §4.2). */
export type PkceMethod = 'S256' | 'plain';
