import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { checks } from '../../src/exam/checks/index.js';
import { beginCommand } from '../begin-command.js';
import { launch, plainEnvironment } from '../programs.js';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { Running } from '../begin-command.js';
import type { Surroundings } from '../../src/commands/surroundings.js';
import type { Terminal } from '../../src/commands/terminal.js';
import type { ExamResult } from '../../src/exam/result.js';
import { freePort } from '../free-port.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
if (!existsSync(`${root}dist/preload.cjs`)) {
  await once(spawn('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'ignore' }), 'close');
}

const application = fileURLToPath(new URL('small-application.mjs', import.meta.url));

t.jobs = 3;

/** The authority of all exams of this file: making one takes time. */
const caDir = mkdtempSync(join(tmpdir(), 'understudy-ca-'));
t.teardown(() => {
  rmSync(caDir, { recursive: true, force: true });
});

/** Maximum real time that is waited for something, in milliseconds: the first start of a program can be slow. */
const waitsAtMostMs = 30_000;
const pauseMs = 10;

/** Waits until a condition holds. `what` says it in words. */
async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += pauseMs) {
    if (waited >= waitsAtMostMs) throw new Error(`waited ${waitsAtMostMs / 1000} s in vain until ${what}`);
    await setTimeout(pauseMs);
  }
}

/** Starts `understudy exam` in this process. */
const begin = (args: readonly string[], more: Partial<Surroundings> = {}): Running =>
  beginCommand(['exam', ...args], { env: plainEnvironment({ UNDERSTUDY_CA_DIR: caDir }), ...more });

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function ended(args: readonly string[], more?: Partial<Surroundings>): Promise<Ended> {
  const { exit, out, err } = begin(args, more);
  const code = await exit;
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const freePorts = (): Promise<[number, number]> => Promise.all([freePort(), freePort()]);

interface Examinee {
  readonly args: string[];
  readonly url: string;
  /** What the application wrote. */
  readonly output: () => string;
}

/** Starts the small application, and returns the options of an exam of it. */
async function examinee(t: Test, odd = ''): Promise<Examinee> {
  const [port, own] = await freePorts();
  const env = { PORT: String(own), SMALL: odd, UNDERSTUDY_URL: `http://localhost:${port}` };
  const { child, output } = launch(process.execPath, [application], '.', env);
  t.teardown(() => child.kill('SIGKILL'));
  await until(() => output().includes('listening'), 'the application listens');
  const url = `http://127.0.0.1:${own}`;
  const args = [
    '--provider',
    'tinyemail',
    '--port',
    String(port),
    '--connect',
    `${url}/connect`,
    '--call',
    `${url}/call`,
  ];
  return { url, output, args: [...args, '--redirect-uri', `${url}/callback`] };
}

/** A check that the small application passes, one that it fails, and one that it cannot show. */
const few = ['--only', 'state-sent,verifier-well-formed,refresh-after-401'];

void t.test(
  'an exam prints a line for each check and a summary, and its exit code says whether one failed',
  async (t) => {
    const { args, url } = await examinee(t);
    const disconnect = ['--disconnect', `POST ${url}/disconnect`];
    const { code, out, err } = await ended([...args, ...disconnect, ...few]);
    t.equal(code, 1);
    t.equal(err, '');
    const lines = out.split('\n');
    t.equal(lines[0], 'passed          state-sent  The authorization request has a state');
    t.match(lines[1], /^not-seen {8}verifier-well-formed {2}the client sends no code_verifier/);
    t.match(lines[2], /^failed {10}refresh-after-401 {2}The call did not succeed/);
    t.match(out, /tinyemail/);
  },
);

void t.test('reports are written to files', async (t) => {
  const { args } = await examinee(t);
  const file = join(t.testdir(), 'exam.json');
  const seed = ['--seed', 'seven', '--repeat', '2', '--timeout', '2s'];
  t.equal((await ended([...args, ...few, ...seed, '--report', `json=${file}`])).code, 1);
  const result = JSON.parse(readFileSync(file, 'utf8')) as ExamResult;
  t.match(result, { provider: 'tinyemail', seed: 'seven', counts: { passed: 1, failed: 1, 'not-seen': 1 } });
});

void t.test('the status of a call that succeeded can be another one', async (t) => {
  const refused = await ended([...(await examinee(t, '304')).args, ...few]);
  t.equal(refused.code, 2);
  t.equal(refused.err, 'understudy: the client connected, but its first call did not succeed: status 304');
  const { args } = await examinee(t, '304');
  t.equal((await ended([...args, ...few, '--success', '2xx,304'])).code, 1);
});

void t.test('--list prints the checks by group, without an exam', async (t) => {
  const { code, out } = await ended(['--list']);
  t.equal(code, 0);
  t.match(out, /^request\n {2}state-sent +error {4}The authorization request has a state\n/);
  t.equal(out.split('\n').length, checks.length + new Set(checks.map(({ group }) => group)).size);
  const file = join(t.testdir({ 'exam.yaml': 'only: []\n' }), 'exam.yaml');
  t.equal((await ended(['--list', file])).out, out, 'an empty list in a file selects all');
  const some = await ended(['--list', '--only', 'state-sent,token-in-header']);
  t.match(some.out, /^request\n {2}state-sent {7}error .*\napi\n {2}token-in-header {2}error/);
});

void t.test('on a terminal, a bar on one line shows how far the exam is', async (t) => {
  const { args } = await examinee(t);
  const written: string[] = [];
  const terminal: Terminal = {
    hasColors: () => false,
    write(text, done) {
      written.push(text);
      setImmediate(done);
      return true;
    },
  };
  const { code, out } = await ended([...args, ...few, '--fail-on', 'never'], { isTerminal: true, terminal });
  t.equal(code, 0);
  t.notMatch(out, /^passed {10}/m);
  t.equal(written[0], `\r\u001b[2K${'░'.repeat(24)} 0/3  request  state-sent`);
  t.equal(written.at(-1), '\r\u001b[2K');
  t.ok(written.every((text) => text.length < 85 && !text.includes('\n')));
});

void t.test('a terminal that is stopped misses steps of the bar, and does not stop the exam', async (t) => {
  const { args } = await examinee(t);
  let writes = 0;
  const terminal: Terminal = { hasColors: () => false, write: () => (writes += 1) === 0 };
  t.equal((await ended([...args, ...few], { isTerminal: true, terminal })).code, 1);
  t.equal(writes, 2, 'the first step, and the end');
});

void t.test('wrong usage is one sentence and exit code 2', async (t) => {
  const folder = t.testdir();
  const urls = ['--connect', 'http://localhost:3000/connect', '--call', 'http://localhost:3000/call'];
  const good = ['--provider', 'mailup', ...urls];
  const wrong: [string[], string][] = [
    [[], 'an exam needs --provider, such as --provider mailup'],
    [['--provider', 'mailup'], 'an exam needs --connect, the URL of your application that begins a flow'],
    [good.slice(0, 4), 'an exam needs --call, a URL that makes your application use the API'],
    [
      ['--provider', 'mialup', ...urls, '--port', '0'],
      '--provider: there is no provider "mialup"; did you mean "mailup"?',
    ],
    [
      [...good, '--connect', 'localhost:3000'],
      '--connect is "localhost:3000"; expected a URL such as http://localhost',
    ],
    [[...good, '--call', 'get http://x/'], '--call is "get http://x/"; expected a URL such as http://localhost'],
    [[...good, '--only', 'state-set'], 'there is no check "state-set"; did you mean "state-sent"?'],
    [[...good, '--only', ''], '--only is ""; expected at least one name; leave it out for all checks'],
    [[...good, '--group', ' , '], '--group is " , "; expected at least one name; leave it out for all checks'],
    [[...good, '--connect', 'FETCH http://x/'], '--connect is "FETCH http://x/"; expected a URL such as'],
    [
      ['a.yaml', 'b.yaml', ...good],
      'unexpected argument "b.yaml"; expected understudy exam [options] [FILE] [-- COMMAND...]',
    ],
    [[...good, '--group', 'tokens'], 'there is no group "tokens"'],
    [[...good, '--repeat', '21'], '--repeat is "21"; expected a whole number from 1 to 20'],
    [[...good, '--timeout', '0s'], '--timeout is "0s"; expected a duration from 1ms to 10m, such as 10s'],
    [[...good, '--success', '2xx;304'], '--success is "2xx;304"; expected statuses such as 2xx or 2xx,304'],
    [[...good, '--report', 'pdf=x'], '--report: there is no format "pdf"'],
    [[...good, '--report', `json=${folder}`], `--report json=${folder}: "${folder}" is a folder; expected a file`],
    [[...good, '--report', `json=/proc/x.json`], `the report "/proc/x.json" cannot be written: ENOENT`],
    [[...good, '--scenario', 'nonsense', '--port', '0'], 'there is no scenario "nonsense"'],
  ];
  for (const [args, expected] of wrong) {
    const { code, out, err } = await ended(args);
    t.equal(code, 2, args.join(' '));
    t.equal(out, '');
    t.ok(err.startsWith(`understudy: ${expected}`), err);
    t.notMatch(err, '\n');
  }
  t.strictSame(readdirSync(folder), []);
});

void t.test('a port that is taken is said before anything else happens', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const file = join(t.testdir(), 'exam.json');
  const urls = ['--connect', 'http://localhost:3000/connect', '--call', 'http://localhost:3000/call'];
  const { code, err } = await ended([
    ...['--provider', 'mailup', ...urls, '--port', String(port), '--report', `json=${file}`],
  ]);
  t.equal(code, 2);
  t.equal(err, `understudy: port ${port} is in use on 127.0.0.1; choose another, or 0 for a free port`);
  t.notOk(existsSync(file));
});

void t.test('why an application cannot be examined is one sentence', async (t) => {
  const [port, closed] = await freePorts();
  const nobody = `http://127.0.0.1:${closed}`;
  const absent = [
    '--provider',
    'tinyemail',
    '--port',
    String(port),
    '--connect',
    `${nobody}/x`,
    '--call',
    `${nobody}/y`,
  ];
  const cases: [string, string[] | string, RegExp][] = [
    ['was not started', absent, /no request reached tinyemail at .*, and GET .*\/x had no answer: .*ECONNREFUSED/],
    [
      'redirects for ever',
      'loop',
      /no request reached .*, and it made more than 20 requests, the last to http:.*\/connect$/,
    ],
    ['answers 500', '500', /no request reached tinyemail .*, and the last page has status 500$/],
    ['never calls the token endpoint', 'no-exchange', /the callback .* was visited, but the token endpoint was never/],
    ['uses another provider', 'mailup', /the client asked mailup, not tinyemail; examine mailup/],
    [
      'leads to the real host of another provider, which is not asked',
      'real-mailup',
      /no request reached tinyemail .* it leads to https:\/\/services\.mailup\.com, which is mailup$/,
    ],
    ['is slow', 'slow', /its first call did not succeed: GET .*\/call had no answer: .*timeout/],
  ];
  for (const [what, how, expected] of cases) {
    const args = typeof how === 'string' ? (await examinee(t, how)).args : how;
    const { code, out, err } = await ended([...args, '--timeout', '1s']);
    t.equal(code, 2, what);
    t.match(err, expected, what);
    t.notMatch(err, '\n');
    t.equal(out, '');
  }
});

void t.test('a client that is registered in another way is told what differs', async (t) => {
  const { args, url } = await examinee(t);
  const other = await ended([...args, '--client-id', 'tinyemail=other']);
  t.match(other, { code: 2, err: /; the client sent client_id "understudy-client", but it is registered as "other"$/ });
  const without = await ended([...args.slice(0, -2), ...few]);
  t.match(without, { code: 2 });
  t.ok(without.err.endsWith(`; register ${url}/callback by --redirect-uri, or by client.redirectUri of exam()`));
});

void t.test('a call that works without a token proves nothing, and the summary says so', async (t) => {
  const { args } = await examinee(t, 'no-token');
  const { code, out, err } = await ended([...args, '--only', 'state-sent,token-in-header']);
  t.equal(code, 2);
  const [early, late] = err.split('\n');
  t.match(
    early,
    /^understudy: the call succeeded before the client was connected, .*; checks that need calls are not made$/,
  );
  t.equal(late, 'understudy: the exam could not judge calls: give --call a URL that succeeds only with a connection');
  t.match(out, /the call succeeded before the client was connected, so it proves nothing about the token/);
  t.match(out, /^passed +state-sent/m);
  t.match(out, /no grade: the calls prove nothing; the run proves too little to pass/);
});

void t.test('an application that has people of its own is logged in to first', async (t) => {
  const without = await ended([...(await examinee(t, 'login')).args, ...few]);
  t.match(without, { code: 2, err: /no request reached tinyemail .* the last page has status 403/ });
  const { args, url, output } = await examinee(t, 'login');
  const login = ['--login', `${url}/login`, '--login-field', 'user={person}'];
  const refused = await ended([...args, ...few, ...login, '--login-field', 'word=shut']);
  t.match(refused, { code: 2, err: `understudy: the login of ada at ${url}/login failed: status 403` });
  const people = ['--only', 'state-sent,second-person'];
  const { code, err } = await ended([...args, ...people, ...login, '--login-field', 'word=open']);
  t.match({ code, err }, { code: 0, err: '' });
  t.match(output(), /login of ada\n[^]*login of grace\n/);
  const page = await ended([...args, ...few, '--login', `${url}/nowhere`]);
  t.match(page, { code: 2, err: `understudy: the login page ${url}/nowhere has status 404` });
  const plain = await examinee(t);
  const atProvider = await ended([...plain.args, ...few, '--login', `${plain.url}/connect`]);
  const wrong = `understudy: the login page ${plain.url}/connect leads to the provider, not to a form`;
  t.match(atProvider, { code: 2, err: wrong });
});

void t.test('a login page that comes again, or that was not expected, is told', async (t) => {
  const { args, url } = await examinee(t, 'login-again');
  const wrong = ['--login', `${url}/login`, '--login-field', 'user={person}', '--login-field', 'pass=open'];
  const again = `understudy: the login of ada at ${url}/login led to the login page again; its form has no field pass`;
  t.match(await ended([...args, ...few, ...wrong]), { code: 2, err: again });
  const without = await ended([...args, ...few]);
  t.match(without.err, new RegExp(`it ended at ${url}/login with status 200, which asks for a password: use --login`));
});

void t.test('a callback that leads to a front end which does not run is answered', async (t) => {
  const { args } = await examinee(t, 'front-end');
  t.match(await ended([...args, '--only', 'state-sent']), { code: 0, err: '' });
});

void t.test('fields of a login are NAME=VALUE, and need its URL', async (t) => {
  const urls = ['--provider', 'tinyemail', '--connect', 'http://localhost/a', '--call', 'http://localhost/b'];
  const wrong = await ended([...urls, '--login', 'http://localhost/login', '--login-field', 'user']);
  t.match(wrong, { code: 2, err: /--login-field is "user"; expected NAME=VALUE/ });
  t.match(await ended([...urls, '--login-field', 'a=b']), { code: 2, err: /--login-field needs --login/ });
});

void t.test('a signal ends the exam with what is known', async (t) => {
  const { args } = await examinee(t);
  const file = join(t.testdir(), 'exam.json');
  const running = begin([...args, '--group', 'request,life', '--report', `json=${file}`]);
  await until(() => running.out.length >= 2, 'two checks have ended');
  running.signal('SIGTERM');
  t.equal(await running.exit, 128 + 15);
  const result = JSON.parse(readFileSync(file, 'utf8')) as ExamResult;
  t.equal(result.interrupted, true);
  t.equal(result.grade, null, 'a part of an exam has no grade');
  t.match(running.out.join('\n'), /no grade: the exam did not end; the run was ended before it could pass/);
  t.ok(result.checks.length >= 2);
  t.equal(result.checks[0]?.verdict, 'passed');
  t.strictSame(running.err, []);
});

void t.test('a signal before the first check leaves nothing to report', async (t) => {
  const { args, output } = await examinee(t, 'slow');
  const file = join(t.testdir(), 'exam.json');
  const running = begin([...args, '--report', `json=${file}`]);
  await until(() => output().includes('GET /call'), 'the application was called');
  running.signal('SIGINT');
  t.equal(await running.exit, 128 + 2);
  t.strictSame(running.err, ['understudy: the exam was ended by SIGINT before it had a result']);
  const early = begin([...args, '--port', '0'], {
    onSignal(listener) {
      listener('SIGHUP');
      return () => undefined;
    },
  });
  t.equal(await early.exit, 128 + 1);
  t.notOk(existsSync(file));
});

/** The options of an exam that starts the small application. What follows them is its command. */
async function started(
  odd = '',
  more: readonly string[] = [],
): Promise<{ port: number; options: string[]; env: NodeJS.ProcessEnv }> {
  const [own] = await freePorts();
  const url = `http://127.0.0.1:${own}`;
  const options = ['--provider', 'tinyemail', '--port', '0', '--connect', `${url}/connect`, '--call', `${url}/call`];
  const env = plainEnvironment({ UNDERSTUDY_CA_DIR: caDir, PORT: String(own), SMALL: odd });
  return { port: own, env, options: [...options, '--redirect-uri', `${url}/callback`, ...more] };
}

const words = ['--', process.execPath, application];
const shell = `"${process.execPath}" "${application}"`;

/** Whether nobody listens at a port any more. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => {
      resolve(true);
    });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });
}

void t.test('the application is started with the environment of run, and ended', async (t) => {
  const { port, options, env } = await started();
  const only = ['--only', 'state-sent,refresh-after-401'];
  const { code, out, err } = await ended([...options, ...only, ...words], { env });
  t.equal(code, 1, err);
  t.match(out, /^passed {10}state-sent/);
  t.notMatch(out + err, 'small application');
  t.ok(await isFree(port));
});

void t.test(
  'the command can be a text for the shell; its processes are ended too, and what they write is shown',
  async (t) => {
    const { port, options, env } = await started();
    const command = `echo begins; ${shell} & wait`;
    const more = [
      '--command',
      command,
      '--show-output',
      '--ready',
      `http://127.0.0.1:${port}/`,
      '--only',
      'state-sent',
    ];
    const { code, err } = await ended([...options, ...more], { env });
    t.equal(code, 0, err);
    t.match(err, /^begins\nsmall application is listening\nGET \/\n/);
    t.ok(await isFree(port));
  },
);

void t.test(
  'an application that asks for the hosts of the provider reaches the server, and so does its browser',
  async (t) => {
    const { options, env } = await started('real-hosts');
    const { code, out, err } = await ended([...options, '--only', 'state-sent', ...words], { env });
    t.equal(code, 0, err);
    t.match(out, /^passed {10}state-sent/);
  },
);

void t.test('an application that does not start is one sentence after its last lines', async (t) => {
  const [closed] = await freePorts();
  const cases: [string, string[], RegExp][] = [
    [
      'ends early',
      ['--command', 'echo one; echo "no database" >&2; exit 7'],
      /^ {2}one\n {2}no database\nunderstudy: the application ended with exit code 7 before it answered at http:\S+$/,
    ],
    [
      'never answers',
      ['--ready-timeout', '300ms', '--command', 'sleep 60'],
      /^understudy: .* not ready at .* within 0.3 s: /,
    ],
    [
      'is never ready',
      ['--ready', `http://127.0.0.1:${closed}/x`, '--ready-timeout', '300ms', ...words],
      /not ready at http:\S+\/x within 0.3 s: fetch failed: connect ECONNREFUSED/,
    ],
    ['is not found', ['--', 'no-such-program'], /^understudy: the command "no-such-program" was not found/],
    [
      'is named twice',
      ['--command', 'true', ...words],
      /^understudy: --command and a command after -- exclude each other$/,
    ],
    [
      'is not named',
      ['--ready', 'http://127.0.0.1:1/'],
      /^understudy: --ready needs --command, or a command after --$/,
    ],
  ];
  for (const [what, args, expected] of cases) {
    const { port, options, env } = await started();
    const { code, out, err } = await ended([...options, ...args], { env });
    t.equal(code, 2, what);
    t.equal(out, '');
    t.match(err, expected, what);
    t.ok(await isFree(port), what);
  }
});

void t.test('a command after -- wins over the one of the exam file', async (t) => {
  const { options, env } = await started();
  const file = join(t.testdir({ 'exam.yaml': 'command: exit 7\nonly: [ state-sent ]\n' }), 'exam.yaml');
  t.match(await ended([file, ...options, ...words], { env }), { code: 0, err: '' });
});

void t.test('another program at the port of the application is not taken for it', async (t) => {
  const { url, args } = await examinee(t);
  const { code, err } = await ended([...args, ...words]);
  t.equal(code, 2);
  t.equal(err, `understudy: something answers at ${url} before the application was started; end that first`);
});

void t.test('an application that ends by itself is started again, and the result says so', async (t) => {
  const { port, options, env } = await started('dies');
  const { code, err, out } = await ended([...options, '--only', 'state-sent,refresh-after-401', ...words], { env });
  t.equal(code, 1, err);
  t.match(out, /^failed {10}state-sent {2}The application ended by itself\. /);
  t.match(out, /the application ended by itself during the exam, and was started again 1×/);
  t.ok(await isFree(port));
});

void t.test('a second signal ends an application that does not end', async (t) => {
  const { port, options, env } = await started('stays');
  const running = begin([...options, '--group', 'request,life', '--show-output', ...words], { env });
  await until(() => running.out.length > 0, 'a check has ended');
  running.signal('SIGINT');
  await until(() => running.err.includes('it stays'), 'the application got the signal');
  t.notOk(await isFree(port));
  running.signal('SIGINT');
  t.equal(await running.exit, 128 + 2);
  t.ok(await isFree(port));
});

const commandClient = fileURLToPath(new URL('command-client.mjs', import.meta.url));

/** The options of an exam of a client that is a set of commands. */
async function commanded(t: Test, odd: string): Promise<{ options: string[]; env: NodeJS.ProcessEnv; port: number }> {
  const [port] = await freePorts();
  const env = plainEnvironment({
    UNDERSTUDY_CA_DIR: caDir,
    PORT: String(port),
    SMALL: odd,
    TOKENS: join(t.testdir(), 'tokens.json'),
  });
  const command = (name: string): string[] => [`--${name}-command`, `"${process.execPath}" "${commandClient}" ${name}`];
  const options = ['--provider', 'tinyemail', '--port', '0', '--redirect-uri', `http://127.0.0.1:${port}/callback`];
  return { port, env, options: [...options, ...['connect', 'call', 'disconnect'].flatMap(command)] };
}

for (const way of ['serve', 'paste']) {
  void t.test(`commands stand for an application: one that the redirect reaches by ${way}`, async (t) => {
    const { options, env, port } = await commanded(t, way);
    const only = ['--only', 'state-sent,wrong-state-refused,refresh-after-401,restart-keeps-connection,secret-encoded'];
    const { code, out, err } = await ended([...options, ...only], { env });
    t.equal(code, 1, err);
    t.match(out, /^passed {10}state-sent/m);
    t.match(out, /^passed {10}secret-encoded/m);
    t.match(out, /^not-seen {8}wrong-state-refused {2}the client has no pages/m);
    t.match(out, /^failed {10}refresh-after-401 {2}The call did not succeed: exit code 6/m);
    t.match(out, /^passed {10}restart-keeps-connection/m);
    t.ok(await isFree(port));
  });
}

void t.test('why commands cannot be examined is one sentence', async (t) => {
  const cases: [string, RegExp][] = [
    ['prints-no-url', /no request reached tinyemail at .*, and it printed no URL to visit$/],
    ['wrong-redirect-uri', /GET \/tinyemail\/.* was refused: .*redirect_uri/],
    // on a slow machine, another step may be the one that does not end
    ['slow-call', /did not end within 2 s$/],
  ];
  for (const [odd, expected] of cases) {
    const { options, env, port } = await commanded(t, odd);
    const { code, err } = await ended([...options, '--only', 'state-sent', '--timeout', '2s'], { env });
    t.equal(code, 2, odd);
    t.match(err, expected, odd);
    t.notMatch(err, '\n');
    t.ok(await isFree(port), odd);
  }
});

void t.test('commands can have a started application beside them, and are not mixed with URLs', async (t) => {
  const { options, env } = await commanded(t, 'serve');
  const beside = await started();
  const more = ['--ready', `http://127.0.0.1:${beside.port}/`, '--show-output', '--only', 'secret-encoded,state-sent'];
  const shown = await ended([...options, ...more, '--', 'env', `PORT=${beside.port}`, ...words.slice(1)], { env });
  t.equal(shown.code, 0, shown.err);
  t.match(shown.err, /small application is listening\n[^]*Open http:[^]*small application is listening\n/);
  const wrong: [string[], RegExp][] = [
    [words, /an exam needs --ready, because no URL tells where the started application answers/],
    [['--connect', 'http://localhost/'], /an exam has either URLs or commands/],
  ];
  for (const [args, expected] of wrong) t.match(await ended([...options, ...args]), { code: 2, err: expected });
  const provider = ['--provider', 'tinyemail'];
  t.match((await ended([...provider, '--call-command', 'true'])).err, /an exam needs --connect-command, which prints/);
  t.match((await ended([...provider, '--connect-command', 'true'])).err, /an exam needs --call-command, which uses/);
});

void t.test('a signal ends a command that runs', async (t) => {
  const { options, env } = await commanded(t, 'slow-call');
  const running = begin([...options, '--only', 'state-sent', '--show-output'], { env });
  const hasCalled = (): boolean => running.err.some((line) => line.includes('contacts') || line.includes('{'));
  await until(hasCalled, 'the command has called the API');
  running.signal('SIGTERM');
  t.equal(await running.exit, 128 + 15);
  t.equal(running.err.at(-1), 'understudy: the exam was ended by SIGTERM before it had a result');
});
