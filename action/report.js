// The action of action/report/action.yml.
import { writeFileSync } from 'node:fs';
import { Mistake, forgetServer, input, startedServer, step } from './job.js';
import { publishReports } from './publish-reports.js';
import { run } from './shell.js';
import { stopServer } from './start.js';

await step(async () => {
  const server = startedServer();
  if (server === undefined) {
    throw new Mistake('no earlier step of this job started a server with the action oauth-understudy');
  }
  // another program can have the port or the process id by now: only what answers to the token is the server of this job
  if (!(await isOurs(server))) {
    forgetServer();
    throw new Mistake(`the server at ${server.url} no longer answers, so there is no report, and nothing is stopped`);
  }
  const code = await publishReports('findings', (files) => writeReports(server, files));
  if (input('stop') === 'true') {
    await stopServer(server);
    forgetServer();
  }
  return code;
});

function isOurs({ url, token }) {
  return fetch(`${url}/__admin/worlds`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function writeReports({ reportCommand, reportUrl, token, workingDirectory }, { markdown, sarif }) {
  const print = async (format, failOn, file) => {
    const args = ['--url', reportUrl, '--all-worlds', '--format', format, '--fail-on', failOn];
    const env = { UNDERSTUDY_ADMIN_TOKEN: token };
    const { code, out } = await run(`${reportCommand} report ${input('options')} "$@"`, args, {
      env,
      cwd: workingDirectory,
    });
    writeFileSync(file, out);
    return code;
  };
  const code = await print('markdown', input('fail-on'), markdown);
  // the exit code is that of the first
  await print('sarif', 'never', sarif);
  return code;
}
