import { faultKind } from '../../../fault-kinds.js';
import { defined } from '../../../parts/defined.js';
import { ownPath } from '../../../journal/own-path.js';
import type { EntryView, FaultRule } from '../../../../client/index.js';

type Fault = Exclude<FaultRule['fault'], readonly unknown[]>;
type Match = FaultRule['match'];

const pages: readonly string[] = ['authorize', 'login', 'consent'];
/** Endpoints whose refusals are not those of the token endpoint. */
const apis: readonly string[] = ['resource', 'userinfo', 'metadata'];
const endpoints: readonly string[] = [...pages, 'token', 'revoke', 'introspect', ...apis];
const grantTypes: readonly string[] = ['authorization_code', 'refresh_token', 'password', 'client_credentials'];
const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
/** Values that the schema of faults accepts. */
const isError = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(value);
const longestBody = 4000;

/** Headers of an answer that a client acts on. */
const kept = ['content-type', 'www-authenticate', 'retry-after'];

/**
 * A rule that gives the next such request the answer of this entry, or, if the request was accepted, a refusal.
 * Undefined for a request outside the protocol, which no fault can apply to.
 */
export function faultFrom(entry: EntryView): FaultRule | undefined {
  return endpoints.includes(entry.endpoint) ? { match: matchOf(entry), times: 1, fault: faultOf(entry) } : undefined;
}

function matchOf(entry: EntryView): Match {
  const { provider, endpoint, grantType, clientId, request } = entry;
  const isResource = endpoint === 'resource';
  const path = ownPath(entry);
  return {
    ...defined({
      provider,
      endpoint: endpoint as Match['endpoint'],
      grantType: grantTypes.includes(grantType ?? '') ? (grantType as Match['grantType']) : undefined,
      clientId: isMatchable(clientId, 200) ? clientId : undefined,
      method: isResource && methods.includes(request.method) ? (request.method as Match['method']) : undefined,
      path: isResource && path.startsWith('/') && isMatchable(path, 1000) ? path : undefined,
    }),
  };
}

const isMatchable = (text = '', longest: number): boolean =>
  text !== '' && text.length <= longest && !text.includes('fp:');

function faultOf(entry: EntryView): Fault {
  const { endpoint, fault, response, durationMs } = entry;
  if (fault !== undefined && faultKind(fault.kind).isBare === true) return { kind: fault.kind } as Fault;
  if (response === undefined) return durationMs === undefined ? { kind: 'hang' } : { kind: 'drop' };
  if (response.status === 429) return rateLimit(response.headers['retry-after']);
  const isApi = apis.includes(endpoint);
  const refusal = isApi ? undefined : refusalIn(response);
  if (refusal !== undefined) return refusal;
  if (response.status >= 400) return sameAnswer(response);
  if (isApi) return { kind: 'status', status: 503 };
  return { kind: 'oauth-error', error: pages.includes(endpoint) ? 'access_denied' : 'invalid_grant' };
}

function rateLimit(retryAfter: unknown): Fault {
  const seconds = Number(retryAfter);
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400
    ? { kind: 'rate-limit', retryAfter: seconds }
    : { kind: 'rate-limit' };
}

type Answer = NonNullable<EntryView['response']>;

/** The error of an answer: in its JSON body (RFC 6749 §5.2), or in the redirect (§4.1.2.1). */
function refusalIn({ body, headers: { location } }: Answer): Fault | undefined {
  const members =
    typeof location === 'string' && location.includes('?')
      ? Object.fromEntries(new URLSearchParams(location.slice(location.indexOf('?') + 1)))
      : body;
  if (typeof members !== 'object' || members === null) return undefined;
  const { error, error_description: description } = members as Readonly<Record<string, unknown>>;
  if (!isError(error)) return undefined;
  return {
    kind: 'oauth-error',
    error,
    ...defined({
      description: typeof description === 'string' && description.length <= 1000 ? description : undefined,
    }),
  };
}

function sameAnswer({ status, headers, body }: Answer): Fault {
  const text = JSON.stringify(body) as string | undefined;
  const own = kept.flatMap((name): [string, string][] =>
    typeof headers[name] === 'string' ? [[name, headers[name]]] : [],
  );
  return {
    kind: 'status',
    status,
    ...defined({
      headers: own.length > 0 ? Object.fromEntries(own) : undefined,
      body: text !== undefined && text.length <= longestBody ? body : undefined,
    }),
  };
}
