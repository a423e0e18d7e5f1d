import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import t from 'tap';
import { launchServer, runProgram } from '../programs.js';
import { repository } from '../tree-copy.js';
import { Job, readAction } from './composite-action.js';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';

if (!existsSync(`${repository}dist/main.js`)) await runProgram('npm', ['run', 'build', '--silent'], repository);

const main = 'action.yml';
const report = 'action/report/action.yml';
/** The command of this repository in place of the published package. */
const command = `'${process.execPath}' '${repository}dist/main.js'`;

/** A job in a folder of the test. If the test fails before its report, the server is stopped at the end. */
function jobOf(t: Test): Job {
  const folder = t.testdir();
  t.teardown(() => {
    const file = join(folder, 'temp/understudy/server.json');
    if (!existsSync(file)) return;
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid?: number };
    if (pid !== undefined && existsSync(`/proc/${pid}`)) process.kill(-pid);
  });
  return new Job(folder);
}

const answersAt = (url: string): Promise<boolean> =>
  fetch(`${url}/__admin/health`).then(
    ({ ok }) => ok,
    () => false,
  );

const sarifOf = (file: string | undefined): { version: string; runs: { results: { ruleId: string }[] }[] } =>
  JSON.parse(readFileSync(file!, 'utf8')) as ReturnType<typeof sarifOf>;

const rulesIn = (file: string | undefined): string[] => sarifOf(file).runs[0]!.results.map(({ ruleId }) => ruleId);

/** The path of an authorization request whose state can be guessed: a finding of severity warning. */
const shortState =
  '/tinyemail/api/authorization-server/oauth/authorize?response_type=code&client_id=understudy-client' +
  `&redirect_uri=${encodeURIComponent('http://localhost:3000/callback')}&state=abcde`;

t.test('the server runs after the step; later steps have its URL and token; the report stops it', async (t) => {
  const job = jobOf(t);
  const start = await job.use(main, { command, port: '0', scenario: 'happy-path' });
  t.equal(start.code, 0, start.log);
  const { url = '', token = '' } = start.outputs;
  t.same(start.outputs, { url, 'admin-url': `${url}/__admin`, token });
  t.same(job.variables, { UNDERSTUDY_URL: url, UNDERSTUDY_ADMIN_TOKEN: token });
  t.match(start.log, `::add-mask::${token}\n`);
  t.match(token, /^[\w-]{32}$/);

  const world = await fetch(`${url}/__admin/worlds/default`, { headers: { authorization: `Bearer ${token}` } });
  t.match(await world.json(), { scenario: 'happy-path' });
  t.equal((await fetch(`${url}/__admin/worlds/default`)).status, 401, 'the admin API requires the token');
  const again = await job.use(main, { command, port: '0' });
  t.match(again, { code: 1, log: `::error title=Understudy::this job has started a server already: ${url}` });

  await fetch(url + shortState, { redirect: 'manual' });
  const kept = await job.use(report, { stop: 'false', 'fail-on': 'warning' });
  t.equal(kept.code, 1, kept.log);
  t.match(job.summary, /1 warning[^]*state-too-short/);
  t.same(rulesIn(kept.outputs.sarif), ['state-too-short']);
  t.match(readFileSync(kept.outputs.markdown!, 'utf8'), 'state-too-short');
  t.ok(await answersAt(url), 'stop: false leaves the server');

  const last = await job.use(report, { options: "--suppress 'state-too-short: ticket 7'" });
  t.equal(last.code, 0, last.log);
  t.match(job.summary, 'ticket 7');
  t.notOk(await answersAt(url), 'the server is stopped');
  t.match(await job.use(report, {}), { code: 1, log: 'no earlier step of this job started a server' });
});

t.test('a report on a server that got no request fails', async (t) => {
  const job = jobOf(t);
  t.match(await job.use(main, { command, port: '0', 'admin-token': 'of-the-author' }), {
    code: 0,
    outputs: { token: 'of-the-author' },
  });
  t.match(await job.use(report, {}), { code: 2, log: /got a request, so there is nothing to judge/ });
  t.notOk(await answersAt(job.variables.UNDERSTUDY_URL!), 'the server is stopped all the same');
});

t.test('a server that is not that of the job is not stopped', async (t) => {
  const job = jobOf(t);
  await job.use(main, { command, port: '0' });
  const { UNDERSTUDY_URL: url = '' } = job.variables;
  const { pid } = JSON.parse(readFileSync(join(t.testdirName, 'temp/understudy/server.json'), 'utf8')) as {
    pid: number;
  };
  process.kill(-pid);
  while (await answersAt(url));
  // another program at the same port, which does not know the token
  const other = createServer((_, answer) => answer.writeHead(401).end()).listen(Number(new URL(url).port), '127.0.0.1');
  t.teardown(() => other.close());
  await once(other, 'listening');
  t.match(await job.use(report, {}), {
    code: 1,
    log: 'no longer answers, so there is no report, and nothing is stopped',
  });
  t.equal((await fetch(url)).status, 401);
});

t.test('run: the command reaches the server, and its findings fail the step', async (t) => {
  const job = jobOf(t);
  const run = `[ "$UNDERSTUDY_URL" != '' ]\ncurl -s -o answer.txt "$UNDERSTUDY_URL${shortState}"\necho "it's done"`;
  const { code, log, outputs } = await job.use(main, { command, run, 'fail-on': 'warning' });
  t.equal(code, 3, log);
  t.match(log, "it's done");
  t.match(job.summary, 'state-too-short');
  t.same(rulesIn(outputs.sarif), ['state-too-short']);
  t.same(Object.keys(outputs), ['sarif', 'markdown']);
  t.ok(existsSync(join(t.testdirName, 'answer.txt')), 'it ran in the workspace');
  t.same(job.variables, {}, 'no server is left');
});

t.test('run: the first line that fails ends the command with its exit code, as in a step', async (t) => {
  const { code, log } = await jobOf(t).use(main, { command, run: 'sh -c "exit 7" | cat\necho never' });
  t.equal(code, 7, log);
  t.notMatch(log, 'never');
});

t.test('exam: the application is examined as the file says, and the grade is in the summary', async (t) => {
  const job = jobOf(t);
  const own = createServer().listen(0, '127.0.0.1');
  await once(own, 'listening');
  const { port } = own.address() as AddressInfo;
  own.close();
  mkdirSync(join(t.testdirName, 'app'));
  const application = join(repository, 'test/exam/small-application.mjs');
  const at = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(t.testdirName, 'app/exam.yaml'),
    `provider: tinyemail
port: 0
command: '"${process.execPath}" "${application}"'
ready: ${at}/
connect: ${at}/connect
call: ${at}/call
redirectUri: ${at}/callback
only: [ state-sent ]
`,
  );
  const given = { command, exam: 'exam.yaml', 'working-directory': 'app', options: '--repeat 1' };
  const { code, log, outputs } = await job.use(main, given, { PORT: String(port), SMALL: '' });
  t.equal(code, 0, log);
  t.match(job.summary, /^## . Understudy exam at tinyemail: grade A, score 100 of 100$/mu);
  t.equal(sarifOf(outputs.sarif).version, '2.1.0');
});

t.test('a server that cannot start fails the step with its log', async (t) => {
  const job = jobOf(t);
  t.match(await job.use(main, { command, port: '0', scenario: 'hapy-path' }), {
    code: 1,
    log: /::error title=Understudy::the server ended before it was ready\. Its log:\n.*"hapy-path".*"happy-path"/,
  });
  const slow = await job.use(main, { command: 'sleep 60 #', timeout: '0.3' });
  t.match(slow, { code: 1, log: 'the server was not ready after 0.3 s' });
  t.same(slow.outputs, {});
});

t.test('inputs that exclude each other are refused', async (t) => {
  const job = jobOf(t);
  const use = (given: Record<string, string>): ReturnType<Job['use']> => job.use(main, { command, ...given });
  t.match(await use({ run: 'true', exam: 'exam.yaml' }), { code: 1, log: 'run and exam exclude each other' });
  t.match(await use({ run: 'true', image: 'some-image' }), { code: 1, log: 'the input run runs in the job' });
  t.match(await use({ timeout: 'soon' }), { code: 1, log: 'timeout is "soon"; expected a number of seconds' });
});

t.test('a summary that GitHub would refuse is cut, and says so', async (t) => {
  const job = jobOf(t);
  // stands in for `understudy run`: writes two megabytes of report, and takes `--report markdown=FILE` as its second argument
  const long = `'${process.execPath}' -e 'fs.writeFileSync(process.argv[3].split("=")[1], "a finding\\n".repeat(2e5))' --`;
  const { code, log } = await job.use(main, { command: long, run: 'true' });
  t.equal(code, 0, log);
  t.ok(job.summary.length < 1024 * 1024);
  t.match(job.summary, /a finding\n\n… The report is longer than a summary can be/);
});

/**
 * Puts a program `docker` before the real one. Its container is a server of this repository; it understands the calls of the action
 * and fails for any other. What it was called with is in `calls.txt`.
 */
function standInForDocker(t: Test): { readonly path: string; readonly calls: () => string[] } {
  const bin = join(t.testdirName, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'docker'),
    `#!/bin/bash
cd '${bin}'
echo "$*" >> calls.txt
case "$1 $2" in
  'run --detach')
    [ -n "$UNDERSTUDY_ADMIN_TOKEN" ] || exit 125
    while [ "$1" != serve ]; do case "$1" in UNDERSTUDY_SCENARIO=*) export "$1" ;; esac; shift; done
    setsid ${command} "$@" --port 0 --ready-file ready.json >log.txt 2>&1 & echo $! >pid
    echo 0123abcd ;;
  'run --rm')
    while [ "$1" != report ]; do shift; done
    # the server listens at another port here than in a container
    set -- "\${@/http:\\/\\/127.0.0.1:8080/$(sed 's/.*"url":"\\([^"]*\\)".*/\\1/' ready.json)}"
    exec ${command} "$@" ;;
  'port 0123abcd') [ -s ready.json ] && sed 's/.*"url":"http:..\\([^"]*\\)".*/\\1/' ready.json ;;
  'inspect --format') kill -0 "$(cat pid)" 2>/dev/null && echo true || echo false ;;
  'logs 0123abcd') cat log.txt ;;
  'rm --force') kill "$(cat pid)" ;;
  *) exit 64 ;;
esac
`,
  );
  chmodSync(join(bin, 'docker'), 0o755);
  const calls = (): string[] => readFileSync(join(bin, 'calls.txt'), 'utf8').trim().split('\n');
  return { path: `${bin}:${process.env.PATH ?? ''}`, calls };
}

t.test('image: Docker runs it with a port for this machine alone, and the token is in no argument', async (t) => {
  const job = jobOf(t);
  const { path, calls } = standInForDocker(t);
  const given = { image: 'some/image:1', port: '0', scenario: 'happy-path', fixtures: 'mine' };
  const start = await job.use(main, given, { PATH: path });
  t.equal(start.code, 0, start.log);
  const { url = '', token = '' } = start.outputs;
  t.equal(
    calls()[0],
    'run --detach --publish 127.0.0.1::8080 --env UNDERSTUDY_ADMIN_TOKEN --env UNDERSTUDY_SCENARIO=happy-path ' +
      `--volume ${t.testdirName}/mine:/fixtures:ro some/image:1 serve`,
  );
  t.notMatch(calls().join('\n'), token);

  await fetch(url + shortState, { redirect: 'manual' });
  const { code, log, outputs } = await job.use(report, { 'fail-on': 'warning' }, { PATH: path });
  t.equal(code, 1, log);
  t.same(rulesIn(outputs.sarif), ['state-too-short']);
  t.match(
    calls().find((call) => call.startsWith('run --rm')),
    'run --rm --network container:0123abcd --env UNDERSTUDY_ADMIN_TOKEN some/image:1 report --url http://127.0.0.1:8080 ',
  );
  t.equal(calls().at(-1), 'rm --force 0123abcd');
});

t.test('image: a container that ends at once fails the step with its log, and is removed', async (t) => {
  const job = jobOf(t);
  const { path, calls } = standInForDocker(t);
  const given = { image: 'some/image:1', port: '0', scenario: 'hapy-path' };
  t.match(await job.use(main, given, { PATH: path }), { code: 1, log: /Its log:\n.*"hapy-path"/ });
  t.equal(calls().at(-1), 'rm --force 0123abcd');
});

t.test('the inputs of both actions reach their scripts, and no value becomes part of a script', async (t) => {
  for (const path of [main, report]) {
    const { inputs, runs } = readAction(path);
    const [step, ...more] = runs.steps;
    t.same(more, []);
    const passed = Object.values(step!.env).map((text) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1]);
    t.same(
      passed.concat('working-directory').sort(),
      [...new Set([...Object.keys(inputs), 'working-directory'])].sort(),
    );
    t.notMatch(step!.run, '${{');
  }
});

t.test('the server of a test is found by the report of no job', async (t) => {
  const { url, stop } = await launchServer(repository);
  t.teardown(stop);
  t.match(await jobOf(t).use(report, {}, { UNDERSTUDY_URL: url }), { code: 1, log: 'no earlier step of this job' });
  t.ok(await answersAt(url), 'it is not stopped');
});
