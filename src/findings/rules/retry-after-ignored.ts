import { groupBy, pairs } from '../evidence.js';
import { knew } from '../order.js';
import type { Proof, Rule } from '../rule.js';
import type { Seen } from '../seen.js';

/** A timer may fire a little early, and a clock tick a little late. */
const graceMs = 50;

export const retryAfterIgnored: Rule = {
  id: 'retry-after-ignored',
  severity: 'error',
  verdict: 'The client came back before the time that Retry-After had named.',
  clause: 'RFC 9110 §10.2.3; RFC 6585 §4',
  advice: 'Wait as many seconds as Retry-After says before the next call with the same token or client.',
  spares: 'Content when either clock has moved so far: a test may wait in real time or move the virtual one. Silent for calls that were sent side by side, and for a Retry-After that is a date.',
  judge: ({ all }) => [...groupBy(all, sameCaller).values()].flatMap((sent) => pairs(sent).flatMap(([first, second]) => proofOf(first, second))),
};

/** Limits count by access token at an API, and by client elsewhere. */
function sameCaller({ provider, entry, accessToken, clientId }: Seen): string | undefined {
  return ['token', 'resource', 'revoke', 'introspect'].includes(entry.endpoint) ? JSON.stringify([provider.name, entry.endpoint, accessToken, clientId]) : undefined;
}

function proofOf(refusal: Seen, next: Seen): Proof[] {
  const seconds = retryAfter(refusal);
  if (seconds === undefined || !knew(refusal, next)) return [];
  const waitedMs = Math.max(next.start - refusal.end, next.entry.at - refusal.entry.at);
  if (waitedMs >= seconds * 1000 - graceMs) return [];
  return [{ by: [refusal, next], says: `Retry-After said ${seconds} s, and the next ${next.entry.endpoint} request came after ${Math.max(0, Math.round(waitedMs)) / 1000} s.` }];
}

/** The seconds that a refusal told its client to wait. */
export function retryAfter(seen: Seen): number | undefined {
  const text = seen.answered('retry-after') ?? '';
  return seen.told !== undefined && isRefusal(seen) && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Failures that may pass by themselves. */
export function isRefusal({ told }: Seen): boolean {
  return told !== undefined && (told.status === 429 || told.status >= 500);
}
