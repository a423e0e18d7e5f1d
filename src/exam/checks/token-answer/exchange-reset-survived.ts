import { unusableAnswer } from './unusable-answer.js';

/** A network error is thrown at another place than a bad answer. */
export const exchangeResetSurvived = unusableAnswer({
  id: 'exchange-reset-survived',
  title: 'A connection reset during the exchange is answered with a page',
  clause: 'RFC 9110 §9.2.2',
  severity: 'error',
  advice: 'Catch network errors of the exchange, and show a page that says that connecting failed.',
  what: 'a reset of the connection',
  fault: { kind: 'cut' },
});
