import { calls, defineKind } from '../fault.js';

export const garble = defineKind({
  name: 'garble',
  sees: 'a body of the right length and content type that is not JSON',
  happens: true,
  endpoints: calls,
  parameters: {},
  example: { kind: 'garble' },
  play: () => ({
    // U+0000 is not allowed anywhere in JSON (RFC 8259 §7). Replacing the last character keeps the length.
    after: (answer) => ({
      do: 'send',
      answer: answer.body === '' ? answer : { ...answer, body: `${answer.body.slice(0, -1)}\u0000` },
    }),
  }),
});
