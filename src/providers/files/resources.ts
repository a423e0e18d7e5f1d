import { signingKey } from '../signing-key.js';
import { readAnswer } from './answer.js';
import { routedPath } from './path-hosts.js';
import { scopeVariables, clientVariable, requestVariables, userVariable } from './variables.js';
import { listResources } from './stateful-list.js';
import { mistakeInPath } from './unreachable-path.js';
import { withoutSecrets } from './without-secrets.js';
import type { Provider, Resource, ResourceRequest } from '../provider.js';
import type { Reader } from './body.js';
import type { IsSure } from './is-sure.js';
import type { ResourceDocument } from './schema/resource.js';
import type { Variables } from './template.js';

interface ReadContext {
  readonly reader: Reader;
  /** Finds a built-in provider by name. */
  readonly find: (name: string) => Provider | undefined;
  readonly isSure: IsSure;
  /** The provider's own names of parameters. */
  readonly names: Provider['parameterNames'];
}

/** Reads the calls of an API. Mistakes are told. */
export function readResources(documents: readonly ResourceDocument[], context: ReadContext): Resource[] {
  const { reader, find, isSure } = context;
  return documents.flatMap((document, i) => {
    const path = `resources.${i}`;
    const { from, list, path: at = '/', method = 'GET' } = document;
    if (from !== undefined) return find(from)?.resources ?? [];
    if (document.path === undefined && isSure(`${path}.path`, `${path}.from`)) reader.mistake(path, 'needs a path');
    const unreachable = mistakeInPath(at);
    if (unreachable !== undefined) reader.mistake(`${path}.path`, unreachable);
    if (document.authentication === 'none' && document.scopes !== undefined) {
      reader.mistake(`${path}.scopes`, 'a call that needs no access token has no scopes');
    }
    if (document.revokes !== undefined && (document.authentication ?? 'bearer') !== 'bearer') {
      reader.mistake(`${path}.revokes`, 'a call that needs no access token ends none');
    }
    if (list !== undefined) return listResources({ ...document, list, path: routedPath(at) });
    return [callOf({ ...document, method, path: at }, path, context)];
  });
}

function callOf(
  document: ResourceDocument & Pick<Resource, 'method' | 'path'>,
  at: string,
  { reader, names }: ReadContext,
): Resource {
  const { method, path, scopes, authentication, revokes, status, headers, as, body, cases } = document;
  const answer = { status, headers, as, body, cases };
  const given = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
  const write = readAnswer(given, at, reader);
  return {
    method,
    path: routedPath(path),
    ...(scopes === undefined ? {} : { scopes }),
    ...(authentication === undefined ? {} : { authentication }),
    ...(revokes === undefined ? {} : { revokes }),
    answer: (request) => write(resourceVariables(request, names), 200),
  };
}

function resourceVariables(request: ResourceRequest, names: Provider['parameterNames']): Variables {
  const { method, params, query, body, realm, user, access, clientId, answering } = request;
  return {
    ...requestVariables(answering),
    client: clientId === undefined ? undefined : clientVariable(realm, clientId),
    user: userVariable(realm, user?.id),
    ...scopeVariables(access?.token.scopes ?? []),
    path: () => ({ ...answering.path, ...params }),
    query: () => withoutSecrets(query, names),
    body: () => withoutSecrets(body, names),
    method,
    signing_key: () => signingKeyVariable(),
  };
}

function signingKeyVariable(): Variables {
  const { jwk, pem } = signingKey();
  return { kid: jwk.kid, pem };
}
