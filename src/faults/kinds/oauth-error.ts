import { Type } from 'typebox';
import { calls, defineKind } from '../fault.js';
import { after, delay, replacing } from '../replacement.js';

/** RFC 6749, appendices A.7 and A.8. */
const errorPattern = '^[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+$';

export const oauthError = defineKind({
  name: 'oauth-error',
  sees:
    "an error of your choice in the provider's own format: as JSON at endpoints that the client calls, as " +
    'the redirect back to the client on pages',
  happens: 'after',
  // a redirect back after the effect is the kind tamper
  endpointsAfter: calls,
  parameters: {
    error: Type.String({
      pattern: errorPattern,
      maxLength: 100,
      description: 'The value of `error`, such as invalid_grant',
    }),
    description: Type.Optional(
      Type.String({ maxLength: 1000, description: "Left out: the provider's own text for this error" }),
    ),
    after,
    delay,
  },
  example: { kind: 'oauth-error', error: 'invalid_grant' },
  play: (fault) =>
    replacing(fault, () => ({ do: 'refuse', refusal: { error: fault.error, description: fault.description } })),
});
