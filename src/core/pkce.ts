import { createHash } from 'node:crypto';
import { refuse } from './errors.js';
import type { Client, CodeChallenge, PkceMethod } from './model.js';
import type { Policy } from './policy.js';

const wellFormed = /^[A-Za-z0-9._~-]{43,128}$/;

/** Whether a code challenge or code verifier has the syntax of RFC 7636 §4.1 and §4.2. */
export const isWellFormedPkce = (value: string): boolean => wellFormed.test(value);

/**
 * Reads the code challenge of an authorization request (RFC 7636 §4.3). Undefined if there is none, or if the policy
 * ignores PKCE.
 */
export function readChallenge(
  policy: Policy,
  { confidential }: Pick<Client, 'confidential'>,
  { value, method }: { readonly value: string | undefined; readonly method: string | undefined },
): CodeChallenge | undefined {
  if (policy.pkce === 'ignored') return undefined;
  if (value === undefined) {
    if (policy.pkce === 'required' || (policy.pkce === 'required-for-public-clients' && !confidential)) {
      throw refuse('pkce.challenge-missing', {});
    }
    return undefined;
  }
  if (method === undefined && policy.pkceMethodOmitted === 'refused') {
    throw refuse('pkce.method-missing', { supported: policy.pkceMethods });
  }
  // RFC 7636 §4.3: the default method is plain.
  const named = method ?? 'plain';
  if (!isSupported(policy, named)) {
    throw refuse('pkce.method-unsupported', { method: named, supported: policy.pkceMethods });
  }
  if (policy.pkceSyntax === 'checked' && !wellFormed.test(value)) {
    throw refuse('pkce.challenge-malformed', { length: value.length });
  }
  return { method: named, value };
}

/** Compares the code verifier of a token request with the stored challenge (RFC 7636 §4.6). */
export function checkVerifier(
  policy: Policy,
  challenge: CodeChallenge | undefined,
  verifier: string | undefined,
): void {
  if (policy.pkce === 'ignored') return;
  if (challenge === undefined) {
    if (verifier !== undefined) throw refuse('pkce.verifier-unexpected', {});
    return;
  }
  if (verifier === undefined) throw refuse('pkce.verifier-missing', {});
  if (policy.pkceSyntax === 'checked' && !wellFormed.test(verifier)) {
    throw refuse('pkce.verifier-malformed', { length: verifier.length });
  }
  if (transforms[challenge.method](verifier) !== challenge.value) {
    throw refuse('pkce.verifier-mismatch', { method: challenge.method });
  }
}

const transforms: Record<PkceMethod, (verifier: string) => string> = {
  S256: (verifier) => createHash('sha256').update(verifier).digest('base64url'),
  plain: (verifier) => verifier,
};

function isSupported(policy: Policy, method: string): method is PkceMethod {
  return (policy.pkceMethods as readonly string[]).includes(method);
}
