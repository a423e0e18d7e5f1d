import { AssertionError } from 'node:assert';
import { matchers } from './matchers.js';
import type { MatcherResult } from './matchers.js';
import type { World } from '../library.js';

type Matchers = typeof matchers;
/** What a matcher takes beside the world. */
type MoreOf<K extends keyof Matchers> = Matchers[K] extends (world: World, ...more: infer More) => unknown
  ? More
  : never;

/**
 * Makes an assertion of a matcher, for a runner without matchers.
 *
 * @param name what tests call, for the message of a mistake in the call: `assertNoFindings`
 */
export function assertionOf<K extends keyof Matchers>(
  name: string,
  matcher: K,
): (world: World, ...more: MoreOf<K>) => Promise<void> {
  const judge = matchers[matcher] as unknown as (world: World, ...more: MoreOf<K>) => Promise<MatcherResult>;
  return async (world, ...more) => {
    const { pass, message } = await judge(world, ...more).catch((error: unknown) => {
      const mistake = `${matcher}: `;
      if (!(error instanceof TypeError) || !error.message.startsWith(mistake)) throw error;
      throw new TypeError(`${name}: ${error.message.slice(mistake.length)}`);
    });
    if (!pass) throw new AssertionError({ message: message() });
  };
}
