import type { Row } from '../../journal/row.js';

/** Which of the first three steps the journal shows: tokens for a code, a call with an expired token, two refreshes. */
export function stepsDone(rows: Iterable<Row>): readonly boolean[] {
  let [hasTokens, hasExpired, isBroken, isRepeated] = [false, false, false, false];
  for (const { grantType, status, reason, fault } of rows) {
    hasTokens ||= grantType === 'authorization_code' && status === 200;
    hasExpired ||= reason === 'bearer.expired';
    if (grantType === 'refresh_token') {
      isRepeated ||= isBroken;
      isBroken ||= fault !== undefined;
    }
    // it is asked at each change of the journal
    if (hasTokens && hasExpired && isRepeated) break;
  }
  return [hasTokens, hasExpired, isRepeated];
}
