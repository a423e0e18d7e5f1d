import { defineCheck } from '../../check.js';
import { withoutRefresh } from '../not-for.js';
import { judgeOneRefresh, refreshDelayMs } from './one-refresh.js';

/** A page with many parts makes all of its calls at once. */
export const tenCallsOneRefresh = defineCheck({
  id: 'ten-calls-one-refresh',
  group: 'life',
  title: 'Ten calls at expiry do not send the same refresh token twice',
  clause: 'RFC 9700 §4.14.2',
  severity: 'error',
  stages:
    'The access token has expired when ten calls come at once, and the token endpoint answers after ' +
    `${refreshDelayMs} ms.`,
  looksAt: 'The refresh tokens of the refreshes.',
  advice: 'Let one call refresh, and the others wait for its token.',
  notFor: withoutRefresh,
  examine: (stage) => judgeOneRefresh(stage, 10),
});
