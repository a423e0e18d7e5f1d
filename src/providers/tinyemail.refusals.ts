import { htmlEscaped } from './html-entities.js';
import { errorMembers } from './standard.js';
import { quoted } from './text.js';
import type { Refusal } from './provider.js';

/** Spring's challenge on a 401, and on a 403 for insufficient scope. */
export function challenge(prefix: string, { error, description, writing }: Refusal): string {
  const text = writing.descriptionInChallenge === 'escaped' ? quoted(description) : `"${asTomcatWrites(description)}"`;
  return `${prefix}error=${quoted(error)}, error_description=${prefix.includes('realm') ? spacedOnce(text) : text}`;
}

/** Tomcat writes a space for each control character, and a question mark for what a header cannot have. */
const asTomcatWrites = (text: string): string =>
  text.replaceAll(/[\0-\x1f\x7f]/g, ' ').replaceAll(/[^\x20-\x7e]/gu, '?');

/** Spring splits a challenge at its spaces to put the realm in, and joins it with single ones. */
const spacedOnce = (text: string): string => text.replaceAll(/ +/g, ' ');

/** Spring adds the allowed scopes to a refused scope. */
export function allowedScope({ error, facts }: Refusal): string | undefined {
  return error === 'invalid_scope' && Array.isArray(facts.allowed) ? facts.allowed.join(' ') : undefined;
}

/** The members of a JSON body. Spring writes the description as HTML there, and as it is in a header or a redirect. */
export function escapedMembers(refusal: Refusal): Readonly<Record<string, string>> {
  const { description, writing } = refusal;
  const isHtml = writing.descriptionInJson === 'html-entities';
  return errorMembers(isHtml ? { ...refusal, description: htmlEscaped(description) } : refusal);
}
