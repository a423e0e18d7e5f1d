import { defineKind } from '../fault.js';

export const badChunk = defineKind({
  name: 'bad-chunk',
  sees:
    'half of the body as a chunk, then a chunk whose size is not a number (RFC 9112 §7.1), then the end of the ' +
    'connection. An answer without a body arrives complete; redirects of some providers have one',
  happens: true,
  arrivesInPart: true,
  parameters: {},
  example: { kind: 'bad-chunk' },
  play: () => ({
    after(answer) {
      const { body, headers } = answer;
      if (body === '') return { do: 'send', answer };
      // without a Content-Length, Node sends the body in chunks
      const { 'content-length': _, ...others } = headers;
      return {
        do: 'send-and-close',
        answer: { ...answer, headers: others, body: body.slice(0, Math.ceil(body.length / 2)) },
        tail: 'xyz\r\n',
      };
    },
  }),
});
