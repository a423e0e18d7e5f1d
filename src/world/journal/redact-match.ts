import { redactHeaders } from './redact-headers.js';
import { Redaction } from './redaction.js';
import type { Match } from './match.js';
import type { SecretsPolicy } from './redaction.js';

/** Replaces the secrets in a match, so that it compares with entries. A match may give a token or its fingerprint. */
export function redactMatch({ query, form, headers, ...rest }: Match, policy: SecretsPolicy): Match {
  const redaction = new Redaction(policy);
  const members = (values: Match['query']): Match['query'] =>
    values && (redaction.members(values) as Record<string, string>);
  const lowerCase =
    headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const plain = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, typeof value === 'string' ? redaction.value(value) : value]),
  );
  const records = {
    query: members(query),
    form: members(form),
    headers: lowerCase && (redactHeaders(lowerCase, redaction) as Record<string, string>),
  };
  return { ...plain, ...Object.fromEntries(Object.entries(records).filter(([, values]) => values !== undefined)) };
}
