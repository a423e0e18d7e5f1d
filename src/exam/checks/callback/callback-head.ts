import { defineCheck } from '../../check.js';
import { judgeLookAhead } from './look-ahead.js';

/** Mail scanners and proxies send HEAD requests. */
export const callbackHead = defineCheck({
  id: 'callback-head',
  group: 'callback',
  title: 'A HEAD request for the callback does not use up the code',
  clause: 'RFC 9110 §9.2.1',
  severity: 'warning',
  stages: 'The callback is asked for with HEAD, then visited.',
  looksAt: 'Whether the visit still ends well.',
  advice: 'Exchange the code on GET alone, or keep the flow until a GET comes.',
  needs: ['pages'],
  examine: (stage) => judgeLookAhead(stage, 'a HEAD request', { method: 'HEAD' }),
});
