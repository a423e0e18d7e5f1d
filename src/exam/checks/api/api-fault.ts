import type { FaultRule } from '../../../client/index.js';

/** A fault for calls of the API. Without `times` it lasts until the end of the check. */
export const apiFault = (fault: FaultRule['fault'], times?: number): FaultRule => ({
  match: { endpoint: 'resource' },
  fault,
  ...(times === undefined ? {} : { times }),
});
