// Checks that everything names the same version: `node scripts/check-release.js [--tag v1.2.3] [--notes FILE]`. With a
// tag, also that the changelog has a dated section for it, and, in GitHub Actions, that the repository is the one that
// package.json names. `--notes` writes this section to a file: the notes of the release.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sectionOf } from './changelog.js';
import { pyproject, pythonVersion, versionIn } from './python-version.js';
import { filesWithNames, repositoryOf, withNames } from './release-names.js';

const { tag, notes } = parseArgs({ options: { tag: { type: 'string' }, notes: { type: 'string' } } }).values;
const read = (file) => readFileSync(file, 'utf8');
const manifest = JSON.parse(read('package.json'));
const { version } = manifest;
const mistakes = [];
const expect = (holds, mistake) => {
  if (!holds) mistakes.push(mistake);
};

const locked = JSON.parse(read('package-lock.json'));
for (const found of [locked.version, locked.packages[''].version]) {
  expect(found === version, `package-lock.json has the version ${found}; package.json has ${version}`);
}
if (existsSync(pyproject)) {
  const [found, wanted] = [versionIn(read(pyproject)), pythonVersion(version)];
  expect(found === wanted, `${pyproject} has the version ${found}; expected ${wanted}`);
}
for (const file of filesWithNames()) {
  const [is, wanted] = [read(file), withNames(read(file), manifest)].map((text) => text.split('\n'));
  is.forEach((line, i) => {
    expect(line === wanted[i], `${file}:${i + 1} names another release: ${line.trim()}; expected ${wanted[i].trim()}`);
  });
}

const section = sectionOf(read('CHANGELOG.md'), version);
if (tag !== undefined) {
  expect(tag === `v${version}`, `the tag is ${tag}; package.json has the version ${version}, whose tag is v${version}`);
  expect(section?.date, `CHANGELOG.md has no heading "## [${version}] - YYYY-MM-DD"`);
  expect(section === undefined || section.text !== '', `the section ${version} of CHANGELOG.md is empty`);
  // npm refuses a provenance that names another repository than the package
  const [repository, runsIn] = [repositoryOf(manifest), process.env.GITHUB_REPOSITORY];
  expect(
    runsIn === undefined || repository === runsIn,
    `package.json names the repository ${repository}; this is ${runsIn}: npm pkg set repository=github:${runsIn}`,
  );
}

if (mistakes.length > 0) {
  console.error(mistakes.join('\n'));
  process.exit(1);
}
if (notes !== undefined) {
  if (section === undefined) {
    console.error(`CHANGELOG.md has no section ${version}, so there are no notes to write`);
    process.exit(1);
  }
  writeFileSync(notes, `${section.text}\n`);
}
console.log(`${version}: everything names the same release`);
