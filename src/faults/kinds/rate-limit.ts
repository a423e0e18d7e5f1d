import { Type } from 'typebox';
import { calls, defineKind } from '../fault.js';
import { after, delay, replacing } from '../replacement.js';

export const rateLimit = defineKind({
  name: 'rate-limit',
  sees:
    "429 with Retry-After in the provider's format. On pages, the redirect back with " + '`temporarily_unavailable`',
  happens: 'after',
  endpointsAfter: calls,
  parameters: {
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 86_400, description: 'The seconds of Retry-After; left out: 1' }),
    ),
    after,
    delay,
  },
  example: { kind: 'rate-limit', retryAfter: 2 },
  play: (fault) =>
    // RFC 6749 §4.1.2.1: a redirect cannot have the status 429, so it carries temporarily_unavailable.
    replacing(fault, () => ({
      do: 'refuse',
      refusal: {
        error: 'too_many_requests',
        errorOnPages: 'temporarily_unavailable',
        headers: { 'retry-after': String(fault.retryAfter ?? 1) },
      },
    })),
});
