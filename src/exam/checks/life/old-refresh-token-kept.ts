import { defineCheck } from '../../check.js';
import { refreshFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';
import { refreshTwice } from './refresh-twice.js';

/** An answer without a refresh token does not take the old one away. */
export const oldRefreshTokenKept = defineCheck({
  id: 'old-refresh-token-kept',
  group: 'life',
  title: 'Without a new refresh token, the old one is kept',
  clause: 'RFC 6749 §6',
  severity: 'error',
  stages: 'The answer of a refresh has no refresh_token. The access token expires twice.',
  looksAt: 'Whether the second refresh sends the old token.',
  advice: 'Replace the refresh token only if the answer has one.',
  notFor: withoutRefresh,
  async examine(stage) {
    await stage.world.providers.policy({ provider: stage.provider.name, refreshRotation: 'keep' });
    const browser = await stage.connected();
    await stage.fault(refreshFault({ kind: 'patch', remove: ['refresh_token'] }));
    const [first, second] = await refreshTwice(stage, browser);
    if (second === undefined) {
      await stage.clearFaults();
      const [, usual] = await refreshTwice(stage, await stage.connected());
      if (usual === undefined) throw new NotSeen('the client does not refresh twice within seconds');
      return failed('After an answer without one, no refresh followed.', [first]);
    }
    return second.parameter('refresh_token') === first.parameter('refresh_token')
      ? passed('The second refresh sent the old token.', [first, second])
      : failed('The second refresh sent another token than the first.', [first, second]);
  },
});
