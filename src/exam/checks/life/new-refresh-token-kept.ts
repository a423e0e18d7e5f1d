import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';
import { refreshTwice } from './refresh-twice.js';

/** Where refresh tokens rotate, the old one is no longer valid. */
export const newRefreshTokenKept = defineCheck({
  id: 'new-refresh-token-kept',
  group: 'life',
  title: 'A new refresh token replaces the old one',
  clause: 'RFC 6749 §6',
  severity: 'error',
  stages: 'The provider gives a new refresh token at each refresh. The access token expires twice.',
  looksAt: 'Whether the second refresh sends the token of the first.',
  advice: 'Keep both tokens of each answer.',
  notFor: withoutRefresh,
  async examine(stage) {
    await stage.world.providers.policy({
      provider: stage.provider.name,
      refreshRotation: 'rotate',
      refreshRotationAfter: '0s',
    });
    const browser = await stage.connected();
    const [first, second] = await refreshTwice(stage, browser);
    // decided by the answer: a provider that a file makes can leave the token out, whatever its policy says
    if (first.answer('refresh_token') === undefined) {
      throw new NotSeen("this provider's answer to a refresh has no refresh token");
    }
    if (second === undefined) throw new NotSeen('the client did not refresh twice');
    return second.parameter('refresh_token') === first.answer('refresh_token')
      ? passed('The second refresh sent the token of the first.', [first, second])
      : failed('The second refresh sent an old token.', [first, second]);
  },
});
