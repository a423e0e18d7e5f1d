import { evidenceOf, withText } from './evidence.js';
import { newWorldOf, providerOfTest } from './provider-of-test.js';
import { serverOfRun } from './server-of-run.js';
import type { Understudy, World } from '../library.js';
import type { ProviderOfTest, WorldOptions } from './provider-of-test.js';

/** What a test gets as its first argument. */
export interface TestWorld {
  readonly understudy: Understudy;
  /** A world of this test alone. It is dropped after the test. */
  readonly world: World;
  readonly provider: ProviderOfTest;
}

/** A test that is given a world, and then what its runner gives it. */
export type WorldTest<Given extends readonly unknown[]> = (given: TestWorld, ...more: Given) => Promise<void> | void;

/** Gives a test a world of its own. Findings are in the message of the error if the test fails. */
export interface WithWorld {
  <Given extends readonly unknown[]>(test: WorldTest<Given>): (...more: Given) => Promise<void>;
  <Given extends readonly unknown[]>(options: WorldOptions, test: WorldTest<Given>): (...more: Given) => Promise<void>;
}

/**
 * Makes `withWorld` for a runner without fixtures. The server starts at the first test.
 *
 * @param afterAll registers what the runner calls after the last test
 */
export function withWorldsOf(afterAll: (close: () => Promise<void>) => void): WithWorld {
  let server: Promise<Understudy> | undefined;
  afterAll(async () => {
    await (await server)?.close();
  });
  return <Given extends readonly unknown[]>(
    ...[first, second]: [WorldTest<Given>] | [WorldOptions, WorldTest<Given>]
  ) => {
    const [options, test] = typeof first === 'function' ? [{}, first] : [first, second as WorldTest<Given>];
    return async (...more: Given) => {
      const understudy = await (server ??= serverOfRun());
      const world = await newWorldOf(understudy, options);
      try {
        await test({ understudy, world, provider: await providerOfTest(world, options) }, ...more);
      } catch (error) {
        throw withText(error, await evidenceOf(world));
      } finally {
        await dropAfterTest(world);
      }
    };
  };
}

/** Drops the world of a test. The test may have done so itself. */
export async function dropAfterTest(world: World): Promise<void> {
  await world.drop().catch(() => undefined);
}
