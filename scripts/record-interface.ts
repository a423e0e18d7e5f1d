// Runs in `npm version`: records the stable interface of the release, so that the tests of later versions can compare.
// A version that may not have breaking changes, and has some, is refused.
import { readFileSync } from 'node:fs';
import { sectionOf } from './changelog.js';
import { addToCommit } from './add-to-commit.js';
import {
  breakingChanges,
  interfaceNow,
  lastInterface,
  mayBreak,
  recordInterface,
} from './stable-interface/stable-interface.js';

const now = await interfaceNow();
const last = lastInterface();
const changes = breakingChanges(last, now);
// nobody relies on what was recorded before the first release
const wasReleased = sectionOf(readFileSync('CHANGELOG.md', 'utf8'), last.version) !== undefined;
if (wasReleased && changes.length > 0 && !mayBreak(last.version, now.version)) {
  console.error(
    `The release ${now.version} cannot be made: it has breaking changes since ${last.version}:\n${changes.join('\n')}`,
  );
  process.exit(1);
}
recordInterface(now);
console.log(`${now.version}: ${now.lines.length} lines of the stable interface are recorded.`);
addToCommit(['test/release']);
