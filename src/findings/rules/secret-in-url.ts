import { documents, severityByPolicy } from '../severity-by-policy.js';
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
  spares: "A note if the provider's own documentation requires it, a warning if the provider accepts it.",
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

function severityOf(seen: ObservedRequest, name: SecretName): Severity {
  const { provider, policy } = seen;
  if (seen.entry.endpoint !== 'authorize') {
    return severityByPolicy(
      provider,
      policy.tokenParametersIn.includes('query') && policy.clientCredentialsIn.includes('query'),
      'tokenParametersIn',
    );
  }
  const asked =
    name === 'password'
      ? policy.passwordAtAuthorize && documents(provider, 'passwordAtAuthorize')
      : provider.facts.some(
          ({ id, confidence }) => id === `${provider.name}.authorize.secret-in-url` && confidence.startsWith('SEEN(d'),
        );
  return asked ? 'note' : 'error';
}
