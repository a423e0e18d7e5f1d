import { expect, test as plain } from 'vitest';
import { evidenceOf, withText } from './evidence.js';
import { matchers } from './matchers.js';
import { newWorldOf, providerOfTest, refuseWrongOptions } from './provider-of-test.js';
import { startOrConnect } from './start-or-connect.js';
import { dropAfterTest } from './with-world.js';
import type { UnderstudyMatchers } from './matchers.js';
import type { WorldOptions } from './provider-of-test.js';
import type { TestWorld } from './with-world.js';

export type { ProviderOfTest, WorldOptions } from './provider-of-test.js';
export type { RequestsOf } from './matchers.js';
export type { TestWorld } from './with-world.js';
export { expect };

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- so in Vitest
  interface Matchers<T> extends UnderstudyMatchers {}
}

expect.extend(matchers);

/** What a test can ask for. `worldOptions` is replaced by `test.override`. */
export interface Fixtures extends TestWorld {
  readonly worldOptions: WorldOptions;
}

/** Vitest's `test` with a world for each test, from one server for each worker. A failed test shows the findings. */
export const test = plain.extend<Fixtures>({
  worldOptions: {},
  understudy: [
    // Vitest reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await startOrConnect();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  world: async ({ understudy, worldOptions, task }, use) => {
    refuseWrongOptions('worldOptions', worldOptions);
    const world = await newWorldOf(understudy, worldOptions);
    await use(world);
    const [error] = task.result?.errors ?? [];
    if (error !== undefined) withText(error, await evidenceOf(world));
    await dropAfterTest(world);
  },
  provider: async ({ world, worldOptions }, use) => {
    await use(await providerOfTest(world, worldOptions));
  },
});
