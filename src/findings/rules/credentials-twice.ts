import { basicCredentials } from '../../input/authorization-header.js';
import { severityByPolicy } from '../severity-by-policy.js';
import { defineRule } from '../rule.js';
import type { Severity } from '../severity.js';
import type { ObservedRequest } from '../observed-request.js';

export const credentialsTwice = defineRule({
  id: 'credentials-twice',
  severity: 'error',
  verdict: 'The client authenticated in more than one way in one request.',
  clause: 'RFC 6749 §2.3',
  advice: 'Use either the Authorization header (Basic) or client_id and client_secret in the body, but not both.',
  spares:
    "A note if the provider's own samples do so, a warning if the provider accepts it. A client_id without a " +
    'secret is allowed in addition to Basic.',
  judge: ({ all }) =>
    all.filter(isTwice).map((seen) => ({
      by: [seen],
      severity: severityOf(seen),
      says: 'The request has a secret in the Authorization header and as client_secret.',
    })),
});

function isTwice(seen: ObservedRequest): boolean {
  if (!['token', 'revoke', 'introspect'].includes(seen.entry.endpoint)) return false;
  return (
    seen.entry.reason === 'client.credentials-twice' ||
    (hasBasic(seen) && seen.parameter('client_secret') !== undefined)
  );
}

function hasBasic(seen: ObservedRequest): boolean {
  return basicCredentials(seen.header('authorization') ?? '', seen.policy.basicWithoutScheme) !== undefined;
}

function severityOf({ entry, provider, policy }: ObservedRequest): Severity {
  return severityByPolicy(
    provider,
    entry.reason !== 'client.credentials-twice' && policy.clientCredentialsTwice !== 'refused',
    'clientCredentialsTwice',
  );
}
