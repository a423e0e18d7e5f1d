import { defineCheck } from '../../check.js';
import { judgeRepetition } from './odd-answer.js';

/** Immediate repetitions keep the limit exceeded. */
export const exchange429NotRepeated = defineCheck({
  id: 'exchange-429-not-repeated',
  group: 'token-answer',
  title: 'An exchange that meets a rate limit is not repeated at once',
  clause: 'RFC 6585 §4, RFC 9110 §10.2.3',
  severity: 'warning',
  stages: 'The token endpoint answers exchanges with status 429 and Retry-After: 30.',
  looksAt: 'How many exchanges follow.',
  advice: 'Wait as long as Retry-After says, or show a page that asks the person to try later.',
  examine: (stage) => judgeRepetition(stage, 'status 429', { kind: 'rate-limit', retryAfter: 30 }),
});
