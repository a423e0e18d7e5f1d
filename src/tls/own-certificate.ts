import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { UsageError, flagOf } from '../config/option.js';
import type { NameOption } from '../config/option.js';
import type { Credentials } from './authority.js';

/** A certificate of the user's own. */
export interface OwnCertificate {
  readonly credentials: Credentials;
  /** Whether it is for this host name or address. */
  readonly covers: (name: string) => boolean;
}

/**
 * Reads the files of the options `tlsCert` and `tlsKey`. Undefined if neither is set.
 *
 * @param now milliseconds since the epoch
 * @param nameOption how an error names an option
 * @throws UsageError if one of them is missing, cannot be read, or does not belong to the other
 */
export function readOwnCertificate(
  certFile: string | undefined,
  keyFile: string | undefined,
  now: number,
  nameOption: NameOption = flagOf,
): OwnCertificate | undefined {
  if (certFile === undefined && keyFile === undefined) return undefined;
  const [certOption, keyOption] = [nameOption('tlsCert'), nameOption('tlsKey')];
  if (certFile === undefined || keyFile === undefined) {
    throw new UsageError(`${certOption} and ${keyOption} belong together: one of them is missing`);
  }
  const certificate = readWith(certOption, certFile, (text) => new X509Certificate(text));
  const key = readWith(keyOption, keyFile, (text) => createPrivateKey(text));
  if (!certificate.checkPrivateKey(key)) {
    throw new UsageError(`${keyOption} ${keyFile} is not the key of the certificate in ${certFile}`);
  }
  if (Date.parse(certificate.validTo) < now) {
    throw new UsageError(`${certOption} ${certFile} expired on ${certificate.validTo}`);
  }
  const credentials = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  // here and not at the first connection: the chain can be broken too
  readWith(certOption, certFile, () => createSecureContext(credentials));
  return {
    credentials,
    covers: (name) => (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined,
  };
}

function readWith<T>(option: string, file: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${option} ${JSON.stringify(file)} cannot be used: ${(error as Error).message}`);
  }
}
