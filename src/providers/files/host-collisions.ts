import type { Provider } from '../provider.js';

const labels = (host: string): string[] => host.split('.').map((label) => (label.startsWith('{') ? '{}' : label));

const hasVariable = (host: string): boolean => host.includes('{');

/** Whether two hosts are the same, whatever their variables are called. */
export const isSameHost = (one: string, other: string): boolean => labels(one).join('.') === labels(other).join('.');

/**
 * Whether a request to one host could be to the other as well. A host without variables counts before one with them, so
 * `login.acme.example` beside `{shop}.acme.example` is clear.
 */
function overlap(one: string, other: string): boolean {
  if (!hasVariable(one) || !hasVariable(other)) return one === other;
  const [first, second] = [labels(one), labels(other)];
  return (
    first.length === second.length && first.every((each, i) => [each, second[i]].includes('{}') || each === second[i])
  );
}

/**
 * The mistakes of hosts that another provider has: no request could say which of the two it is for.
 *
 * @param others providers of other names
 */
export function hostMistakes(
  { hosts }: Pick<Provider, 'hosts'>,
  others: Iterable<Pick<Provider, 'name' | 'hosts'>>,
): { readonly path: string; readonly message: string }[] {
  return [...others].flatMap(({ name, hosts: theirs }) =>
    hosts.flatMap((host, i) => {
      const found = theirs.find((each) => overlap(host, each));
      if (found === undefined) return [];
      const as = found === host ? '' : `, as ${found}`;
      return [{ path: `hosts.${i}`, message: `${host} is a host of the provider ${JSON.stringify(name)} too${as}` }];
    }),
  );
}
