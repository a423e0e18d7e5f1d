import { NotSeen } from '../judgement.js';
import type { OtherHost } from '../other-host.js';
import type { ExaminedProvider } from '../examined-provider.js';

/**
 * The other host of the exam listens on the loopback interface. A client in a container or on another machine cannot
 * reach it, also if it follows the redirect.
 *
 * @throws NotSeen if nothing reached the host, and the client may be such a one
 */
export function refuseUnreached({ requests }: OtherHost, { isOnLoopback }: ExaminedProvider): void {
  if (requests.length > 0 || isOnLoopback) return;
  throw new NotSeen('the client may be unable to reach the other host of the exam');
}
