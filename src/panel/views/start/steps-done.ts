import { playgroundClientId } from '../../playground-client.js';
import type { Row } from '../../journal/row.js';

/**
 * Which of the five steps the built-in client and the tab have done: tokens for a code, a call with an expired token,
 * two refreshes, an entry opened, the findings opened.
 *
 * @param opened `entry` and `findings`, if the tab has opened them
 */
export function stepsDone(rows: Iterable<Row>, opened: readonly string[]): readonly boolean[] {
  let [hasTokens, hasExpired, isBroken, isRepeated] = [false, false, false, false];
  for (const { clientId, grantType, status, reason, fault } of rows) {
    if (clientId !== playgroundClientId) continue;
    hasTokens ||= grantType === 'authorization_code' && status === 200;
    hasExpired ||= reason === 'bearer.expired';
    if (grantType === 'refresh_token') {
      isRepeated ||= isBroken;
      isBroken ||= fault !== undefined;
    }
    // it is asked at each change of the journal
    if (hasTokens && hasExpired && isRepeated) break;
  }
  return [hasTokens, hasExpired, isRepeated, opened.includes('entry'), opened.includes('findings')];
}
