import { flowOf } from '../../core/flow.js';
import { pathOf } from '../addressing.js';
import { parametersOf, splitOnce } from '../../world/journal/url-text.js';
import { beginsFlow } from '../reading/protocol-requests.js';
import { findSession } from '../reading/session.js';
import { presentedToken, seeRequest } from './seen-request.js';
import type { FastifyRequest } from 'fastify';
import type { Grant } from '../../core/model.js';
import type { FaultEndpoint } from '../../faults/fault.js';
import type { Answer } from '../../input/answer.js';
import type { RequestFacts } from '../../faults/chosen-fault.js';
import type { SeenRequest } from './seen-request.js';

/** The endpoint of a request. Undefined for `other`: faults act on the provider's endpoints only. */
export function faultEndpoint({ entry }: FastifyRequest): FaultEndpoint | undefined {
  return entry.endpoint === 'other' ? undefined : entry.endpoint;
}

/**
 * Facts of a request that fault rules compare. Grant type, client and user are those that the endpoint will find;
 * query, form and headers are those of the journal. They are not validated. Each fact is read on first access.
 */
export class ReadFacts implements RequestFacts {
  readonly provider: string;
  readonly endpoint: FaultEndpoint;
  readonly method: string;
  readonly #request: FastifyRequest;
  readonly #path: () => string;
  readonly #query: () => unknown;
  readonly #seen: () => SeenRequest;
  readonly #grant: () => Grant | undefined;

  constructor(request: FastifyRequest, endpoint: FaultEndpoint) {
    this.provider = request.provider.name;
    this.endpoint = endpoint;
    this.method = request.method;
    this.#request = request;
    this.#path = once(() => pathOf(request.url).replace(/^\/[^/]+/, ''));
    this.#query = once(() => parametersOf(splitOnce(request.originalUrl, '?')[1] ?? ''));
    this.#seen = once(() => seeRequest(request));
    this.#grant = once(() => presentedGrant(request, this.#seen()));
  }

  get path(): string {
    return this.#path();
  }

  get query(): unknown {
    return this.#query();
  }

  get form(): unknown {
    return this.#request.body;
  }

  get headers(): unknown {
    return this.#request.headers;
  }

  get ignoresLetterCase(): boolean {
    return this.#request.realm.policy.pathLetterCase === 'ignored';
  }

  get grantType(): string | undefined {
    return this.#seen().parameter('grant_type');
  }

  get clientId(): string | undefined {
    return readClientId(this.#request, this.#seen()) ?? this.#grant()?.clientId;
  }

  get userId(): string | undefined {
    return this.#grant()?.userId ?? readUserId(this.#request, this.#seen());
  }

  /** See `JournalEntry.flow`. */
  get flow(): string | undefined {
    if (this.endpoint === 'token' && beginsFlow(this.grantType)) return String(this.#request.entry.id);
    const grant = this.#grant();
    if (grant !== undefined) return flowOf(grant);
    return this.#request.realm.pending.get(this.#seen().parameter('authorization') ?? '')?.startedBy;
  }

  answeredBefore(): boolean {
    return previousAnswer(this.#request) !== undefined;
  }
}

function once<T>(read: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: read() }).value;
}

/** The client that a request names. */
function readClientId({ realm, entry }: FastifyRequest, { parameter, credentials }: SeenRequest): string | undefined {
  const readings = credentials?.readings;
  if (readings !== undefined) return (readings.find(({ id }) => realm.clients.has(id)) ?? readings[0]).id;
  if (entry.endpoint === 'authorize') return parameter('client_id');
  return realm.pending.get(parameter('authorization') ?? '')?.client.id ?? entry.clientId;
}

/** The grant of the first token or code in a request that this realm knows. */
function presentedGrant(request: FastifyRequest, { parameter }: SeenRequest): Grant | undefined {
  const { codes, accessTokens, refreshTokens } = request.realm;
  for (const value of [presentedToken(request), ...['refresh_token', 'token', 'code'].map(parameter)]) {
    const found =
      value === undefined ? undefined : (accessTokens.get(value) ?? refreshTokens.get(value) ?? codes.get(value));
    if (found !== undefined) return found.grant;
  }
  return undefined;
}

function readUserId(request: FastifyRequest, { parameter }: SeenRequest): string | undefined {
  const { realm, entry, provider } = request;
  const { interaction, passwordGrantUsername } = realm.policy;
  const isPage = entry.endpoint === 'login' || entry.endpoint === 'authorize';
  const username = parameter(isPage ? provider.loginFields.username : passwordGrantUsername);
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
        each.status !== undefined &&
        !each.isResponseCut,
    );
  if (previous?.status === undefined) return undefined;
  const { status, responseHeaders, responseBody = '' } = previous;
  const headers = Object.entries(responseHeaders as Answer['headers']).filter(
    ([name]) => !transmissionHeaders.has(name),
  );
  return { status, headers: Object.fromEntries(headers), body: responseBody };
}
