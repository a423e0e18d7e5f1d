import type { FaultRule } from '../client/index.js';

/** A fault in place of an answer of the provider. */
export type Fault = FaultRule['fault'];

/** A fault for calls of the API. Without `times` it lasts until the end of the check. */
export const apiFault = (fault: Fault, times?: number): FaultRule => rule({ endpoint: 'resource' }, fault, times);

/** A fault for refreshes. Without `times` it lasts until the end of the check. */
export const refreshFault = (fault: Fault, times?: number): FaultRule =>
  rule({ endpoint: 'token', grantType: 'refresh_token' }, fault, times);

/** A fault for exchanges of a code. */
export const exchangeFault = (fault: Fault, times = 1): FaultRule =>
  rule({ endpoint: 'token', grantType: 'authorization_code' }, fault, times);

/** A fault for all requests of the token endpoint. It lasts until the end of the check. */
export const tokenFault = (fault: Fault): FaultRule => rule({ endpoint: 'token' }, fault, undefined);

/** A fault for revocations. It lasts until the end of the check. */
export const revokeFault = (fault: Fault): FaultRule => rule({ endpoint: 'revoke' }, fault, undefined);

/** The provider is down for a moment. */
export const unavailable: Fault = { kind: 'status', status: 503, body: 'down' };

/** The answer of the next exchange says that the access token expires after a time, in seconds. */
export const exchangeLifetime = (seconds: number): FaultRule =>
  exchangeFault({ kind: 'patch', set: { expires_in: seconds } });

/** Real time in milliseconds after which a lifetime of one second is over, also if whole seconds are counted. */
export const oneSecondIsOverMs = 2100;

function rule(match: FaultRule['match'], fault: Fault, times: number | undefined): FaultRule {
  return { match, fault, ...(times === undefined ? {} : { times }) };
}
