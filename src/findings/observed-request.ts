import { kindNamed } from '../faults/kinds/index.js';
import { basicCredentials, bearerToken, decodeBasic } from '../input/authorization-header.js';
import type { Policy } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';
import type { JournalEntry } from '../world/journal/journal.js';

type Parameters = ReadonlyMap<string, string>;

/** The answer as far as the client can have received it. */
export interface ReceivedAnswer {
  readonly status: number;
  /** Members of a JSON answer. Empty if the body is not a valid JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** An access token and its place (RFC 6750 §2). */
export interface Bearer {
  readonly token: string;
  readonly place: 'header' | 'query' | 'body';
}

/** One request as the rules see it: its parameters, and its answer as far as the client received it. */
export class ObservedRequest {
  readonly entry: JournalEntry;
  readonly provider: Provider;
  readonly realm: Realm;
  readonly query: Parameters;
  readonly form: Parameters;
  /** Undefined if the client received no answer, or an unknown part of one. */
  readonly received: ReceivedAnswer | undefined;
  readonly bearer: Bearer | undefined;
  /** The parameters of the redirect back to the client. Undefined if the answer is not such a redirect. */
  readonly redirectBack: URLSearchParams | undefined;
  /** Real time in milliseconds: when the request arrived, and when its answer was sent or its connection closed. */
  readonly start: number;
  readonly end: number;
  /**
   * Real time from the start of the journal until this request in which no request was in progress, in milliseconds.
   */
  quietMs = 0;

  constructor(entry: JournalEntry, provider: Provider, realm: Realm) {
    this.entry = entry;
    this.provider = provider;
    this.realm = realm;
    this.query = readQuery(entry.url);
    this.form = readForm(entry.body);
    this.received = readReceived(entry);
    this.bearer = readBearer(this);
    this.redirectBack = readBack(this);
    this.start = entry.realAt;
    this.end = entry.durationMs === undefined ? Infinity : entry.realAt + entry.durationMs;
  }

  get id(): number {
    return this.entry.id;
  }

  get policy(): Policy {
    return this.realm.policy;
  }

  /** Whether the client received no successful answer. */
  get failed(): boolean {
    return this.received === undefined || this.received.status >= 400;
  }

  /** The client id, from the request or from its token. */
  get clientId(): string | undefined {
    return (
      this.entry.clientId ??
      this.parameter('client_id') ??
      basicId(this.header('authorization')) ??
      this.realm.accessTokens.get(this.accessToken)?.grant.clientId
    );
  }

  /** The access token of the request. Empty if it has none. */
  get accessToken(): string {
    return this.bearer?.token ?? '';
  }

  /** A parameter from the body or the query. */
  parameter(name: string): string | undefined {
    return this.form.get(name) ?? this.query.get(name);
  }

  /** A text member of the answer. Undefined if it is absent or empty (RFC 6749 §3.1). */
  receivedText(name: string): string | undefined {
    const value = this.received?.body[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A member of the answer as a number of seconds. A number as text is accepted too. */
  receivedSeconds(name: string): number | undefined {
    const value = Number(this.received?.body[name] ?? NaN);
    return Number.isFinite(value) ? value : undefined;
  }

  header(name: string): string | undefined {
    const value = this.entry.headers[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** A header of the answer. */
  answerHeader(name: string): string | undefined {
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

/** Parameters that are not empty (RFC 6749 §3.1). If a parameter is repeated, the first value is used. */
function filled(pairs: readonly (readonly [string, string])[]): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of pairs) if (value !== '' && !parameters.has(name)) parameters.set(name, value);
  return parameters;
}

function readReceived({ status, fault, responseBody, responseHeaders }: JournalEntry): ReceivedAnswer | undefined {
  // It is unknown whether the client waited for the whole answer.
  if (status === undefined || kindNamed(String(fault?.kind))?.arrivesInPart === true) return undefined;
  // RFC 6749 §5.1 requires JSON, so a client need not read other content types.
  return {
    status,
    body: String(responseHeaders?.['content-type']).includes('json') ? readJson(String(responseBody)) : {},
  };
}

function readJson(text: string): ReceivedAnswer['body'] {
  try {
    // `Object` also accepts a number or null, which have no members.
    return Object(JSON.parse(text)) as ReceivedAnswer['body'];
  } catch {
    return {};
  }
}

function readBearer(seen: ObservedRequest): Bearer | undefined {
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

function readBack(seen: ObservedRequest): URLSearchParams | undefined {
  const location = seen.answerHeader('location');
  // A redirect URI is absolute (RFC 6749 §3.1.2); the URLs of the provider's own pages are relative.
  if (seen.received === undefined || location === undefined || location.startsWith('/')) return undefined;
  return new URLSearchParams(location.split(/\?(.*)/s)[1]);
}
