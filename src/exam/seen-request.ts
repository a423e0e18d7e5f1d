import { isEmptyToken } from './empty-token.js';
import type { EntryView } from '../client/index.js';

type Members = Readonly<Record<string, unknown>>;

/** One request of the client or of its browser, as the journal of the exam has it: with secrets as they are. */
export class SeenRequest {
  readonly entry: EntryView;

  constructor(entry: EntryView) {
    this.entry = entry;
  }

  get id(): number {
    return this.entry.id;
  }

  get endpoint(): string {
    return this.entry.endpoint;
  }

  get grantType(): string | undefined {
    return this.entry.grantType;
  }

  /** Undefined: no answer, or only a part of one. */
  get status(): number | undefined {
    return this.entry.status;
  }

  /** Real time at which the request arrived, in milliseconds. */
  get realAt(): number {
    return Date.parse(this.entry.realAt);
  }

  /** A parameter of the query. Of a repeated one, the first. */
  query(name: string): string | undefined {
    return textOf(this.entry.request.query[name]);
  }

  /** A parameter of the body. Of a repeated one, the first. */
  form(name: string): string | undefined {
    return textOf(membersOf(this.entry.request.form)[name]);
  }

  /** A parameter of the body or, if it has none, of the query. */
  parameter(name: string): string | undefined {
    return this.form(name) ?? this.query(name);
  }

  /** A header. The name is in lower case. */
  header(name: string): string | undefined {
    return textOf(this.entry.request.headers[name]);
  }

  /** A header of the answer. The name is in lower case. */
  answerHeader(name: string): string | undefined {
    return textOf(this.entry.response?.headers[name]);
  }

  /** A member of the JSON answer as the provider made it, before a fault. */
  answer(name: string): unknown {
    return membersOf(this.entry.response?.body)[name];
  }

  /** The access token of the request: from a header that providers read or, if none has it, from a parameter. */
  get accessToken(): string | undefined {
    const [, token] = /^(?:Bearer|Token) +(.+)$/i.exec(this.header('authorization') ?? '') ?? [];
    return token ?? this.header('x-api-key') ?? this.parameter('access_token');
  }

  /** Whether a word such as `undefined` stands in place of the access token. */
  get hasEmptyToken(): boolean {
    return this.accessToken !== undefined && this.accessToken !== '' && isEmptyToken(this.accessToken);
  }

  /** The secret of Basic credentials (RFC 6749 §2.3.1). The journal has them decoded. Undefined: there are none. */
  get basicSecret(): string | undefined {
    return /^Basic +[^:]*:(.*)$/i.exec(this.header('authorization') ?? '')?.[1];
  }
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function textOf(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return ['string', 'number', 'boolean'].includes(typeof one) ? String(one) : undefined;
}

/** The requests of a part of an exam, in order of arrival. */
export class SeenRequests {
  readonly all: readonly SeenRequest[];

  constructor(all: readonly SeenRequest[]) {
    this.all = all;
  }

  /** Requests of the authorization endpoint that began a flow. */
  get authorizations(): SeenRequest[] {
    return this.at('authorize').filter((request) => request.query('client_id') !== undefined);
  }

  /** Token requests that exchange a code, also refused ones. */
  get exchanges(): SeenRequest[] {
    return this.at('token').filter(({ grantType }) => grantType === 'authorization_code');
  }

  /** The exchanges that gave tokens. */
  get succeededExchanges(): SeenRequest[] {
    return this.exchanges.filter(({ status }) => status === 200);
  }

  /** Token requests that use a refresh token, also refused ones. */
  get refreshes(): SeenRequest[] {
    return this.at('token').filter(({ grantType }) => grantType === 'refresh_token');
  }

  /** All token requests. */
  get tokenRequests(): SeenRequest[] {
    return this.at('token');
  }

  /** Calls of the API. */
  get calls(): SeenRequest[] {
    return this.at('resource');
  }

  /** Requests of the revocation endpoint. */
  get revocations(): SeenRequest[] {
    return this.at('revoke');
  }

  at(endpoint: string): SeenRequest[] {
    return this.all.filter((request) => request.endpoint === endpoint);
  }
}
