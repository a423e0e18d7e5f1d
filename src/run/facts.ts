import type { Environment } from '../config/option.js';

/** What the environment of the command is made from. */
export interface Facts {
  /** URL of the server. */
  readonly url: string;
  /** URL of HTTPS. */
  readonly tlsUrl: string;
  /** URL of the forward proxy. */
  readonly proxyUrl: string;
  /** The certificate of the authority, in PEM. */
  readonly caCertificate: string;
  readonly adminToken: string;
  /** Every host that belongs to a provider. */
  readonly hosts: readonly string[];
  /** Hosts to which the proxy passes: see `DestinationRules`. */
  readonly pass: readonly string[];
  /** Temporary folder for the files of the command. */
  readonly folder: string;
  /** File that Node loads before each program: `src/preload.ts`. */
  readonly preload: string;
  /** Truststore for Java. Undefined: this machine has no Java. */
  readonly trustStore: string | undefined;
}

/** What surrounds the command: the environment of this program, and the files that it names. */
export interface Outside {
  readonly env: Environment;
  /** Reads a file. Returns undefined if it cannot be read. */
  readonly read: (path: string) => string | undefined;
}

/** The variables of one ecosystem, and the files in the temporary folder that they name. */
export interface Part {
  readonly variables: Readonly<Record<string, string>>;
  /** Texts by file name, relative to the temporary folder. */
  readonly files?: ReadonlyMap<string, string>;
}
