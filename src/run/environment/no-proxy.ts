import { isHostOf } from '../../input/host-name.js';
import type { Environment } from '../../config/option.js';

/** The application under test calls itself at these names. */
const ownMachine = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * The value of NO_PROXY: this machine and the user's own entries, except those that cover a host of a provider. Such an
 * entry would let the command reach the real provider.
 */
export function noProxy(env: Environment, hosts: readonly string[]): string {
  const given = [env.NO_PROXY, env.no_proxy].flatMap((text = '') => text.split(/[\s,]+/)).filter((each) => each !== '');
  const kept = given.filter((entry) => !hosts.some((host) => covers(entry, host)));
  return [...new Set([...ownMachine, ...kept])].join(',');
}

/** Programs read an entry differently: the name itself, the end of a name, or a pattern. All readings count. */
function covers(entry: string, host: string): boolean {
  const name = entry
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
    .replace(/^(\*\.|\.|\*)/, '');
  const pattern = name.replaceAll(/[^\w*-]/g, '\\$&').replaceAll('*', '.*');
  // a host with variables stands for many: the entry may be one of them
  return new RegExp(`${pattern}$`).test(host) || isHostOf(host, name);
}
