import { readFlows, wasGranted } from './flow.js';
import { measureQuiet } from './timing.js';
import { Seen } from './observed-request.js';
import type { Instant } from '../core/model.js';
import type { Provider } from '../providers/provider.js';
import type { World } from '../world/world.js';
import type { Flow } from './flow.js';

/** What a world's journal shows, put in order once for all rules. */
export class Evidence {
  /** Every request, oldest first. */
  readonly all: readonly Seen[];
  /** Whether the journal has forgotten nothing. */
  readonly isComplete: boolean;
  readonly now: Instant;
  readonly flows: readonly Flow[];
  /** Token requests with a code. */
  readonly exchanges: readonly Seen[];
  /** Token requests with a refresh token. */
  readonly refreshes: readonly Seen[];
  /** Calls of a provider's API with an access token. */
  readonly calls: readonly Seen[];
  /** The token answer that first told a client of an access token. */
  readonly sourceOf: ReadonlyMap<string, Seen>;
  /** Every token answer with a token in it. */
  readonly #answers: ReadonlyMap<string, readonly Seen[]>;

  constructor(world: World) {
    const { journal, clock } = world;
    const owners = new Map(world.opened().map((owner) => [owner.provider.name, owner]));
    this.all = journal.entries().map((entry) => {
      // a request opens the realm that it is for before it is journaled
      const { provider, realm } = owners.get(String(entry.provider)) as ReturnType<World['opened']>[number];
      return new Seen(entry, provider, realm);
    });
    measureQuiet(this.all);
    this.isComplete = journal.dropped === 0;
    this.now = clock.now();
    this.exchanges = this.all.filter((seen) => isGrant(seen, 'authorization_code', 'code'));
    this.refreshes = this.all.filter((seen) => isGrant(seen, 'refresh_token', 'refresh_token'));
    this.calls = this.all.filter(({ entry, bearer }) => entry.endpoint === 'resource' && bearer !== undefined);
    this.flows = readFlows(this.all, this.exchanges);
    const grants = this.all.filter((seen) => seen.entry.endpoint === 'token' && wasGranted(seen));
    this.sourceOf = new Map(grants.map((seen) => [String(seen.said('access_token')), seen] as const).reverse());
    const answers = grants.flatMap((seen) =>
      ['access_token', 'refresh_token'].map((member) => ({ seen, name: answerKey(seen, seen.said(member)) })),
    );
    this.#answers = new Map(
      [...groupBy(answers, ({ name }) => name)].map(([name, group]) => [name, group.map(({ seen }) => seen)]),
    );
  }

  /** The token answers, in their order, that had a token of a provider in them: some answer the same one again. */
  answersWith(provider: Provider, token: string): readonly Seen[] {
    return this.#answers.get(`${provider.name} ${token}`) ?? [];
  }
}

const answerKey = ({ provider }: Seen, token: string | undefined): string | undefined =>
  token === undefined ? undefined : `${provider.name} ${token}`;

function isGrant(seen: Seen, grantType: string, parameter: string): boolean {
  return seen.entry.endpoint === 'token' && seen.get('grant_type') === grantType && seen.get(parameter) !== undefined;
}

/** The family of a refresh token, as far as the realm remembers it. */
export function familyOf(refresh: Seen): string | undefined {
  return refresh.realm.refreshTokens.get(String(refresh.get('refresh_token')))?.grant.id;
}

/** Groups what was seen by a key; what has none is left out. */
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

/** Each item with the one after it. */
export function pairs<T>(items: readonly T[]): [T, T][] {
  return items.slice(1).map((item, i) => [items[i] as T, item]);
}
