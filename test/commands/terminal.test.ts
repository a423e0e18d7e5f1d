import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { run } from '../../src/commands/index.js';
import { tellRequests } from '../../src/commands/tell-requests.js';
import { TerminalLines } from '../../src/commands/terminal.js';
import { plainEnvironment } from '../programs.js';
import { startServer } from '../support.js';
import type { Test } from 'tap';
import type { Terminal } from '../../src/commands/terminal.js';
import type { TestServer } from '../support.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Finds the URL of the server in its start-up lines. */
const address = /Admin API {2}(.*)\/__admin/;

/** A terminal that keeps what it was given. While it is `stopped`, it takes nothing. */
class Screen implements Terminal {
  readonly writes: string[] = [];
  isBlocking = true;
  stopped = false;
  readonly _handle = {
    setBlocking: (blocking: boolean): void => {
      this.isBlocking = blocking;
    },
  };
  #held: (() => void) | undefined;

  hasColors(): boolean {
    return false;
  }

  write(text: string, written: () => void): boolean {
    this.writes.push(text);
    if (this.stopped) this.#held = written;
    else process.nextTick(written);
    return !this.stopped;
  }

  goOn(): void {
    this.stopped = false;
    this.#held?.();
  }

  get lines(): string[] {
    return this.writes.join('').split('\n').slice(0, -1);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

t.test('lines of one turn of the event loop are written at once, without blocking', async (t) => {
  const screen = new Screen();
  const lines = new TerminalLines(screen);
  t.equal(screen.isBlocking, false);
  lines.add(() => 'one');
  lines.add(() => 'two');
  t.strictSame(screen.writes, []);
  await turn();
  lines.add(() => 'three');
  await turn();
  t.strictSame(screen.writes, ['one\ntwo\n', 'three\n']);
  lines.add(() => 'last');
  t.equal(await lines.end(), true);
  t.strictSame(screen.lines, ['one', 'two', 'three', 'last']);
  t.equal(await lines.end(), true, 'nothing is left to write');
});

t.test('a stream without a handle is written to as well', async (t) => {
  const written: string[] = [];
  const lines = new TerminalLines({
    hasColors: () => false,
    write(text, done) {
      written.push(text);
      done();
      return true;
    },
  });
  lines.add(() => 'one');
  t.equal(await lines.end(), true);
  t.strictSame(written, ['one\n']);
});

t.test('limit "lines for a terminal": the newest are left out and counted, and the others written later', async (t) => {
  const screen = new Screen();
  const lines = new TerminalLines(screen);
  screen.stopped = true;
  lines.add(() => 'first');
  await turn();
  let made = 0;
  for (let i = 0; i < 620; i += 1) {
    lines.add(() => `line ${(made += 1)}`);
  }
  await turn();
  t.equal(made, 500, 'a line that is left out is not made');
  t.strictSame(screen.writes, ['first\n'], 'no second write while the first is not taken');
  t.equal(await lines.end(), false);
  screen.goOn();
  lines.add(() => 'after');
  t.equal(await lines.end(), true);
  t.equal(screen.lines.length, 503);
  t.strictSame(screen.lines.slice(-3), ['line 500', '… 120 lines left out', 'after']);
});

t.test('an empty NO_COLOR counts as not set, in every version of Node', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const [NO_COLOR, isColoured] of [
    ['', true],
    ['1', false],
    [undefined, true],
  ] as const) {
    const screen = new Screen();
    screen.hasColors = (env?: number | object) => (env as NodeJS.ProcessEnv).NO_COLOR === undefined;
    server.worlds.open({ id: 'default' });
    const lines = tellRequests(server.worlds, screen, { NO_COLOR });
    await fetch(server.url + tokenPath, form({}));
    await lines.end();
    t.equal(screen.writes.join('').includes('\u001b['), isColoured, String(NO_COLOR));
  }
});

async function told(t: Test): Promise<{ server: TestServer; screen: Screen; last: () => Promise<string> }> {
  const server = await startServer();
  t.teardown(() => server.close());
  const screen = new Screen();
  tellRequests(server.worlds, screen, {});
  return {
    server,
    screen,
    async last() {
      const before = screen.lines.length;
      while (screen.lines.length === before) await turn();
      return screen.lines.at(-1)!;
    },
  };
}

const tokenPath = '/mailup/Authorization/OAuth/Token';
const form = (members: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(members),
  headers: { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` },
});

t.test('each request of every world has a line, also of a world made later', async (t) => {
  const { server, screen, last } = await told(t);
  const line = last();
  await fetch(server.url + tokenPath, form({ grant_type: 'refresh_token', refresh_token: 'none' }));
  t.match(await line, /^\d\d:\d\d:\d\d default mailup {5}POST token 400 refresh\.unknown: .+/);

  server.worlds.open({ id: 'later' });
  server.worlds.open({ id: 'later' });
  const second = last();
  await fetch(`${server.url}/w/later/dottedsign/v1/members/me`);
  t.match(await second, / later {3}dottedsign GET {2}\/v1\/members\/me 401 bearer\.missing: /);

  const id = 'w'.repeat(30);
  server.worlds.open({ id });
  for (const [world, shown] of [
    [id, `${id} mailup`],
    ['later', `${'later'.padEnd(24)} mailup`],
  ] as const) {
    const line = last();
    await fetch(`${server.url}/w/${world}${tokenPath}`, form({}));
    t.match(await line, shown);
  }

  await fetch(`${server.url}/__admin/health`);
  await turn();
  t.equal(screen.lines.length, 4, 'calls of the admin API have none');
});

t.test('a fault that ends a request without an answer is told', async (t) => {
  const { server, last } = await told(t);
  for (const [kind, words] of [
    ['close', 'closed'],
    ['cut', 'reset'],
    ['drop', 'reset'],
    ['random-bytes', 'bytes that are no answer'],
  ] as const) {
    server.world().faults.add([{ id: `a-${kind}`, match: { endpoint: 'token' }, times: 1, fault: { kind } }]);
    const line = last();
    await t.rejects(fetch(server.url + tokenPath, form({ grant_type: 'client_credentials' })));
    t.match(await line, new RegExp(`POST token ${words} (.+ )?\\(fault a-${kind}: ${kind}; \\d notes?\\)$`));
  }
  server.world().faults.add([{ id: 'silent', match: {}, fault: { kind: 'hang' } }]);
  const line = last();
  await t.rejects(fetch(server.url + tokenPath, { ...form({}), signal: AbortSignal.timeout(200) }));
  t.match(await line, /POST token hang \(fault silent: hang; \d notes?\)$/);
});

t.test('a client that leaves before the answer is told', async (t) => {
  const { server, last } = await told(t);
  const line = last();
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(`POST ${tokenPath} HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n`, () =>
    setTimeout(() => socket.destroy(), 50),
  );
  t.match(await line, / default mailup {5}POST token closed by the client \(1 note\)$/);
});

t.test('secrets are fingerprints, also in a world whose journal shows them in plain text', async (t) => {
  const { server, screen, last } = await told(t);
  server.worlds.open({ id: 'plain', scenario: { journal: { secrets: 'plain' } } });
  const secret = 'a-token-of-production-0123456789';
  for (const world of ['default', 'plain']) {
    const line = last();
    const headers = { authorization: `Bearer ${secret}` };
    await fetch(`${server.url}/w/${world}/dottedsign/v1/tasks/${secret}?access_token=${secret}`, { headers });
    t.match(await line, /\/v1\/tasks\/fp:[0-9a-f]{12} 40/);
  }
  t.notMatch(screen.writes.join(''), secret);
});

t.test('a listener that throws is removed from its world, and the request is answered', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  let calls = 0;
  server.worlds.whenRequestEnds(() => {
    calls += 1;
    throw new Error('broken');
  });
  for (let i = 0; i < 2; i += 1) t.equal((await fetch(server.url + tokenPath, form({}))).status, 400);
  t.equal(calls, 1);
});

/** Runs `serve` in this process, sends one request, and stops it. */
async function served(args: readonly string[], screen: Screen, isTerminal = true): Promise<{ abandoned: number }> {
  let stop: (signal: string) => void = () => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  let abandoned = 0;
  const url = await new Promise<string>((resolve) => {
    void run(['serve', '--port', '0', ...args], {
      env: {},
      isTerminal,
      isInteractive: false,
      onSignal: () => () => undefined,
      terminal: screen,
      abandon: () => (abandoned += 1),
      out(line) {
        const [, found] = address.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      },
      err: () => undefined,
      stopped,
    }).then(() => {
      screen.writes.push('ended\n');
    });
  });
  await fetch(url + tokenPath, form({}));
  stop('SIGTERM');
  while (screen.lines.at(-1) !== 'ended') await sleep(10);
  return { abandoned };
}

t.test('serve tells requests on a terminal only, and not with --quiet', async (t) => {
  const screen = new Screen();
  t.equal((await served([], screen)).abandoned, 0);
  t.match(screen.lines[0], / POST token 400 /);
  t.equal(screen.lines.length, 2);
  for (const [args, isTerminal] of [
    [['--quiet'], true],
    [[], false],
  ] as const) {
    const silent = new Screen();
    await served(args, silent, isTerminal);
    t.strictSame(silent.lines, ['ended']);
  }
});

t.test('serve ends although the terminal does not take the last lines', async (t) => {
  const screen = new Screen();
  screen.stopped = true;
  t.equal((await served([], screen)).abandoned, 1);
});

/** Copies between the terminal that a program sees and the pipes of a test. */
const inTerminal = 'import pty, sys; pty.spawn(sys.argv[1:])';
/** Runs a program at a terminal that shows the start-up lines and then takes nothing. Ends it when the input ends. */
const inStoppedTerminal = `
import os, subprocess, sys
master, slave = os.openpty()
program = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=slave)
shown = b''
while b'/__admin' not in shown: shown += os.read(master, 4096)
print(shown.decode(), flush=True)
sys.stdin.read()
program.terminate()
try: print('ended with', program.wait(10))
except subprocess.TimeoutExpired: program.kill()
`;
const hasPty = spawnSync('python3', ['-c', 'import pty']).status === 0;
if (!existsSync(`${root}dist/main.js`)) spawnSync('npm', ['run', 'build', '--silent'], { cwd: root });

/** Serves at a pseudo terminal, sends one request, stops with Ctrl+C, and returns what the terminal showed. */
async function shownAtTerminal(t: Test, env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<string> {
  const program = [process.execPath, 'dist/main.js', '--port', '0', ...args];
  // CI: Node shows no colours to a CI system that it does not know
  const { FORCE_COLOR: _, NO_COLOR: __, CI: ___, ...inherited } = plainEnvironment();
  const child = spawn('python3', ['-c', inTerminal, ...program], {
    cwd: root,
    env: { ...inherited, TERM: 'xterm-256color', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  while (!address.test(shown)) await once(child.stdout, 'data');
  await fetch(address.exec(shown)![1]! + tokenPath, form({ grant_type: 'refresh_token', refresh_token: 'none' }));
  // Ctrl+C discards what the terminal has not shown yet
  while (!args.includes('--quiet') && !shown.includes('POST token')) await once(child.stdout, 'data');
  child.stdin.write('\u0003');
  await once(child, 'close');
  return shown;
}

if (!hasPty) t.comment('python3 is missing: the tests at a pseudo terminal are left out');
else {
  t.test('the built program tells requests at a terminal, in colour', async (t) => {
    const shown = await shownAtTerminal(t, {});
    t.match(shown, /default\u001b\[22m mailup {5}POST token \u001b\[33m400\u001b\[39m \u001b\[33mrefresh\.unknown: /);
    t.notMatch(shown, '"ready"');
  });

  t.test('NO_COLOR, FORCE_COLOR and TERM=dumb are obeyed', async (t) => {
    for (const [env, isColoured] of [
      [{ NO_COLOR: '1' }, false],
      [{ NO_COLOR: '' }, true],
      [{ TERM: 'dumb' }, false],
      [{ TERM: 'dumb', FORCE_COLOR: '1' }, true],
      [{ FORCE_COLOR: '0' }, false],
    ] as const) {
      const shown = await shownAtTerminal(t, env);
      t.match(shown, /default(\u001b\[22m)? mailup {5}POST token /);
      t.equal(shown.includes('\u001b['), isColoured, JSON.stringify(env));
    }
  });

  t.test('the server answers and stops while its terminal is stopped', async (t) => {
    const program = [process.execPath, 'dist/main.js', '--port', '0'];
    const child = spawn('python3', ['-c', inStoppedTerminal, ...program], {
      cwd: root,
      env: plainEnvironment(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
    while (!address.test(shown)) await once(child.stdout, 'data');
    const url = address.exec(shown)![1]! + tokenPath;
    for (let i = 0; i < 400; i += 1) {
      const { status } = await fetch(url, { ...form({}), signal: AbortSignal.timeout(10_000) });
      if (status !== 400) t.fail(`answered ${status}`);
    }
    child.stdin.end();
    await once(child, 'close');
    t.match(shown, 'ended with 0');
  });

  t.test('--quiet switches the lines off', async (t) => {
    t.notMatch(await shownAtTerminal(t, {}, ['--quiet']), 'POST');
  });
}
