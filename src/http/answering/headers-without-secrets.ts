import { isSecretHeader } from '../../input/secret-headers.js';
import type { IncomingHttpHeaders } from 'node:http';

/** Maximum number of headers that a provider may know. Node limits all of them to 16 KiB. */
const mostHeaders = 100;

/** The headers of a request that may be told, by name in lower case: those without a secret. */
export function headersWithoutSecrets(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const told = Object.entries(headers).filter(
    (header): header is [string, string] => typeof header[1] === 'string' && !isSecretHeader(header[0]),
  );
  return Object.fromEntries(told.slice(0, mostHeaders));
}
