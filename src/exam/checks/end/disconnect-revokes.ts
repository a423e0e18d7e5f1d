import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { withoutRevocation } from '../not-for.js';
import type { SeenRequests } from '../../seen-request.js';
import type { Stage } from '../../stage.js';

/** A token that is only forgotten stays valid, in backups and logs. */
export const disconnectRevokes = defineCheck({
  id: 'disconnect-revokes',
  group: 'end',
  title: 'Disconnecting revokes the tokens',
  clause: 'RFC 7009 §1',
  severity: 'warning',
  stages: 'Ada connects, then disconnects.',
  looksAt: 'Whether a token of the connection is revoked at the provider.',
  advice: 'Send the refresh token to the revocation endpoint before you forget it.',
  needs: ['disconnect'],
  notFor: withoutRevocation,
  async examine(stage) {
    const browser = await stage.connected();
    const before = await stage.lastId();
    const { ok, outcome } = await stage.tryToDisconnect(browser);
    await stage.rest();
    const { revocations } = await stage.requests(before);
    const revoked = revocations.filter(({ status = 500 }) => status < 300);
    if (revocations.length === 0 && !ok) throw new NotSeen(`the connection was not ended: ${outcome}`);
    if (revocations.length === 0) return failed('The client asked for no revocation.');
    if (revoked.length === 0) return failed('The revocation was refused.', revocations);
    // RFC 7009 §2.2: a token that the provider does not know is answered with 200 too
    return (await hasRevokedToken(stage, await stage.requests()))
      ? passed('The client revoked its token.', revoked)
      : failed('The client revoked something else than its tokens.', revoked);
  },
});

async function hasRevokedToken({ world, provider }: Stage, { tokenRequests }: SeenRequests): Promise<boolean> {
  const tokens = tokenRequests
    .flatMap((request) => [request.answer('access_token'), request.answer('refresh_token')])
    .filter((token) => typeof token === 'string');
  const found = await Promise.all(tokens.map((token) => world.tokens.get({ provider: provider.name, token })));
  return found.some(({ status }) => status === 'revoked');
}
