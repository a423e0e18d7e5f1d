import { Type } from 'typebox';
import { defineKind } from '../fault.js';
import { after, delay, replacing } from '../replacement.js';

export const redirect = defineKind({
  name: 'redirect',
  sees: 'a redirect to another URL',
  happens: 'after',
  parameters: {
    to: Type.String({
      pattern: '^(https?://[!-~]+|/[!-~]*)$',
      maxLength: 2000,
      description: "An absolute URL, or one of the provider's own paths",
    }),
    status: Type.Optional(
      Type.Unsafe<301 | 302 | 303 | 307 | 308>({
        type: 'integer',
        enum: [301, 302, 303, 307, 308],
        description: 'Left out: 307',
      }),
    ),
    after,
    delay,
  },
  example: { kind: 'redirect', to: 'https://elsewhere.example/token' },
  play: (fault) =>
    replacing(fault, ({ base }) => {
      const { to, status = 307 } = fault;
      return {
        do: 'send',
        answer: { status, headers: { location: to.startsWith('/') ? base + to : to }, body: '' },
      };
    }),
});
