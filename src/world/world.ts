import { nanoid } from 'nanoid';
import { Realm } from '../core/realm.js';
import { uuid } from '../providers/text.js';
import { FaultScript } from '../faults/script.js';
import { VirtualClock } from './clock.js';
import { Journal } from './journal/journal.js';
import { applyPolicy } from './scenario/policy.js';
import { fraction, randomStream } from './chance.js';
import { clientFromDocument } from './scenario/client-document.js';
import { userFromDocument } from './scenario/user-document.js';
import { VerifiedExpectations } from './journal/verified-expectations.js';
import type { Provider } from '../providers/provider.js';
import type { RandomBytes } from '../core/realm.js';
import type { RandomStream } from './chance.js';
import type { ClockDocument, ResourceDocument, Scenario } from './scenario/schema/scenario.js';

const defaultJournalLimit = 1000;

/** What a world was asked for that lies over its scenario, whatever becomes of the scenario's file. */
export type OwnSettings = Pick<Scenario, 'seed' | 'clock'>;

export interface WorldOptions {
  readonly id: string;
  readonly scenario: Scenario;
  readonly scenarioName?: string | undefined;
  readonly own?: OwnSettings | undefined;
  readonly providers: readonly Provider[];
  /** Real time, in milliseconds since the epoch. */
  readonly realNow: number;
  /** How far the streams of chance were read in the world that this one goes on from. */
  readonly drawn?: Readonly<Record<string, number>> | undefined;
}

/** One test's private universe. Realms are opened when they are first asked for: an idle world costs almost nothing. */
export class World {
  readonly id: string;
  readonly scenario: Scenario;
  /** The name that the scenario was played by; undefined for one that came inline. */
  readonly scenarioName: string | undefined;
  readonly own: OwnSettings;
  readonly seed: string | undefined;
  readonly clock = new VirtualClock();
  readonly journal: Journal;
  readonly faults = new FaultScript(() => fraction(this.random('faults')));
  /** What was sent to be verified, for the report of findings. */
  readonly verified = new VerifiedExpectations();
  readonly secrets: 'fingerprint' | 'plain';
  /** Which time the Date header of answers tells. */
  dateHeader: 'real' | 'virtual' = 'real';
  /** The key that fingerprints are made with, so that equal secrets can be matched within the world. */
  readonly fingerprintKey: string;
  /** Real time, for dropping worlds that nobody uses. */
  lastUsedAt: number;
  readonly #providers: readonly Provider[];
  readonly #skips: Readonly<Record<string, number>>;
  readonly #realms = new Map<string, Realm>();
  readonly #streams = new Map<string, RandomStream>();
  readonly #whenEnded = new Set<() => void>();

  constructor(options: WorldOptions) {
    const { id, scenario, scenarioName, own = {}, providers, realNow, drawn = {} } = options;
    const { seed = scenario.seed } = own;
    this.scenarioName = scenarioName;
    this.#skips = drawn;
    this.id = id;
    this.scenario = scenario;
    this.own = own;
    this.seed = seed === undefined ? undefined : String(seed);
    this.lastUsedAt = realNow;
    this.#providers = providers;
    this.journal = new Journal(scenario.journal?.limit ?? defaultJournalLimit);
    this.secrets = scenario.journal?.secrets ?? 'fingerprint';
    this.fingerprintKey = this.seed ?? nanoid();
    this.setClock({ ...scenario.clock, ...own.clock });
    this.faults.add(scenario.faults ?? []);
  }

  /** Calls back when the world ends. Returns what takes that back. */
  whenEnded(ended: () => void): () => void {
    this.#whenEnded.add(ended);
    return () => this.#whenEnded.delete(ended);
  }

  /** Nobody waits any longer for a world that is gone: neither those whom its faults keep waiting, nor those who follow its journal. */
  end(): void {
    for (const ended of this.#whenEnded) ended();
    this.faults.clear();
    this.journal.end();
  }

  /** Changes parts of the clock. */
  setClock({ now, rate, frozen, skewSeconds, dateHeader }: ClockDocument): void {
    const { clock } = this;
    if (rate !== undefined) clock.rate = rate;
    if (frozen !== undefined) clock.frozen = frozen;
    if (skewSeconds !== undefined) clock.skewMs = skewSeconds * 1000;
    if (dateHeader !== undefined) this.dateHeader = dateHeader;
    // last, so that freezing does not let time pass in between
    if (now !== undefined) clock.set(Date.parse(now));
  }

  /** What a provider owns in this world. */
  realm(provider: Provider): Realm {
    const open = this.#realms.get(provider.name);
    if (open !== undefined) return open;
    const realm = this.#openRealm(provider);
    this.#realms.set(provider.name, realm);
    return realm;
  }

  /** Chance for one purpose: the same label goes on with the same stream. */
  random(label: string): RandomBytes {
    const open = this.#streams.get(label);
    if (open !== undefined) return open.bytes;
    const stream = randomStream(this.seed, label, this.#skips[label]);
    this.#streams.set(label, stream);
    return stream.bytes;
  }

  /** How many bytes each stream of chance has given. */
  randomBytesDrawn(): Record<string, number> {
    return { ...this.#skips, ...Object.fromEntries([...this.#streams].map(([label, { drawn }]) => [label, drawn])) };
  }

  /** Whether a value was issued here, or is the secret of a client: the journal hides it under whatever name it comes. */
  isSecret(value: string): boolean {
    return this.opened().some(({ realm }) => {
      const { accessTokens, refreshTokens, codes, sessions, clients } = realm;
      return (
        [accessTokens, refreshTokens, codes, sessions].some((issued) => issued.has(value)) ||
        [...clients.values()].some(({ secret }) => secret !== '' && secret === value)
      );
    });
  }

  /** The scenario's stubs of a provider's API. */
  stubs(provider: Provider): readonly ResourceDocument[] {
    return this.scenario.providers?.[provider.name]?.resources ?? [];
  }

  /** The providers whose realms were opened, with their realms. */
  opened(): { provider: Provider; realm: Realm }[] {
    return this.#providers
      .filter(({ name }) => this.#realms.has(name))
      .map((provider) => ({ provider, realm: this.realm(provider) }));
  }

  #openRealm(provider: Provider): Realm {
    const setup = this.scenario.providers?.[provider.name] ?? {};
    const policy = applyPolicy(provider.policy, setup.policy ?? {});
    // each provider draws from a stream of its own, so that calls to one do not change what another issues
    const random = this.random(provider.name);
    // what most providers never ask for: a stream costs a cipher
    let answers: RandomBytes | undefined;
    return new Realm({
      policy,
      scopes: provider.scopes,
      clients: (setup.clients ?? []).map(clientFromDocument),
      users: (setup.users ?? []).map(userFromDocument),
      clock: this.clock,
      generate: {
        ...provider.generators(random),
        id: () => Buffer.from(random(15)).toString('base64url'),
        requestId: () => uuid((answers ??= this.random(`${provider.name} request ids`))),
      },
    });
  }
}
