import type { ClientRequest, KnownClient } from '../client.js';
import type { Realm } from '../realm.js';
import type { IssuedTokens } from '../model.js';

/** A parsed token request (RFC 6749 §3.2). A grant never reads the raw form. */
export interface TokenRequest extends ClientRequest {
  readonly grantType: string | undefined;
  /** Places that contain grant_type, but are not read under this policy. */
  readonly grantTypeElsewhere: readonly string[];
  readonly code: string | undefined;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
  readonly refreshToken: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly scope: string | undefined;
}
/** One grant type. The token endpoint owns the order of the steps; a grant implements its own two. */
export interface GrantRule {
  /** Whether the request needs no client authentication. */
  readonly clientOptional?: (realm: Realm) => boolean;
  /** Refuses a request that lacks a parameter of this grant. */
  readonly check: (realm: Realm, request: TokenRequest) => void;
  /** Issues tokens for the request, or refuses it. The client is undefined only if `clientOptional` allows it. */
  readonly redeem: (realm: Realm, request: TokenRequest, known: KnownClient | undefined) => IssuedTokens;
}
/** Receives facts about a request for the journal, also if the request is refused later. */
export interface TokenRequestLog {
  client(known: KnownClient): void;
}
