import { defineCheck } from '../../check.js';
import { unavailable } from '../../endpoint-faults.js';
import { judgeKeptConnection } from './kept-connection.js';

/** An API that is down for a moment says nothing about the tokens. */
export const unavailableKeepsConnection = defineCheck({
  id: 'unavailable-keeps-connection',
  group: 'api',
  title: 'An API that is unavailable does not end the connection',
  clause: 'RFC 9110 §15.6.4',
  severity: 'error',
  stages: 'The API answers one use with 503.',
  looksAt: 'Whether the next use works without a new login.',
  advice: 'Keep the tokens when the API answers 5xx, and report that it is unavailable.',
  examine: (stage) => judgeKeptConnection(stage, 'answered 503', unavailable),
});
