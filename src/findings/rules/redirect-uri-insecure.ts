import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { Seen } from '../observed-request.js';

/** Names that mean this machine, which nothing leaves (RFC 8252 §7.3, RFC 6761 §6.3). */
const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/i;
/** Names that nobody can own in public (RFC 6761, RFC 6762, RFC 9476), or that have no dot at all: those of test networks. */
const ofTests = /^([^.]+|.+\.(test|example|invalid|local|internal|alt|home\.arpa))$/i;

export const redirectUriInsecure = defineRule({
  id: 'redirect-uri-insecure',
  severity: 'warning',
  verdict: 'The code travels back to the client over plain HTTP, for everybody on the way to read.',
  clause: 'RFC 6749 §3.1.2.1; RFC 9700 §2.6',
  advice: 'Use an https redirect URI; plain http only for a loopback address.',
  spares:
    'Silent for loopback addresses and for schemes of native applications; a note for names that exist in test networks alone.',
  judge: ({ flows }) => flows.flatMap(({ request }) => proofOf(request)),
});

function proofOf(request: Seen): Proof[] {
  const uri = request.get('redirect_uri') ?? '';
  if (!uri.toLowerCase().startsWith('http://') || !URL.canParse(uri)) return [];
  const { hostname } = new URL(uri);
  if (loopback.test(hostname)) return [];
  return [
    {
      by: [request],
      says: `The redirect_uri goes to http://${hostname}.`,
      ...(ofTests.test(hostname) ? { severity: 'note' as const } : {}),
    },
  ];
}
