import { defineKind } from '../fault.js';
import { after, delay, replacing } from '../replacement.js';

export const close = defineKind({
  name: 'close',
  sees: 'the connection closed in order (FIN) without an answer, as by a server or a proxy that restarts',
  happens: 'after',
  parameters: { after, delay },
  example: { kind: 'close' },
  play: (fault) => replacing(fault, () => ({ do: 'close' })),
});
