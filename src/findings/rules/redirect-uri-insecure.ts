import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/** Host names of the local machine (RFC 8252 §7.3, RFC 6761 §6.3). */
const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/i;
/** Host names of test networks: reserved names (RFC 6761, RFC 6762, RFC 9476), and names without a dot. */
const ofTests = /^([^.]+|.+\.(test|example|invalid|local|internal|alt|home\.arpa))$/i;

export const redirectUriInsecure = defineRule({
  id: 'redirect-uri-insecure',
  severity: 'warning',
  verdict: 'The redirect_uri uses plain HTTP, so others can read the code on the network.',
  clause: 'RFC 6749 §3.1.2.1; RFC 9700 §2.6',
  advice: 'Use an https redirect URI. Plain http is safe only for a loopback address.',
  spares:
    'Not reported for loopback addresses and for schemes of native applications. A note for names that exist ' +
    'only in test networks.',
  judge: ({ flows }) => flows.flatMap(({ request }) => proofOf(request)),
});

function proofOf(request: ObservedRequest): Proof[] {
  const uri = request.parameter('redirect_uri') ?? '';
  if (!uri.toLowerCase().startsWith('http://') || !URL.canParse(uri)) return [];
  const { hostname } = new URL(uri);
  if (loopback.test(hostname)) return [];
  return [
    {
      by: [request],
      says: `The redirect_uri is at http://${hostname}.`,
      ...(ofTests.test(hostname) ? { severity: 'note' as const } : {}),
    },
  ];
}
