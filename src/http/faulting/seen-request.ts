import { countedCredentials } from '../../core/client.js';
import { readBearerRequest } from '../reading/bearer.js';
import { readBasicCredentials, readCredentials } from '../reading/credentials.js';
import { readGrantType } from '../reading/grant-type.js';
import { readAuthorizationParameters, readTokenParameters } from '../reading/protocol-requests.js';
import type { FastifyRequest } from 'fastify';
import type { PresentedCredentials } from '../../core/client.js';

/** What the endpoint of a request reads from it. */
export interface SeenRequest {
  /** The text of a parameter. Undefined if the endpoint reads none. */
  readonly parameter: (name: string) => string | undefined;
  /** The client credentials that count. */
  readonly credentials: PresentedCredentials | undefined;
}

const nothing: SeenRequest = { parameter: () => undefined, credentials: undefined };

/**
 * Reads a request as its endpoint will read it, by the policy of the provider. A request whose parameters the endpoint
 * refuses has none. Adds no notes to the journal: the endpoint does that when it reads the request.
 */
export const seeRequest = (request: FastifyRequest): SeenRequest => unlessRefused(() => readSeen(request)) ?? nothing;

function readSeen(request: FastifyRequest): SeenRequest {
  const { policy } = request.realm;
  switch (request.entry.endpoint) {
    case 'token':
    case 'revoke':
    case 'introspect': {
      const parameters = readTokenParameters(request, policy);
      const credentials = countedCredentials(readCredentials(request, policy, parameters), policy);
      if (request.entry.endpoint !== 'token') return { parameter: (name) => parameters.get(name), credentials };
      // rules about grant types name them as RFC 6749 does
      const { grantType } = readGrantType(request, parameters);
      return { parameter: (name) => (name === 'grant_type' ? grantType : parameters.get(name)), credentials };
    }
    case 'authorize': {
      const parameters = readAuthorizationParameters(request);
      parameters.setDefault('response_type', request.realm.parameters.authorize.response_type?.default);
      return { parameter: (name) => parameters.get(name), credentials: undefined };
    }
    case 'resource':
      return { parameter: textParameter(request), credentials: readBasicCredentials(request, policy).credentials[0] };
    default:
      return { parameter: textParameter(request), credentials: undefined };
  }
}

/** A parameter of the body or the query, as pages and calls of the API read them. */
function textParameter({ query, body }: FastifyRequest): SeenRequest['parameter'] {
  const all = { ...(query as object), ...(typeof body === 'object' ? body : {}) } as Readonly<Record<string, unknown>>;
  return (name) => {
    const value = Object.hasOwn(all, name) ? all[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
}

/** The access token that counts, at an endpoint that reads one. */
export function presentedToken(request: FastifyRequest): string | undefined {
  const { endpoint } = request.entry;
  if (endpoint !== 'resource' && endpoint !== 'userinfo' && endpoint !== 'introspect') return undefined;
  return unlessRefused(() => readBearerRequest(request, request.realm.policy, []).presented[0]?.token);
}

/** Undefined if the request is refused: the endpoint will read it again, and throw again. */
function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
