import { createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

/** A public key as PEM (SPKI, or an X.509 certificate), or as a JSON Web Key (RFC 7517). */
export type PublicKeyText = string | Readonly<Record<string, unknown>>;

/** Reads a public key. Undefined: it is none, or not an RSA or EC key. A private key counts as its public part. */
export function readPublicKey(text: PublicKeyText): KeyObject | undefined {
  try {
    const key = createPublicKey(typeof text === 'string' ? text : { key: text as JsonWebKey, format: 'jwk' });
    return key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ec' ? key : undefined;
  } catch {
    return undefined;
  }
}
