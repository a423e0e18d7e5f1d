import { credentialsOf } from '../../input/authorization-header.js';
import { pathOf } from '../addressing.js';
import { parametersOf } from '../../world/journal/url-text.js';
import { readBasic } from '../reading/basic.js';
import { findSession } from '../reading/session.js';
import type { FastifyRequest } from 'fastify';
import type { Grant } from '../../core/model.js';
import type { FaultEndpoint } from '../../faults/fault.js';
import type { Answer } from '../../input/answer.js';
import type { RequestFacts } from '../../faults/chosen-fault.js';

/** The text parameters of a request, from query and body. Other values are omitted, not refused. */
export type TextParameters = Readonly<Record<string, string | undefined>>;

/** Reads all text parameters. The body overrides the query. */
export function readTextParameters({ query, body }: FastifyRequest): TextParameters {
  const all = { ...(query as object), ...(typeof body === 'object' ? body : {}) };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The endpoint of a request. Undefined for `other`: faults act on the provider's endpoints only. */
export function faultEndpoint({ entry }: FastifyRequest): FaultEndpoint | undefined {
  return entry.endpoint === 'other' ? undefined : entry.endpoint;
}

/** Facts of a request that fault rules compare. They are not validated. Each fact is read on first access. */
export class ReadFacts implements RequestFacts {
  readonly provider: string;
  readonly endpoint: FaultEndpoint;
  readonly method: string;
  readonly #request: FastifyRequest;
  readonly #path: () => string;
  readonly #query: () => unknown;
  readonly #parameters: () => TextParameters;
  readonly #grant: () => Grant | undefined;

  constructor(request: FastifyRequest, endpoint: FaultEndpoint) {
    this.provider = request.provider.name;
    this.endpoint = endpoint;
    this.method = request.method;
    this.#request = request;
    this.#path = once(() => pathOf(request.url).replace(/^\/[^/]+/, ''));
    this.#query = once(() => parametersOf(request.originalUrl.split(/\?(.*)/s)[1] ?? ''));
    this.#parameters = once(() => readTextParameters(request));
    this.#grant = once(() => presentedGrant(request, this.#parameters()));
  }

  get path(): string {
    return this.#path();
  }

  get query(): unknown {
    return this.#query();
  }

  get form(): unknown {
    return this.#request.entry.body;
  }

  get headers(): unknown {
    return this.#request.headers;
  }

  get ignoresLetterCase(): boolean {
    return this.#request.realm.policy.pathLetterCase === 'ignored';
  }

  get grantType(): string | undefined {
    return this.#parameters().grant_type;
  }

  get clientId(): string | undefined {
    return readClientId(this.#request, this.#parameters()) ?? this.#grant()?.clientId;
  }

  get userId(): string | undefined {
    return this.#grant()?.userId ?? readUserId(this.#request, this.#parameters());
  }

  answeredBefore(): boolean {
    return previousAnswer(this.#request) !== undefined;
  }
}

function once<T>(read: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: read() }).value;
}

function readClientId({ headers, realm, entry }: FastifyRequest, parameters: TextParameters): string | undefined {
  const basic = readBasic(headers.authorization ?? '', realm.policy)?.readings;
  const known = basic?.find(({ id }) => realm.clients.has(id));
  return (
    known?.id ??
    basic?.[0]?.id ??
    parameters.client_id ??
    realm.pending.get(parameters.authorization ?? '')?.client.id ??
    entry.clientId
  );
}

/** The grant of the first token or code in a request that this realm knows. */
function presentedGrant(request: FastifyRequest, parameters: TextParameters): Grant | undefined {
  const { codes, accessTokens, refreshTokens } = request.realm;
  const { refresh_token, token, code } = parameters;
  for (const value of [presentedToken(request, parameters), refresh_token, token, code]) {
    const found =
      value === undefined ? undefined : (accessTokens.get(value) ?? refreshTokens.get(value) ?? codes.get(value));
    if (found !== undefined) return found.grant;
  }
  return undefined;
}

/** The access token of a request: from the header (its first word only), else from the parameter. */
export function presentedToken({ headers }: FastifyRequest, parameters: TextParameters): string | undefined {
  return credentialsOf(headers.authorization ?? '', 'bearer')?.split(' ', 1)[0] ?? parameters.access_token;
}

function readUserId(request: FastifyRequest, parameters: TextParameters): string | undefined {
  const { realm, entry } = request;
  const { interaction } = realm.policy;
  const username = parameters[realm.policy.passwordGrantUsername];
  if (username !== undefined) return realm.user(username)?.id;
  if (entry.userId !== undefined) return entry.userId;
  return (
    findSession(request)?.userId ??
    (entry.endpoint === 'authorize' && interaction.mode === 'auto' ? realm.user(interaction.user)?.id : undefined)
  );
}

/** Headers that belong to one transmission of an answer, not to its content. */
const transmissionHeaders = new Set(['content-length', 'connection', 'keep-alive', 'transfer-encoding', 'date']);

/** The latest answer of the same provider and endpoint, as it was sent. */
export function previousAnswer({ world, entry }: FastifyRequest): Answer | undefined {
  const previous = world.journal
    .entries()
    .findLast(
      (each) =>
        each !== entry &&
        each.provider === entry.provider &&
        each.endpoint === entry.endpoint &&
        each.status !== undefined,
    );
  if (previous?.status === undefined) return undefined;
  const { status, responseHeaders, responseBody = '' } = previous;
  const headers = Object.entries(responseHeaders as Answer['headers']).filter(
    ([name]) => !transmissionHeaders.has(name),
  );
  return { status, headers: Object.fromEntries(headers), body: responseBody };
}
