import { defineKind } from '../fault.js';

export const drop = defineKind({
  name: 'drop',
  sees: 'the connection reset after the effect: the token was rotated, but the client does not receive it',
  happens: true,
  parameters: {},
  example: { kind: 'drop' },
  play: () => ({ after: () => ({ do: 'reset' }) }),
});
