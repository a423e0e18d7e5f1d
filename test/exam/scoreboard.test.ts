import { readFileSync } from 'node:fs';
import t from 'tap';
import { examClients, runnerOf } from '../../scripts/exam-clients.js';
import { examOfClient } from '../../scripts/exam-of-client.js';
import { scoreboardPage } from '../../scripts/scoreboard-page.js';
import { steady } from '../../scripts/steady-result.js';
import { checks } from '../../src/exam/checks/index.js';
import { ExamApplication } from '../../scripts/exam-application.js';
import type { RecordedVerdicts } from '../../scripts/scoreboard-page.js';

const { provider, libraries } = JSON.parse(readFileSync('exam/clients/verdicts.json', 'utf8')) as RecordedVerdicts;

/** Staged checks that are made here: quick ones, in which the libraries differ. All passive checks are made. */
const staged = [
  'wrong-state-refused',
  'state-bound-to-browser',
  'denied-page-says-so',
  'doubled-code-refused',
  'unknown-token-type-refused',
  'no-access-token-refused',
  'refresh-after-401',
  'token-not-to-other-host',
  'disconnect-revokes',
];
const made = checks.filter((check) => 'judge' in check || staged.includes(check.id));

for (const client of examClients.filter(({ language }) => language === 'JavaScript')) {
  t.test(`${client.name} has the verdicts that the scoreboard recorded`, { timeout: 60_000 }, async (t) => {
    const runner = runnerOf(client);
    if (typeof runner === 'string') throw new Error(runner);
    const result = await examOfClient(client, runner, provider, made);
    const recorded = libraries[client.name] ?? {};
    t.same(
      Object.fromEntries(result.checks.map(({ id, verdict }) => [id, verdict])),
      Object.fromEntries(made.map(({ id }) => [id, recorded[id]])),
      '`npm run scoreboard` records them anew',
    );
  });
}

t.test('a check with different verdicts in two exams is unsteady, and counts in the grade', async (t) => {
  const [client] = examClients;
  const only = checks.filter(({ id }) => id === 'pkce-sent');
  const runner = runnerOf(client!);
  if (typeof runner === 'string') throw new Error(runner);
  const result = await examOfClient(client!, runner, provider, only);
  t.equal(steady(result, result).grade, 'A');
  const other = { ...result, checks: result.checks.map((check) => ({ ...check, verdict: 'failed' as const })) };
  const both = steady(result, other);
  t.match(both.checks, [{ verdict: 'unsteady', explanation: /^passed: .+ Then failed: / }]);
  t.match(both, { grade: 'F', score: 0, counts: { unsteady: 1, passed: 0 } });
  const page = scoreboardPage([
    { client: client!, version: '1.2.3', result: both },
    { client: examClients[1]!, skipped: 'it is not installed' },
  ]);
  t.match(page, `| ${client!.name} | JavaScript | 1.2.3 | F | 0 | 1 | 0 | 0 |`);
  t.match(page, '## In every example');
  const good = scoreboardPage([
    { client: client!, version: '1.2.3', result: both },
    { client: examClients[1]!, version: '1.2.3', result },
  ]);
  t.match(good, '| [pkce-sent](../reference/exam.md#pkce-sent) | unsteady | passed: ');
  t.match(good, 'Nothing else was found.');
  t.notMatch(good, '## In every example');
  t.match(page, 'Not examined: it is not installed.');
});

t.test('an application that ends before it listens is reported with what it wrote', async (t) => {
  const command = (): readonly [string, ...string[]] => [process.execPath, '-e', 'throw new Error("no configuration")'];
  const application = await ExamApplication.on({ version: '', command, env: {} }, () => ({}));
  await t.rejects(application.start(), { message: /ended: [\s\S]*no configuration/ });
  await application.stop();
});
