import { NotSeen, failed, passed } from '../../judgement.js';
import type { Judgement } from '../../judgement.js';
import type { Browser } from '../../../client/browser.js';
import type { Call } from '../../client-under-exam.js';
import type { SeenRequest } from '../../seen-request.js';
import type { Stage } from '../../stage.js';

/** What two calls with a fresh token caused. */
interface TwoCalls {
  readonly outcomes: readonly Call[];
  readonly calls: readonly SeenRequest[];
  readonly refreshes: readonly SeenRequest[];
}

/**
 * Connects to a provider whose clock differs by some hours, and judges whether calls still work without
 * needless refreshes.
 *
 * @throws NotSeen if the client refreshes fresh tokens anyway
 */
export async function judgeClock(stage: Stage, hours: number): Promise<Judgement> {
  const usual = await callTwice(stage, await stage.connected());
  if (usual.refreshes.length > 0) throw new NotSeen('the client refreshes fresh tokens also if both clocks are right');
  const { now } = await stage.world.clock.get();
  const moved = new Date(Date.parse(now) + hours * 3_600_000);
  await stage.world.clock.set({ now: moved.toISOString(), dateHeader: 'virtual' });
  const browser = await stage.newBrowser();
  const before = await stage.lastId();
  const { failure } = await stage.connect(browser);
  // the first flow has shown that connecting works otherwise
  if (failure !== undefined) {
    return failed(`The client did not connect: ${failure}.`, (await stage.requests(before)).exchanges);
  }
  const { exchanges } = await stage.requests(before);
  if (!exchanges.some(({ status }) => status === 200)) throw new NotSeen('the client did not connect anew');
  const { outcomes, calls, refreshes } = await callTwice(stage, browser);
  const refused = outcomes.find(({ ok }) => !ok);
  if (refused !== undefined) return failed(`A call did not succeed: ${refused.outcome}.`, [...calls, ...refreshes]);
  return refreshes.length === 0
    ? passed('Both calls succeeded, without a refresh.', calls)
    : failed(`Two calls caused ${refreshes.length} refreshes of a token with time left.`, refreshes);
}

async function callTwice(stage: Stage, browser: Browser): Promise<TwoCalls> {
  const before = await stage.lastId();
  const outcomes = [await stage.call(browser), await stage.call(browser)];
  const { calls, refreshes } = await stage.requests(before);
  return { outcomes, calls, refreshes };
}
