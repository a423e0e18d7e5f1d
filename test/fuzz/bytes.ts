import fc from 'fast-check';

/** A mutation of bytes. Positions are fractions of the length, so that they fit any length. */
export interface Mutation {
  readonly do: 'flip' | 'set' | 'delete' | 'insert' | 'duplicate' | 'splice' | 'truncate' | 'number';
  readonly place: number;
  readonly length: number;
  readonly bytes: string;
}

const inserted = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  '\0',
  '\t',
  ' ',
  ':',
  ';',
  '%',
  '%00',
  '%0d%0a',
  '%zz',
  '&',
  '=',
  '?',
  '#',
  '/',
  '//',
  '/../',
  '\\',
  '"',
  '<',
  '{',
  '[',
  '}',
  ']',
  ',',
  '\x7f',
  '\x80',
  '\xff',
  '\xc3',
  '\xc3\x28',
  '\xf0\x9f\x98\x80',
  '\xed\xa0\x80',
  'x-injected: 1\r\n',
  'Content-Length: 0\r\n',
  'Content-Length: 99999999999999999999\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: chunked, identity\r\n',
  'Expect: 100-continue\r\n',
  'Expect: x\r\n',
  'Connection: keep-alive\r\n',
  'Connection: upgrade\r\nUpgrade: websocket\r\n',
  'Host: evil.example\r\n',
  'HTTP/1.0',
  'HTTP/2.0',
  '__proto__',
  'constructor',
  'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  '0\r\n\r\n',
  'a'.repeat(9000),
  '/'.repeat(3000),
  '%41'.repeat(3000),
];

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  do: fc.constantFrom(
    'flip' as const,
    'flip' as const,
    'set' as const,
    'delete' as const,
    'insert' as const,
    'insert' as const,
    'insert' as const,
    'duplicate' as const,
    'splice' as const,
    'truncate' as const,
    'number' as const,
  ),
  place: fc.nat({ max: 9999 }),
  length: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 8 }) }, { weight: 1, arbitrary: fc.nat({ max: 200 }) }),
  bytes: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...inserted) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    },
  ),
});

/** Applies a mutation to bytes; `other` is the source for splicing. */
export function mutate(before: Buffer, { do: what, place, length, bytes }: Mutation, other: Buffer): Buffer {
  const at = Math.floor((place / 10_000) * before.length);
  const [head, tail] = [before.subarray(0, at), before.subarray(at)];
  const added = Buffer.from(bytes, 'latin1');
  switch (what) {
    case 'flip':
      return Buffer.concat([head, Buffer.from([(tail[0] ?? 0) ^ (1 << (length % 8))]), tail.subarray(1)]);
    case 'set':
      return Buffer.concat([head, added, tail.subarray(added.length)]);
    case 'delete':
      return Buffer.concat([head, tail.subarray(length + 1)]);
    case 'insert':
      return Buffer.concat([head, added, tail]);
    case 'duplicate':
      return Buffer.concat([head, tail.subarray(0, length + 1), tail]);
    case 'splice':
      return Buffer.concat([head, other.subarray(Math.floor((place / 10_000) * other.length))]);
    case 'truncate':
      return head;
    case 'number':
      return Buffer.from(
        before
          .toString('latin1')
          .replace(/\d+/g, (digits, offset: number) => (Math.abs(offset - at) < 40 ? String(length * 7) : digits)),
        'latin1',
      );
  }
}
