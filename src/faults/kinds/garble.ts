import { calls, defineKind } from '../fault.js';

export const garble = defineKind({
  name: 'garble',
  sees: 'a body of the right length and type that is no JSON',
  happens: true,
  endpoints: calls,
  parameters: {},
  example: { kind: 'garble' },
  play: () => ({
    // no JSON text has this character, in a string or out of it (RFC 8259 §7), and none ends before its end
    after: (answer) => ({
      do: 'send',
      answer: answer.body === '' ? answer : { ...answer, body: `${answer.body.slice(0, -1)}\u0000` },
    }),
  }),
});
