import type { NewWorld, ProviderName, ProviderUrls, World } from '../library.js';

/** What the world of a test is made of, and the provider that the test is about. */
export interface WorldOptions extends NewWorld {
  /** Default: `mailup`. */
  readonly provider?: ProviderName | (string & {});
}

/** The URLs of a provider in the world of a test: the settings of the client under test. */
export interface ProviderOfTest extends ProviderUrls {
  readonly name: string;
}

/**
 * Finds the provider of a test in its world.
 *
 * @throws Error if the server has no such provider
 */
export async function providerOfTest(
  world: World,
  { provider: name = 'mailup' }: WorldOptions,
): Promise<ProviderOfTest> {
  const providers = new Map(Object.entries<ProviderUrls>((await world.info()).providers));
  const urls = providers.get(name);
  if (urls === undefined) {
    throw new Error(`there is no provider ${JSON.stringify(name)}; expected ${[...providers.keys()].join(', ')}`);
  }
  return { name, ...urls };
}

/** Makes the world of a test. */
export const newWorldOf = (
  understudy: { readonly newWorld: (options: NewWorld) => Promise<World> },
  { provider: _, ...options }: WorldOptions,
): Promise<World> => understudy.newWorld(options);
