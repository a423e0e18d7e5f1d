import { defineKind } from '../fault.js';

export const pass = defineKind({
  name: 'pass',
  sees: 'the right answer: one step of a sequence',
  happens: true,
  parameters: {},
  example: { kind: 'pass' },
  play: () => ({}),
});
