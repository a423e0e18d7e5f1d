import { errorMembers } from './standard.js';
import { htmlEscaped, quoted } from './text.js';
import type { Refusal } from './provider.js';

/** Spring's challenge on a 401, and on a 403 for insufficient scope. */
export function challenge(prefix: string, { error, description }: Refusal): string {
  return `${prefix}error=${quoted(error)}, error_description=${quoted(description)}`;
}

/** Spring adds the allowed scopes to a refused scope. */
export function allowedScope({ error, facts }: Refusal): string | undefined {
  return error === 'invalid_scope' && Array.isArray(facts.allowed) ? facts.allowed.join(' ') : undefined;
}

/** The members of a JSON body. Spring writes the description as HTML there, and as it is in a header or a redirect. */
export function escapedMembers(refusal: Refusal): Readonly<Record<string, string>> {
  return errorMembers({ ...refusal, description: htmlEscaped(refusal.description) });
}
