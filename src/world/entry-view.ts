import { createHmac } from 'node:crypto';
import type { JournalEntry } from './journal.js';

/** Parameters, members and facts whose values are secrets. */
const secretNames = new Set(['client_secret', 'code', 'access_token', 'refresh_token', 'password', 'code_verifier', 'token', 'refreshToken', 'authenticity_token', '_csrf']);
/** Shorter values would be found by chance inside innocent words. */
const leastReplaced = 6;

export interface SecretsPolicy {
  readonly secrets: 'fingerprint' | 'plain';
  readonly fingerprintKey: string;
}

/** A journal entry as people read it. */
export interface EntryView {
  readonly id: number;
  readonly at: string;
  readonly realAt: string;
  readonly provider: string | undefined;
  readonly endpoint: string;
  readonly grantType: string | undefined;
  readonly clientId: string | undefined;
  readonly userId: string | undefined;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, unknown>>;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly form: unknown;
  };
  /** Undefined while the request is under way, or where the line was cut. */
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown } | undefined;
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly facts: unknown;
  readonly explanation: string | undefined;
  readonly notes: readonly string[];
  readonly fault: { readonly id: string; readonly kind: string } | undefined;
  readonly durationMs: number | undefined;
}

/** Writes entries for people: secrets as fingerprints that can be matched with each other, unless they are asked for plain. */
export function viewEntry(entry: JournalEntry, policy: SecretsPolicy): EntryView {
  const hide = new Hider(policy);
  const [path = '', query = ''] = splitOnce(entry.url, '?');
  // requests first: what they show as a secret is then known in every other text
  const request = { method: entry.method, path, query: hide.members(fromQuery(query)) as Record<string, unknown>, headers: hide.headers(entry.headers), form: hide.members(entry.body) };
  const body = hide.body(entry.responseBody, entry.responseHeaders?.['content-type']);
  return {
    id: entry.id,
    at: new Date(entry.at).toISOString(),
    realAt: new Date(entry.realAt).toISOString(),
    provider: entry.provider,
    endpoint: entry.endpoint,
    grantType: entry.grantType,
    clientId: entry.clientId,
    userId: entry.userId,
    request,
    response: entry.status === undefined ? undefined : { status: entry.status, headers: hide.headers(entry.responseHeaders ?? {}), body },
    status: entry.status,
    reason: entry.reason,
    facts: hide.members(entry.facts),
    explanation: entry.explanation === undefined ? undefined : hide.text(entry.explanation),
    notes: entry.notes,
    fault: entry.fault,
    durationMs: entry.durationMs,
  };
}

/** A short name for a secret: the same secret has the same one throughout its world, and it cannot be read back. */
export function fingerprint(secret: string, key: string): string {
  return `fp:${createHmac('sha256', key).update(secret).digest('hex').slice(0, 12)}`;
}

class Hider {
  readonly #plain: boolean;
  readonly #key: string;
  /** Secrets seen so far in this entry. */
  readonly #seen = new Map<string, string>();

  constructor({ secrets, fingerprintKey }: SecretsPolicy) {
    this.#plain = secrets === 'plain';
    this.#key = fingerprintKey;
  }

  /** Names a secret, and remembers it for the texts that follow. */
  secret(value: string): string {
    if (this.#plain) return value;
    const name = fingerprint(value, this.#key);
    this.#seen.set(value, name);
    return name;
  }

  /** Any value, with the secrets among its members named. */
  members(value: unknown, name?: string): unknown {
    if (typeof value === 'string') return name !== undefined && secretNames.has(name) ? this.secret(value) : this.text(value);
    if (Array.isArray(value)) return value.map((each) => this.members(each, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.members(member, key)]));
  }

  headers(headers: JournalEntry['headers'] | NonNullable<JournalEntry['responseHeaders']>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, this.#header(name, value)]));
  }

  #header(name: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#header(name, each));
    const text = String(value);
    switch (name) {
      case 'authorization':
        return this.#authorization(text);
      case 'cookie':
      case 'set-cookie':
        return text.replaceAll(/=([^;]+)/g, (whole, cookie: string) => (/^(\/|Lax|Strict|None)/.test(cookie) ? whole : `=${this.secret(cookie)}`));
      case 'location':
        return this.#location(text);
      default:
        return this.text(text);
    }
  }

  #authorization(text: string): string {
    const [scheme, credentials] = splitOnce(text, ' ');
    if (credentials === undefined) return this.secret(text);
    if (scheme?.toLowerCase() !== 'basic') return `${String(scheme)} ${this.secret(credentials.trim())}`;
    const [id, secret] = splitOnce(Buffer.from(credentials, 'base64').toString('utf8'), ':');
    return `${scheme} ${String(id)}:${this.secret(secret ?? '')}`;
  }

  #location(text: string): string {
    const [before, query] = splitOnce(text, '?');
    if (query === undefined) return text;
    const shown = Object.entries(this.members(fromQuery(query)) as object).map(([name, value]) => `${name}=${String(value)}`);
    return `${String(before)}?${shown.join('&')}`;
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

  /** Text in which the secrets of this entry are named. */
  text(text: string): string {
    let shown = text;
    for (const [secret, name] of this.#seen) if (secret.length >= leastReplaced) shown = shown.replaceAll(secret, name);
    return shown;
  }
}

function splitOnce(text: string, separator: string): [string | undefined, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** A query by name; a repeated parameter is a list. */
function fromQuery(query: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => {
    const [first = '', ...more] = parameters.getAll(name);
    return [name, more.length === 0 ? first : [first, ...more]];
  }));
}
