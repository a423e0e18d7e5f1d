import { defineCheck } from '../../check.js';
import { withoutRefresh } from '../not-for.js';
import { judgeKeptAfter } from './kept-after.js';

/** A network error says nothing about the token. */
export const refreshResetKeepsConnection = defineCheck({
  id: 'refresh-reset-keeps-connection',
  group: 'life',
  title: 'A refresh that is cut off does not end the connection',
  clause: 'RFC 9110 §9.2.2',
  severity: 'error',
  stages: 'The connection is reset before a refresh has an effect.',
  looksAt: 'Whether a later call works without a new login.',
  advice: 'Catch network errors, keep the refresh token, and try again later.',
  notFor: withoutRefresh,
  examine: (stage) => judgeKeptAfter(stage, 'was cut off', { kind: 'cut' }),
});
