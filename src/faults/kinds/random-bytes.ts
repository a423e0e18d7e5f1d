import { Type } from 'typebox';
import { defineKind } from '../fault.js';
import { after, delay, replacing } from '../replacement.js';

export const randomBytes = defineKind({
  name: 'random-bytes',
  sees: 'random bytes instead of an HTTP answer, then the end of the connection, as from another protocol on the port',
  happens: 'after',
  parameters: {
    length: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_536, description: 'The number of bytes; left out: 256' }),
    ),
    after,
    delay,
  },
  example: { kind: 'random-bytes' },
  play: (fault) => replacing(fault, ({ bytes }) => ({ do: 'send-bytes', bytes: bytes(fault.length ?? 256) })),
});
