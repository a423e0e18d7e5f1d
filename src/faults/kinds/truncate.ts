import { Type } from 'typebox';
import { defineKind } from '../fault.js';

export const truncate = defineKind({
  name: 'truncate',
  sees:
    'the beginning of the body, shorter than its Content-Length, then the end of the connection. An ' +
    'answer without a body arrives complete; redirects of some providers have one',
  happens: true,
  parameters: {
    at: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10_000_000,
        description: 'How many characters arrive; left out: half of them',
      }),
    ),
  },
  example: { kind: 'truncate', at: 20 },
  play: ({ at }) => ({
    after(answer) {
      const { body, headers } = answer;
      if (body === '') return { do: 'send', answer };
      const kept = Math.min(at ?? Math.floor(body.length / 2), body.length - 1);
      return {
        do: 'send-and-close',
        answer: {
          ...answer,
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          body: body.slice(0, kept),
        },
      };
    },
  }),
});
