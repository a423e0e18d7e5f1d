import { Document } from 'yaml';
import { defaultScenario } from '../src/world/scenario/default-scenario.js';

const comment =
  ' Written by `npm run docs` from src/world/scenario/default-scenario.ts; a test asserts that it is up to date.';

/** The scenario `default` as a file: an example to read and copy. The server uses the value in code. */
export function defaultScenarioFile(): string {
  const document = new Document(defaultScenario, { aliasDuplicateObjects: false });
  document.commentBefore = comment;
  return document.toString({ lineWidth: 0 });
}
