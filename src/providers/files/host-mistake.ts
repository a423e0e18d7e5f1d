import type { TellMistake } from './body.js';

/** Labels at the end of a host that are no variables: with fewer it would be any host of a top-level domain, or any. */
const fixedLabels = 2;

/** Tells hosts that a provider cannot have, because a request to them is for another provider or for the server. */
export function tellHosts(hosts: readonly string[], tell: TellMistake): void {
  for (const [i, host] of hosts.entries()) {
    const message = mistakeIn(host);
    if (message !== undefined) tell(`hosts.${i}`, `${host} ${message}`);
  }
}

function mistakeIn(host: string): string | undefined {
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  // URL Standard §3.5: a host whose last label is a number is an IPv4 address, in whatever notation
  if (/^(?:\d+|0x[\da-f]*)$/.test(last)) {
    return 'is an IP address, at which the server itself answers; expected the name of a host';
  }
  // RFC 6761 §6.3
  if (last === 'localhost') return 'is a name of this machine, at which the server itself answers';
  return labels.slice(-fixedLabels).some((label) => label.startsWith('{'))
    ? 'would be the host of every provider below a top-level domain; expected two labels without a variable at its end'
    : undefined;
}
