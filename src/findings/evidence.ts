import { readFlows, wasGranted } from './flow.js';
import { measureQuietTime } from './timing.js';
import { ObservedRequest } from './observed-request.js';
import type { Steps } from '../world/slices.js';
import type { Instant } from '../core/model.js';
import type { Provider } from '../providers/provider.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { Flow } from './flow.js';

/** The journal of a world, prepared once for all rules. */
export class Evidence {
  /** All requests, oldest first. */
  readonly all: readonly ObservedRequest[];
  /** Whether the journal has dropped no entry. */
  readonly isComplete: boolean;
  readonly now: Instant;
  readonly flows: readonly Flow[];
  /** Token requests with a code. */
  readonly exchanges: readonly ObservedRequest[];
  /** Token requests with a refresh token. */
  readonly refreshes: readonly ObservedRequest[];
  /** Calls of the API with an access token. */
  readonly calls: readonly ObservedRequest[];
  /** The token answer that first contained an access token. */
  readonly sourceOf: ReadonlyMap<string, ObservedRequest>;
  /** Token answers by the tokens that they contain. */
  readonly #answers: ReadonlyMap<string, readonly ObservedRequest[]>;

  private constructor({ journal }: World, all: readonly ObservedRequest[], now: Instant) {
    this.all = all;
    measureQuietTime(this.all);
    this.isComplete = journal.dropped === 0;
    this.now = now;
    this.exchanges = this.all.filter((seen) => isGrant(seen, 'authorization_code', 'code'));
    this.refreshes = this.all.filter((seen) => isGrant(seen, 'refresh_token', 'refresh_token'));
    this.calls = this.all.filter(({ entry, bearer }) => isApiCall(entry) && bearer !== undefined);
    this.flows = readFlows(this.all, this.exchanges);
    const grants = this.all.filter((seen) => seen.entry.endpoint === 'token' && wasGranted(seen));
    this.sourceOf = new Map(grants.map((seen) => [String(seen.receivedText('access_token')), seen] as const).reverse());
    const answers = grants.flatMap((seen) =>
      ['access_token', 'refresh_token'].map((member) => ({ seen, name: answerKey(seen, seen.receivedText(member)) })),
    );
    this.#answers = new Map(
      [...groupBy(answers, ({ name }) => name)].map(([name, group]) => [name, group.map(({ seen }) => seen)]),
    );
  }

  /** Reads the journal of a world, for a virtual time. */
  static *of(world: World, now: Instant): Steps<Evidence> {
    const owners = new Map(world.opened().map((owner) => [owner.provider.name, owner]));
    const all: ObservedRequest[] = [];
    for (const entry of world.journal.entries()) {
      const owner = owners.get(String(entry.provider));
      // a provider that was removed or replaced since: what its answers meant is not known any more
      if (owner !== undefined && world.isCurrent(entry)) {
        all.push(new ObservedRequest(entry, owner.provider, owner.realm));
      }
      yield;
    }
    return new Evidence(world, all, now);
  }

  /** The token answers that contained a token, in their order. Some providers return the same token again. */
  answersWith(provider: Provider, token: string): readonly ObservedRequest[] {
    return this.#answers.get(`${provider.name} ${token}`) ?? [];
  }
}

/** Whether a request is a call of the API; userinfo is one (OpenID Connect Core §5.3). */
export const isApiCall = ({ endpoint }: Pick<JournalEntry, 'endpoint'>): boolean =>
  endpoint === 'resource' || endpoint === 'userinfo';

const answerKey = ({ provider }: ObservedRequest, token: string | undefined): string | undefined =>
  token === undefined ? undefined : `${provider.name} ${token}`;

function isGrant(seen: ObservedRequest, grantType: string, parameter: string): boolean {
  return (
    seen.entry.endpoint === 'token' &&
    seen.parameter('grant_type') === grantType &&
    seen.parameter(parameter) !== undefined
  );
}

/** The id of the family of a refresh token. Undefined if the realm no longer has the token. */
export function familyOf(refresh: ObservedRequest): string | undefined {
  return refresh.realm.refreshTokens.get(String(refresh.parameter('refresh_token')))?.grant.id;
}

/** Groups items by a key. Items without a key are omitted. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** Each item with its successor. */
export function pairs<T>(items: readonly T[]): [T, T][] {
  return items.slice(1).map((item, i) => [items[i] as T, item]);
}
