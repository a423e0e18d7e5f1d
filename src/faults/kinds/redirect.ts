import { Type } from 'typebox';
import { defineKind } from '../fault.js';

export const redirect = defineKind({
  name: 'redirect',
  sees: 'a redirect to another URL',
  happens: false,
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
  },
  example: { kind: 'redirect', to: 'https://elsewhere.example/token' },
  play: ({ to, status = 307 }) => ({
    before: ({ base }) => ({
      do: 'answer',
      answer: { status, headers: { location: to.startsWith('/') ? base + to : to }, body: '' },
    }),
  }),
});
