import type { SeenRequest, SeenRequests } from './seen-request.js';

/**
 * The exchanges by which a client took a code that its browser had not asked for. A client with a state sees that
 * before it asks. One that relies on PKCE (RFC 9700 §2.1.1) may ask, and is refused: then the code was of no use.
 */
export const foreignExchanges = ({ exchanges }: SeenRequests, hasState: boolean): readonly SeenRequest[] =>
  exchanges.filter(({ status }) => hasState || status === 200);
