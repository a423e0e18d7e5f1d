import { NotSeen } from './judgement.js';
import type { Browser, Visit } from '../client/browser.js';
import type { Stage } from './stage.js';

/**
 * Begins a flow in which the person denies the access.
 *
 * @throws NotSeen if the denial does not reach the client
 */
export async function deniedFlow(stage: Stage, browser: Browser): Promise<Visit> {
  const { visit } = await stage.connect(browser, { decision: 'deny' });
  if (visit?.callback === undefined) throw new NotSeen('the denial did not lead back to the client');
  return visit;
}
