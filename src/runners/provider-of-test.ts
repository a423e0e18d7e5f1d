import { suggest } from '../input/did-you-mean.js';
import { described, refuseUnknownMembers } from './misuse.js';
import type { At, NewWorld, ProviderUrls, World } from '../library.js';
import type { Members } from './misuse.js';

/** What the world of a test is made of, and the provider that the test is about. */
export interface WorldOptions extends NewWorld {
  /** Default: `mailup`. */
  readonly provider?: At['provider'] | undefined;
}

const members: Members<WorldOptions> = { id: true, scenario: true, seed: true, clock: true, provider: true };

/** The URLs of a provider in the world of a test: the settings of the client under test. */
export interface ProviderOfTest extends ProviderUrls {
  readonly name: string;
}

/**
 * Finds the provider of a test in its world.
 *
 * @throws Error if the server has no such provider; TypeError if it is no name
 */
export async function providerOfTest(
  world: World,
  { provider: name = 'mailup' }: Pick<WorldOptions, 'provider'>,
): Promise<ProviderOfTest> {
  if (typeof (name as unknown) !== 'string') {
    throw new TypeError(`provider is ${described(name)}; expected the name of a provider, such as mailup`);
  }
  const providers = new Map(Object.entries<ProviderUrls>((await world.info()).providers));
  const urls = providers.get(name);
  if (urls === undefined) {
    throw new Error(`there is no provider ${JSON.stringify(name)}${suggest(name, [...providers.keys()])}`);
  }
  return { name, ...urls };
}

/**
 * Refuses options that have another member.
 *
 * @param call where they were given: `withWorld`
 * @throws ArgumentError
 */
export function refuseWrongOptions(call: string, options: WorldOptions): void {
  refuseUnknownMembers(call, options, members);
}

/** Makes the world of a test. */
export const newWorldOf = (
  understudy: { readonly newWorld: (options: NewWorld) => Promise<World> },
  { provider: _, ...options }: WorldOptions,
): Promise<World> => understudy.newWorld(options);
