import { refuse } from '../core/errors.js';
import { isNamedByHost, pathOf } from './addressing.js';
import { hostname } from '../input/host-name.js';
import { arrivalOf } from './connection/arrival.js';
import { filledPath, writtenPath } from './path-variables.js';
import { patternOf } from './provider-tables.js';
import type { FastifyRequest } from 'fastify';

/** The host that a request is routed by, in lower case and without a port. */
export const hostOf = ({ publicHost, raw }: FastifyRequest): string => hostname(publicHost ?? arrivalOf(raw)?.host);

/** The real host at which a request arrived, as the provider names it. Undefined: the path names the provider. */
const realHost = (request: FastifyRequest): string | undefined =>
  isNamedByHost(request.raw) ? patternOf(request.provider, hostOf(request)) : undefined;

/**
 * Refuses a path that the provider has at other hosts alone.
 *
 * @throws request.path-unknown
 */
export function checkHostOfPath(request: FastifyRequest): void {
  const { provider, routeOptions } = request;
  const { name, pathHosts } = provider;
  if (pathHosts === undefined) return;
  const hosts = pathHosts.get(String(routeOptions.url).slice(name.length + 1));
  const host = hosts && realHost(request);
  if (hosts === undefined || host === undefined || hosts.includes(host)) return;
  // no endpoint has answered
  request.entry.endpoint = 'other';
  const known = [...pathHosts].flatMap(([path, at]) => (at.includes(host) ? [writtenPath(path)] : []));
  throw refuse('request.path-unknown', { path: pathOf(request.originalUrl), known, hosts });
}

/**
 * The URL of a path of the provider, for the client that sent a request: at the host of the request, or at the first
 * one of the path if the request arrived at a real host where it does not answer.
 *
 * @param path as the router has it
 * @param variables values for the variables of path and host, by name
 */
export function urlOfPath(request: FastifyRequest, path: string, variables: Readonly<Record<string, string>>): string {
  const filled = filledPath(path, variables);
  const hosts = request.provider.pathHosts?.get(path);
  const host = hosts && realHost(request);
  if (hosts === undefined || host === undefined || hosts.includes(host)) return request.providerUrl + filled;
  const url = new URL(request.providerUrl);
  url.hostname = String(hosts[0]).replaceAll(/\{(\w+)\}/g, (_, name: string) => String(variables[name]));
  // a base URL can have a path
  return url.href.replace(/\/$/, '') + filled;
}
