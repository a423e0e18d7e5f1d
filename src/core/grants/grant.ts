import type { ClientRequest, KnownClient } from '../client.js';
import type { Realm } from '../realm.js';
import type { IssuedTokens } from '../model.js';

/** A token request (RFC 6749 §3.2), parsed: no grant ever sees the raw form. */
export interface TokenRequest extends ClientRequest {
  readonly grantType: string | undefined;
  /** Places where grant_type stood that the policy does not read. */
  readonly grantTypeElsewhere: readonly string[];
  readonly code: string | undefined;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
  readonly refreshToken: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly scope: string | undefined;
}
/** One way to get tokens. The endpoint owns the phases; a grant fills in its part. */
export interface GrantRule {
  /** Whether this request may come without client authentication. */
  readonly clientOptional?: (realm: Realm) => boolean;
  /** Refuses what cannot be a request of this kind, before anybody looks who sent it. */
  readonly check: (realm: Realm, request: TokenRequest) => void;
  /** Turns the request into tokens, or refuses it. The client is undefined only where it is optional. */
  readonly redeem: (realm: Realm, request: TokenRequest, known: KnownClient | undefined) => IssuedTokens;
}
/** What the journal learns of a request, whether it ends well or not. */
export interface TokenRequestLog {
  client(known: KnownClient): void;
}
