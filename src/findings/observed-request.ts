import { kindNamed } from '../faults/kinds/index.js';
import { basicCredentials, bearerToken, decodeBasic } from '../input/authorization-header.js';
import type { Policy } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';
import type { JournalEntry } from '../world/journal/journal.js';

type Parameters = ReadonlyMap<string, string>;

/** What the client learned of the answer, as far as it can have arrived. */
export interface Told {
  readonly status: number;
  /** Members of a JSON answer; none where it was no JSON, or spoilt. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where an access token stood (RFC 6750 §2). */
export interface Bearer {
  readonly token: string;
  readonly place: 'header' | 'query' | 'body';
}

/** One request as the rules look at it. Its parameters are read once, and its answer as far as the client can know it. */
export class Seen {
  readonly entry: JournalEntry;
  readonly provider: Provider;
  readonly realm: Realm;
  readonly query: Parameters;
  readonly form: Parameters;
  /** Undefined where no answer, or nobody knows how much of one, reached the client. */
  readonly told: Told | undefined;
  readonly bearer: Bearer | undefined;
  /** The parameters that the answer brought back to the client by redirect, or undefined where it was no such redirect. */
  readonly back: URLSearchParams | undefined;
  /** Real time, in milliseconds: when it came, and when its answer had left or its line was closed. */
  readonly start: number;
  readonly end: number;
  /** For how much real time until it came nothing was under way, counted from the beginning of the journal. */
  quietMs = 0;

  constructor(entry: JournalEntry, provider: Provider, realm: Realm) {
    this.entry = entry;
    this.provider = provider;
    this.realm = realm;
    this.query = readQuery(entry.url);
    this.form = readForm(entry.body);
    this.told = readTold(entry);
    this.bearer = readBearer(this);
    this.back = readBack(this);
    this.start = entry.realAt;
    this.end = entry.durationMs === undefined ? Infinity : entry.realAt + entry.durationMs;
  }

  get id(): number {
    return this.entry.id;
  }

  get policy(): Policy {
    return this.realm.policy;
  }

  /** Whether it brought the client nothing that it can use. */
  get failed(): boolean {
    return this.told === undefined || this.told.status >= 400;
  }

  /** Who sent it, as far as it or its token says so. */
  get clientId(): string | undefined {
    return (
      this.entry.clientId ??
      this.get('client_id') ??
      basicId(this.header('authorization')) ??
      this.realm.accessTokens.get(this.accessToken)?.grant.clientId
    );
  }

  /** The access token that it shows; empty where it shows none. */
  get accessToken(): string {
    return this.bearer?.token ?? '';
  }

  /** A parameter of the protocol, wherever it stood. */
  get(name: string): string | undefined {
    return this.form.get(name) ?? this.query.get(name);
  }

  /** A member of the answer that is text. RFC 6749 §3.1: without a value it counts as left out. */
  said(name: string): string | undefined {
    const value = this.told?.body[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A member of the answer that is a number of seconds, be it written as text. */
  saidSeconds(name: string): number | undefined {
    const value = Number(this.told?.body[name] ?? NaN);
    return Number.isFinite(value) ? value : undefined;
  }

  header(name: string): string | undefined {
    const value = this.entry.headers[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** A header of the answer. */
  answered(name: string): string | undefined {
    const value = this.entry.responseHeaders?.[name];
    return value === undefined || Array.isArray(value) ? undefined : String(value);
  }
}

function basicId(header = ''): string | undefined {
  const credentials = basicCredentials(header);
  return credentials === undefined || /\s/.test(credentials) ? undefined : decodeBasic(credentials).id;
}

function readQuery(url: string): Parameters {
  const at = url.indexOf('?');
  return at < 0 ? new Map() : filled([...new URLSearchParams(url.slice(at + 1))]);
}

function readForm(body: unknown): Parameters {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return new Map();
  return filled(
    Object.entries(body as Record<string, unknown>).flatMap(([name, value]) => {
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return ['string', 'number', 'boolean'].includes(typeof first) ? [[name, String(first)] as const] : [];
    }),
  );
}

/** RFC 6749 §3.1: a parameter without a value counts as left out. Of a repeated one the first counts. */
function filled(pairs: readonly (readonly [string, string])[]): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of pairs) if (value !== '' && !parameters.has(name)) parameters.set(name, value);
  return parameters;
}

function readTold({ status, fault, responseBody, responseHeaders }: JournalEntry): Told | undefined {
  // of a body that drips, nobody knows whether the client waited for its end
  if (status === undefined || kindNamed(String(fault?.kind))?.arrivesInPart === true) return undefined;
  // RFC 6749 §5.1 wants JSON: what calls itself something else a careful client need not read
  return {
    status,
    body: String(responseHeaders?.['content-type']).includes('json') ? readJson(String(responseBody)) : {},
  };
}

function readJson(text: string): Told['body'] {
  try {
    // a number or null has no members either
    return Object(JSON.parse(text)) as Told['body'];
  } catch {
    return {};
  }
}

function readBearer(seen: Seen): Bearer | undefined {
  const inHeader = bearerToken(seen.header('authorization') ?? '');
  const found = (
    [
      ['header', inHeader],
      ['query', seen.query.get('access_token')],
      ['body', seen.form.get('access_token')],
    ] as const
  ).find(([, token]) => token !== undefined);
  return found?.[1] === undefined ? undefined : { place: found[0], token: found[1] };
}

function readBack(seen: Seen): URLSearchParams | undefined {
  const location = seen.answered('location');
  // a client's redirect_uri is absolute (RFC 6749 §3.1.2), and the provider's own pages are not
  if (seen.told === undefined || location === undefined || location.startsWith('/')) return undefined;
  return new URLSearchParams(location.split(/\?(.*)/s)[1]);
}
