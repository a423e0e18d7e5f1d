import type { Realm } from '../core/realm.js';
import type { Scenario } from '../world/scenario/schema/scenario.js';
import type { World } from '../world/world.js';

/** A world with one provider in use, without journal and tokens. Measured: `npm run bench:growth`. */
const emptyWorld = 12 * 1024;
/** A token or code with its grant. Measured by the same. */
const eachToken = 512;
/** The provider of a document. */
const eachDefinition = 256 * 1024;

/** Lengths of scenarios as JSON. Many worlds play the same one. */
const scenarioLengths = new WeakMap<Scenario, number>();

/** Estimates the memory of a world that has ended, in bytes: its journal, its tokens and its scenario. */
export function weightOf(world: World): number {
  const { journal, scenario, own } = world;
  const tokens = world.opened().reduce((sum, { realm }) => sum + tokensOf(realm), 0);
  const definitions = [scenario.definitions, own.definitions].map((each) => Object.keys(each ?? {}).length);
  const defined = definitions.reduce((sum, each) => sum + each, 0);
  return emptyWorld + journal.bytes + tokens * eachToken + 2 * lengthOf(scenario) + defined * eachDefinition;
}

function tokensOf({ accessTokens, refreshTokens, codes, sessions, pending }: Realm): number {
  return accessTokens.size + refreshTokens.size + codes.size + sessions.size + pending.size;
}

function lengthOf(scenario: Scenario): number {
  const length = scenarioLengths.get(scenario) ?? JSON.stringify(scenario).length;
  scenarioLengths.set(scenario, length);
  return length;
}
