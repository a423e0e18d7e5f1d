import { credentialsOf } from '../../input/authorization-header.js';
import { pathOf } from '../addressing.js';
import { readBasic } from '../reading/basic.js';
import { findSession } from '../reading/session.js';
import type { FastifyRequest } from 'fastify';
import type { Grant } from '../../core/model.js';
import type { FaultEndpoint } from '../../faults/fault.js';
import type { Answer } from '../../input/answer.js';
import type { RequestFacts } from '../../faults/strike.js';

/** The parameters of a request as far as they are text, wherever they stand: nothing is refused here. */
export type TextParameters = Readonly<Record<string, string | undefined>>;

export function readTextParameters({ query, body }: FastifyRequest): TextParameters {
  const all = { ...(query as object), ...(typeof body === 'object' ? body : {}) };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The endpoint of a request, or undefined for what is no part of the protocol. */
export function faultEndpoint({ entry }: FastifyRequest): FaultEndpoint | undefined {
  return entry.endpoint === 'other' ? undefined : entry.endpoint;
}

/** What a request is about, before anything of it was checked. Each fact is read when a rule first asks for it. */
export class ReadFacts implements RequestFacts {
  readonly provider: string;
  readonly endpoint: FaultEndpoint;
  readonly method: string;
  readonly #request: FastifyRequest;
  readonly #path: () => string;
  readonly #wire: () => TextParameters;
  readonly #grant: () => Grant | undefined;

  constructor(request: FastifyRequest, endpoint: FaultEndpoint) {
    this.provider = request.provider.name;
    this.endpoint = endpoint;
    this.method = request.method;
    this.#request = request;
    this.#path = once(() => pathOf(request.url).replace(/^\/[^/]+/, ''));
    this.#wire = once(() => readTextParameters(request));
    this.#grant = once(() => grantShown(request, this.#wire()));
  }

  get path(): string {
    return this.#path();
  }

  get ignoresLetterCase(): boolean {
    return this.#request.realm.policy.pathLetterCase === 'ignored';
  }

  get grantType(): string | undefined {
    return this.#wire().grant_type;
  }

  get clientId(): string | undefined {
    return readClientId(this.#request, this.#wire()) ?? this.#grant()?.clientId;
  }

  get userId(): string | undefined {
    return this.#grant()?.userId ?? readUserId(this.#request, this.#wire());
  }

  answeredBefore(): boolean {
    return previousAnswer(this.#request) !== undefined;
  }
}

function once<T>(read: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: read() }).value;
}

function readClientId({ headers, realm, entry }: FastifyRequest, wire: TextParameters): string | undefined {
  const basic = readBasic(headers.authorization ?? '', realm.policy.basicWithoutScheme);
  const known = basic?.find(({ id }) => realm.clients.has(id));
  return (
    known?.id ??
    basic?.[0]?.id ??
    wire.client_id ??
    realm.pending.get(wire.authorization ?? '')?.client.id ??
    entry.clientId
  );
}

/** The family of whatever token or code a request shows. */
function grantShown(request: FastifyRequest, wire: TextParameters): Grant | undefined {
  const { codes, accessTokens, refreshTokens } = request.realm;
  const shown = [presentedToken(request, wire), wire.refresh_token, wire.token, wire.code];
  for (const value of shown) {
    const found =
      value === undefined ? undefined : (accessTokens.get(value) ?? refreshTokens.get(value) ?? codes.get(value));
    if (found !== undefined) return found.grant;
  }
  return undefined;
}

/** The access token of a request, of the header before that of a parameter. What follows the first word is ignored. */
export function presentedToken({ headers }: FastifyRequest, parameters: TextParameters): string | undefined {
  return credentialsOf(headers.authorization ?? '', 'bearer')?.split(' ', 1)[0] ?? parameters.access_token;
}

function readUserId(request: FastifyRequest, wire: TextParameters): string | undefined {
  const { realm, entry } = request;
  const { interaction } = realm.policy;
  const typed = wire[realm.policy.passwordGrantUsername];
  if (typed !== undefined) return realm.user(typed)?.id;
  if (entry.userId !== undefined) return entry.userId;
  return (
    findSession(request)?.userId ??
    (entry.endpoint === 'authorize' && interaction.mode === 'auto' ? realm.user(interaction.user)?.id : undefined)
  );
}

/** Headers that belong to one sending of an answer. */
const ofOneSending = new Set(['content-length', 'connection', 'keep-alive', 'transfer-encoding', 'date']);

/** The newest answer of the same provider and endpoint, as it left. */
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
  const headers = Object.entries(responseHeaders as Answer['headers']).filter(([name]) => !ofOneSending.has(name));
  return { status, headers: Object.fromEntries(headers), body: responseBody };
}
