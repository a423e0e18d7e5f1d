import { kindNamed } from '../faults/kinds/index.js';
import { parseRecorded } from '../world/journal/recorded-body.js';
import { basicCredentials, bearerToken, decodeBasic } from '../input/authorization-header.js';
import type { Policy } from '../core/policy.js';
import type { Realm } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';
import type { JournalEntry } from '../world/journal/entry.js';

type Parameters = ReadonlyMap<string, string>;

/** The answer as far as the client can have received it. */
export interface ReceivedAnswer {
  readonly status: number;
  /** Texts and numbers of a JSON answer by name. Empty if the body is not a valid JSON object. */
  readonly body: ReadonlyMap<string, string | number>;
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
  /** Names of parameters that one place has more than once. */
  readonly repeatedInQuery: readonly string[];
  readonly repeatedInForm: readonly string[];
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
    const pairs = queryPairs(entry.url, realm.policy);
    const takesLast = realm.policy.parametersRepeated === 'last';
    this.query = filled(pairs, takesLast);
    const body = parseRecorded(entry.body);
    this.form = readForm(body, takesLast);
    this.repeatedInQuery = repeatedNames(pairs);
    this.repeatedInForm = repeatedMembers(body, entry);
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

  /** A parameter from the body or the query. The policy says which of the two counts. */
  parameter(name: string): string | undefined {
    // the journal has the name of RFC 6749 for the provider's own word
    if (name === 'grant_type' && this.entry.grantType !== undefined) return this.entry.grantType;
    const sent = this.provider.parameterNames?.[name] ?? name;
    const [first, second] =
      this.policy.parametersInBoth === 'query' ? [this.query, this.form] : [this.form, this.query];
    return first.get(sent) ?? second.get(sent);
  }

  /** A text member of the answer. Undefined if it is absent or empty (RFC 6749 §3.1). */
  receivedText(name: string): string | undefined {
    const value = this.received?.body.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A member of the answer as a number of seconds. A number as text is accepted too. */
  receivedSeconds(name: string): number | undefined {
    const value = Number(this.received?.body.get(name) ?? NaN);
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

type Pairs = readonly (readonly [string, string])[];

/** Rack separates the parameters of a query at a semicolon too. */
function queryPairs(url: string, { parameterSyntax }: Policy): Pairs {
  const at = url.indexOf('?');
  if (at < 0) return [];
  const query = url.slice(at + 1);
  return [...new URLSearchParams(parameterSyntax === 'rack' ? query.replaceAll(/[&;] */g, '&') : query)];
}

function readForm(body: unknown, takesLast: boolean): Parameters {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return new Map();
  return filled(
    Object.entries(body as Record<string, unknown>).flatMap(([name, value]) => {
      const one: unknown = Array.isArray(value) ? value.at(takesLast ? -1 : 0) : value;
      return ['string', 'number', 'boolean'].includes(typeof one) ? [[name, String(one)] as const] : [];
    }),
    takesLast,
  );
}

/** Parameters with a value (RFC 6749 §3.1). The policy says whether the first or the last of repeated ones counts. */
function filled(pairs: Pairs, takesLast: boolean): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (value !== '' && (takesLast || !parameters.has(name))) parameters.set(name, value);
  }
  return parameters;
}

function repeatedNames(pairs: Pairs): string[] {
  if (pairs.length < 2) return [];
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [name] of pairs) {
    if (seen.has(name) && !name.endsWith('[]')) repeated.add(name);
    seen.add(name);
  }
  return [...repeated];
}

/** The members of a form that are lists. In JSON, a list is one value. */
function repeatedMembers(body: unknown, { headers }: JournalEntry): string[] {
  if (typeof body !== 'object' || body === null || String(headers['content-type']).includes('json')) return [];
  return Object.entries(body).flatMap(([name, value]) => (Array.isArray(value) && !name.endsWith('[]') ? [name] : []));
}

function readReceived({ status, fault, responseBody, responseHeaders }: JournalEntry): ReceivedAnswer | undefined {
  // It is unknown whether the client waited for the whole answer.
  if (status === undefined || kindNamed(String(fault?.kind))?.arrivesInPart === true) return undefined;
  // RFC 6749 §5.1 requires JSON, so a client need not read other content types.
  const isJson = String(responseHeaders?.['content-type']).includes('json');
  return { status, body: isJson ? readJson(String(responseBody)) : new Map() };
}

function readJson(text: string): ReceivedAnswer['body'] {
  try {
    // `Object` also accepts a number or null, which have no members. Lists and objects would take much memory.
    const members = Object.entries(Object(JSON.parse(text)) as object);
    return new Map(members.filter(([, value]) => typeof value === 'string' || typeof value === 'number'));
  } catch {
    return new Map();
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
