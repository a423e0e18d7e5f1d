import { defineKind } from '../fault.js';
import { delay, replacing } from '../replacement.js';

export const cut = defineKind({
  name: 'cut',
  sees: 'the connection reset before the request has an effect',
  happens: false,
  parameters: { delay },
  example: { kind: 'cut' },
  play: (fault) => replacing(fault, () => ({ do: 'reset' })),
});
