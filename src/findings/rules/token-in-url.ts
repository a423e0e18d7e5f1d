import { severityInUrl } from '../severity-by-policy.js';
import { isApiCall } from '../evidence.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const tokenInUrl = defineRule({
  id: 'token-in-url',
  severity: 'error',
  verdict: 'A token is in a URL. Servers log URLs, browsers store them, and proxies see them.',
  clause: 'RFC 9700 §4.3.2; RFC 6750 §5.3',
  advice: 'Send an access token in the Authorization header, and a refresh token in the form body.',
  spares:
    "A note if the provider's own documents put this parameter into this URL, a warning if the provider accepts " +
    'it there.',
  judge: ({ all }) => all.flatMap((seen) => [...accessToken(seen), ...others(seen)]),
});

function accessToken(seen: ObservedRequest): Proof[] {
  const { provider, policy, entry } = seen;
  if (!seen.query.has('access_token') || (!isApiCall(entry) && entry.endpoint !== 'introspect')) return [];
  return [
    {
      by: [seen],
      severity: severityInUrl(provider, entry.endpoint, 'access_token', policy.bearerIn.includes('query')),
      says: 'access_token is in the query of an API call.',
    },
  ];
}

const namesAt: ReadonlyMap<string, string> = new Map(
  Object.entries({ token: 'refresh_token', revoke: 'token', introspect: 'token' }),
);

function others(seen: ObservedRequest): Proof[] {
  const { provider, policy, entry } = seen;
  const name = namesAt.get(entry.endpoint);
  if (name === undefined || !seen.query.has(name)) return [];
  return [
    {
      by: [seen],
      severity: severityInUrl(provider, entry.endpoint, name, policy.tokenParametersIn.includes('query')),
      says: `${name} is in the query of the ${entry.endpoint} request.`,
    },
  ];
}
