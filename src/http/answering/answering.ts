import { hostOf } from '../path-hosts.js';
import { valuesIn } from '../path-variables.js';
import { hostVariables } from '../provider-tables.js';
import { headersWithoutSecrets } from './headers-without-secrets.js';
import { parseForm } from '../reading/form-text.js';
import { Parameters, authorizationUse } from '../reading/parameters.js';
import { splitOnce } from '../../world/journal/url-text.js';
import type { FastifyRequest } from 'fastify';
import type { Realm } from '../../core/realm.js';
import type { Answering, Provider } from '../../providers/provider.js';

type Texts = Readonly<Record<string, string>>;

/** What a provider may know of the request that it answers. It is read only by those that need it. */
export class RequestAnswering implements Answering {
  readonly #request: FastifyRequest;
  readonly #requested: string | undefined;

  /**
   * @param requested the authorization request that is answered: its path and query, relative to the provider. A page
   *   of the provider can answer it. Undefined: the request itself is answered
   */
  constructor(request: FastifyRequest, requested?: string) {
    this.#request = request;
    this.#requested = requested;
  }

  get realm(): Realm {
    return this.#request.realm;
  }

  get parameters(): Texts {
    if (this.#requested !== undefined) return parametersIn(this.#request, this.#requested);
    return this.#request.parameters?.withoutSecrets() ?? {};
  }

  get path(): Texts {
    const { provider } = this.#request;
    const own = this.#requested === undefined ? ownValues(this.#request) : authorizePath(provider, this.#requested);
    return { ...hostValues(this.#request), ...own };
  }

  get baseUrl(): string {
    return this.#request.providerUrl;
  }

  get accept(): string | undefined {
    return this.#request.headers.accept;
  }

  get headers(): Texts {
    return headersWithoutSecrets(this.#request.headers);
  }

  get requestId(): string {
    return this.#request.realm.generate.requestId();
  }
}

/** The variables of the host, with the examples of all others. */
const hostValues = (request: FastifyRequest): Texts => ({
  ...request.provider.variables,
  ...hostVariables(request.provider, hostOf(request)),
});

/** The variables of the path of a request. The rest of a path of the API is none. */
function ownValues({ params }: FastifyRequest): Texts {
  const { '*': _rest, ...values } = (params ?? {}) as Texts;
  return values;
}

/** The variables of the path at which an authorization was asked for. */
function authorizePath({ endpoints }: Provider, requested: string): Texts {
  const [path] = splitOnce(requested, '?');
  return endpoints.authorize.map((pattern) => valuesIn(pattern, path)).find((found) => found !== undefined) ?? {};
}

/** Variables for the paths of pages about an authorization request: those of the host, and those of its path. */
export const pageVariables = (request: FastifyRequest, requested: string): Texts => ({
  ...hostValues(request),
  ...authorizePath(request.provider, requested),
});

interface Owner {
  readonly provider: Provider;
  readonly realm: Realm;
}

/** The parameters of an authorization request, without secrets. */
function parametersIn({ provider, realm }: Owner, requested: string): Texts {
  const parameters = new Parameters(realm.policy, authorizationUse, provider.parameterNames);
  parameters.add(parseForm(splitOnce(requested, '?')[1] ?? ''), 'query', true);
  return parameters.withoutSecrets();
}

/** What a provider may know where a test answers an authorization request for the person. */
export const answeringFor = (owner: Owner, requested: string, baseUrl: string): Answering => ({
  realm: owner.realm,
  parameters: parametersIn(owner, requested),
  path: {
    ...owner.provider.variables,
    ...hostVariables(owner.provider, new URL(baseUrl).hostname),
    ...authorizePath(owner.provider, requested),
  },
  baseUrl,
  accept: undefined,
  headers: {},
  get requestId() {
    return owner.realm.generate.requestId();
  },
});
