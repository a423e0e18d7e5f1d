import { defineCheck } from '../../check.js';
import { revokeFault, unavailable } from '../../endpoint-faults.js';
import { NotSeen } from '../../judgement.js';
import { withoutRevocation } from '../not-for.js';
import { judgeForgotten } from './forgotten.js';

/** The provider may be down just when the person leaves. */
export const disconnectWithoutAnswer = defineCheck({
  id: 'disconnect-without-answer',
  group: 'end',
  title: 'Disconnecting works also if the revocation fails',
  clause: 'RFC 7009 §2.2.1',
  severity: 'warning',
  stages: 'Ada disconnects while the revocation endpoint answers 503.',
  looksAt: 'Whether the client still sends a token afterwards.',
  advice: 'Forget the tokens whatever the revocation endpoint answers.',
  needs: ['disconnect'],
  notFor: withoutRevocation,
  async examine(stage) {
    const browser = await stage.connected();
    const before = await stage.lastId();
    await stage.fault(revokeFault(unavailable));
    // an answer of 500 is what a client gives that cannot disconnect now
    const { outcome } = await stage.tryToDisconnect(browser);
    await stage.rest();
    if ((await stage.requests(before)).revocations.length === 0) {
      throw new NotSeen(`the client asked for no revocation: ${outcome}`);
    }
    return judgeForgotten(stage, browser);
  },
});
