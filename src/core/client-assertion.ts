import { constants, verify } from 'node:crypto';
import { refuse } from './errors.js';
import { readPublicKey } from './public-key.js';
import type { KeyObject } from 'node:crypto';
import type { Client } from './model.js';
import type { Realm } from './realm.js';

/** The value of client_assertion_type (RFC 7523 §2.2). */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The parts of a JSON Web Token (RFC 7519), not checked. */
export interface WebToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What is signed: header and claims as they were sent. */
  readonly signed: string;
  readonly signature: Uint8Array;
}

/** Client authentication by a signed token (RFC 7523 §2.2), as it was sent. */
export interface ClientAssertion {
  readonly type: string | undefined;
  /** Undefined: client_assertion is no JSON Web Token, or was not sent. */
  readonly token: WebToken | undefined;
  /** The parameter client_id, which may stand beside it. */
  readonly clientId: string | undefined;
  /** The values of `aud` that name this server. */
  readonly audiences: readonly string[];
}

/** The values of `alg` that are read. */
export const assertionAlgorithms = ['RS256', 'PS256', 'ES256'] as const;
type Algorithm = (typeof assertionAlgorithms)[number];

/** How a signature is checked, by `alg` (RFC 7518 §3.3 to §3.5). */
const algorithms: Readonly<Record<Algorithm, (key: KeyObject) => Parameters<typeof verify>[2]>> = {
  RS256: (key) => ({ key, padding: constants.RSA_PKCS1_PADDING }),
  PS256: (key) => ({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
  ES256: (key) => ({ key, dsaEncoding: 'ieee-p1363' }),
};

/**
 * Finds the client that signed an assertion (RFC 7523 §3).
 *
 * @throws client.assertion-*, client.unknown
 */
export function clientOfAssertion(realm: Realm, { type, token, clientId, audiences }: ClientAssertion): Client {
  if (type !== assertionType) throw refuse('client.assertion-type', { type, expected: assertionType });
  if (token === undefined) throw refuse('client.assertion-malformed', { detail: 'it is no JSON Web Token' });
  const { claims } = token;
  const algorithm = assertionAlgorithms.find((name) => name === token.header.alg);
  if (algorithm === undefined) {
    const detail = `alg is ${JSON.stringify(token.header.alg)}; it can be ${assertionAlgorithms.join(', ')}`;
    throw refuse('client.assertion-malformed', { detail });
  }
  for (const name of ['iss', 'sub', 'jti']) {
    if (typeof claims[name] !== 'string') throw refuse('client.assertion-malformed', { detail: `${name} is no text` });
  }
  const { iss, sub, jti } = claims as Readonly<Record<'iss' | 'sub' | 'jti', string>>;
  const client = realm.clients.get(sub);
  if (client === undefined) {
    throw refuse('client.unknown', { clientId: sub, method: 'private-key-jwt', known: [...realm.clients.keys()] });
  }
  if (iss !== sub || (clientId ?? sub) !== sub) throw refuse('client.assertion-subject', { iss, sub, clientId });
  checkSignature(client, token, algorithm);
  checkAudience(claims.aud, audiences);
  const expiresAt = checkExpiry(realm, claims.exp);
  checkFirstUse(realm, `${client.id} ${jti}`, { jti, expiresAt });
  return client;
}

function checkSignature(client: Client, { signed, signature }: WebToken, algorithm: Algorithm): void {
  const key = client.publicKey === undefined ? undefined : readPublicKey(client.publicKey);
  if (key === undefined) throw refuse('client.assertion-key-missing', { clientId: client.id });
  const fits = key.asymmetricKeyType === (algorithm === 'ES256' ? 'ec' : 'rsa');
  if (!fits || !verify('sha256', Buffer.from(signed), algorithms[algorithm](key), signature)) {
    throw refuse('client.assertion-signature', { clientId: client.id, algorithm, keyType: key.asymmetricKeyType });
  }
}

/** RFC 7519 §4.1.3: one value, or several of which one must be known. */
function checkAudience(aud: unknown, expected: readonly string[]): void {
  const received = [aud].flat().filter((each): each is string => typeof each === 'string');
  if (!received.some((each) => expected.includes(each))) {
    throw refuse('client.assertion-audience', { received, expected });
  }
}

function checkExpiry(realm: Realm, exp: unknown): number {
  if (typeof exp !== 'number' || !Number.isFinite(exp)) {
    throw refuse('client.assertion-malformed', { detail: 'exp is no number' });
  }
  const at = exp * 1000;
  const now = realm.checkedAt();
  if (now >= at) throw refuse('client.assertion-expired', { at, now });
  return at;
}

/** RFC 7523 §3: an assertion is used once. */
function checkFirstUse(realm: Realm, key: string, use: { jti: string; expiresAt: number }): void {
  const earlier = realm.assertions.get(key);
  if (earlier !== undefined) throw refuse('client.assertion-replayed', { jti: use.jti, usedAt: earlier.usedAt });
  realm.assertions.set(key, { usedAt: realm.now(), expiresAt: use.expiresAt });
}
