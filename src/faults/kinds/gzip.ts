import { gzipSync } from 'node:zlib';
import { Type } from 'typebox';
import { defineKind } from '../fault.js';

/** The length of a gzip header without optional fields (RFC 1952 §2.3). */
const headerLength = 10;
/** A first byte of compressed data with the reserved block type (RFC 1951 §3.2.3). */
const invalidBlock = 0xff;

/** Gzip data with a valid header, trailer and length whose first block cannot be read. */
function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[headerLength] = invalidBlock;
  return copy;
}

export const gzip = defineKind({
  name: 'gzip',
  sees:
    'the right body compressed with gzip, whatever the client accepts, as from a proxy. An answer without a body ' +
    'is not changed; redirects of some providers have one',
  happens: true,
  arrivesInPart: true,
  parameters: {
    broken: Type.Optional(
      Type.Boolean({ description: 'True: the compressed data cannot be read; left out: it is valid' }),
    ),
  },
  example: { kind: 'gzip' },
  play: ({ broken = false }) => ({
    after(answer) {
      if (answer.body === '') return { do: 'send', answer };
      const bytes = gzipSync(answer.body);
      return {
        do: 'send-encoded',
        answer: { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } },
        bytes: broken ? damaged(bytes) : bytes,
      };
    },
  }),
});
