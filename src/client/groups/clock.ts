import { checkKind, checkObject, checkOptions } from '../arguments.js';
import { queryString } from '../http.js';
import type { Advanced, ClockState, Expiries } from '../../admin/schemas/clock.js';
import type { ClockDocument } from '../documents/scenario.js';
import type { AdminCall } from '../http.js';

/** The calls about virtual time. */
export const clockOf = (call: AdminCall) => ({
  /** Reads the clock. */
  get: (): Promise<ClockState> => call('GET', '/clock'),
  /** Changes parts of the clock. */
  set: async (change: ClockDocument): Promise<ClockState> => {
    checkObject('clock.set', 'the change', change);
    return call('PATCH', '/clock', change);
  },
  /** Stops virtual time, now or at a point in time. */
  freeze: async (now?: string): Promise<ClockState> => {
    if (now !== undefined) checkKind('clock.freeze', 'now', now, 'a text');
    return call('PATCH', '/clock', { frozen: true, ...(now === undefined ? {} : { now }) });
  },
  /** Lists the codes and tokens that expire next, earliest first: by default 20. */
  expiries: async (options: { readonly limit?: number } = {}): Promise<Expiries> => {
    checkOptions<typeof options>('clock.expiries', options, { limit: 'a number' });
    return call('GET', `/clock/expiries${queryString(options)}`);
  },
  /** Advances the clock: by `'61m'`, to `'next-expiry'`, or to a point in time. The answer lists what expired. */
  advance: async (by: string | { readonly to: string }): Promise<Advanced> => {
    if (typeof by === 'string') return call('POST', '/clock/advance', by.startsWith('next') ? { to: by } : { by });
    checkObject('clock.advance', 'by', by, "a duration such as '61m', 'next-expiry', or { to: '…' }");
    return call('POST', '/clock/advance', by);
  },
});
