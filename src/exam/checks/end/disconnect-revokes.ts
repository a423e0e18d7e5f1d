import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';
import { withoutRevocation } from '../not-for.js';

/** A token that is only forgotten lives on, in backups and logs. */
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
    await stage.disconnect(browser);
    await stage.rest();
    const { revocations } = await stage.requests(before);
    const revoked = revocations.filter(({ status = 500 }) => status < 300);
    if (revoked.length > 0) return passed('The client revoked its token.', revoked);
    return revocations.length === 0
      ? failed('The client asked for no revocation.')
      : failed('The revocation was refused.', revocations);
  },
});
