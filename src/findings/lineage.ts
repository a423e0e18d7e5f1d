import { codeStatusOf, statusOf } from '../core/issue.js';
import { fingerprint } from '../world/journal/fingerprint.js';
import { Evidence, groupBy, isApiCall } from './evidence.js';
import { wasGranted } from './flow.js';
import type { Steps } from '../world/slices.js';
import type { AccessToken, AuthorizationCode, Grant, Instant, RefreshToken } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { World } from '../world/world.js';
import type { Family, TokenHistory, Use } from './family.js';
import type { ObservedRequest } from './observed-request.js';

const instant = (at: Instant): string => new Date(at).toISOString();
const instantOrNull = (at: Instant | undefined): string | null =>
  at === undefined || !Number.isFinite(at) ? null : instant(at);

/**
 * All token families of a world: which tokens each grant issued, which token replaced which, and when each was used.
 */
export function* lineage(world: World): Steps<Family[]> {
  const tree = new Tree(world, yield* Evidence.of(world, world.clock.now()));
  const families: Family[] = [];
  for (const { provider, realm } of world.opened()) {
    for (const [grant, members] of yield* membersOf(realm)) {
      families.push(tree.family(provider.name, realm, grant, members));
      yield;
    }
  }
  return families;
}

interface Members {
  readonly codes: AuthorizationCode[];
  readonly tokens: (AccessToken | RefreshToken)[];
}

function* membersOf(realm: Realm): Steps<Map<Grant, Members>> {
  const families = new Map<Grant, Members>();
  const of = (grant: Grant): Members => {
    const family = families.get(grant) ?? { codes: [], tokens: [] };
    families.set(grant, family);
    return family;
  };
  for (const code of realm.codes.values()) {
    of(code.grant).codes.push(code);
    yield;
  }
  for (const tokens of [realm.accessTokens, realm.refreshTokens]) {
    for (const token of tokens.values()) {
      of(token.grant).tokens.push(token);
      yield;
    }
  }
  return families;
}

class Tree {
  readonly #world: World;
  /** Requests that used a value, by provider and value. */
  readonly #uses: ReadonlyMap<string, readonly ObservedRequest[]>;
  /** Requests whose answer contained a value, by provider and value. */
  readonly #sources: ReadonlyMap<string, readonly ObservedRequest[]>;

  constructor(world: World, { all }: Evidence) {
    this.#world = world;
    this.#uses = byValue(all, shownIn);
    this.#sources = byValue(all.filter(wasGranted), (seen) => [
      seen.receivedText('access_token'),
      seen.receivedText('refresh_token'),
    ]);
  }

  family(provider: string, realm: Realm, grant: Grant, { codes, tokens }: Members): Family {
    const [code] = codes;
    return {
      id: grant.id,
      provider,
      grantType: grant.type,
      clientId: grant.clientId,
      userId: grant.userId ?? null,
      scopes: grant.scopes,
      createdAt: instant(grant.createdAt),
      revokedAt: instantOrNull(grant.revokedAt),
      because: grant.revokedBecause ?? null,
      code:
        code === undefined
          ? null
          : {
              code: this.#name(code.code),
              status: codeStatusOf(realm, code),
              issuedAt: instant(code.issuedAt),
              expiresAt: instant(code.expiresAt),
              spentAt: instantOrNull(code.spentAt),
              ...this.#usesOf(provider, code.code),
            },
      tokens: [...tokens].sort((a, b) => a.issuedAt - b.issuedAt).map((token) => this.#token(provider, realm, token)),
    };
  }

  #token(provider: string, realm: Realm, token: AccessToken | RefreshToken): TokenHistory {
    const source = this.#sources.get(key(provider, token.token))?.[0];
    const boughtWith = source?.parameter('refresh_token');
    const successor = this.#successorOf(provider, token);
    return {
      kind: 'accessToken' in token ? 'refresh' : 'access',
      token: this.#name(token.token),
      status: statusOf(realm, token),
      scopes: token.scopes,
      issuedAt: instant(token.issuedAt),
      expiresAt: instantOrNull(token.expiresAt),
      boughtBy: source?.id ?? null,
      boughtWith: boughtWith === undefined ? null : this.#name(boughtWith),
      replacedBy: successor === undefined ? null : this.#name(successor),
      ...this.#usesOf(provider, token.token),
    };
  }

  /** The token that a refresh issued to replace this one. This token may still be valid. */
  #successorOf(provider: string, token: AccessToken | RefreshToken): string | undefined {
    const refreshToken = 'accessToken' in token ? token.token : token.refreshToken;
    const member = 'accessToken' in token ? 'refresh_token' : 'access_token';
    const source = this.#sources.get(key(provider, token.token))?.[0];
    const refresh = (this.#uses.get(key(provider, refreshToken ?? '')) ?? []).find(
      (seen) => wasGranted(seen) && seen.id > (source?.id ?? 0) && seen.receivedText(member) !== token.token,
    );
    return refresh?.receivedText(member) ?? ('replacedBy' in token ? token.replacedBy : undefined);
  }

  #usesOf(provider: string, value: string): { useCount: number; uses: Use[] } {
    const uses = (this.#uses.get(key(provider, value)) ?? []).map(({ id, entry }) => ({
      entry: id,
      at: instant(entry.at),
      endpoint: entry.endpoint,
      status: entry.status ?? null,
    }));
    return { useCount: uses.length, uses };
  }

  #name(secret: string): string {
    return this.#world.secrets === 'plain' ? secret : fingerprint(secret, this.#world.fingerprintKey);
  }
}

const key = (provider: string, value: string): string => `${provider} ${value}`;

/** Requests grouped by provider and value. */
function byValue(
  all: readonly ObservedRequest[],
  values: (seen: ObservedRequest) => readonly (string | undefined)[],
): Map<string, ObservedRequest[]> {
  const pairs = all.flatMap((seen) =>
    values(seen).flatMap((value) => (value === undefined ? [] : [{ seen, name: key(seen.provider.name, value) }])),
  );
  return new Map([...groupBy(pairs, ({ name }) => name)].map(([name, group]) => [name, group.map(({ seen }) => seen)]));
}

/** The tokens and codes in a request. */
function shownIn(seen: ObservedRequest): (string | undefined)[] {
  const { endpoint } = seen.entry;
  const values =
    endpoint === 'token'
      ? [seen.parameter('code'), seen.parameter('refresh_token')]
      : [seen.bearer?.token, isApiCall(seen.entry) ? undefined : seen.parameter('token')];
  return [...new Set(values)];
}
