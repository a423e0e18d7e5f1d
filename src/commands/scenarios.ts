import { options } from '../config.js';
import { readFolder } from '../server/scenarios.js';
import { findingIds } from '../findings/finding-ids.js';
import { ScenarioLibrary } from '../world/scenario/library.js';
import { defineCommand } from './command.js';

/** `understudy scenarios`: lists every scenario with its description. It reads the same options as `serve`. */
export const scenarios = defineCommand({
  name: 'scenarios',
  summary: 'List the scenarios that a world can play, built-in ones and your own',
  options,
  shown: ['fixtures'],
  async run({ fixtures }, { out }) {
    const library = new ScenarioLibrary(findingIds, fixtures);
    await readFolder(library, fixtures);
    for (const { name, description, source } of await library.list()) {
      out(`${name}${source === 'file' ? '  (your own)' : ''}`);
      out(`  ${description.trim().replaceAll('\n', '\n  ')}`);
    }
    return 0;
  },
});
