import { defineCheck } from '../../check.js';
import { withoutRefresh } from '../not-for.js';
import { judgeOneRefresh, refreshDelayMs } from './one-refresh.js';

/** The second refresh sends a token that the first has used. */
export const twoCallsOneRefresh = defineCheck({
  id: 'two-calls-one-refresh',
  group: 'life',
  title: 'Two calls at expiry do not send the same refresh token twice',
  clause: 'RFC 9700 §4.14.2',
  severity: 'error',
  stages:
    'The access token has expired when two calls come at once, and the token endpoint answers after ' +
    `${refreshDelayMs} ms.`,
  looksAt: 'The refresh tokens of the refreshes.',
  advice: 'Let one call refresh, and the others wait for its token.',
  notFor: withoutRefresh,
  examine: (stage) => judgeOneRefresh(stage, 2),
});
