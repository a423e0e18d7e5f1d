import { defineKind } from '../fault.js';

export const cut = defineKind({
  name: 'cut',
  sees: 'the connection reset before the request has an effect',
  happens: false,
  parameters: {},
  example: { kind: 'cut' },
  play: () => ({ before: () => ({ do: 'reset' }) }),
});
