import { defineKind } from '../fault.js';

export const hang = defineKind({
  name: 'hang',
  sees: 'no answer, until the client gives up or the server stops',
  happens: false,
  parameters: {},
  example: { kind: 'hang' },
  play: () => ({ before: () => ({ do: 'hang' }) }),
});
