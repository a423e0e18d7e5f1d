import { start } from '../../src/client/index.js';
import { ExaminedProvider } from '../../src/exam/examined-provider.js';
import type { Check } from '../../src/exam/check.js';

/** Flaws that end the first flow, or spoil other checks too, at the first provider where their check has a meaning. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['redirect-uri-sent', 'tinyemail'],
  ['refresh-scope-unchanged', 'tinyemail'],
  ['form-content-type', 'tinyemail'],
  ['code-used-once', 'tinyemail'],
  ['refused-calls-share-refresh', 'dottedsign'],
]);

/** The names of the providers. */
export const examinedProviders = ['mailup', 'tinyemail', 'dottedsign'];

/**
 * Finds the provider at which an application with the flaw of a check is examined.
 *
 * @throws Error if the check has a meaning at no provider
 */
export async function flawedAt(): Promise<(check: Check) => string> {
  await using server = await start();
  const world = server.world();
  const all = await Promise.all(
    examinedProviders.map(async (name) => new ExaminedProvider(await world.providers.describe(name))),
  );
  return ({ id, notFor }) => {
    const found = elsewhere.get(id) ?? all.find((provider) => notFor?.(provider) === undefined)?.name;
    if (found === undefined) throw new Error(`the check ${id} applies to no provider`);
    return found;
  };
}
