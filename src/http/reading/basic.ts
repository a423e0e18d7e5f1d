import { basicCredentials, decodeBasic } from '../../input/authorization-header.js';
import type { CredentialsReading } from '../../core/client.js';

/**
 * Reads client id and secret from an Authorization header, in each spelling that clients use. RFC 6749 §2.3.1 requires
 * both to be form-encoded. Many clients send them raw, and some encode only one of them.
 *
 * Returns undefined if the header is not Basic with an id and a secret.
 */
export function readBasic(
  header: string,
  withoutScheme: boolean,
): [CredentialsReading, ...CredentialsReading[]] | undefined {
  const credentials = basicCredentials(header.trim(), withoutScheme);
  if (credentials === undefined || /\s/.test(credentials)) return undefined;
  const { id, secret } = decodeBasic(credentials);
  if (secret === undefined) return undefined;

  const decoded = { id: formDecode(id), secret: formDecode(secret) };
  if (decoded.id === id && decoded.secret === secret) return [{ id, secret, spelling: 'plain' }];
  return [
    { ...decoded, spelling: 'form-encoded' },
    { id, secret, spelling: 'raw' },
    { id: decoded.id, secret, spelling: 'half-encoded' },
    { id, secret: decoded.secret, spelling: 'half-encoded' },
  ];
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
