import { afterAll, beforeAll, expect } from '@jest/globals';
import { matchers } from './matchers.js';
import { withWorldsOf } from './with-world.js';
import type { UnderstudyMatchers } from './matchers.js';

export type { RequestsOf, UnderstudyMatchers } from './matchers.js';
export type { ProviderOfTest, WorldOptions } from './provider-of-test.js';
export type { TestWorld, WithWorld, WorldTest } from './with-world.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- so in @types/jest
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- as above
    interface Matchers<R, T> extends UnderstudyMatchers {}
  }
}

expect.extend(matchers);

/** Gives a test of Jest a world of its own: `test('…', withWorld(async ({ world }) => { … }))`. */
export const withWorld = withWorldsOf({ beforeAll, afterAll });
