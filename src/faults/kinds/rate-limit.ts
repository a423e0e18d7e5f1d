import { Type } from 'typebox';
import { defineKind } from '../fault.js';

export const rateLimit = defineKind({
  name: 'rate-limit',
  sees:
    "429 with Retry-After in the provider's format. On pages, the redirect back with " + '`temporarily_unavailable`',
  happens: false,
  parameters: {
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 86_400, description: 'The seconds of Retry-After; left out: 1' }),
    ),
  },
  example: { kind: 'rate-limit', retryAfter: 2 },
  play: ({ retryAfter = 1 }) => ({
    // RFC 6749 §4.1.2.1: a redirect cannot have the status 429, so it carries temporarily_unavailable.
    before: () => ({
      do: 'refuse',
      refusal: {
        error: 'too_many_requests',
        errorOnPages: 'temporarily_unavailable',
        headers: { 'retry-after': String(retryAfter) },
      },
    }),
  }),
});
