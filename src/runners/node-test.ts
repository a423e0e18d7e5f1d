import { after, before } from 'node:test';
import { assertionOf } from './assertion.js';
import { withWorldsOf } from './with-world.js';

export type { ProviderOfTest, WorldOptions } from './provider-of-test.js';
export type { RequestsOf } from './matchers.js';
export type { TestWorld, WithWorld, WorldTest } from './with-world.js';

/** Gives a test of `node:test` a world of its own: `test('…', withWorld(async ({ world }) => { … }))`. */
export const withWorld = withWorldsOf({ beforeAll: before, afterAll: after });

/** No finding about the clients of the world. `severity: 'warning'` tolerates notes. */
export const assertNoFindings = assertionOf('assertNoFindings', 'toHaveNoFindings');

/** No secret and no token was in a URL. */
export const assertSentNoSecretInUrl = assertionOf('assertSentNoSecretInUrl', 'toHaveSentNoSecretInUrl');

/** Exactly one request for a refresh, and it succeeded. */
export const assertRefreshedOnce = assertionOf('assertRefreshedOnce', 'toHaveRefreshedOnce');

/** Exactly one request to exchange a code, and it succeeded. */
export const assertExchangedOnce = assertionOf('assertExchangedOnce', 'toHaveExchangedOnce');
