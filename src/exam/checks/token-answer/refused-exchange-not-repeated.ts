import { defineCheck } from '../../check.js';
import { judgeRepetition } from './odd-answer.js';

/** A refused code stays refused. */
export const refusedExchangeNotRepeated = defineCheck({
  id: 'refused-exchange-not-repeated',
  group: 'token-answer',
  title: 'An exchange that is refused is not repeated',
  clause: 'RFC 6749 §5.2',
  severity: 'error',
  stages: 'The token endpoint refuses exchanges with invalid_grant.',
  looksAt: 'How many exchanges follow.',
  advice: 'Show a page that says that connecting failed. Begin a new flow only when the person asks for it.',
  examine: (stage) =>
    judgeRepetition(stage, 'the refusal invalid_grant', { kind: 'oauth-error', error: 'invalid_grant' }),
});
