import { ArgumentError, UnderstudyError } from '../library.js';
import { evidenceOf, withFramesOf, withText } from './evidence.js';
import { described } from './misuse.js';
import { newWorldOf, providerOfTest, refuseWrongOptions } from './provider-of-test.js';
import { startOrConnect } from './start-or-connect.js';
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

/** The hooks of a runner: what it calls before the first test, and after the last one. */
export interface Hooks {
  readonly beforeAll: (begin: () => Promise<void>) => void;
  readonly afterAll: (close: () => Promise<void>) => void;
}

/**
 * Makes `withWorld` for a runner without fixtures. The server starts before the first test, if a test has a world: the
 * time of the start belongs to no test, whose time can be limited.
 */
export function withWorldsOf({ beforeAll, afterAll }: Hooks): WithWorld {
  let isUsed = false;
  let server: Promise<Understudy> | undefined;
  const serverOnce = (): Promise<Understudy> => (server ??= startOrConnect());
  beforeAll(async () => {
    if (!isUsed) return;
    // the first world takes longer than others, because the server loads what makes it
    await dropAfterTest(await (await serverOnce()).newWorld());
  });
  afterAll(async () => {
    await (await server)?.close();
  });
  return (...args: readonly unknown[]) => {
    isUsed = true;
    // has the line of the test, which an error before its first line does not have
    const place = new Error();
    return async (...more: readonly unknown[]) => {
      const [given, test] = await prepare(args, serverOnce).catch((error: unknown) => {
        throw withFramesOf(place, error);
      });
      await passOrTell(given.world, async () => {
        await test(given, ...more);
      });
    };
  };
}

/** Makes what a test is given. Returns the test as well. */
async function prepare(
  args: readonly unknown[],
  server: () => Promise<Understudy>,
): Promise<[TestWorld, WorldTest<readonly unknown[]>]> {
  const test = args.at(-1);
  if (typeof test !== 'function' || args.length > 2) {
    const got = args.map(described).join(', ') || 'nothing';
    throw new ArgumentError(`withWorld: expected a function, or options and a function, got ${got}`);
  }
  const options = args.length === 2 ? (args[0] as WorldOptions) : {};
  refuseWrongOptions('withWorld', options);
  const understudy = await server();
  const world = await newWorldOf(understudy, options);
  try {
    return [
      { understudy, world, provider: await providerOfTest(world, options) },
      test as WorldTest<readonly unknown[]>,
    ];
  } catch (error) {
    await dropAfterTest(world);
    throw error;
  }
}

/** Runs a test, and drops its world. The error of a test that fails has the findings in its message. */
async function passOrTell(world: World, test: () => Promise<void>): Promise<void> {
  try {
    await test();
  } catch (error) {
    // Jest takes an error with a list `errors` for several, and prints each again. The message has them all
    if (error instanceof UnderstudyError) Reflect.deleteProperty(error, 'errors');
    const told = withText(error, await evidenceOf(world));
    // the error of the test is what matters
    await dropAfterTest(world).catch(() => undefined);
    throw told;
  }
  await dropAfterTest(world);
}

/**
 * Drops the world of a test. The test may have done so itself.
 *
 * @throws Error if the server does not answer, or refuses it
 */
export async function dropAfterTest(world: World): Promise<void> {
  await world.drop().catch(passIfGone);
}

/** Lets the error pass that a world is gone, and throws any other. */
export function passIfGone(error: unknown): void {
  if (!(error instanceof UnderstudyError) || error.status !== 404) throw error;
}
