import { unusableAnswer } from './unusable-answer.js';

/** Token endpoints fail for a moment now and then. */
export const exchange500Survived = unusableAnswer({
  id: 'exchange-500-survived',
  title: 'A status 500 at the exchange is answered with a page, and does not connect',
  clause: 'RFC 9110 §15.6',
  severity: 'error',
  advice: 'Show a page that says that connecting failed, and offer to begin again.',
  what: 'status 500',
  fault: { kind: 'status', status: 500, body: '<!doctype html><title>Error</title><h1>Internal Server Error</h1>' },
});
