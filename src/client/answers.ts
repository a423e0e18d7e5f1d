import type { Match } from '../world/journal/match.js';
import type { ClientDocument, UserDocument } from '../world/scenario/schema/scenario.js';
import type { PolicyDocument } from '../world/scenario/schema/policy.js';

export type ProviderName = 'mailup' | 'tinyemail' | 'dottedsign';

/** Every call about a provider's things names the provider. */
export interface At {
  readonly provider: ProviderName;
}

/** What a client of a provider is configured with. */
export interface ProviderUrls {
  readonly baseUrl: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
}

export interface ClockState {
  readonly now: string;
  readonly frozen: boolean;
  readonly rate: number;
  readonly skewSeconds: number;
  readonly dateHeader: 'real' | 'virtual';
}

export interface WorldInfo {
  readonly id: string;
  readonly scenario: string | null;
  readonly seed: string | null;
  readonly baseUrl: string;
  readonly adminUrl: string;
  readonly providers: Readonly<Record<ProviderName, ProviderUrls>>;
  readonly clock: ClockState;
}

export interface Expired extends At {
  readonly kind: 'code' | 'access' | 'refresh';
  readonly value: string;
  readonly clientId: string;
  readonly userId: string | null;
  readonly expiresAt: string;
}

export interface MintedTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** As the provider's token endpoint writes it; null where it writes none. */
  readonly tokenType: string | null;
  readonly expiresAt: string | null;
  readonly expiresIn: number | null;
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly userId: string | null;
}

export interface TokenInfo {
  readonly kind: 'access' | 'refresh';
  readonly token: string;
  readonly status: 'live' | 'expired' | 'revoked' | 'replaced';
  readonly clientId: string;
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly grantId: string;
  readonly issuedAt: string;
  readonly expiresAt: string | null;
  readonly partner: string | null;
  readonly firstUsedAt?: string;
  readonly revokedAt?: string;
  readonly because?: string;
  readonly replacedBy?: string;
}

export interface CodeInfo {
  readonly code: string;
  readonly status: 'live' | 'spent' | 'expired' | 'revoked';
  readonly clientId: string;
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly grantId: string;
  readonly redirectUri: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly spentAt?: string;
}

export interface PageInfo {
  readonly id: string;
  readonly status: 'waiting' | 'answered' | 'expired';
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string | null;
}

/** Which tokens are meant; what is left out does not matter. */
export interface TokenSelection {
  readonly clientId?: string;
  /** By id or username. */
  readonly userId?: string;
  readonly kind?: 'access' | 'refresh';
  readonly token?: string;
}

/** Which entries are meant: later than an entry's id, or than a point in virtual time. */
export type EntryFilter = Omit<Match, 'query' | 'form' | 'headers'> & {
  readonly since?: string | number;
  readonly limit?: number;
  readonly offset?: number;
};

/** The answer of `clock.advance`. */
export interface Advanced extends ClockState {
  readonly expired: readonly Expired[];
  readonly total: number;
}

export interface NewTokens extends At {
  readonly clientId: string;
  /** By id or username. Left out: the client's own token, without a refresh token. */
  readonly userId?: string;
  /** Left out: all that are open to the client. */
  readonly scopes?: readonly string[];
  /** A duration such as `15m`, or seconds. */
  readonly expiresIn?: string | number;
}

export interface NewCode extends At {
  readonly clientId: string;
  readonly userId: string;
  /** Left out: the client's first one, as if it had not been sent. */
  readonly redirectUri?: string;
  readonly scopes?: readonly string[];
  readonly expiresIn?: string;
  readonly codeChallenge?: string;
  readonly codeChallengeMethod?: 'S256' | 'plain';
}

export interface CodeSelection {
  readonly clientId?: string;
  readonly userId?: string;
  readonly code?: string;
}

export type ClientInfo = Required<Omit<ClientDocument, 'scopes' | 'grants'>> &
  Pick<ClientDocument, 'scopes' | 'grants'>;
export type UserInfo = Required<UserDocument>;

export interface PolicyAnswer {
  readonly policy: Required<PolicyDocument>;
  /** Where the realm is laxer than the RFCs, with the clause. */
  readonly relaxed: readonly {
    readonly field: string;
    readonly value: unknown;
    readonly strict: unknown;
    readonly clause: string;
  }[];
}

export interface ProviderInfo extends ProviderUrls, PolicyAnswer {
  readonly name: ProviderName;
  readonly title: string;
  /** The real service's origin. */
  readonly origin: string;
  readonly scopes: Readonly<Record<string, string>>;
  /** Every behaviour that can be seen on the wire, with where it comes from. */
  readonly quirks: readonly {
    readonly id: string;
    readonly behaviour: string;
    readonly field?: string;
    readonly value?: unknown;
    readonly source: string;
    readonly confidence: string;
  }[];
}
