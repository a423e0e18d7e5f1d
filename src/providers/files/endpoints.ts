import { isSameHost } from './host-collisions.js';
import { PathHosts } from './path-hosts.js';
import { pathsIn } from './schema/path.js';
import { mistakeInPath } from './unreachable-path.js';
import type { Endpoints, Provider } from '../provider.js';
import type { TellMistake } from './body.js';
import type { Telling } from './is-sure.js';
import type { ProviderDocument } from './schema/document.js';

type Paths = readonly [string, ...string[]];

/** The names of the variables of a path or a host. */
export const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);

/** Reads where a provider with these hosts is. Mistakes are told. */
export function readEndpoints(
  document: ProviderDocument,
  like: Provider,
  { allHosts, tell, isSure }: Telling & { readonly allHosts: readonly string[] },
): Pick<Provider, 'endpoints' | 'pathHosts'> {
  const { endpoints = {}, variables = {}, hosts = [] } = document;
  const known = Object.keys({ ...like.variables, ...variables });
  const check = (texts: readonly string[], path: string): void => {
    if (!isSure('variables', 'like')) return;
    for (const name of texts.flatMap(variablesIn)) {
      if (!known.includes(name)) tell(path, `the variable {${name}} is not among the variables of this file`);
    }
  };
  check(hosts, 'hosts');
  for (const [i, host] of hosts.entries()) {
    if (hosts.slice(0, i).some((each) => isSameHost(each, host))) tell(`hosts.${i}`, `${host} is listed twice`);
  }
  const areListsSure = isSure('hosts', 'like', 'endpoints.token', 'endpoints.refresh');
  const pathHosts = new PathHosts({
    hosts: allHosts,
    inherited: like.pathHosts,
    tellConflict: areListsSure ? tell : () => {},
  });
  const tellHost = isSure('hosts', 'like') ? tell : () => {};
  const read = (member: keyof typeof endpoints, usual: readonly string[]): readonly string[] => {
    const places = pathsIn(endpoints[member]);
    if (places === undefined) return pathHosts.inherit(member, usual);
    const at = `endpoints.${member}`;
    check(places, at);
    for (const [i, place] of places.entries()) {
      const message = mistakeInPath(place);
      if (message !== undefined) tell(Array.isArray(endpoints[member]) ? `${at}.${i}` : at, message);
    }
    const given = pathHosts.read(member, places, tellHost);
    for (const [i, path] of given.entries()) {
      // the others are told with their collisions
      const isHere = (member === 'refresh' || member === 'api') && given.slice(0, i).includes(path);
      if (isHere) tell(`endpoints.${member}`, `${path} is listed twice`);
    }
    return given;
  };
  const found: Endpoints = {
    authorize: read('authorize', like.endpoints.authorize) as Paths,
    token: read('token', like.endpoints.token) as Paths,
    refresh: read('refresh', like.endpoints.refresh ?? []),
    revoke: read('revoke', like.endpoints.revoke),
    introspect: read('introspect', like.endpoints.introspect),
    tokenInfo: like.endpoints.tokenInfo,
    // a file that says where its endpoints are has no others that a client would find by surprise
    userinfo: read('userinfo', document.endpoints === undefined ? like.endpoints.userinfo : []),
    metadata: read('metadata', document.endpoints === undefined ? like.endpoints.metadata : []),
    jwks: read('jwks', document.endpoints === undefined ? (like.endpoints.jwks ?? []) : []),
    login: read('login', [like.endpoints.login])[0] as string,
    api: read('api', like.endpoints.api).map((base) => base.replace(/\/$/, '')) as unknown as Paths,
  };
  const given = new Set(Object.keys(endpoints));
  tellCollisions(found, like, {
    tell,
    isSure: (endpoint) => isSure(`endpoints.${endpoint}`) && (given.has(endpoint) || isSure('like')),
  });
  return { endpoints: found, pathHosts: pathHosts.found };
}

/**
 * Two routes cannot have one path, whatever their variables are called. Paths of Understudy itself are no provider's,
 * and at its own host a provider has no prefix.
 */
function tellCollisions(
  endpoints: Endpoints,
  like: Provider,
  { tell, isSure }: { readonly tell: TellMistake; readonly isSure: (endpoint: string) => boolean },
): void {
  const { authorize, token, refresh = [], revoke, introspect, tokenInfo, userinfo } = endpoints;
  const { metadata, jwks = [], login } = endpoints;
  const seen = new Map((like.accountPages ?? []).map(({ path }) => [shapeOf(path), 'page of an account']));
  const all = { authorize, token, refresh, revoke, introspect, tokenInfo, userinfo, metadata, jwks, login: [login] };
  for (const [endpoint, paths] of Object.entries(all)) {
    if (!isSure(endpoint)) continue;
    for (const path of paths) {
      const other = seen.get(shapeOf(path));
      // a path can be in both lists: refresh tokens are exchanged there, too
      if (other === 'token' && endpoint === 'refresh' && token.includes(path)) continue;
      if (other === endpoint && endpoint === 'refresh') continue;
      if (other === endpoint) tell(`endpoints.${endpoint}`, `${path} is listed twice`);
      else if (other !== undefined) tell(`endpoints.${endpoint}`, `${path} is also a path of the endpoint ${other}`);
      if (/^\/(?:w|__[^/]*)(?:\/|$)/.test(path)) {
        tell(`endpoints.${endpoint}`, `${path} is a path of Understudy itself`);
      }
      seen.set(shapeOf(path), endpoint);
    }
  }
  for (const base of isSure('api') ? endpoints.api : []) {
    const other = seen.get(shapeOf(base));
    if (other !== undefined) tell('endpoints.api', `${base} is also a path of the endpoint ${other}`);
  }
}

const shapeOf = (path: string): string => path.toLowerCase().replaceAll(/:\w+/g, ':');
