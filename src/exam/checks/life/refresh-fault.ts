import type { FaultRule } from '../../../client/index.js';

/** A fault for refreshes. Without `times` it lasts until the end of the check. */
export const refreshFault = (fault: FaultRule['fault']): FaultRule => ({
  match: { endpoint: 'token', grantType: 'refresh_token' },
  fault,
});
