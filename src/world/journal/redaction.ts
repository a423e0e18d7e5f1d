import { createHmac } from 'node:crypto';

/** How secrets are shown in the journal of a world. */
export interface SecretsPolicy {
  readonly secrets: 'fingerprint' | 'plain';
  readonly fingerprintKey: string;
  /** Whether a value is one that was issued or registered here, under whatever name it comes. */
  isSecret(value: string): boolean;
}

/** Parameters, members and facts whose values are secrets, however their letters are written. */
const secretNames = new Set([
  'clientsecret',
  'code',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'token',
  'password',
  'codeverifier',
  'assertion',
  'clientassertion',
  'authenticitytoken',
  'csrf',
]);

export const isSecretName = (name: string): boolean => secretNames.has(name.toLowerCase().replaceAll(/[^a-z]/g, ''));

/** Shorter values would be found by chance among innocent words, and those up to the other length inside of them. */
const leastReplaced = 6;
const leastInside = 16;

/**
 * What may be a token as it stands in a text, and what parts it from others: a percent sequence, of which the letters would
 * else seem to belong to it.
 */
const wordOrEscape = /%[0-9a-f]{2}|[\w.~+/-]{6,}/gi;
const alone = { before: '(?:(?<=%[0-9A-Fa-f]{2})|(?<![\\w.~-]))', after: '(?![\\w.~-])' };

/**
 * `name=value` of a form or a query, and `"name": "value"` of JSON, in text that nothing has parsed. Each looks at a place once
 * or within bounds: a long text must not cost its square.
 */
const inForm = /(?<![A-Za-z_-])([A-Za-z_-]+)=([^&\s"'<>;]+)/g;
const inJson = /"([A-Za-z_-]{1,100})"(\s{0,100}:\s{0,100}")((?:[^"\\]|\\.)*)/g;
/** A field of a page, and what a page marks as a secret. */
const inField = /(<input [^<>]{0,100}\bname="([^"<>]{0,100})" [^<>]{0,100}\bvalue=")([^"]*)/g;
const marked = /(<[a-z]+ data-secret>)([^<]*)/g;

/** A short name for a secret: the same secret has the same one throughout its world, and it cannot be read back. */
export function fingerprint(secret: string, key: string): string {
  return `fp:${createHmac('sha256', key).update(secret).digest('hex').slice(0, 12)}`;
}

const named = /^fp:[0-9a-f]{12}$/;

/** Names the secrets of one journal entry, and finds them again in its other texts. */
export class Hider {
  readonly #policy: SecretsPolicy;
  /** Secrets seen so far, with their names. */
  readonly #seen = new Map<string, string>();

  constructor(policy: SecretsPolicy) {
    this.#policy = policy;
  }

  get #plain(): boolean {
    return this.#policy.secrets === 'plain';
  }

  /** Names a secret, and remembers it and how it is spelt elsewhere. What is a name already stays. */
  secret(value: string, ...spellings: readonly string[]): string {
    if (this.#plain || value === '' || named.test(value)) return value;
    const name = fingerprint(value, this.#policy.fingerprintKey);
    for (const spelling of [value, encodeURIComponent(value), ...spellings]) this.#seen.set(spelling, name);
    return name;
  }

  /** Any value, with the secrets among its members named. */
  members(value: unknown, name?: string): unknown {
    if (typeof value === 'string') {
      return name !== undefined && isSecretName(name) ? this.secret(value) : this.value(value);
    }
    if (Array.isArray(value)) return value.map((each) => this.members(each, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [this.#sent(key), this.members(member, key)]),
    );
  }

  /** One value that a client sent, if it sent one. */
  value(text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    return this.#policy.isSecret(text) ? this.secret(text) : this.#sent(text);
  }

  headers(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [this.#sent(name), this.#header(name, value)]),
    );
  }

  #header(name: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#header(name, each));
    const text = String(value);
    switch (name) {
      case 'authorization':
      case 'proxy-authorization':
        return this.#authorization(text);
      case 'cookie':
        return this.#sent(text.replaceAll(/=([^;]+)/g, (_whole, cookie: string) => `=${this.secret(cookie)}`));
      case 'set-cookie':
        return text.replace(/=([^;]+)/, (_whole, cookie: string) => `=${this.secret(cookie)}`);
      case 'location':
        return this.#location(text);
      default:
        return this.value(text);
    }
  }

  #authorization(text: string): string {
    const [scheme, credentials] = splitOnce(text, ' ');
    if (credentials === undefined) return this.secret(text);
    if (scheme.toLowerCase() !== 'basic') return `${this.#sent(scheme)} ${this.secret(credentials.trim())}`;
    const [id, secret] = splitOnce(Buffer.from(credentials, 'base64').toString('utf8'), ':');
    if (secret === undefined) return `${scheme} ${this.secret(credentials, id)}`;
    // RFC 6749 §2.3.1 form-encodes the secret, and then a blank is a plus
    return `${scheme} ${String(this.value(id))}:${this.secret(secret.includes('%') ? (formDecode(secret) ?? secret) : secret, secret, credentials)}`;
  }

  #location(text: string): string {
    const [before, query] = splitOnce(text, '?');
    if (query === undefined) return this.text(text);
    const shown = Object.entries(this.members(parametersOf(query)) as object).map(
      ([name, value]) => `${name}=${String(value)}`,
    );
    return `${this.text(before)}?${shown.join('&')}`;
  }

  /** A path, of which a segment may be a token. */
  path(path: string): string {
    return path
      .split('/')
      .map((segment) => this.value(segment))
      .join('/');
  }

  /** Text that a client may have put anything into: a token that was issued here is known by itself, wherever it stands. */
  #sent(text: string): string {
    if (this.#plain) return text;
    for (const [word] of text.matchAll(wordOrEscape)) if (this.#policy.isSecret(word)) this.secret(word);
    return this.text(text);
  }

  /** A body: JSON by its members, anything else as text. */
  body(text: string | undefined, type: unknown): unknown {
    if (text === undefined || text === '') return undefined;
    if (!String(type).includes('json')) return this.text(text);
    try {
      return this.members(JSON.parse(text));
    } catch {
      return this.text(text);
    }
  }

  /** Text, in which secrets are known by what stands before them, or were seen elsewhere. */
  text(text: string): string {
    if (this.#plain) return text;
    let shown = text
      .replaceAll(inForm, (whole, name: string, value: string) =>
        isSecretName(name) ? `${name}=${this.secret(formDecode(value) ?? value, value)}` : whole,
      )
      .replaceAll(inJson, (whole, name: string, between: string, value: string) =>
        isSecretName(name) ? `"${name}"${between}${this.secret(value)}` : whole,
      )
      .replaceAll(inField, (whole, before: string, name: string, value: string) =>
        isSecretName(name) ? before + this.secret(value) : whole,
      )
      .replaceAll(marked, (_whole, before: string, value: string) => before + this.secret(value));
    // the longest first: one secret may begin with another
    const known = [...this.#seen].sort(([a], [b]) => b.length - a.length);
    for (const [secret, name] of known) {
      if (secret.length >= leastInside) shown = shown.replaceAll(secret, name);
      else if (secret.length >= leastReplaced && shown.includes(secret)) shown = shown.replaceAll(asWord(secret), name);
    }
    return shown;
  }
}

/** A secret that may be an innocent word's part, such as the password `understudy` is of `understudy-client`. */
const asWord = (secret: string): RegExp =>
  new RegExp(`${alone.before}${secret.replaceAll(/[$(-+./?[-^{|}-]/g, '\\$&')}${alone.after}`, 'g');

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** The part before a separator, and the part after it where there is one. */
export function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** A query by name; a repeated parameter is a list. */
export function parametersOf(query: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const [first, ...more] = parameters.getAll(name) as [string, ...string[]];
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}
