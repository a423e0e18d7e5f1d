import { pathOf } from '../addressing.js';
import { isUnusual, respelled } from '../path-spelling.js';
import type { FastifyRequest } from 'fastify';
import type { Match, PathTable, Route } from './path-table.js';

/** The path of a request below the base of its API. */
export interface ApiPath {
  /** As sent. Decoded where the policy accepts encoded letters; otherwise the parameters have to be decoded. */
  readonly sent: string;
  /** In the spelling of the routes. Undefined: the sent one is in it, or the policy does not accept it. */
  readonly respelled: string | undefined;
  readonly isDecoded: boolean;
}

/** Reads the path below the base from a request to the route `base/*`. */
export function readApiPath({ params, realm, url }: FastifyRequest, base: string): ApiPath {
  const { pathSpelling } = realm.policy;
  const isDecoded = !url.includes('%') || pathSpelling.includes('encoded-letters');
  const sent = `/${isDecoded ? (params as { '*': string })['*'] : undecodedPath(url, base)}`;
  const other = isUnusual(sent) ? respelled(sent, pathSpelling) : sent;
  return { sent, respelled: other === sent ? undefined : other, isDecoded };
}

/** A path below the base, which comes after the name of the provider. Its own segments can have variables. */
const undecodedPath = (url: string, base: string): string =>
  pathOf(url)
    .split('/')
    .slice(base.split('/').length + 1)
    .join('/');

/** Finds the route of a path as it was sent or, if there is none, in the spelling of the routes. */
export function findRoute<T extends Route>(
  table: PathTable<T>,
  method: string,
  { sent, respelled: other, isDecoded }: ApiPath,
  base = '',
): Match<T> | undefined {
  const found = table.find(method, base + sent) ?? (other === undefined ? undefined : table.find(method, base + other));
  return isDecoded || found === undefined ? found : { route: found.route, params: decoded(found.params) };
}

const decoded = (params: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]));
