import { nanoid } from 'nanoid';
import { FaultScript } from '../faults/script.js';
import { VirtualClock, realNow, steadyNow } from './clock.js';
import { Journal } from './journal/journal.js';
import { isSignedHere } from '../providers/signing-key.js';
import { FormerRealms } from './former-realms.js';
import { fraction } from './chance.js';
import { layered, providersOf } from './definitions.js';
import { isIssuedBy, registeredIn, registeredSecretsOf } from './issued-secrets.js';
import { openRealm } from './open-realm.js';
import { RandomStreams } from './random-streams.js';
import { VerifiedExpectations } from './journal/verified-expectations.js';
import type { Provider } from '../providers/provider.js';
import type { RandomBytes, Realm } from '../core/realm.js';
import type { JournalEntry } from './journal/entry.js';
import type { JournalMemory } from './journal/memory.js';
import type { Views } from './journal/views.js';
import type { ClockDocument, ProviderDocuments, ResourceDocument, Scenario } from './scenario/schema/scenario.js';

const defaultJournalLimit = 1000;

/**
 * Settings of the world itself. They take precedence over its scenario, also after the scenario changes.
 */
export type OwnSettings = Pick<Scenario, 'seed' | 'clock' | 'definitions'>;

/** What a world is made from. */
export interface WorldOptions {
  readonly id: string;
  readonly scenario: Scenario;
  readonly scenarioName?: string | undefined;
  readonly own?: OwnSettings | undefined;
  /** The providers of the server. Those of the scenario and of the world itself must have been made. */
  readonly served: readonly Provider[];
  /** The worlds of the process, in the order in which a foreign value is looked up. */
  readonly neighbours: () => Iterable<World>;
  /** The memory of all journals of the process. */
  readonly memory: JournalMemory;
  /** Bytes read from each random stream in the snapshot that this world continues. */
  readonly drawn?: Readonly<Record<string, number>> | undefined;
}

/**
 * An isolated environment of one test: its own clock, journal, faults and realms. A realm is opened when it is first
 * used.
 */
export class World {
  readonly id: string;
  readonly scenario: Scenario;
  /** The name of the scenario; undefined if it was given inline. */
  readonly scenarioName: string | undefined;
  own: OwnSettings;
  readonly seed: string | undefined;
  readonly clock = new VirtualClock();
  /** Real time at which the world, and with it its journal, began. In milliseconds since the epoch. */
  readonly beganAt = realNow();
  readonly journal: Journal;
  /** Views of journal entries. The worlds of a process share them. */
  readonly views: Views;
  readonly briefViews: Views;
  /** Expectations sent to the admin API, for the report of findings. */
  readonly verified = new VerifiedExpectations();
  readonly secrets: 'fingerprint' | 'plain';
  /** Whether the Date header of answers has real or virtual time. */
  dateHeader: 'real' | 'virtual' = 'real';
  /** The key of fingerprints. It is fixed, so that equal secrets have equal fingerprints within the world. */
  readonly fingerprintKey: string;
  /** Time of the last use by the monotonic clock, in milliseconds: a step of the real clock ages no world. */
  lastUsedAt = steadyNow();
  /** The worlds of the process, in the order in which a foreign value is looked up. This one may be among them. */
  readonly neighbours: () => Iterable<World>;
  #served: readonly Provider[];
  #providers: readonly Provider[];
  readonly #realms = new Map<string, Realm>();
  /** Undefined: no realm was forgotten. Most worlds forget none. */
  #formerRealms: FormerRealms | undefined;
  readonly #random: RandomStreams;
  /** Undefined until it is asked for: most worlds have no faults. */
  #faults: FaultScript | undefined;
  readonly #whenEnded = new Set<() => void>();

  constructor(options: WorldOptions) {
    const { id, scenario, scenarioName, own = {}, served, neighbours, memory, drawn = {} } = options;
    const { seed = scenario.seed } = own;
    this.scenarioName = scenarioName;
    this.id = id;
    this.scenario = scenario;
    this.own = own;
    this.seed = seed === undefined ? undefined : String(seed);
    this.#random = new RandomStreams(this.seed, drawn);
    this.neighbours = neighbours;
    this.#served = served;
    this.#providers = this.#layered();
    this.journal = new Journal(scenario.journal?.limit ?? defaultJournalLimit, memory);
    this.views = memory.views;
    this.briefViews = memory.briefViews;
    this.secrets = scenario.journal?.secrets ?? 'fingerprint';
    this.fingerprintKey = this.seed ?? nanoid();
    this.setClock({ ...scenario.clock, ...own.clock });
    if (scenario.faults !== undefined && scenario.faults.length > 0) this.faults.add(scenario.faults);
  }

  /** Registers a callback for the end of the world. Returns a function that removes it. */
  whenEnded(ended: () => void): () => void {
    this.#whenEnded.add(ended);
    return () => this.#whenEnded.delete(ended);
  }

  /** Ends the world: requests held by its faults are released, and listeners of its journal are notified. */
  end(): void {
    for (const ended of this.#whenEnded) ended();
    this.#faults?.clear();
    this.journal.end();
  }

  /** The rules of its faults. */
  get faults(): FaultScript {
    return (this.#faults ??= new FaultScript(
      () => fraction(this.random('faults')),
      () => this.clock.now(),
    ));
  }

  /** Whether there is a rule that could apply to a request. */
  get hasFaults(): boolean {
    return this.#faults !== undefined && this.#faults.size > 0;
  }

  /** Changes parts of the clock. */
  setClock({ now, rate, frozen, skewSeconds, dateHeader }: ClockDocument): void {
    const { clock } = this;
    if (rate !== undefined) clock.rate = rate;
    if (frozen !== undefined) clock.frozen = frozen;
    if (skewSeconds !== undefined) clock.skewMs = skewSeconds * 1000;
    if (dateHeader !== undefined) this.dateHeader = dateHeader;
    // last: the other setters keep the current time, which would replace `now`
    if (now !== undefined) clock.set(Date.parse(now));
  }

  /** The providers of this world: those of the server, of its scenario, and its own. */
  get providers(): readonly Provider[] {
    return this.#providers;
  }

  /** Replaces the providers of the server in this world. */
  serve(served: readonly Provider[]): void {
    this.#served = served;
    this.#refresh();
  }

  /** Replaces the documents of the world's own providers, of which the providers were made. Undefined: none. */
  define(definitions: ProviderDocuments | undefined): void {
    const { definitions: _, ...rest } = this.own;
    this.own = definitions === undefined ? rest : { ...rest, definitions };
    this.#refresh();
  }

  #layered(): readonly Provider[] {
    return layered(this.#served, providersOf(this.scenario.definitions), providersOf(this.own.definitions));
  }

  /**
   * A realm whose provider is gone or another one is forgotten, with its tokens and pages: they were made by other
   * rules. Faults for a provider that is gone are removed: no request can match them.
   */
  #refresh(): void {
    const before = this.#providers;
    this.#providers = this.#layered();
    for (const { name } of before.filter((each) => !this.#providers.includes(each))) {
      const realm = this.#realms.get(name);
      const registered = registeredIn(realm, this.scenario.providers?.[name]);
      this.#formerRealms ??= new FormerRealms();
      this.#formerRealms.add(name, realm, registered, this.journal.lastId);
      this.#realms.delete(name);
      if (this.#providers.some((each) => each.name === name)) continue;
      for (const { id, match, until } of this.faults.list()) {
        if (match.provider === name || until?.provider === name) this.faults.remove(id);
      }
    }
  }

  /** The provider's state in this world. It is opened on first use. */
  realm(provider: Provider): Realm {
    const open = this.#realms.get(provider.name);
    if (open !== undefined) return open;
    const realm = openRealm(this, provider);
    this.#realms.set(provider.name, realm);
    return realm;
  }

  /** The random stream of a label: equal labels share a stream. */
  random(label: string): RandomBytes {
    return this.#random.get(label);
  }

  /** Bytes read from each random stream, by label. */
  randomBytesDrawn(): Record<string, number> {
    return this.#random.drawn();
  }

  /** Whether a value was issued in this world as a token, code or session, or is an ID token of this process. */
  isIssued(value: string): boolean {
    // called for each word of a journal entry that is shown
    for (const realm of this.#realms.values()) if (isIssuedBy(realm, value)) return true;
    return isSignedHere(value) || this.#formerRealms?.isIssued(value) === true;
  }

  /** The secrets of all clients and the passwords of all users of this world, those of realms that it forgot too. */
  registeredSecrets(): Set<string> {
    const registered = this.#providers.map(({ name }) =>
      registeredIn(this.#realms.get(name), this.scenario.providers?.[name]),
    );
    return new Set([
      ...registered.flatMap((each) => [...registeredSecretsOf(each)]),
      ...(this.#formerRealms?.registeredSecrets ?? []),
    ]);
  }

  /** Whether a journal entry is about a provider as it is now, and not about an earlier one of its name. */
  isCurrent({ id, provider }: Pick<JournalEntry, 'id' | 'provider'>): boolean {
    return provider === undefined || id > (this.#formerRealms?.lastEntry(provider) ?? 0);
  }

  /** The stubs of a provider's API in the scenario. */
  stubs(provider: Provider): readonly ResourceDocument[] {
    return this.scenario.providers?.[provider.name]?.resources ?? [];
  }

  /** The providers that were used, with their realms. */
  opened(): { provider: Provider; realm: Realm }[] {
    return this.#providers
      .filter(({ name }) => this.#realms.has(name))
      .map((provider) => ({ provider, realm: this.realm(provider) }));
  }
}
