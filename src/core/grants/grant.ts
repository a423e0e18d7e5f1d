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
/** The rule of one grant type. `core/token.ts` calls `check` and `redeem` and authenticates the client. */
export interface GrantRule {
  /** Whether the request needs no client authentication. */
  readonly clientOptional?: (realm: Realm) => boolean;
  /** Checks the parameters of the request, independent of the client. */
  readonly check: (realm: Realm, request: TokenRequest) => void;
  /** Issues tokens for the request, or refuses it. The client is undefined only if `clientOptional` allows it. */
  readonly redeem: (realm: Realm, request: TokenRequest, known: KnownClient | undefined) => IssuedTokens;
}
/** Receives what the journal records of a token request, also of one that is refused later. */
export interface TokenRequestLog {
  client(known: KnownClient): void;
}
