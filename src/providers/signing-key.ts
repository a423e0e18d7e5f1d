import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** A public key with which clients check ID tokens, as a JSON Web Key (RFC 7517 §4, RFC 7518 §6.3.1). */
export interface PublicKey {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly alg: 'RS256';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
}

/** The key of this process that signs ID tokens. */
export interface SigningKey {
  readonly jwk: PublicKey;
  /** The public key as PEM (SPKI). */
  readonly pem: string;
  /** What each token of this key begins with: the JOSE header, and a dot. */
  readonly start: string;
  /** Signs claims: a JSON Web Token with RS256 (RFC 7519, RFC 7515 §7.1). */
  readonly sign: (claims: unknown) => string;
}

const bits = 2048;

/** One for the process: it takes some hundred milliseconds to make. docs/decisions/0020 has what was weighed. */
let made: SigningKey | undefined;

/** The key of this process. It is made with the first call: a server that signs nothing does without. */
export function signingKey(): SigningKey {
  made ??= makeKey();
  return made;
}

/** Whether a text is a token that this process signed, as far as its beginning tells. It makes no key. */
export const isSignedHere = (text: string): boolean => made !== undefined && text.startsWith(made.start);

function makeKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const { n, e } = publicKey.export({ format: 'jwk' }) as { readonly n: string; readonly e: string };
  const kid = thumbprint(n, e);
  const start = `${encoded({ alg: 'RS256', typ: 'JWT', kid })}.`;
  return {
    jwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e },
    pem: publicKey.export({ format: 'pem', type: 'spki' }) as string,
    start,
    sign(claims) {
      const signed = start + encoded(claims);
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
}

/** RFC 7638 §3: the required members alone, in the order of their names. */
const thumbprint = (n: string, e: string): string =>
  createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
