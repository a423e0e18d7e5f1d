import { defineKind } from '../fault.js';

export const drop = defineKind({
  name: 'drop',
  sees: 'the connection reset, after it happened: the token rotated, and the client never learned',
  happens: true,
  parameters: {},
  example: { kind: 'drop' },
  play: () => ({ after: () => ({ do: 'reset' }) }),
});
