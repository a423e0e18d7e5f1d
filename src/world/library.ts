import type { Scenario } from './schema/scenario.js';

export class ScenarioLibrary {
  get(_name: string): Scenario | undefined {
    return undefined;
  }
}
