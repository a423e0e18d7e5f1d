import { integer, names, onOff, text } from './kinds.js';
import type { OptionTable } from './option.js';

/** Settings of the forward proxy. */
export const proxyOptions = {
  /** Serve a forward proxy as well, which answers for the hosts of the providers. */
  proxy: onOff({
    flag: 'proxy',
    env: ['UNDERSTUDY_PROXY'],
    help: 'Serve a forward proxy as well, which answers for the hosts of the providers',
  }),
  /** TCP port of the forward proxy; 0 picks a free port. */
  proxyPort: integer(
    {
      flag: 'proxy-port',
      env: ['UNDERSTUDY_PROXY_PORT'],
      value: 'N',
      help: 'TCP port of the forward proxy; 0 picks a free port',
    },
    8888,
    0,
    65_535,
  ),
  /** Address on which the forward proxy listens. It does not follow --host. */
  proxyHost: text(
    {
      flag: 'proxy-host',
      env: ['UNDERSTUDY_PROXY_HOST'],
      value: 'ADDRESS',
      help: 'Address on which the forward proxy listens. It does not follow --host',
    },
    '127.0.0.1',
  ),
  /** Further hosts to which the forward proxy connects clients, or * for all. Never a host of a provider. */
  proxyPass: names({
    flag: 'proxy-pass',
    env: ['UNDERSTUDY_PROXY_PASS'],
    value: 'HOST...',
    help: 'Further hosts to which the forward proxy connects clients, or * for all. Never a host of a provider',
  }),
} satisfies OptionTable;
