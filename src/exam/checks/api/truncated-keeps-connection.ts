import { defineCheck } from '../../check.js';
import { judgeKeptConnection } from './kept-connection.js';

/** Half an answer says nothing about the tokens. */
export const truncatedKeepsConnection = defineCheck({
  id: 'truncated-keeps-connection',
  group: 'api',
  title: 'Half an answer of the API does not end the connection',
  clause: 'RFC 9112 §8',
  severity: 'error',
  stages: 'The API sends half of an answer, and closes the connection.',
  looksAt: 'Whether the next use works without a new login.',
  advice: 'Treat an answer that ends early as a network error, and keep the tokens.',
  examine: (stage) => judgeKeptConnection(stage, 'sent half an answer', { kind: 'truncate' }),
});
