import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package.js';

/** A page that an assistant can read. */
interface Resource {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly mimeType: string;
}

const page = (path: string, title: string): Resource => ({
  uri: `understudy://${path}`,
  name: path,
  title,
  mimeType: path.endsWith('.md') ? 'text/markdown' : 'application/schema+json',
});

const all = [
  page('docs/reference/faults.md', 'Faults: every kind with its parameters'),
  page('docs/reference/findings.md', 'Findings: every rule with what to change'),
  page('docs/reference/exam.md', 'Checks of the exam'),
  page('docs/reference/fixtures.md', 'Scenario files: policies, clients, users, faults, expectations'),
  page('docs/how-to/stage-a-failure.md', 'How to stage a failure'),
  page('schema/scenario.schema.json', 'JSON Schema of a scenario'),
];

const fileOf = ({ name }: Resource): string => join(packageFolder, name);

/** The pages that can be read. The image has no docs. */
export const resources = (): Resource[] => all.filter((each) => existsSync(fileOf(each)));

/** Reads a page. Undefined: there is none of that URI. */
export function readResource(uri: string): { uri: string; mimeType: string; text: string } | undefined {
  const found = resources().find((each) => each.uri === uri);
  return found && { uri, mimeType: found.mimeType, text: readFileSync(fileOf(found), 'utf8') };
}
