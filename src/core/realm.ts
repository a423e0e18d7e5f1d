import { BoundedMap } from './bounded-map.js';
import { isInGrace } from './refresh-life.js';
import { SharedMap } from './shared-map.js';
import { UserNumbers } from './user-numbers.js';
import type { AccessToken, AuthorizationCode, Client, Grant, GrantType, Instant, RefreshToken, User } from './model.js';
import type { NewestKey } from './newest-key.js';
import type { Policy } from './policy.js';
import type { Pending, RestartCause } from './authorization.js';
import type { ParameterRules, ParameterStep } from './parameter-rules.js';

/** One scope of a provider. */
export interface ScopeDefinition {
  /** The text on the consent page. */
  readonly words: string;
  /** Grant types that may request it. Undefined: all. */
  readonly grants?: readonly GrantType[];
  /** It is granted only to requests that name it, not to those without a scope. */
  readonly onlyIfNamed?: true;
}

/** The scopes that a client may be granted through a grant type. */
export interface OpenScopes {
  readonly all: readonly string[];
  /** Those of a request without a scope. */
  readonly byDefault: readonly string[];
}

/** The time of a realm. Tokens are issued at `now`; expiry is checked at `checkedAt`, which includes the skew. */
export interface Clock {
  now(): Instant;
  checkedAt(): Instant;
}

/** Returns n random bytes. */
export type RandomBytes = (count: number) => Uint8Array;

/** Generates one opaque value: a token, a code or an id. */
export type Generate = () => string;

/** Generators of all opaque values of a realm. */
export interface Generators {
  readonly accessToken: Generate;
  readonly refreshToken: Generate;
  readonly code: Generate;
  /** Second access tokens. Undefined: as the others. */
  readonly secondToken?: Generate | undefined;
  /** Generates internal ids: of grants, pages and sessions, and anti-forgery values. */
  readonly id: Generate;
  /** Generates ids of answers (UUIDs), for providers whose framework sends one. */
  readonly requestId: Generate;
}

/** What a token request is granted. */
export interface Granted {
  readonly grant: Grant;
  readonly grantType: GrantType;
  readonly scopes: readonly string[];
}

/**
 * Second access tokens, which a provider issues in the same answer with other scopes: one that acts for the user beside
 * the one of a bot. Their `isSecond` is set when they are issued, and a refresh token hands it on.
 */
export interface SecondTokens {
  readonly isDue: (realm: Realm, granted: Granted) => boolean;
  /** Whether there is no other access token: the second one takes its place. */
  readonly isAlone: (realm: Realm, granted: Granted) => boolean;
  readonly scopes: (realm: Realm, granted: Granted) => readonly string[];
}

/** Maximum entries of a realm. Beyond a limit the oldest entry is removed and counted in `evicted`. */
export const limits = {
  tokens: 2_000_000,
  codes: 100_000,
  pendingPages: 1_000,
  restartedRequests: 100,
  sessions: 10_000,
  clients: 1_000,
  /** Sum of the limits of a scenario (1,000) and of a provider file (1,000). */
  users: 2_000,
  /** Number of expired or used tokens and codes to keep, so that they can be distinguished from unknown ones. */
  remembered: 10_000,
} as const;

/** A browser session on the provider's pages. A user may be logged in. */
export interface Session {
  /** The value of the cookie. A login replaces it. */
  readonly id: string;
  /** The same in all sessions that replace one another: one browser. Never sent. */
  readonly browserId: string;
  /** The anti-forgery value of forms that are shown now. */
  readonly antiForgery: string;
  /** Anti-forgery values of the sessions before. Forms in other tabs still have them. */
  readonly earlierForms: readonly string[];
  userId: string | undefined;
  readonly expiresAt: Instant;
}

/** Lists of scopes as sorted text. It is asked for at each refresh, and tokens share their lists. */
const sortedText = new WeakMap<readonly string[], string>();

/** The initial content of a realm. */
export interface RealmOptions {
  readonly policy: Policy;
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  readonly clients: ReadonlyMap<string, Client>;
  readonly users: ReadonlyMap<string, User>;
  /** The numbers of these users. */
  readonly userNumbers: ReadonlyMap<string, number>;
  readonly clock: Clock;
  readonly generate: Generators;
  /** Undefined: its provider has one kind of access token. */
  readonly secondTokens?: SecondTokens | undefined;
  /** Parameters beyond RFC 6749 that the provider asks for at each step. */
  readonly parameters: Readonly<Record<ParameterStep, ParameterRules>>;
}

/** The state of one provider in one world. All access is synchronous. */
export class Realm {
  policy: Policy;
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  readonly parameters: Readonly<Record<ParameterStep, ParameterRules>>;
  readonly clients: SharedMap<Client>;
  readonly users: SharedMap<User>;
  readonly codes: BoundedMap<AuthorizationCode>;
  readonly accessTokens: BoundedMap<AccessToken>;
  readonly refreshTokens: BoundedMap<RefreshToken>;
  readonly pending: BoundedMap<Pending>;
  /** Why a page restarted an authorization request, by the text of that request. */
  readonly restarted: BoundedMap<RestartCause>;
  readonly sessions: BoundedMap<Session>;
  /** The live tokens of each client and user (`tokens-per-user.ts`). Only kept if the policy limits their number. */
  readonly perUser: {
    access?: Map<string, AccessToken[]> | undefined;
    refresh?: Map<string, RefreshToken[]> | undefined;
  } = {};
  /**
   * The newest access token by client, user and scopes (`newestKey`). Filled only if the policy needs it
   * (`accessTokenReused`, `consent`).
   */
  readonly newest: BoundedMap<AccessToken>;
  /** Number of calls with each access token in the current second. Only kept if the policy limits calls. */
  readonly callRates: BoundedMap<{ second: number; calls: number }>;
  /** Assertions by which clients authenticated, by client and `jti`, until they expire. No snapshot has them. */
  readonly assertions: BoundedMap<{ usedAt: Instant; expiresAt: Instant }>;
  readonly generate: Generators;
  readonly secondTokens: SecondTokens | undefined;
  readonly #userNumbers: UserNumbers;
  readonly #clock: Clock;

  constructor(options: RealmOptions) {
    this.policy = options.policy;
    this.scopes = options.scopes;
    this.parameters = options.parameters;
    this.secondTokens = options.secondTokens;
    this.#clock = options.clock;
    this.clients = new SharedMap(options.clients);
    this.users = new SharedMap(options.users);
    this.#userNumbers = new UserNumbers(options.userNumbers);

    const isOver = (it: { expiresAt: Instant; revokedAt?: Instant }, now: Instant): boolean =>
      it.revokedAt !== undefined || it.expiresAt <= now;
    const now = (): Instant => this.checkedAt();
    const map = <V>(
      limit: number,
      isDone: (value: V, now: Instant) => boolean,
      keepDone: number = limits.remembered,
    ): BoundedMap<V> => new BoundedMap<V>({ limit, keepDone: Math.min(keepDone, limit), now, isDone });
    this.codes = map(limits.codes, (code, at) => isOver(code, at) || code.spentAt !== undefined);
    this.accessTokens = map<AccessToken>(limits.tokens, isOver);
    this.refreshTokens = map(limits.tokens, (token, at) => {
      const isReplaced = token.replacedBy !== undefined && !isInGrace(this.policy, token, at);
      return isOver(token, at) || isReplaced;
    });
    this.pending = map(limits.pendingPages, (page, at) => isOver(page, at) || page.answer !== undefined, 100);
    this.restarted = map<RestartCause>(limits.restartedRequests, () => false);
    this.sessions = map<Session>(limits.sessions, isOver, 100);
    this.newest = map<AccessToken>(limits.tokens, isOver);
    this.callRates = map(limits.remembered, (rate) => rate.second < this.second(), 100);

    this.assertions = map<{ usedAt: Instant; expiresAt: Instant }>(limits.remembered, isOver, 100);

    const { generate } = options;
    this.generate = {
      // Only codes are checked for duplicates: they can be as short as six characters. Tokens are long random values.
      accessToken: generate.accessToken,
      refreshToken: generate.refreshToken,
      code: unique(generate.code, this.codes),
      secondToken: generate.secondToken,
      id: generate.id,
      requestId: generate.requestId,
    };
  }

  /** The time at which tokens and codes are issued. Read it once in a request. */
  now(): Instant {
    return this.#clock.now();
  }

  /** The time at which expiry is checked: `now` plus the clock skew. */
  checkedAt(): Instant {
    return this.#clock.checkedAt();
  }

  /** The current second, for counting calls. */
  second(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  /** The key of `newest`, which keeps second access tokens by themselves. */
  newestKey({ grant: { clientId, userId }, scopes, isSecond }: NewestKey): string {
    const sorted = sortedText.get(scopes) ?? [...scopes].sort().join(' ');
    sortedText.set(scopes, sorted);
    // Ids can contain any character, so the length marks the end of the first one.
    const lengths = `${clientId.length} ${userId === undefined ? 'none' : userId.length}`;
    return `${isSecond === true ? 'second ' : ''}${lengths} ${clientId}${userId ?? ''}${sorted}`;
  }

  /** The number of a user. Undefined if there is no such user. */
  userNumber(id: string): number | undefined {
    return this.#userNumbers.of(id, () => this.users.keys());
  }

  /** Deletes a user. The number is not used again. */
  deleteUser(id: string): void {
    this.userNumber(id);
    this.users.delete(id);
    this.#userNumbers.delete(id);
  }

  /** Finds a user by id or username. */
  user(idOrUsername: string): User | undefined {
    const byId = this.users.get(idOrUsername);
    if (byId !== undefined) return byId;
    for (const user of this.users.values()) if (user.username === idOrUsername) return user;
    return undefined;
  }
}

function unique(generate: Generate, taken: { has(key: string): boolean }): Generate {
  return () => {
    let value = generate();
    while (taken.has(value)) value = generate();
    return value;
  };
}

/** Creates a grant: the permission of a user, or of the client itself if `user` is undefined. */
export function openGrant(
  realm: Realm,
  grant: {
    type: GrantType;
    client: Client;
    user: User | undefined;
    scopes: readonly string[];
    at: Instant;
    startedBy?: string | undefined;
    parameters?: Grant['parameters'];
    hadAccess?: boolean | undefined;
  },
): Grant {
  return {
    id: realm.generate.id(),
    type: grant.type,
    clientId: grant.client.id,
    userId: grant.user?.id,
    scopes: grant.scopes,
    createdAt: grant.at,
    startedBy: grant.startedBy,
    parameters: grant.parameters,
    hadAccess: grant.hadAccess,
  };
}
