import type { FastifyRequest } from 'fastify';
import type { Realm } from '../../core/realm.js';
import type { Answering, Provider } from '../../providers/provider.js';

/** What a provider may know of the request that it answers. It is read only by those that need it. */
export class RequestAnswering implements Answering {
  readonly #request: FastifyRequest;

  constructor(request: FastifyRequest) {
    this.#request = request;
  }

  get realm(): Realm {
    return this.#request.realm;
  }

  get parameters(): Readonly<Record<string, string>> {
    return this.#request.parameters?.withoutSecrets() ?? {};
  }

  get path(): Readonly<Record<string, string>> {
    const { provider, params } = this.#request;
    return { ...provider.variables, ...(params as Readonly<Record<string, string>>) };
  }

  get baseUrl(): string {
    return this.#request.providerUrl;
  }

  get accept(): string | undefined {
    return this.#request.headers.accept;
  }
}

/** The same without a request of a client: a test answers for the person, who sees the provider at `baseUrl`. */
export const withoutRequest = (
  { realm, provider }: { realm: Realm; provider: Provider },
  baseUrl: string,
): Answering => ({
  realm,
  parameters: {},
  path: provider.variables ?? {},
  baseUrl,
  accept: undefined,
});
