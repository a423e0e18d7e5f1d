import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { beginCommand } from '../begin-command.js';
import { launch } from '../programs.js';
import type { Running } from '../begin-command.js';
import type { Surroundings } from '../../src/commands/surroundings.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
if (!existsSync(`${root}dist/preload.cjs`)) {
  await once(spawn('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'ignore' }), 'close');
}

/** The authority of all runs of this file: making one takes time. */
const caDir = mkdtempSync(join(tmpdir(), 'understudy-ca-'));
t.teardown(() => {
  rmSync(caDir, { recursive: true, force: true });
});

/** Starts `understudy run` in this process. Its command has the streams of the test, so it must print nothing. */
const begin = (args: readonly string[], more: Partial<Surroundings> = {}): Running =>
  beginCommand(['run', ...args], {
    env: { UNDERSTUDY_CA_DIR: caDir },
    out(line) {
      throw new Error(`standard output belongs to the command: ${line}`);
    },
    ...more,
  });

async function ended(args: readonly string[], more?: Partial<Surroundings>): Promise<{ code: number; err: string }> {
  const { exit, err } = begin(args, more);
  return { code: await exit, err: err.join('\n') };
}

const node = (script: string): string[] => ['--', process.execPath, '-e', script];

/** A client that cannot be configured. It sends JSON, which is a finding. */
const careless = `
  const headers = { 'content-type': 'application/json' };
  fetch('https://services.mailup.com/Authorization/OAuth/Token', { method: 'POST', headers, body: '{}' })
    .then(async (answer) => {
      if ((await answer.json()).error !== 'invalid_request') process.exit(9);
    });
`;

/** A client that cannot be configured. Its request is refused, which is no finding. */
const harmless = `fetch('https://services.mailup.com/Authorization/OAuth/Token', { method: 'POST' })`;

void t.test('the exit code is that of the command', async (t) => {
  t.equal((await ended(node(harmless))).code, 0);
  for (const code of [1, 2, 42]) t.equal((await ended(node(`process.exit(${code})`))).code, code);
  t.equal((await ended(['--', 'sh', '-c', 'kill -TERM $$'])).code, 128 + 15);
});

void t.test('a run without a request to a provider tested no client, so it fails with code 2', async (t) => {
  const untested = 'understudy: no request reached a provider, so no client was tested; it called none of https://';
  for (const more of [[], ['--fail-on', 'never']]) {
    const { code, err } = await ended([...more, ...node('')]);
    t.equal(code, 2, 'findings that fail nothing are no reason to pass');
    t.ok(err.startsWith(untested), err);
    t.match(err, '; --allow-no-requests lets such a run pass');
  }
  const allowed = await ended(['--allow-no-requests', ...node('')]);
  t.equal(allowed.code, 0);
  t.ok(allowed.err.startsWith(untested), 'it says so all the same');
  t.notMatch(allowed.err, '--allow-no-requests');
  t.equal((await ended(['--allow-no-requests', ...node('process.exit(42)')])).code, 42);
});

void t.test('requests to worlds that the command has dropped or reset count', async (t) => {
  const script = `(async () => {
    const { UNDERSTUDY_URL, UNDERSTUDY_ADMIN_TOKEN: token } = process.env;
    const admin = (method, path) => fetch(UNDERSTUDY_URL + path, { method, headers: { authorization: 'Bearer ' + token } });
    await admin('PUT', '/__admin/worlds/mine');
    await fetch(UNDERSTUDY_URL + '/w/mine/mailup/Authorization/OAuth/Token', { method: 'POST' });
    await admin('DELETE', '/__admin/worlds/mine');
  })()`;
  t.equal((await ended(node(script))).code, 0);
  const reset = `${harmless}.then(() => fetch(process.env.UNDERSTUDY_URL + '/__admin/reset', {
    method: 'POST', headers: { authorization: 'Bearer ' + process.env.UNDERSTUDY_ADMIN_TOKEN },
  })).then(({ ok }) => { if (!ok) process.exit(8); })`;
  t.equal((await ended(node(reset))).code, 0);
});

void t.test('findings make the exit code 3, if the command passed', async (t) => {
  const failed = await ended(node(careless));
  t.equal(failed.code, 3);
  t.match(failed.err, /^FAILED: 1 error[^]*wrong-content-type/);
  t.equal((await ended(['--fail-on', 'never', ...node(careless)])).code, 0);
  t.equal((await ended(node(`${careless} process.exitCode = 7;`))).code, 7);
});

void t.test('an expectation that is not met, because no client was tested, makes the exit code 3', async (t) => {
  const result = await ended(['--scenario', 'probe-state-check', ...node('')]);
  t.equal(result.code, 3, result.err);
  t.match(result.err, /^understudy: no request reached a provider[^]*not met/);
  const tolerant = ['--scenario', 'probe-state-check', '--fail-on', 'never', '--allow-no-requests'];
  t.equal((await ended([...tolerant, ...node('')])).code, 0);
  t.equal((await ended(['--scenario', 'probe-state-check', '--allow-no-requests', ...node('')])).code, 3);
});

void t.test('reports are written to files', async (t) => {
  const folder = t.testdir();
  const [junit, json] = [join(folder, 'findings.xml'), join(folder, 'findings=1.json')];
  const { code } = await ended(['--report', `junit=${junit}`, '--report', `json=${json}`, ...node(careless)]);
  t.equal(code, 3);
  t.match(readFileSync(junit, 'utf8'), /^<\?xml[^]*wrong-content-type/);
  t.match(JSON.parse(readFileSync(json, 'utf8')), { judged: { worlds: 1, entries: 1 } });

  const untested = ['--report', `junit=${junit}`, '--report', `json=${json}`, ...node('')];
  t.equal((await ended(untested)).code, 2);
  t.match(readFileSync(junit, 'utf8'), /failures="1"[^]*<failure message="NOTHING WAS REPORTED ON/);
  t.equal((await ended(['--allow-no-requests', ...untested])).code, 0);
  t.match(readFileSync(junit, 'utf8'), /failures="0"[^]*<skipped message="NOTHING WAS REPORTED ON/);
  t.equal((await ended(['--scenario', 'probe-state-check', '--allow-no-requests', ...untested])).code, 3);
  t.match(readFileSync(junit, 'utf8'), /<failure message="found 0, expected/, 'an expectation that is not met');
  t.match(JSON.parse(readFileSync(json, 'utf8')), { judged: { worlds: 0 }, worlds: [{ world: 'default' }] });

  const gone = join(folder, 'gone');
  const script = `fs.mkdirSync(${JSON.stringify(gone)})`;
  const { code: unwritten, err } = await ended(['--report', `text=${gone}`, ...node(script)]);
  t.equal(unwritten, 2);
  t.match(err, `understudy: the report ${JSON.stringify(gone)} cannot be written: EISDIR`);
});

void t.test('wrong usage prints one line and exits with code 2, before anything is started', async (t) => {
  const folder = t.testdir();
  const started = join(folder, 'started');
  const command = node(`fs.writeFileSync(${JSON.stringify(started)}, '')`);
  const wrong: [string[], string][] = [
    [[], 'no command was given; expected understudy run [options] -- COMMAND, such as -- npm test'],
    [['--'], 'no command was given; expected understudy run [options] -- COMMAND, such as -- npm test'],
    [['npm', 'test'], 'unexpected argument "npm"; expected understudy run [options] -- COMMAND...'],
    [['npm', ...command], 'unexpected argument "npm"; expected understudy run [options] -- COMMAND...'],
    [['--port', '1', ...command], "unknown option '--port'"],
    [['--report', 'junit', ...command], '--report is "junit"; expected FORMAT=FILE, such as junit=report.xml'],
    [['--report', 'junit=', ...command], '--report is "junit="; expected FORMAT=FILE, such as junit=report.xml'],
    [['--report', 'junti=x', ...command], '--report: there is no format "junti"; did you mean "junit"?'],
    [['--report', 'junit=/no/where', ...command], '--report junit=/no/where: there is no folder "/no"'],
    [
      ['--fail-on', 'errors', ...command],
      '--fail-on is "errors"; expected one of error, warning, note, never; did you mean "error"?',
    ],
    [['--admin-token', 'a b', ...command], 'the admin token must consist of visible ASCII characters'],
    [['--scenario', 'nonsense', ...command], 'there is no scenario "nonsense"'],
  ];
  for (const [args, expected] of wrong) {
    const { code, err } = await ended(args);
    t.equal(code, 2, args.join(' '));
    t.ok(err.startsWith(`understudy: ${expected}`), err);
    t.notMatch(err, '\n');
  }
  t.notOk(existsSync(started));
});

void t.test('a command that cannot be started has the exit codes of a shell', async (t) => {
  const folder = t.testdir({ script: '#!/bin/sh\n' });
  chmodSync(join(folder, 'script'), 0o600);
  t.strictSame(await ended(['--', 'no-such-program']), {
    code: 127,
    err: 'understudy: the command "no-such-program" was not found; it is a program with its path, or in a folder of PATH',
  });
  t.match(await ended(['--', '']), { code: 127, err: 'understudy: the command "" was not found' });
  t.strictSame(await ended(['--', join(folder, 'script')]), {
    code: 126,
    err: `understudy: the command "${join(folder, 'script')}" is not executable`,
  });
  t.match(await ended(['--', process.execPath, 'a\0b']), { code: 126, err: / cannot be started: The argument / });
});

/** The script of a command that writes a line into a file when it runs and for each signal, and waits. */
const waiting = (file: string): string => `
  const say = (line) => fs.appendFileSync(${JSON.stringify(file)}, line + '\\n');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, say);
  process.on('SIGTERM', () => process.exit(5));
  setTimeout(() => {}, 60_000);
  say('up');
`;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(10);
}

const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);

void t.test('signals are passed on', async (t) => {
  const file = join(t.testdir(), 'signals');
  const { exit, signal } = begin(node(waiting(file)));
  await until(() => linesOf(file).length === 1);
  for (const [i, each] of (['SIGHUP', 'SIGQUIT', 'SIGINT'] as const).entries()) {
    signal(each);
    await until(() => linesOf(file).length === i + 2);
  }
  signal('SIGTERM');
  t.equal(await exit, 5);
  t.strictSame(linesOf(file), ['up', 'SIGHUP', 'SIGQUIT', 'SIGINT', 'SIGTERM']);
});

void t.test('signals of a terminal are not passed on, because the command gets them as well', async (t) => {
  const file = join(t.testdir(), 'signals');
  const { exit, signal } = begin(node(waiting(file)), { isInteractive: true });
  await until(() => linesOf(file).length === 1);
  signal('SIGQUIT');
  signal('SIGINT');
  signal('SIGTERM');
  t.equal(await exit, 5);
  t.strictSame(linesOf(file), ['up', 'SIGTERM']);
});

void t.test('a second SIGINT kills the command', async (t) => {
  const file = join(t.testdir(), 'signals');
  const { exit, signal } = begin(node(waiting(file)));
  await until(() => linesOf(file).length === 1);
  signal('SIGINT');
  await until(() => linesOf(file).length === 2);
  signal('SIGINT');
  t.equal(await exit, 128 + 9);
});

void t.test('a signal before the command was started prevents its start', async (t) => {
  const file = join(t.testdir(), 'started');
  const { exit } = begin(node(`fs.writeFileSync(${JSON.stringify(file)}, '')`), {
    // as early as a signal can come: a later one may meet a command that was started
    onSignal(listener) {
      listener('SIGTERM');
      listener('SIGINT');
      return () => undefined;
    },
  });
  t.equal(await exit, 128 + 15);
  t.notOk(existsSync(file));
});

void t.test('a run that cannot begin ends with code 2', async (t) => {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = '/no/such/place';
  const { code, err } = await ended(node(''));
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  t.equal(code, 2);
  t.match(err, 'understudy: a temporary folder cannot be made: ');
});

void t.test('--isolate refuses other hosts, which pass otherwise', async (t) => {
  const script = `
    const { hostname, port } = new URL(process.env.HTTPS_PROXY);
    const proxy = require('node:net').connect(port, hostname);
    proxy.write('CONNECT host.invalid:443 HTTP/1.1\\r\\nHost: host.invalid:443\\r\\n\\r\\n');
    proxy.setEncoding('utf8').on('data', (text) => {
      process.exit(text.includes('no provider has the host') ? 10 : 11);
    });
  `;
  const quiet = ['--log-level', 'silent'];
  t.equal((await ended(['--isolate', ...quiet, ...node(script)])).code, 10);
  t.equal((await ended([...quiet, ...node(script)])).code, 11);
});

void t.test('the command gets the admin token, the URLs and the client of each provider', async (t) => {
  const file = join(t.testdir(), 'env.json');
  const script = `fs.writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.env))`;
  await ended(['--admin-token', 'tok', ...node(script)]);
  const env = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  t.match(env, {
    UNDERSTUDY_ADMIN_TOKEN: 'tok',
    UNDERSTUDY_WORLD: 'default',
    UNDERSTUDY_MAILUP_BASE_URL: `${String(env.UNDERSTUDY_URL)}/mailup`,
    UNDERSTUDY_MAILUP_CLIENT_ID: 'understudy-client',
    UNDERSTUDY_MAILUP_CLIENT_SECRET: 'understudy-secret',
    UNDERSTUDY_TINYEMAIL_CLIENT_ID: 'understudy-client',
  });
});

void t.test('as a program', async (t) => {
  /** The environment of a program whose temporary files are in a folder of the test. */
  const within = (folder: string): Record<string, string> => ({ UNDERSTUDY_CA_DIR: caDir, TMPDIR: folder });
  const program = (args: readonly string[]): string[] => [`${root}dist/main.js`, 'run', ...args];

  void t.test('standard input and output belong to the command; the findings go to standard error', async (t) => {
    const child = spawn(
      process.execPath,
      program(node(`process.stdin.pipe(process.stdout); process.stdin.on('end', () => { ${careless} });`)),
      { cwd: root, env: { ...process.env, ...within(t.testdir()) }, stdio: 'pipe' },
    );
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdin.end('to the command');
    t.strictSame(await once(child, 'close'), [3, null]);
    t.equal(out, 'to the command');
    t.match(err, /^FAILED: /m);
  });

  void t.test('nothing is left behind, also after it was interrupted twice', async (t) => {
    const folder = t.testdir({ tmp: {} });
    const [file, tmp] = [join(folder, 'signals'), join(folder, 'tmp')];
    const script = `${waiting(file)}; say(process.env.UNDERSTUDY_URL)`;
    const { child } = launch(process.execPath, program(node(script)), root, within(tmp));
    await until(() => linesOf(file).length === 2);
    t.match(readdirSync(tmp), [/^understudy-run-/]);
    child.kill('SIGINT');
    await until(() => linesOf(file).length === 3);
    child.kill('SIGINT');
    t.strictSame(await once(child, 'close'), [128 + 9, null]);
    t.strictSame(readdirSync(tmp), []);
    const { port } = new URL(linesOf(file)[1]!);
    await t.rejects(once(connect(Number(port), '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' });
  });
});
