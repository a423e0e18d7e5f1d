import { createHmac } from 'node:crypto';
import type { Provider } from '../provider.js';
import type { SignatureDocument } from './schema/signature.js';

/** Makes the function that adds a signature to the parameters of a redirect with a code (RFC 2104). */
export function signatureOf({
  parameter,
  algorithm = 'sha256',
  encoding = 'hex',
}: SignatureDocument): NonNullable<Provider['signRedirect']> {
  return (parameters, client) => {
    // a public client, and one with a public key, share no secret with the provider
    if (client?.confidential !== true || client.secret === '') return parameters;
    const text = Object.keys(parameters)
      .sort()
      .map((name) => `${name}=${String(parameters[name])}`)
      .join('&');
    return { ...parameters, [parameter]: createHmac(algorithm, client.secret).update(text).digest(encoding) };
  };
}
