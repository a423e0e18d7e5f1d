// Runs in `npm version`: keeps what the release promises, so that the tests of later versions can compare. A version that may not break
// what an earlier one promised is refused.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sectionOf } from './changelog.js';
import { broken, brokenFile, keep, mayBreak, promisedLast, promisedNow } from './promises/promises.js';

const now = await promisedNow();
const last = promisedLast();
const lines = broken(last, now);
// what was kept before the first release is promised to nobody
const wasReleased = sectionOf(readFileSync('CHANGELOG.md', 'utf8'), last.version) !== undefined;
if (wasReleased && lines.length > 0 && !mayBreak(last.version, now.version)) {
  console.error(
    `The release ${now.version} cannot be made: it breaks what ${last.version} promised:\n${lines.join('\n')}`,
  );
  process.exit(1);
}
keep(now);
writeFileSync(brokenFile, '');
console.log(`${now.version} promises ${now.lines.length} facts.`);
if (existsSync('.git')) spawnSync('git', ['add', '--', 'test/release'], { stdio: 'inherit' });
