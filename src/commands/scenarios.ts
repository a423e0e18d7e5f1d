import { readConfig } from '../config.js';
import { readFolder } from '../server.js';
import { findingIds } from '../findings/finding-ids.js';
import { ScenarioLibrary } from '../world/scenario/library.js';
import type { Surroundings } from './surroundings.js';

/** `understudy scenarios`: what can be played, with the client bug that each one catches. It reads the same options as `serve`. */
export async function run(args: readonly string[], { env, out }: Surroundings): Promise<number> {
  const { fixtures } = readConfig(args, env);
  const library = new ScenarioLibrary(findingIds, fixtures);
  await readFolder(library, fixtures);
  for (const { name, description, source } of await library.list()) {
    out(`${name}${source === 'file' ? '  (your own)' : ''}`);
    out(`  ${description.trim().replaceAll('\n', '\n  ')}`);
  }
  return 0;
}
