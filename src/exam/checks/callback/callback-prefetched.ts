import { defineCheck } from '../../check.js';
import { judgeLookAhead } from './look-ahead.js';

/** Browsers fetch pages before they are visited. */
export const callbackPrefetched = defineCheck({
  id: 'callback-prefetched',
  group: 'callback',
  title: 'A prefetch of the callback does not use up the code',
  clause: 'RFC 9110 §9.2.1',
  severity: 'note',
  stages: 'The callback is fetched with Sec-Purpose: prefetch, then visited.',
  looksAt: 'Whether the visit still ends well.',
  advice: 'Answer a prefetch with 503 or 204, and without an effect.',
  needs: ['pages'],
  examine: (stage) =>
    judgeLookAhead(stage, 'a prefetch', { headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch' } }),
});
