import type { Realm } from '../core/realm.js';
import type { Scenario } from '../world/scenario/schema/scenario.js';
import type { World } from '../world/world.js';

/** A world without the providers that it uses. With one of them it takes 8 KiB (`npm run bench:growth`). */
const emptyWorld = 8 * 1024;
/** A provider in use, without its tokens. */
const eachRealm = 8 * 1024;
/** A token or code with its grant. Measured by the same. */
const eachToken = 512;
/** The provider of a document. */
const eachDefinition = 256 * 1024;

/** Lengths of scenarios as JSON. Many worlds play the same one. */
const scenarioLengths = new WeakMap<Scenario, number>();

/** Estimates the memory of a world that has ended, in bytes: its journal, its tokens and its scenario. */
export function weightOf(world: World): number {
  const { journal, scenario, own } = world;
  const realms = world.opened().reduce((sum, { realm }) => sum + eachRealm + tokensOf(realm) * eachToken, 0);
  const definitions = [scenario.definitions, own.definitions].map((each) => Object.keys(each ?? {}).length);
  const defined = definitions.reduce((sum, each) => sum + each, 0);
  return emptyWorld + journal.bytes + realms + 2 * lengthOf(scenario) + defined * eachDefinition;
}

function tokensOf({ accessTokens, refreshTokens, codes, sessions, pending }: Realm): number {
  return accessTokens.size + refreshTokens.size + codes.size + sessions.size + pending.size;
}

function lengthOf(scenario: Scenario): number {
  const length = scenarioLengths.get(scenario) ?? JSON.stringify(scenario).length;
  scenarioLengths.set(scenario, length);
  return length;
}
