import { defineCheck } from '../../check.js';
import { withoutRefresh } from '../not-for.js';
import { judgeOneRefresh } from './one-refresh.js';

/** A page with many parts asks for all of them at once. */
export const tenCallsOneRefresh = defineCheck({
  id: 'ten-calls-one-refresh',
  group: 'life',
  title: 'Ten calls at expiry cause one refresh',
  clause: 'RFC 9700 §4.14.2',
  severity: 'error',
  stages: 'The access token is dead when ten calls come at once, and the token endpoint takes its time.',
  looksAt: 'How many refreshes there are.',
  advice: 'Let one call refresh, and the others wait for its token.',
  notFor: withoutRefresh,
  examine: (stage) => judgeOneRefresh(stage, 10),
});
