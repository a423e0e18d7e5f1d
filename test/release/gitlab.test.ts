import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { launch, launchServer } from '../programs.js';
import { repository } from '../tree-copy.js';
import { once } from 'node:events';
import type { Test } from 'tap';
import type { Ended } from '../programs.js';

interface GitLabJob {
  readonly script?: readonly string[];
  readonly after_script?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly services?: readonly { readonly name: string; readonly alias: string }[];
  readonly artifacts?: { readonly reports: { readonly junit: string } };
}

const { variables, ...jobs } = parse(readFileSync(`${repository}ci/gitlab.yml`, 'utf8')) as {
  readonly variables: Readonly<Record<string, string>>;
} & Readonly<Record<string, GitLabJob>>;

/** The command of this repository in place of the published package. */
const command = `${process.execPath} ${repository}dist/main.js`;

/** Runs lines of a job as the shell of GitLab does, with the variables of the template and of the job. */
async function runLines(
  t: Test,
  job: GitLabJob,
  lines: readonly string[] | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const all = { ...variables, UNDERSTUDY_COMMAND: command, ...job.variables, ...env };
  const { child, output } = launch('bash', ['-e', '-o', 'pipefail', '-c', lines!.join('\n')], t.testdirName, all);
  const [code] = (await once(child, 'close')) as [number];
  return { code, output: output() };
}

const shortState =
  '/tinyemail/api/authorization-server/oauth/authorize?response_type=code&client_id=understudy-client' +
  `&redirect_uri=${encodeURIComponent('http://localhost:3000/callback')}&state=abcde`;

t.test('.understudy: findings are fetched after the script, and the verdict fails the job', async (t) => {
  t.testdir();
  const { url, stop } = await launchServer(repository);
  t.teardown(stop);
  const [job, verdict] = [jobs['.understudy']!, jobs['.understudy-verdict']!];
  t.same(job.services, [{ name: '$UNDERSTUDY_IMAGE', alias: 'understudy' }]);
  t.equal(job.variables?.UNDERSTUDY_URL, 'http://understudy:8080', 'the name is the alias of the service');
  const ended = (lines: readonly string[] | undefined, failOn: string): Promise<Ended> =>
    runLines(t, job, lines, { UNDERSTUDY_URL: url, UNDERSTUDY_FAIL_ON: failOn });

  t.match(await ended(verdict.script, 'error'), { code: 1, output: 'got no request, so there is nothing to judge' });
  await fetch(url + shortState, { redirect: 'manual' });
  t.match(await ended(verdict.script, 'error'), { code: 0 });
  t.match(await ended(verdict.script, 'warning'), { code: 1, output: /state-too-short[^]*Understudy has findings/ });
  t.match(await ended(job.after_script, 'error'), { code: 0 });
  t.match(readFileSync(join(t.testdirName, job.artifacts!.reports.junit), 'utf8'), /<testcase .*state-too-short/);
});

t.test('.understudy-run: a line of shell runs in understudy run, and its findings are the report', async (t) => {
  t.testdir();
  const job = jobs['.understudy-run']!;
  const { code, output } = await runLines(t, job, job.script, {
    UNDERSTUDY_RUN: `curl -s -o /dev/null "\${UNDERSTUDY_URL}${shortState}"`,
    UNDERSTUDY_FAIL_ON: 'warning',
  });
  t.equal(code, 3, output);
  t.match(readFileSync(join(t.testdirName, job.artifacts!.reports.junit), 'utf8'), /<failure .*state/);

  const idle = (UNDERSTUDY_OPTIONS: string): Promise<Ended> =>
    runLines(t, job, job.script, { UNDERSTUDY_RUN: 'true', UNDERSTUDY_FAIL_ON: 'error', UNDERSTUDY_OPTIONS });
  t.match(await idle(''), { code: 2, output: 'no request reached a provider' });
  t.match(await idle('--allow-no-requests'), { code: 0 });
});

t.test('.understudy-exam: the file is examined with the options of the job', async (t) => {
  t.testdir({ 'understudy-exam.yaml': 'provider: mailup\nconect: http://localhost:1/\n' });
  const job = jobs['.understudy-exam']!;
  t.match(await runLines(t, job, job.script, {}), {
    code: 2,
    output: /understudy-exam\.yaml:2:1: conect: .*did you mean "connect"/,
  });
});

t.test('compose.yaml publishes the port for this machine alone, and keeps the health check of the image', async (t) => {
  const { services } = parse(readFileSync(`${repository}compose.yaml`, 'utf8')) as {
    readonly services: Readonly<
      Record<string, { readonly image: string; readonly ports: string[]; healthcheck: object }>
    >;
  };
  const { image, ports, healthcheck } = services.understudy!;
  t.equal(image, `\${UNDERSTUDY_IMAGE:-${variables.UNDERSTUDY_IMAGE}}`);
  t.same(ports, ['127.0.0.1:8080:8080']);
  t.notOk('test' in healthcheck);
  t.match(readFileSync(`${repository}Dockerfile`, 'utf8'), /^HEALTHCHECK /m);
});
