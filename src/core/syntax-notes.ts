import { isWellFormedPkce } from './pkce.js';
import { isWellFormedScope } from './scope.js';
import type { Policy } from './policy.js';

/** Maximum length of a scope in a note, in characters. */
const maxShown = 200;

/** The parameters whose syntax is noted. */
interface Parameters {
  readonly scope: string | undefined;
  readonly codeChallenge?: string | undefined;
  readonly codeVerifier?: string | undefined;
}

/** Adds notes for the journal about parameters whose syntax the policy accepts, but an RFC does not. */
export function noteSyntax(policy: Policy, { scope, codeChallenge, codeVerifier }: Parameters, notes: string[]): void {
  if (scope !== undefined && isOddScope(policy, scope)) {
    notes.push(
      `scope ${JSON.stringify(scope.slice(0, maxShown))} is not names with single spaces between them (RFC 6749 §3.3)`,
    );
  }
  if (policy.pkce === 'ignored' || policy.pkceSyntax === 'checked') return;
  notePkce('code_challenge', codeChallenge, notes);
  notePkce('code_verifier', codeVerifier, notes);
}

function notePkce(name: string, value: string | undefined, notes: string[]): void {
  if (value === undefined || isWellFormedPkce(value)) return;
  notes.push(`${name} has ${value.length} characters; RFC 7636 §4 requires 43 to 128 of [A-Za-z0-9-._~]`);
}

function isOddScope({ scopeParameter, scopeSyntax }: Policy, scope: string): boolean {
  return scopeParameter === 'checked' && scopeSyntax !== 'rfc6749' && !isWellFormedScope(scope);
}
