import type { ClientRequest, KnownClient } from '../client.js';
import type { Realm } from '../realm.js';
import type { ParameterValues } from '../parameter-rules.js';
import type { GrantType, IssuedTokens } from '../model.js';

/** The words for grant types that a request may use, where they are not those of RFC 6749 and of the policy alone. */
export interface GrantWords {
  /** What the request says. At a path for one grant type, the word for it if the request says nothing. */
  readonly sent: string | undefined;
  /** The words that count at the path of the request. */
  readonly types: ReadonlyMap<string, GrantType>;
}

/** A parsed token request (RFC 6749 §3.2). A grant never reads the raw form. */
export interface TokenRequest extends ClientRequest {
  /** Number of the request. The core only keeps it. Undefined: it has none. */
  readonly number?: number | undefined;
  /** The grant type by its name in RFC 6749. One that the server does not know is as it was sent. */
  readonly grantType: string | undefined;
  /** Undefined: the words are those of RFC 6749, and the policy says which of them count. */
  readonly grantWords?: GrantWords | undefined;
  /** Places that contain grant_type, but are not read under this policy. */
  readonly grantTypeElsewhere: readonly string[];
  readonly code: string | undefined;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
  readonly refreshToken: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The login provider of a password grant. DottedSign's published API names `ldap`. */
  readonly provider: string | undefined;
  readonly scope: string | undefined;
  /** Those parameters beyond RFC 6749 that are read (`ownParameterNames`). */
  readonly parameters?: ParameterValues | undefined;
  /** Set if the request begins a flow: see `Grant.startedBy`. */
  readonly startedBy?: string | undefined;
}
/** The rule of one grant type. `core/token.ts` calls `check` and `redeem` and authenticates the client. */
export interface GrantRule {
  /** Finds the client, if the grant has a rule of its own for a request without client authentication. */
  readonly authenticate?: (realm: Realm, request: TokenRequest) => KnownClient | undefined;
  /**
   * Checks what does not depend on the client: the parameters and, under `tokenChecksFirst: parameters-and-grant`, what
   * they stand for.
   */
  readonly check: (realm: Realm, request: TokenRequest) => void;
  /** Issues tokens for the request, or refuses it. The client is undefined only if `authenticate` allows it. */
  readonly redeem: (
    realm: Realm,
    request: TokenRequest,
    known: KnownClient | undefined,
    log: TokenRequestLog,
  ) => IssuedTokens;
}
/** Receives what the journal records of a token request, also of one that is refused later. */
export interface TokenRequestLog {
  client(known: KnownClient): void;
  /** Notes something that the policy accepts although an RFC does not. */
  note(text: string): void;
}
