import { NotSeen } from './judgement.js';
import type { Browser } from '../client/browser.js';

/**
 * Only a client that tells browsers apart can have a connection for each.
 *
 * @throws NotSeen if it gave the browser no cookie
 */
export async function requireSessions(browser: Browser): Promise<void> {
  if (await browser.isKnown()) return;
  throw new NotSeen('the client gives browsers no cookie, so it has one connection for everybody');
}
