import { fingerprint, isFingerprint } from './fingerprint.js';
import { isSecretName } from './secret-names.js';
import { isWordForNothing } from './words-for-nothing.js';
import { replaceKnownSecrets, replaceNamedSecrets, tokenCandidates } from './secrets-in-text.js';

/** How the journal of a world shows secrets. */
export interface SecretsPolicy {
  readonly secrets: 'fingerprint' | 'plain';
  readonly fingerprintKey: string;
  /** Whether a value was issued or registered in this world. The name of its member is not considered. */
  isSecret(value: string): boolean;
}

/**
 * Replaces the secrets of one journal entry by fingerprints. A secret found in one part is replaced in all later parts.
 */
export class Redaction {
  readonly #policy: SecretsPolicy;
  /** Fingerprints by secret, in every spelling found so far. */
  readonly #fingerprints = new Map<string, string>();

  constructor(policy: SecretsPolicy) {
    this.#policy = policy;
  }

  get #plain(): boolean {
    return this.#policy.secrets === 'plain';
  }

  /**
   * Replaces a secret, and remembers it for other texts. Fingerprints stay as they are.
   *
   * @param spellings other encodings in which the secret occurs
   */
  secret(value: string, ...spellings: readonly string[]): string {
    if (this.#plain || value === '' || isFingerprint(value) || this.#isNoSecret(value)) return value;
    const name = fingerprint(value, this.#policy.fingerprintKey);
    for (const spelling of [value, encodeURIComponent(value), ...spellings]) this.#fingerprints.set(spelling, name);
    return name;
  }

  /** Whether a value is a word such as `undefined`. A client may have it as its secret nevertheless. */
  #isNoSecret(value: string): boolean {
    return isWordForNothing(value) && !this.#policy.isSecret(value);
  }

  /** Replaces the secrets in a JSON value; `name` is the name of the member that has it. */
  members(value: unknown, name?: string): unknown {
    if (typeof value === 'string') {
      return name !== undefined && isSecretName(name) ? this.secret(value) : this.value(value);
    }
    if (Array.isArray(value)) return value.map((each) => this.members(each, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [this.untrusted(key), this.members(member, key)]),
    );
  }

  /** Replaces a value that is a secret, or the secrets that it contains. */
  value(text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    return this.#policy.isSecret(text) ? this.secret(text) : this.untrusted(text);
  }

  /** Replaces the segments of a path that are secrets. */
  path(path: string): string {
    return path
      .split('/')
      .map((segment) => this.value(segment))
      .join('/');
  }

  /** Replaces the secrets in text that the client wrote: every word may be a token that was issued here. */
  untrusted(text: string): string {
    if (this.#plain) return text;
    for (const word of tokenCandidates(text)) if (this.#policy.isSecret(word)) this.secret(word);
    return this.text(text);
  }

  /** Replaces the secrets in a body: in the members of JSON, otherwise in the text. */
  body(text: string | undefined, type: unknown): unknown {
    if (text === undefined || text === '') return undefined;
    if (!String(type).includes('json')) return this.text(text);
    try {
      return this.members(JSON.parse(text));
    } catch {
      return this.text(text);
    }
  }

  /** Replaces the secrets in text: those with a secret name, and those found before. */
  text(text: string): string {
    if (this.#plain) return text;
    const named = replaceNamedSecrets(text, (secret, spelling = secret) => this.secret(secret, spelling));
    return replaceKnownSecrets(named, this.#fingerprints);
  }
}
