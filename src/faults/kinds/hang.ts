import { defineKind } from '../fault.js';
import { after, replacing } from '../replacement.js';

export const hang = defineKind({
  name: 'hang',
  sees: 'no answer, until the client gives up or the server stops',
  happens: 'after',
  parameters: { after },
  example: { kind: 'hang' },
  play: (fault) => replacing(fault, () => ({ do: 'hang' })),
});
