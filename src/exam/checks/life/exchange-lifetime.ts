import type { FaultRule } from '../../../client/index.js';

/** The answer of the next exchange says that the access token lives this long, in seconds. */
export const exchangeLifetime = (seconds: number): FaultRule => ({
  match: { endpoint: 'token', grantType: 'authorization_code' },
  times: 1,
  fault: { kind: 'patch', set: { expires_in: seconds } },
});
