import type { TokenStatus } from '../core/issue.js';
import type { GrantType } from '../core/model.js';

/** One time that a token or a code was shown to the provider. */
export interface Use {
  /** The journal entry. */
  readonly entry: number;
  /** Virtual time. */
  readonly at: string;
  readonly endpoint: string;
  readonly status: number | null;
}

export interface TokenLine {
  readonly kind: 'access' | 'refresh';
  /** As the journal shows it: a fingerprint, unless the world shows secrets plain. */
  readonly token: string;
  readonly status: TokenStatus;
  readonly scopes: readonly string[];
  readonly issuedAt: string;
  /** Null: never. */
  readonly expiresAt: string | null;
  /** The entry whose answer first had it; null where it was minted over the admin API, or the journal has forgotten. */
  readonly boughtBy: number | null;
  /** The refresh token that bought it. */
  readonly boughtWith: string | null;
  readonly replacedBy: string | null;
  readonly uses: readonly Use[];
}

export interface CodeLine {
  readonly code: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly spentAt: string | null;
  readonly uses: readonly Use[];
}

/** A permission, and every token that grew from it. */
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
  readonly code: CodeLine | null;
  /** In the order in which they were issued. */
  readonly tokens: readonly TokenLine[];
}
