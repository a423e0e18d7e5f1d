import { isWellFormedPkce } from './pkce.js';
import { isWellFormedScope } from './scope.js';
import type { Policy } from './policy.js';

/** What a request contains of the parameters that a policy may take although an RFC does not. */
interface Parameters {
  readonly scope: string | undefined;
  readonly codeChallenge?: string | undefined;
  readonly codeVerifier?: string | undefined;
}

/** Remarks for the journal on parameters whose syntax the policy accepts and an RFC does not. */
export function syntaxRemarks(policy: Policy, { scope, codeChallenge, codeVerifier }: Parameters): string[] {
  const remarks: string[] = [];
  if (scope !== undefined && isOddScope(policy, scope)) {
    remarks.push(`scope ${JSON.stringify(scope)} is not names with single spaces between them (RFC 6749 §3.3)`);
  }
  if (policy.pkce === 'ignored' || policy.pkceSyntax === 'checked') return remarks;
  for (const [name, value] of Object.entries({ code_challenge: codeChallenge, code_verifier: codeVerifier })) {
    if (value === undefined || isWellFormedPkce(value)) continue;
    remarks.push(`${name} has ${value.length} characters; RFC 7636 §4 wants 43 to 128 of [A-Za-z0-9-._~]`);
  }
  return remarks;
}

function isOddScope({ scopeParameter, scopeSyntax }: Policy, scope: string): boolean {
  return scopeParameter === 'checked' && scopeSyntax !== 'rfc6749' && !isWellFormedScope(scope);
}
