import { defineCheck } from '../../check.js';
import { judgeClock } from './other-clock.js';

/** Clocks of servers differ. */
export const clockAhead = defineCheck({
  id: 'clock-ahead',
  group: 'life',
  title: 'A provider whose clock is ahead does no harm',
  clause: 'RFC 6749 §5.1',
  severity: 'warning',
  stages: 'The clock of the provider is ten hours ahead, also in its header Date.',
  looksAt: 'Whether calls work without needless refreshes.',
  advice: 'Compute the expiry from your own clock and expires_in, not from a time of the server.',
  examine: (stage) => judgeClock(stage, 10),
});
