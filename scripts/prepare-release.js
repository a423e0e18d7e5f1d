// Runs in `npm version`, after it has changed package.json and before it commits: the unreleased changes become the
// section of the version, the Python package gets it, and every page names it. What changed is added to the commit.
// With `--names`, only the pages change: after another repository was written into package.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { addToCommit } from './add-to-commit.js';
import { sectionOf, withRelease } from './changelog.js';
import { pyproject, pythonVersion, withVersion } from './python-version.js';
import { filesWithNames, withNames } from './release-names.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { version } = manifest;
const namesOnly = process.argv.includes('--names');
const changed = [];

function change(file, alter) {
  const text = readFileSync(file, 'utf8');
  const altered = alter(text);
  if (altered === text) return;
  writeFileSync(file, altered);
  changed.push(file);
}

function refuse(message) {
  console.error(`The release ${version} cannot be made: ${message}`);
  process.exit(1);
}

function prepare() {
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  const isNew = sectionOf(changelog, version) === undefined;
  if (isNew && !sectionOf(changelog, 'Unreleased')?.text) {
    refuse('CHANGELOG.md has no section for it, and nothing below "## [Unreleased]" that could become one.');
  }
  try {
    pythonVersion(version);
  } catch (error) {
    refuse(error.message);
  }
  if (isNew) change('CHANGELOG.md', (text) => withRelease(text, version, new Date().toISOString().slice(0, 10)));
  if (existsSync(pyproject)) change(pyproject, (text) => withVersion(text, pythonVersion(version)));
}

if (!namesOnly) prepare();
for (const file of filesWithNames()) change(file, (text) => withNames(text, manifest));

console.log([`Release ${version}:`, ...changed.map((file) => `  ${file}`)].join('\n'));
addToCommit(changed);
