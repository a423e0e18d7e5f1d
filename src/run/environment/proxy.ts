import { noProxy } from './no-proxy.js';
import type { Facts, Outside, Part } from '../facts.js';

/** The proxy variables, in both cases: curl reads `http_proxy` in lower case only, other programs the upper case. */
export function proxyPart({ proxyUrl, hosts }: Facts, { env }: Outside): Part {
  const values = { HTTPS_PROXY: proxyUrl, HTTP_PROXY: proxyUrl, NO_PROXY: noProxy(env, hosts) };
  const lower = Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]);
  return { variables: { ...values, ...(Object.fromEntries(lower) as typeof values) } };
}
