import { join } from 'node:path';
import { hostsVariable, passVariable } from '../redirect-connections.js';
import type { Facts, Outside, Part } from '../facts.js';

const caFile = 'node-extra-ca.pem';

/**
 * Node: its own proxy support (`fetch` and the default agents, from 22.21 and 24.5), one more authority, and the
 * preload, which covers older versions and agents of the program's own.
 */
export function nodePart({ folder, caCertificate, hosts, preload, pass }: Facts, { env, read }: Outside): Part {
  const own = env.NODE_EXTRA_CA_CERTS;
  const others = own === undefined ? undefined : read(own);
  const options = [env.NODE_OPTIONS ?? '', `--require ${quoted(preload)}`];
  return {
    variables: {
      NODE_USE_ENV_PROXY: '1',
      NODE_EXTRA_CA_CERTS: join(folder, caFile),
      NODE_OPTIONS: options.join(' ').trim(),
      [hostsVariable]: hosts.join(','),
      [passVariable]: pass.join(','),
    },
    files: new Map([[caFile, `${others ?? ''}\n${caCertificate}`]]),
  };
}

/** NODE_OPTIONS is split at spaces outside double quotes; a backslash inside them is an escape. */
const quoted = (path: string): string => JSON.stringify(path);
