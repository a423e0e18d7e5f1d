import { defineCheck } from '../../check.js';
import { unavailable } from '../../endpoint-faults.js';
import { withoutRefresh } from '../not-for.js';
import { judgeKeptAfter } from './kept-after.js';

/** An error of the server says nothing about the token. */
export const refresh500KeepsConnection = defineCheck({
  id: 'refresh-500-keeps-connection',
  group: 'life',
  title: 'A refresh that is answered with 5xx does not end the connection',
  clause: 'RFC 9110 §15.6',
  severity: 'error',
  stages: 'The token endpoint answers a refresh with 503.',
  looksAt: 'Whether a later call works without a new login.',
  advice: 'Keep the refresh token unless the answer is invalid_grant. Try again later.',
  notFor: withoutRefresh,
  examine: (stage) => judgeKeptAfter(stage, 'was answered with 503', unavailable),
});
