import { start } from '../../src/client/index.js';
import { ExaminedProvider } from '../../src/exam/examined-provider.js';
import type { Check } from '../../src/exam/check.js';
import type { Verdict } from '../../src/exam/verdict.js';

/** Flaws that end the first flow, or spoil other checks too, at the first provider where their check has a meaning. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['redirect-uri-sent', 'tinyemail'],
  ['refresh-scope-unchanged', 'tinyemail'],
  ['form-content-type', 'tinyemail'],
  ['code-used-once', 'tinyemail'],
  ['refused-calls-share-refresh', 'dottedsign'],
]);

/** Checks that warn of their flaw. All others fail it. */
const warned: ReadonlySet<string> = new Set([
  'state-sent',
  'pkce-sent',
  'redirect-uri-sent',
  'redirect-uri-as-registered',
  'doubled-state-refused',
  'denied-page-says-so',
  'error-without-description',
  'unknown-error-answered',
  'foreign-error-answered',
  'neither-code-nor-error',
  'code-and-error-refused',
  'doubled-code-refused',
  'wrong-issuer-refused',
  'two-tabs',
  'secret-encoded',
  'form-content-type',
  'token-request-by-post',
  'expires-in-as-text',
  'expires-in-zero',
  'narrower-scope',
  'code-used-soon',
  'hanging-answer-blocks-nobody',
  'refresh-before-expiry',
  'refresh-not-hammered',
  'restart-keeps-connection',
  'token-not-shown',
]);

/** The verdict of a check about an application with its flaw. */
export const verdictOfFlaw = ({ id }: Check): Verdict => (warned.has(id) ? 'warned' : 'failed');

/** The names of the providers. */
export const examinedProviders = ['mailup', 'tinyemail', 'dottedsign', 'standard'];

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
