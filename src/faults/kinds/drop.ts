import { defineKind } from '../fault.js';
import { delay, replacing } from '../replacement.js';

export const drop = defineKind({
  name: 'drop',
  sees: 'the connection reset after the effect: the token was rotated, but the client does not receive it',
  happens: true,
  parameters: { delay },
  example: { kind: 'drop' },
  play: (fault) => replacing({ ...fault, after: true }, () => ({ do: 'reset' })),
});
