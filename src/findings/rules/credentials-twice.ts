import { basicCredentials } from '../../input/authorization-header.js';
import { leniency } from '../severity-by-policy.js';
import { defineRule } from '../rule.js';
import type { Severity } from '../severity.js';
import type { Seen } from '../observed-request.js';

export const credentialsTwice = defineRule({
  id: 'credentials-twice',
  severity: 'error',
  verdict: 'The client authenticated in more than one way in one request.',
  clause: 'RFC 6749 §2.3',
  advice: 'Use the Authorization header (Basic) or client_id and client_secret in the body, and never both.',
  spares:
    "A note where the provider's own samples do so, a warning where the provider takes it; a client_id alone beside Basic is no second way.",
  judge: ({ all }) =>
    all.filter(isTwice).map((seen) => ({
      by: [seen],
      severity: severityOf(seen),
      says: 'A secret came in the Authorization header and as client_secret.',
    })),
});

function isTwice(seen: Seen): boolean {
  if (!['token', 'revoke', 'introspect'].includes(seen.entry.endpoint)) return false;
  return (
    seen.entry.reason === 'client.credentials-twice' || (hasBasic(seen) && seen.get('client_secret') !== undefined)
  );
}

function hasBasic(seen: Seen): boolean {
  return basicCredentials(seen.header('authorization') ?? '', seen.policy.basicWithoutScheme) !== undefined;
}

function severityOf({ entry, provider, policy }: Seen): Severity {
  return leniency(
    provider,
    entry.reason !== 'client.credentials-twice' && policy.clientCredentialsTwice !== 'refused',
    'clientCredentialsTwice',
  );
}
