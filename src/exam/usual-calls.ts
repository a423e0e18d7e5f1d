import type { Browser } from '../client/browser.js';
import type { Stage } from './stage.js';

/**
 * Makes the client use the API as usual, and counts how often it calls the API for that: a page can show the answers of
 * several calls. The count is the measure for what one use may cause when something is wrong.
 *
 * @returns at least 1
 */
export async function usualCalls(stage: Stage, browser: Browser): Promise<number> {
  const before = await stage.lastId();
  await stage.call(browser);
  const { calls } = await stage.requests(before);
  return Math.max(calls.length, 1);
}
