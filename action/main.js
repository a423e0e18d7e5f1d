// The action of action.yml in the root.
import { randomBytes } from 'node:crypto';
import { Mistake, hide, input, output, rememberServer, startedServer, step, variable } from './job.js';
import { publishReports } from './publish-reports.js';
import { run } from './shell.js';
import { startCommand, startImage } from './start.js';

const common = Object.fromEntries(
  ['command', 'image', 'options', 'scenario', 'fixtures'].map((name) => [name, input(name)]),
);
const modes = { run: runCommand, exam: examine };

await step(() => {
  const asked = Object.keys(modes).filter((name) => input(name) !== '');
  if (asked.length > 1) throw new Mistake('the inputs run and exam exclude each other; use the action once for each');
  const [mode] = asked;
  if (mode === undefined) return serve();
  if (common.image !== '') {
    throw new Mistake(`the input ${mode} runs in the job, not in a container; leave out the input image`);
  }
  return modes[mode](input(mode));
});

/** Starts a server for the steps that follow. */
async function serve() {
  const { url: earlier } = startedServer() ?? {};
  if (earlier !== undefined) {
    throw new Mistake(
      `this job has started a server already: ${earlier}; the action oauth-understudy/action/report stops it`,
    );
  }
  const timeoutMs = Number(input('timeout')) * 1000;
  if (!(timeoutMs > 0)) throw new Mistake(`the input timeout is "${input('timeout')}"; expected a number of seconds`);
  const token = input('admin-token') || randomBytes(24).toString('base64url');
  hide(token);

  const start = common.image === '' ? startCommand : startImage;
  const server = await start({ ...common, port: input('port'), token, timeoutMs });
  rememberServer({ ...server, token });
  output('url', server.url);
  output('admin-url', `${server.url}/__admin`);
  output('token', token);
  variable('UNDERSTUDY_URL', server.url);
  variable('UNDERSTUDY_ADMIN_TOKEN', token);
  console.log(`Understudy is ready: ${server.url}`);
  return 0;
}

/** Runs a command as a step of GitHub does, in `understudy run`. */
function runCommand(script) {
  return runWithReports('run', ['--', 'bash', '-e', '-o', 'pipefail', '-c', script]);
}

/** Examines an application as an exam file says. */
function examine(file) {
  return runWithReports('exam', [file]);
}

/** Runs a command of Understudy that writes reports. */
function runWithReports(name, args) {
  return publishReports(name, async ({ markdown, sarif }) => {
    const options = ['--report', `markdown=${markdown}`, '--report', `sarif=${sarif}`, '--fail-on', input('fail-on')];
    for (const each of ['scenario', 'fixtures']) if (common[each] !== '') options.push(`--${each}`, common[each]);
    const { code } = await run(`${common.command} ${name} ${common.options} "$@"`, [...options, ...args], {
      show: true,
    });
    return code;
  });
}
