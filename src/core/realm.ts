import { BoundedMap } from './bounded-map.js';
import type {
  AccessToken,
  AuthorizationCode,
  Client,
  Grant,
  GrantType,
  Instant,
  Policy,
  RefreshToken,
  User,
} from './model.js';
import type { Pending } from './authorization.js';

/** What a provider says of one of its scopes. */
export interface ScopeDefinition {
  /** In words, for the consent page. */
  readonly words: string;
  /** The grants that it may be asked by; undefined means all. */
  readonly grants?: readonly GrantType[];
}

/** The time of a realm. Tokens are issued at `now`; expiry is checked at `checkedAt`, which includes the skew. */
export interface Clock {
  now(): Instant;
  checkedAt(): Instant;
}

/** Gives n random bytes. */
export type RandomBytes = (count: number) => Uint8Array;

/** Makes one opaque value: a token, a code, an id. */
export type Generate = () => string;

export interface Generators {
  readonly accessToken: Generate;
  readonly refreshToken: Generate;
  readonly code: Generate;
  /** Ids that only Understudy sees: grants, pages, sessions, anti-forgery values. */
  readonly id: Generate;
  /** Ids of answers, where the provider's framework gives them one: UUIDs. */
  readonly requestId: Generate;
}

/** Maximum entries of a realm. Beyond a limit the oldest entry is removed and counted in `evicted`. */
export const limits = {
  tokens: 2_000_000,
  codes: 100_000,
  pendingPages: 1_000,
  sessions: 10_000,
  clients: 1_000,
  users: 1_000,
  /** Dead tokens and codes are remembered, and told from unknown ones, up to this many. */
  remembered: 10_000,
} as const;

/** A browser in which somebody may be logged in on the provider's pages. */
export interface Session {
  readonly id: string;
  readonly antiForgery: string;
  userId: string | undefined;
  readonly expiresAt: Instant;
}

export interface RealmOptions {
  readonly policy: Policy;
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  readonly clients: readonly Client[];
  readonly users: readonly User[];
  readonly clock: Clock;
  readonly generate: Generators;
}

/** The state of one provider in one world. All access is synchronous. */
export class Realm {
  policy: Policy;
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  readonly clients = new Map<string, Client>();
  readonly users = new Map<string, User>();
  readonly codes: BoundedMap<AuthorizationCode>;
  readonly accessTokens: BoundedMap<AccessToken>;
  readonly refreshTokens: BoundedMap<RefreshToken>;
  readonly pending: BoundedMap<Pending>;
  readonly sessions: BoundedMap<Session>;
  /**
   * The newest access token by client, user and scopes (`newestKey`). Filled only if the policy needs it
   * (`accessTokenReused`, `consent`).
   */
  readonly newest: BoundedMap<AccessToken>;
  /** Calls made with each access token in the current second; kept where the policy limits them. */
  readonly callRates: BoundedMap<{ second: number; calls: number }>;
  /** What each client may be granted. A client that changes is another object. */
  readonly openScopes = new WeakMap<Client, Map<GrantType, readonly string[]>>();
  readonly generate: Generators;
  readonly #clock: Clock;
  readonly #sorted = new WeakMap<readonly string[], string>();

  constructor(options: RealmOptions) {
    this.policy = options.policy;
    this.scopes = options.scopes;
    this.#clock = options.clock;
    for (const client of options.clients) this.clients.set(client.id, client);
    for (const user of options.users) this.users.set(user.id, user);

    const dead = (it: { expiresAt: Instant; revokedAt?: Instant }): boolean =>
      it.revokedAt !== undefined || it.expiresAt <= this.checkedAt();
    const map = <V>(
      limit: number,
      isDone: (value: V) => boolean,
      keepDone: number = limits.remembered,
    ): BoundedMap<V> => new BoundedMap<V>({ limit, keepDone: Math.min(keepDone, limit), isDone });
    this.codes = map(limits.codes, (code) => dead(code) || code.spentAt !== undefined);
    this.accessTokens = map<AccessToken>(limits.tokens, dead);
    this.refreshTokens = map(limits.tokens, (token) => dead(token) || token.replacedBy !== undefined);
    this.pending = map(limits.pendingPages, (page) => dead(page) || page.answer !== undefined, 100);
    this.sessions = map<Session>(limits.sessions, dead, 100);
    this.newest = map<AccessToken>(limits.tokens, dead);
    this.callRates = map(limits.remembered, (rate) => rate.second < this.second(), 100);

    const { generate } = options;
    this.generate = {
      // too long to be drawn twice; a provider's codes may be as short as six characters
      accessToken: generate.accessToken,
      refreshToken: generate.refreshToken,
      code: unique(generate.code, this.codes),
      id: generate.id,
      requestId: generate.requestId,
    };
  }

  /** The time at which facts are stamped: take it once a request. */
  now(): Instant {
    return this.#clock.now();
  }

  /** The time at which expiry is judged: `now`, moved by the clock's skew. */
  checkedAt(): Instant {
    return this.#clock.checkedAt();
  }

  /** The current second, for counting calls. */
  second(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  /** The key of `newest`: it is asked for at each refresh, and tokens share their lists of scopes. */
  newestKey(clientId: string, userId: string | undefined, scopes: readonly string[]): string {
    const sorted = this.#sorted.get(scopes) ?? [...scopes].sort().join(' ');
    this.#sorted.set(scopes, sorted);
    // an id may have any characters: its length says where it ends
    return `${clientId.length} ${userId === undefined ? 'none' : userId.length} ${clientId}${userId ?? ''}${sorted}`;
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
  grant: { type: GrantType; client: Client; user: User | undefined; scopes: readonly string[]; at: Instant },
): Grant {
  return {
    id: realm.generate.id(),
    type: grant.type,
    clientId: grant.client.id,
    userId: grant.user?.id,
    scopes: grant.scopes,
    createdAt: grant.at,
  };
}
