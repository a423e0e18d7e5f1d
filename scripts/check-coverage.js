// Fails if the last run of tap covered less of src/ than it must, and lists the files with a gap. A few branches are
// reached only if a connection ends at a certain moment, and some of the exam only by unusual clients.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const least = { statements: 99.8, branches: 99, functions: 99.5, lines: 99.8 };
const kinds = Object.keys(least);
const { total, ...files } = JSON.parse(readFileSync('.tap/report/coverage-summary.json', 'utf8'));

for (const [file, covered] of Object.entries(files)) {
  const gaps = kinds.filter((kind) => covered[kind].pct < 100).map((kind) => `${kind} ${covered[kind].pct} %`);
  if (gaps.length > 0) console.error(`${relative('.', file)}: ${gaps.join(', ')}`);
}
for (const kind of kinds.filter((each) => total[each].pct < least[each])) {
  console.error(
    `Coverage of ${kind} is ${total[kind].pct} %, expected at least ${least[kind]} %. npm run coverage shows ` +
      `the lines.`,
  );
  process.exitCode = 1;
}
