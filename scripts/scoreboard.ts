// Examines the applications of exam/clients/, each twice: `npm run scoreboard`. Writes docs/explanation/scoreboard.md
// and exam/clients/verdicts.json. With the name of another provider it writes nothing but a table to the terminal: `npm
// run scoreboard -- tinyemail`. Libraries after the provider select some: `npm run scoreboard -- dottedsign arctic
// grant`.
import { writeFileSync } from 'node:fs';
import { CannotExamine } from '../src/exam/cannot-examine.js';
import { checks } from '../src/exam/checks/index.js';
import { examClients, clientFolder, runnerOf } from './exam-clients.js';
import { examOfClient } from './exam-of-client.js';
import { boardTable, scoreboardPage, standardProvider, verdictsFile } from './scoreboard-page.js';
import { steady } from './steady-result.js';
import type { ExamClient } from './exam-clients.js';
import type { Entry } from './scoreboard-page.js';

/** An exam waits more than it computes. */
const examsAtOnce = 2;

const [provider = standardProvider, ...names] = process.argv.slice(2);

// the applications end with this process, which an unhandled signal would prevent
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const selected = examClients.filter(({ name }) => names.length === 0 || names.includes(name));
const found = new Map<ExamClient, Entry>();
const waiting = [...selected];
await Promise.all(Array.from({ length: examsAtOnce }, work));
const entries = selected.map((client) => found.get(client) as Entry);
console.log(boardTable(entries));

if (provider === standardProvider && names.length === 0) {
  const page = 'docs/explanation/scoreboard.md';
  const verdicts = `${clientFolder}/verdicts.json`;
  writeFileSync(page, scoreboardPage(entries));
  writeFileSync(verdicts, verdictsFile(entries));
  console.log(`${page}\n${verdicts}`);
}

async function work(): Promise<void> {
  for (let client = waiting.shift(); client !== undefined; client = waiting.shift()) {
    const entry = await entryOf(client);
    console.log(
      `${client.name}: ${entry.skipped ?? `grade ${String(entry.result?.grade)}, ${entry.result?.durationMs} ms`}`,
    );
    found.set(client, entry);
  }
}

async function entryOf(client: ExamClient): Promise<Entry> {
  const runner = runnerOf(client);
  if (typeof runner === 'string') return { client, skipped: runner };
  const { version } = runner;
  try {
    const first = await examOfClient(client, runner, provider, checks);
    const second = await examOfClient(client, runner, provider, checks);
    return { client, version, result: steady(first, second) };
  } catch (error) {
    if (error instanceof CannotExamine) return { client, version, skipped: error.message };
    throw error;
  }
}
