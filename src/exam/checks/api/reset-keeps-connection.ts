import { defineCheck } from '../../check.js';
import { judgeKeptConnection } from './kept-connection.js';

/** A network error says nothing about the tokens. */
export const resetKeepsConnection = defineCheck({
  id: 'reset-keeps-connection',
  group: 'api',
  title: 'A call that is cut off does not end the connection',
  clause: 'RFC 9110 §9.2.2',
  severity: 'error',
  stages: 'The connection is reset during one use of the API.',
  looksAt: 'Whether the next use works without a new login.',
  advice: 'Catch network errors, keep the tokens, and report that the API is not reachable.',
  examine: (stage) => judgeKeptConnection(stage, 'reset the connection', { kind: 'cut' }),
});
