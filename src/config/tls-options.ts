import { integer, names, onOff, text } from './kinds.js';
import type { OptionTable } from './option.js';

/** Settings of HTTPS and of the certificates. */
export const tlsOptions = {
  /** Serve HTTPS as well, on a port of its own. */
  tls: onOff({ flag: 'tls', env: ['UNDERSTUDY_TLS'], help: 'Serve HTTPS as well, on a port of its own' }),
  /** TCP port of HTTPS; 0 picks a free port. */
  tlsPort: integer(
    {
      flag: 'tls-port',
      env: ['UNDERSTUDY_TLS_PORT'],
      value: 'N',
      help: 'TCP port of HTTPS; 0 picks a free port',
    },
    8443,
    0,
    65_535,
  ),
  /** Further host names and addresses that certificates are made for. */
  tlsName: names({
    flag: 'tls-name',
    env: ['UNDERSTUDY_TLS_NAME'],
    value: 'NAME...',
    help: 'Further host names and addresses that certificates are made for',
  }),
  /** Folder of the certificate authority. Default: understudy/ca in XDG_DATA_HOME. */
  caDir: text({
    flag: 'ca-dir',
    env: ['UNDERSTUDY_CA_DIR'],
    value: 'DIR',
    help: 'Folder of the certificate authority. Default: understudy/ca in XDG_DATA_HOME',
  }),
  /** Folder for data of the user, in place of ~/.local/share. */
  dataHome: text({
    env: ['XDG_DATA_HOME'],
    value: 'DIR',
    help: 'Folder for data of the user, in place of ~/.local/share',
  }),
  /** File with a certificate of your own for HTTPS, in PEM, followed by its chain. */
  tlsCert: text({
    flag: 'tls-cert',
    env: ['UNDERSTUDY_TLS_CERT'],
    value: 'FILE',
    help: 'File with a certificate of your own for HTTPS, in PEM, followed by its chain',
  }),
  /** File with the private key of that certificate, in PEM. */
  tlsKey: text({
    flag: 'tls-key',
    env: ['UNDERSTUDY_TLS_KEY'],
    value: 'FILE',
    help: 'File with the private key of that certificate, in PEM',
  }),
} satisfies OptionTable;
