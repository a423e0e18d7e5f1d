import { stringify } from 'yaml';
import type { Scenario } from './schema/scenario.js';

/** Writes a scenario as the text of a scenario file. */
export function writeYaml(scenario: Scenario): string {
  // merged scenarios share objects, which would become aliases; a folded text is hard to edit
  return stringify(scenario, { aliasDuplicateObjects: false, lineWidth: 0 });
}
