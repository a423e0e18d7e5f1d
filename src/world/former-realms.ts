import { registeredSecretsOf } from './issued-secrets.js';
import type { Realm } from '../core/realm.js';
import type { Registered } from './issued-secrets.js';

/** Most values of each kind that are kept. The oldest are dropped. */
const mostKept = 20_000;

/**
 * What a world keeps of the realms that it forgot, because their providers were removed or replaced: the journal still
 * has the requests to them.
 */
export class FormerRealms {
  readonly #issued = new Set<string>();
  readonly #registered = new Set<string>();
  readonly #lastEntries = new Map<string, number>();

  /**
   * Keeps what a realm issued and registered.
   *
   * @param name the name of its provider
   * @param realm undefined: it was never opened, so it issued nothing and no request was made to it
   * @param registered its clients and users
   * @param lastId the id of the newest entry of the journal
   */
  add(name: string, realm: Realm | undefined, registered: Registered, lastId: number): void {
    for (const secret of registeredSecretsOf(registered)) this.#registered.add(secret);
    trim(this.#registered);
    if (realm === undefined) return;
    for (const values of [realm.accessTokens, realm.refreshTokens, realm.codes, realm.sessions]) {
      for (const value of values.keys()) this.#issued.add(value);
    }
    trim(this.#issued);
    this.#lastEntries.delete(name);
    this.#lastEntries.set(name, lastId);
    trim(this.#lastEntries);
  }

  /** Whether one of them issued a value as a token, code or session. */
  isIssued(value: string): boolean {
    return this.#issued.has(value);
  }

  /** The secrets of their clients and the passwords of their users. */
  get registeredSecrets(): Iterable<string> {
    return this.#registered;
  }

  /**
   * The id of the newest journal entry at the time when the last realm of a name was forgotten: earlier entries of this
   * provider, and this one, are about other rules. 0: none was forgotten.
   */
  lastEntry(name: string): number {
    return this.#lastEntries.get(name) ?? 0;
  }
}

function trim(kept: Set<string> | Map<string, unknown>): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) return;
    kept.delete(oldest);
  }
}
