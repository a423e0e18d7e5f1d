import { defineCheck } from '../../check.js';
import { withoutRefresh } from '../not-for.js';
import { judgeKeptAfter } from './kept-after.js';

/** Too many requests are no reason to log people out. */
export const refresh429KeepsConnection = defineCheck({
  id: 'refresh-429-keeps-connection',
  group: 'life',
  title: 'A refresh that is answered with 429 does not end the connection',
  clause: 'RFC 6585 §4',
  severity: 'error',
  stages: 'The token endpoint answers a refresh with 429.',
  looksAt: 'Whether a later call works without a new login.',
  advice: 'Keep the refresh token, and try again after Retry-After.',
  notFor: withoutRefresh,
  examine: (stage) => judgeKeptAfter(stage, 'was answered with 429', { kind: 'rate-limit', retryAfter: 1 }),
});
