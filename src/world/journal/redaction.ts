import { fingerprint, isFingerprint } from './fingerprint.js';
import { isSecretName } from '../../input/secret-names.js';
import { decodeEscapes, replaceSecretWords, shortestSearched } from './secret-words.js';
import { spellingsOf } from './secret-spellings.js';
import { isWordForNothing } from './words-for-nothing.js';
import { replaceNamedSecrets } from './secrets-in-text.js';

/** How the journal of a world shows secrets. */
export interface SecretsPolicy {
  readonly secrets: 'fingerprint' | 'plain';
  readonly fingerprintKey: string;
  /** Whether a value was issued in this world as a token, code or session. */
  isIssued(value: string): boolean;
  /** The secrets of clients and the passwords of users. */
  registeredSecrets(): ReadonlySet<string>;
}

/** Secrets of at least this length are replaced inside words too. */
const shortestInside = 16;
/** Maximum number of secrets of one text that are searched for inside words. As whole words all are replaced. */
const mostSearched = 50;
/** Matches a start, and the rest of its word. */
const startingWith = (start: string): RegExp =>
  new RegExp(`${start.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')}[\\w.~+/=-]*`, 'g');
/** A secret of these characters alone is one word for `replaceSecretWords`. */
const isOneWord = /^[\w.~/-]+$/;

/**
 * Replaces the secrets of one journal entry by fingerprints. A secret that is found in one part is replaced in all
 * later parts. The time is linear in the length of the parts.
 */
export class Redaction {
  readonly #policy: SecretsPolicy;
  /** Fingerprints of the secrets found so far. */
  readonly #found = new Map<string, string>();
  #isLearning = false;
  #registered: ReadonlySet<string> | undefined;
  #knownPhrases: readonly string[] | undefined;

  constructor(policy: SecretsPolicy) {
    this.#policy = policy;
  }

  /**
   * Finds the secrets that the parts of an entry name, so that they are replaced in what is shown afterwards. It costs
   * a part of what showing these parts costs: their words are not looked up.
   */
  learn(visit: () => void): void {
    this.#isLearning = true;
    visit();
    this.#isLearning = false;
  }

  get #isPlain(): boolean {
    return this.#policy.secrets === 'plain';
  }

  /** Whether a value was issued or registered in this world. The name of its member is not considered. */
  #isSecret(value: string): boolean {
    this.#registered ??= this.#policy.registeredSecrets();
    return this.#registered.has(value) || this.#policy.isIssued(value);
  }

  /** Replaces a secret, and remembers it for other texts. Fingerprints stay as they are. */
  secret(value: string): string {
    if (this.#isPlain || value === '' || isFingerprint(value)) return value;
    // a word such as `undefined` is shown, unless a client has it as its secret
    if (isWordForNothing(value) && !this.#isSecret(value)) return value;
    const known = this.#found.get(value) ?? fingerprint(value, this.#policy.fingerprintKey);
    this.#found.set(value, known);
    return known;
  }

  /** Replaces the secrets in a JSON value; `name` is the name of the member that has it. */
  members(value: unknown, name?: string): unknown {
    if (typeof value === 'string') {
      return name !== undefined && isSecretName(name) ? this.secret(value) : this.value(value);
    }
    if (typeof value === 'number') return name !== undefined && isSecretName(name) ? this.#number(value) : value;
    if (Array.isArray(value)) return value.map((each) => this.members(each, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [this.untrusted(key), this.members(member, key)]),
    );
  }

  /** A client may send its secret as a number. Other numbers under such a name, such as an error code, are shown. */
  #number(value: number): number | string {
    return this.#isSecret(String(value)) ? this.secret(String(value)) : value;
  }

  /** Replaces a value that is a secret, or the secrets that it contains. */
  value(text: string | undefined): string | undefined {
    if (text === undefined || this.#isPlain) return text;
    for (const spelled of [text, decodeEscapes(text)]) if (this.#isSecret(spelled)) return this.secret(spelled);
    return this.untrusted(text);
  }

  /** Replaces the segments of a path that are secrets. */
  path(path: string): string {
    return path
      .split('/')
      .map((segment) => this.value(segment))
      .join('/');
  }

  /** Replaces the secrets in text that the client wrote: every word may be a secret of this world. */
  untrusted(text: string): string {
    return this.#words(text, (word) => this.#found.get(word) ?? (this.#isSecret(word) ? this.secret(word) : undefined));
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
    return this.#words(text, (word) => this.#found.get(word));
  }

  #words(text: string, lookUp: (word: string) => string | undefined): string {
    if (this.#isPlain || text.length < shortestSearched) return text;
    const named =
      text.includes('=') || text.includes('"') ? replaceNamedSecrets(text, (found) => this.secret(found)) : text;
    if (this.#isLearning) return named;
    return replaceSecretWords(
      named,
      (word) => (word.length < shortestSearched ? undefined : lookUp(word)),
      (decoded) => this.#replacePhrases(decoded),
    );
  }

  /** Replaces registered secrets that are more than one word. */
  #replacePhrases(text: string): string {
    let shown = text;
    for (const secret of this.#phrases()) {
      if (shown.includes(secret)) shown = shown.replaceAll(secret, this.secret(secret));
    }
    return shown;
  }

  #phrases(): readonly string[] {
    this.#registered ??= this.#policy.registeredSecrets();
    this.#knownPhrases ??= [...this.#registered]
      .filter((secret) => secret.length >= shortestSearched && !isOneWord.test(secret))
      .slice(0, mostSearched);
    return this.#knownPhrases;
  }

  /**
   * Replaces what the other methods leave because it is no word of its own: secrets inside longer words, and secrets
   * with spaces or punctuation. Call it last, with the whole text.
   */
  everywhere(text: string): string {
    if (this.#isPlain) return text;
    let shown = text;
    for (const [spelling, name] of this.#searched()) {
      shown = shown.replaceAll(spelling, name);
      // a note may have only the start of a long value
      const start = spelling.slice(0, shortestInside);
      if (start.length === shortestInside && shown.includes(start)) shown = shown.replaceAll(startingWith(start), name);
    }
    return shown;
  }

  /** Spellings of the secrets to search for, longest first: one secret may begin with another. */
  #searched(): [string, string][] {
    const found = [...this.#found].filter(([secret]) => secret.length >= shortestInside).slice(0, mostSearched);
    const phrases = this.#phrases().map(
      (secret) => [secret, fingerprint(secret, this.#policy.fingerprintKey)] as const,
    );
    return [...found, ...phrases]
      .flatMap(([secret, name]) => spellingsOf(secret).map((spelling): [string, string] => [spelling, name]))
      .sort(([a], [b]) => b.length - a.length);
  }
}
