import { severityInUrl } from '../severity-by-policy.js';
import { defineRule } from '../rule.js';
import type { Severity } from '../severity.js';
import type { ObservedRequest } from '../observed-request.js';

const secretNames = ['client_secret', 'password'] as const;
type SecretName = (typeof secretNames)[number];

export const secretInUrl = defineRule({
  id: 'secret-in-url',
  severity: 'error',
  verdict: 'A secret is in a URL. Servers log URLs, browsers store them, and proxies see them.',
  clause: 'RFC 6749 §2.3.1',
  advice:
    'Send credentials in the Authorization header (Basic) or in the form body, and only to the token ' + 'endpoint.',
  spares:
    "A note if the provider's own documents put this parameter into this URL, a warning if the provider accepts " +
    'it there.',
  judge: ({ all }) =>
    all.flatMap((seen) =>
      secretNames
        .filter((name) => seen.query.has(name) && isProtocol(seen))
        .map((name) => ({
          by: [seen],
          severity: severityOf(seen, name),
          says: `${name} is in the query of the ${seen.entry.endpoint} request.`,
        })),
    ),
});

const isProtocol = ({ entry }: ObservedRequest): boolean =>
  ['authorize', 'token', 'revoke', 'introspect'].includes(entry.endpoint);

function severityOf({ provider, policy, entry }: ObservedRequest, name: SecretName): Severity {
  const { endpoint } = entry;
  if (endpoint !== 'authorize') {
    const isRead = policy.tokenParametersIn.includes('query') && policy.clientCredentialsIn.includes('query');
    return severityInUrl(provider, endpoint, name, isRead);
  }
  // no authorization endpoint needs a secret: it is asked for by documents alone
  const isAsked = severityInUrl(provider, endpoint, name, name !== 'password' || policy.passwordAtAuthorize) === 'note';
  return isAsked ? 'note' : 'error';
}
