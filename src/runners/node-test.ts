import { AssertionError } from 'node:assert';
import { after, before } from 'node:test';
import { matchers } from './matchers.js';
import { withWorldsOf } from './with-world.js';
import type { MatcherResult } from './matchers.js';
import type { World } from '../library.js';

export type { ProviderOfTest, WorldOptions } from './provider-of-test.js';
export type { RequestsOf } from './matchers.js';
export type { TestWorld, WithWorld, WorldTest } from './with-world.js';

/** Gives a test of `node:test` a world of its own: `test('…', withWorld(async ({ world }) => { … }))`. */
export const withWorld = withWorldsOf({ beforeAll: before, afterAll: after });

/** Makes an assertion of a matcher. */
function assertionOf<More extends readonly unknown[]>(
  matcher: (world: World, ...more: More) => Promise<MatcherResult>,
): (world: World, ...more: More) => Promise<void> {
  return async (world, ...more) => {
    const { pass, message } = await matcher(world, ...more);
    if (!pass) throw new AssertionError({ message: message() });
  };
}

/** No finding about the clients of the world. `severity: 'warning'` tolerates notes. */
export const assertNoFindings = assertionOf(matchers.toHaveNoFindings);

/** No secret and no token was in a URL. */
export const assertSentNoSecretInUrl = assertionOf(matchers.toHaveSentNoSecretInUrl);

/** Exactly one request for a refresh, and it succeeded. */
export const assertRefreshedOnce = assertionOf(matchers.toHaveRefreshedOnce);

/** Exactly one request to exchange a code, and it succeeded. */
export const assertExchangedOnce = assertionOf(matchers.toHaveExchangedOnce);
