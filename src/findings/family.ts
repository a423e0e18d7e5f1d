import type { CodeStatus, TokenStatus } from '../core/issue.js';
import type { GrantType } from '../core/model.js';

/** One use of a token or code by a client. */
export interface Use {
  /** Id of the journal entry. */
  readonly entry: number;
  /** Virtual time. */
  readonly at: string;
  readonly endpoint: string;
  readonly status: number | null;
}

/** A token with its origin, its status and its uses. */
export interface TokenHistory {
  readonly kind: 'access' | 'refresh';
  /** As in the journal: a fingerprint, unless the world shows secrets plain. */
  readonly token: string;
  readonly status: TokenStatus;
  readonly scopes: readonly string[];
  readonly issuedAt: string;
  /** Null: never. */
  readonly expiresAt: string | null;
  /**
   * The entry whose answer first contained it. Null if it was minted over the admin API, or if the journal has dropped
   * the entry.
   */
  readonly boughtBy: number | null;
  /** The refresh token that the token request used. */
  readonly boughtWith: string | null;
  readonly replacedBy: string | null;
  readonly useCount: number;
  readonly uses: readonly Use[];
}

/** An authorization code with its uses. */
export interface CodeHistory {
  readonly code: string;
  readonly status: CodeStatus;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly spentAt: string | null;
  readonly useCount: number;
  readonly uses: readonly Use[];
}

/** A permission with all tokens that were issued under it. */
export interface Family {
  readonly id: string;
  readonly provider: string;
  readonly grantType: GrantType;
  readonly clientId: string;
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly revokedAt: string | null;
  readonly because: string | null;
  readonly code: CodeHistory | null;
  /** In order of issue. */
  readonly tokens: readonly TokenHistory[];
}
