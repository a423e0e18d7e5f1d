import { connect, start } from '../library.js';
import type { Understudy } from '../library.js';

/**
 * The server of a run: that of UNDERSTUDY_URL, or else one that starts in this process. `close()` leaves the first one
 * running.
 *
 * @throws Error if a server cannot start
 */
export async function startOrConnect(): Promise<Understudy> {
  const { UNDERSTUDY_URL: given = '' } = process.env;
  return given === '' ? await start() : connect();
}
