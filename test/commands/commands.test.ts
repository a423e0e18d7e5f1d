import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { introduction } from '../../src/commands/announce.js';
import { parseCommand } from '../../src/commands/command-line.js';
import { commands, run } from '../../src/commands/index.js';
import { serve } from '../../src/commands/serve.js';
import { options } from '../../src/config.js';
import { providers } from '../../src/providers/index.js';
import { version } from '../../src/package.js';
import { demo } from '../support.js';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { Option } from '../../src/config/option.js';
import type { Surroundings } from '../../src/commands/surroundings.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the command line in this process, and collects its output. */
function begin(
  args: readonly string[],
  more: Partial<Surroundings> = {},
): {
  out: string[];
  err: string[];
  stop: (signal: string) => void;
  exit: Promise<number>;
  ready: () => Promise<string>;
} {
  const out: string[] = [];
  const err: string[] = [];
  let stop: (signal: string) => void = () => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  let sayReady: (url: string) => void = () => undefined;
  const readiness = new Promise<string>((resolve) => {
    sayReady = resolve;
  });
  const exit = run(args, {
    env: {},
    isTerminal: false,
    isInteractive: false,
    onSignal: () => () => {},
    out(line) {
      out.push(line);
      if (line.startsWith('{')) sayReady((JSON.parse(line) as { url: string }).url);
    },
    err: (line) => err.push(line),
    stopped,
    ...more,
  });
  const failed = exit.then((code) => {
    throw new Error(`ended with ${code} before it was ready: ${err.join('\n')}`);
  });
  failed.catch(() => undefined);
  return { out, err, stop, exit, ready: () => Promise.race([readiness, failed]) };
}

async function ended(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const { out, err, exit } = begin(args, { env });
  return { code: await exit, out: out.join('\n'), err: err.join('\n') };
}

async function listener(t: Test, status: number): Promise<number> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
}

void t.test('the command line', async (t) => {
  void t.test('help lists every command and every option with its variables', async (t) => {
    for (const spelling of ['--help', '-h', 'help']) {
      const { code, out } = await ended([spelling]);
      t.equal(code, 0);
      for (const command of commands.keys()) t.match(out, `  ${command} `);
      for (const option of Object.values(options)) {
        if ('flag' in option) t.match(out, `--${option.flag} `);
        for (const variable of option.flag === undefined ? option.env.slice(0, 1) : option.env) t.match(out, variable);
      }
    }
  });

  void t.test('help after a command lists the options of that command', async (t) => {
    const listed = async (...args: string[]): Promise<string[]> =>
      [...(await ended(args)).out.matchAll(/^ {2}--(\S+)/gm)].map(([, flag]) => String(flag));
    t.strictSame(await listed('report', '--help'), [
      'url',
      'world',
      'all-worlds',
      'format',
      'fail-on',
      'severity',
      'suppress',
      'admin-token',
    ]);
    t.strictSame(await listed('help', 'scenarios'), ['fixtures']);
    t.strictSame(await listed('healthcheck', '-h'), ['port', 'host']);
    t.strictSame(await listed('check', '--help'), ['shelf']);
    t.ok((await listed('serve', '--help')).includes('world-limit'));
    t.match(
      (await ended(['check', '--help'])).out,
      /^Usage: understudy check \[options\] <FILE\.\.\.>\n\nCheck scenario/,
    );
    t.match((await ended(['providers', '--help'])).out, 'Usage: understudy providers');
    t.match(
      (await ended(['help', 'report'])).out,
      /--fail-on <SEVERITY> [^]*\(error, warning,\s+note, never; default: error\)/,
    );
    t.match((await ended(['serve', '--help'])).out, /--port <N> .*\(default: 8080\)\s+\[UNDERSTUDY_PORT, PORT\]/);
    t.match((await ended(['serve', '--help'])).out, '\n  UNDERSTUDY_ADMIN=open  ');
    t.match((await ended(['help', '--help'])).out, 'Commands');
    for (const asked of [
      ['help', 'sreve'],
      ['sreve', '--help'],
    ]) {
      t.match(await ended(asked), {
        code: 2,
        out: '',
        err: /^understudy: there is no command "sreve"; did you mean "serve"/,
      });
    }
  });

  void t.test('--version prints the version', async (t) => {
    for (const args of [['--version'], ['-V'], ['serve', '--version']]) {
      t.strictSame(await ended(args), { code: 0, out: version, err: '' });
    }
  });

  void t.test('wrong usage prints one line and exits with code 2', async (t) => {
    const wrong: [string[], Record<string, string>, string][] = [
      [['sreve'], {}, 'there is no command "sreve"; did you mean "serve"?; there are'],
      [['--prot', '1'], {}, 'unknown option \'--prot\'; did you mean "--port"?'],
      [['--nonsense'], {}, "unknown option '--nonsense'"],
      [['--port', '-1'], {}, '--port is "-1"; expected a whole number from 0 to 65535'],
      [['--port'], {}, "option '--port <N>' argument missing"],
      [['--port', '--host', 'x'], {}, "option '--port <N>' argument missing"],
      [['scenarios', '--fixturs', '.'], {}, 'unknown option \'--fixturs\'; did you mean "--fixtures"?'],
      [['serve', 'more'], {}, 'unexpected argument "more"'],
      [['providers', '--', '--version'], {}, 'unexpected argument "--version"'],
      [['check'], {}, "missing required argument 'FILE'"],
      [['toString'], {}, 'there is no command "toString"; there are'],
      [['constructor', '--port', '0'], {}, 'there is no command "constructor"; there are'],
      [['--admin-token', '-x y', '--port', '0'], {}, 'the admin token must consist of visible ASCII characters'],
      [['report', '--suppress', '--world', 'x'], {}, "option '--suppress <RULE: REASON>' argument missing"],
      [['--port', '80a'], {}, '--port is "80a"; expected a whole number from 0 to 65535'],
      [['--port', '65536'], {}, '--port is "65536"; expected a whole number from 0 to 65535'],
      [[], { UNDERSTUDY_PORT: '-1' }, 'UNDERSTUDY_PORT is "-1"; expected a whole number from 0 to 65535'],
      [[], { PORT: 'http' }, 'PORT is "http"; expected a whole number from 0 to 65535'],
      [['--idle-seconds', '0'], {}, '--idle-seconds is "0"; expected a whole number from 1 to 31536000'],
      [
        ['--log-level', 'loud'],
        {},
        '--log-level is "loud"; expected one of silent, fatal, error, warn, info, debug, trace',
      ],
      [[], { UNDERSTUDY_ADMIN: 'yes' }, 'UNDERSTUDY_ADMIN is "yes"; expected one of open, guarded'],
      [
        ['--base-url', 'understudy:8080'],
        {},
        '--base-url is "understudy:8080"; expected a URL such as http://understudy:8080',
      ],
      [['--base-url', 'nonsense'], {}, '--base-url is "nonsense"; expected a URL'],
      [['--base-url', 'http://a/?b'], {}, '--base-url is "http://a/?b", which has a query or a fragment; expected'],
      [['--base-url', 'http://a/#b'], {}, '--base-url is "http://a/#b", which has a query or a fragment; expected'],
      [['--base-url', 'http://h//a'], {}, '--base-url is "http://h//a", which has two slashes in a row in its path'],
      [['--base-url', 'http://h/a/../b'], {}, '--base-url is "http://h/a/../b", which has a dot segment in its path'],
      [['--base-url', 'http://h/a/%2e'], {}, '--base-url is "http://h/a/%2e", which has a dot segment in its path'],
      [['--base-url', 'http://h/a b'], {}, '--base-url is "http://h/a b", which has white space'],
      [['--base-url', 'http://u:p@h'], {}, '--base-url is "http://u:p@h", which has a user or a password'],
      [['--base-url', 'http://h\\a'], {}, '--base-url is "http://h\\\\a", which has a backslash'],
      [['--host', '203.0.113.1', '--port', '0'], {}, 'cannot listen on 203.0.113.1 port 0: '],
      [['--port', '0', '--ready-file', '/nowhere/at/all'], {}, '--ready-file "/nowhere/at/all" cannot be written: '],
      [['--redirect-uri', 'mailup=x'], {}, '--redirect-uri: "x" is not an absolute URI'],
      [[], { UNDERSTUDY_CLIENT_ID: 'é' }, '--client-id: expected: visible ASCII characters'],
      [['healthcheck', '--port', 'x'], {}, '--port is "x"'],
      [
        ['scenarios', '--fixtures', '/nowhere/at/all'],
        {},
        'the folder of scenarios "/nowhere/at/all" cannot be read: ',
      ],
    ];
    for (const [args, env, expected] of wrong) {
      const { code, err } = await ended(args, env);
      t.equal(code, 2, [...args, ...Object.keys(env)].join(' '));
      t.ok(err.startsWith(`understudy: ${expected}`), err);
      t.notMatch(err, '\n');
    }
  });

  void t.test('an error of the program itself is not reported as wrong usage', async (t) => {
    const { exit } = begin(['providers'], {
      out() {
        throw new Error('the pipe is closed');
      },
    });
    await t.rejects(exit, { message: 'the pipe is closed' });
  });

  void t.test('providers lists each with its paths', async (t) => {
    const { code, out } = await ended(['providers']);
    t.equal(code, 0);
    for (const { name, origin, endpoints } of providers) {
      t.match(out, origin);
      t.match(out, `/${name}${endpoints.token[0]}`);
    }
  });
});

void t.test('options', async (t) => {
  const config = (args: readonly string[], env: Record<string, string>) => parseCommand(serve, args, env).values;

  void t.test('are suggested for a misspelt one, also those of every command', async (t) => {
    for (const [args, hint] of [
      [['--prot', '1'], `unknown option '--prot'; did you mean "--port"?`],
      [['--verison'], `unknown option '--verison'; did you mean "--version"?`],
      [['check', '--hlep'], `unknown option '--hlep'; did you mean "--help"?`],
      [['--colour'], "unknown option '--colour'"],
    ] as const) {
      t.match(await ended([...args]), { code: 2, err: `understudy: ${hint}` });
    }
  });

  void t.test('have flags named after them, and help texts equal to their doc comments', async (t) => {
    const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const files = ['server', 'client', 'tls', 'proxy'].map((name) => `${root}src/config/${name}-options.ts`);
    const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    for (const [name, { flag, help }] of Object.entries<Option<unknown>>(options)) {
      t.ok(flag === undefined || flag === kebab(name), name);
      t.match(source, `  /** ${help}. */\n  ${name}: `);
    }
  });

  void t.test('have defaults', async (t) => {
    t.match(config([], {}), {
      port: 8080,
      host: '127.0.0.1',
      admin: 'guarded',
      logLevel: 'warn',
      idleSeconds: 3600,
    });
    t.ok(Object.isFrozen(config([], {})));
  });

  void t.test(
    'are read from the command line, then UNDERSTUDY_…, then PORT and HOST; an empty variable counts as unset',
    async (t) => {
      const env = { PORT: '1', HOST: '::1', UNDERSTUDY_PORT: '2', UNDERSTUDY_HOST: '' };
      t.match(config(['--port', '3'], env), { port: 3 });
      t.match(config([], env), { port: 2, host: '::1' });
      t.match(config([], { ...env, UNDERSTUDY_PORT: '' }), { port: 1 });
      t.match(config(['--port', '3', '--port=4'], {}), { port: 4 }, 'of two values the later one applies');
      t.match(config(['--base-url', 'https://mock.example/under//'], {}), {
        baseUrl: 'https://mock.example/under',
      });
      t.match(
        config(['--admin-token', 'a', '--fixtures', 'b', '--scenario', 'c', '--ready-file', 'd'], {
          UNDERSTUDY_ADMIN: 'open',
        }),
        { adminToken: 'a', fixtures: 'b', scenario: 'c', readyFile: 'd', admin: 'open' },
      );
    },
  );
});

void t.test('serve', async (t) => {
  void t.test('prints the settings for a client, then the ready line, and stops on a signal', async (t) => {
    const readyFile = `${t.testdir()}/ready.json`;
    const { out, ready, stop, exit } = begin(['--port', '0', '--ready-file', readyFile]);
    const url = await ready();
    const text = out.join('\n');
    for (const { title, name, endpoints } of providers) {
      t.match(
        text,
        [
          title,
          `  authorize  ${url}/${name}${endpoints.authorize[0]}`,
          `  token      ${url}/${name}${endpoints.token[0]}`,
          `  API        ${url}/${name}${endpoints.api[0]}`,
          `  client     ${demo.id}  secret ${demo.secret}`,
          `  user       ${demo.username}  password ${demo.password}`,
        ].join('\n'),
      );
    }
    t.equal(out.at(-1), JSON.stringify({ ready: true, url }), 'the last line is for a program');
    t.equal(readFileSync(readyFile, 'utf8'), `${JSON.stringify({ ready: true, url })}\n`);
    t.equal((await fetch(`${url}/__admin/health`)).status, 200);
    stop('SIGTERM');
    t.equal(await exit, 0);
    await t.rejects(fetch(`${url}/__admin/health`));
  });

  void t.test('prints only the clients and users of the scenario', async (t) => {
    const [provider] = providers;
    const { name, title } = provider!;
    t.strictSame(introduction(provider!, 'http://here', { providers: {} }).length, 4, title);
    t.strictSame(
      introduction(provider!, 'http://here', {
        providers: { [name]: { clients: [{ id: 'public-app' }], users: [{ id: 'eve' }] } },
      }).slice(4),
      ['  client     public-app  secret (none)', '  user       eve  password understudy'],
    );
  });

  void t.test('prints the registered client, from options or the environment, without its secret', async (t) => {
    const env = { UNDERSTUDY_CLIENT_ID: 'mailup=mine', UNDERSTUDY_REDIRECT_URI: 'http://a.test/cb mailup=app:/cb' };
    const { out, ready, stop, exit } = begin(['--port', '0', '--client-secret', 'mailup=hidden'], { env });
    const url = await ready();
    const text = out.join('\n');
    t.match(text, '  client     mine  secret (as given by --client-secret)\n');
    t.match(text, `  client     ${demo.id}  secret ${demo.secret}\n`);
    t.notMatch(text, 'hidden');
    const { clients } = (await (await fetch(`${url}/__admin/providers/mailup/clients`)).json()) as {
      clients: { id: string; secret: string; redirectUris: string[] }[];
    };
    t.match(clients[0], { id: 'mine', secret: 'hidden', redirectUris: ['http://a.test/cb', 'app:/cb'] });
    stop('SIGTERM');
    t.equal(await exit, 0);
  });

  void t.test('prints no ready line on a terminal', async (t) => {
    const { out, stop, exit } = begin(['serve', '--port', '0', '--log-level', 'silent'], { isTerminal: true });
    stop('SIGINT');
    t.equal(await exit, 0);
    t.notMatch(out.join('\n'), '"ready"');
  });

  void t.test('prints the URL of --base-url, and listens on its own address', async (t) => {
    const port = await listener(t, 200);
    const { code, err } = await ended(['--port', String(port), '--base-url', 'http://understudy:8080']);
    t.equal(code, 2);
    t.equal(err, `understudy: port ${port} is in use on 127.0.0.1; choose another, or 0 for a free port`);

    const { out, ready, stop, exit } = begin(['--port', '0', '--base-url', 'http://understudy:8080/']);
    t.equal(await ready(), 'http://understudy:8080');
    t.match(out.join('\n'), `  token      http://understudy:8080/mailup/`);
    stop('SIGTERM');
    t.equal(await exit, 0);
  });

  void t.test('prints a URL that a local client can use', async (t) => {
    for (const [host, name] of [
      ['0.0.0.0', 'localhost'],
      ['::', 'localhost'],
      ['::1', '[::1]'],
    ] as const) {
      const { ready, stop, exit } = begin(['--port', '0', '--host', host]);
      const url = await ready();
      t.equal(new URL(url).hostname, name);
      t.equal((await fetch(`${url}/__admin/health`)).status, 200);
      stop('SIGTERM');
      await exit;
    }
  });

  void t.test('answers the request in progress on shutdown, and does not wait for idle connections', async (t) => {
    const { ready, stop, exit } = begin(['--port', '0']);
    const { port } = new URL(await ready());
    const silent = connect(Number(port), '127.0.0.1');
    const half = await halfARequest(Number(port));
    stop('SIGTERM');
    t.match(await half.finish(), /^HTTP\/1\.1 400 Bad Request/);
    t.equal(await exit, 0);
    silent.destroy();
  });
});

void t.test('healthcheck', async (t) => {
  const health = (port: number, ...more: string[]): Promise<{ code: number; out: string; err: string }> =>
    ended(['healthcheck', '--port', String(port), ...more]);
  const well = await listener(t, 200);
  t.strictSame(await health(well), { code: 0, out: `http://127.0.0.1:${well}/__admin/health answered 200`, err: '' });
  t.equal(
    (await ended(['healthcheck'], { UNDERSTUDY_HOST: '0.0.0.0', UNDERSTUDY_PORT: String(well) })).code,
    0,
    'healthcheck reads the same variables as serve',
  );
  t.match(await health(well, '--host', '::'), { code: 0 });
  t.match(await health(well, '--host', '::1'), {
    code: 1,
    err: `http://[::1]:${well}/__admin/health did not answer: fetch failed: `,
  });
  const ill = await listener(t, 503);
  t.strictSame(await health(ill), { code: 1, out: '', err: `http://127.0.0.1:${ill}/__admin/health answered 503` });
});

/** Sends a token request without the end of its body; `finish` sends the rest. */
async function halfARequest(port: number): Promise<{ finish: () => Promise<string> }> {
  const body = 'grant_type=refresh_token&refresh_token=nonsense';
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  socket.write(
    `POST /mailup/Authorization/OAuth/Token HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    async finish() {
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.write(body.slice(10));
      const [answer] = (await once(socket, 'data')) as [string];
      return answer;
    },
  };
}

/** Starts the installed program in a separate process. */
function start(
  t: Test,
  args: readonly string[],
  env: Record<string, string> = {},
  program: readonly string[] = ['dist/main.js'],
): {
  ready: () => Promise<string>;
  kill: (signal: NodeJS.Signals) => void;
  end: Promise<{ code: number | null; out: string; err: string }>;
} {
  const { PATH = '' } = process.env;
  // Coverage of the bundle is not measured; a test that needs coverage passes `env`.
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: root,
    env: { PATH, NODE_V8_COVERAGE: undefined, ...env },
  });
  t.teardown(() => child.kill('SIGKILL'));
  let out = '';
  let err = '';
  const lines = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const [, url] = /^\{"ready":true,"url":"(.*)"\}$/m.exec(out) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const end = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }));
  const failed = end.then(({ code }) => {
    throw new Error(`ended with ${String(code)} before it was ready: ${err}`);
  });
  failed.catch(() => undefined);
  return { ready: () => Promise.race([lines, failed]), kill: (signal) => child.kill(signal), end };
}

if (!existsSync(`${root}dist/main.js`)) await once(spawn('npm', ['run', 'build', '--silent'], { cwd: root }), 'close');

void t.test('the built program', async (t) => {
  void t.test('finishes open requests on SIGTERM and exits in time', async (t) => {
    const begun = performance.now();
    const { ready, kill, end } = start(t, [], { PORT: '0', HOST: '127.0.0.1' });
    const url = await ready();
    const startMs = performance.now() - begun;
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    await (await fetch(`${url}/__admin/health`)).text();
    const half = await halfARequest(Number(new URL(url).port));
    const before = performance.now();
    kill('SIGTERM');
    t.match(await half.finish(), /^HTTP\/1\.1 400 Bad Request/);
    t.match(await end, { code: 0, err: '' });
    const tookMs = performance.now() - before;
    // Idle connections are closed after 500 ms. The start time is the measure of the machine's speed.
    t.ok(tookMs < 500 + 2 * startMs, `it took ${tookMs} ms, and the start ${startMs} ms`);
    silent.destroy();
  });

  void t.test('loads rarely used parts on demand: the multipart parser, the documentation, the findings', async (t) => {
    const { ready, kill, end } = start(t, ['--port', '0']);
    const url = await ready();
    const fields = new FormData();
    for (const [name, value] of Object.entries({
      client_id: demo.id,
      redirect_uri: demo.redirectUri,
      response_type: 'code',
    })) {
      fields.set(name, value);
    }
    const page = await fetch(`${url}/mailup/Authorization/OAuth/LogOn`, {
      method: 'POST',
      body: fields,
      redirect: 'manual',
    });
    t.match(page.headers.get('location'), '?authorization=', await page.text());
    for (const path of ['openapi.json', 'docs/', 'findings', 'scenarios', 'lineage']) {
      t.equal((await fetch(`${url}/__admin/${path}`)).status, 200, path);
    }
    kill('SIGTERM');
    t.match(await end, { code: 0, err: '' });
  });

  void t.test('answers its health check, and stops on SIGINT', async (t) => {
    const { ready, kill, end } = start(t, ['serve', '--port', '0']);
    const { port } = new URL(await ready());
    t.match(await start(t, ['healthcheck'], { UNDERSTUDY_PORT: port }).end, { code: 0, err: '' });
    const second = await start(t, ['--port', port]).end;
    t.strictSame(second, {
      code: 2,
      out: '',
      err: `understudy: port ${port} is in use on 127.0.0.1; choose another, or 0 for a free port\n`,
    });
    kill('SIGINT');
    t.match(await end, { code: 0 });
    t.match(await start(t, ['healthcheck', '--port', port]).end, { code: 1, out: '' });
  });

  void t.test(
    'the server continues, and other commands end without an error, if their output pipe is closed',
    async (t) => {
      const program = [...process.execArgv, 'src/main.ts'].map((arg) => `'${arg}'`).join(' ');
      const shell = (script: string): ReturnType<typeof spawn> =>
        spawn('sh', ['-c', script], { cwd: root, env: { ...process.env, NODE: process.execPath } });
      const said = async (script: string): Promise<{ code: number; text: string }> => {
        const child = shell(script);
        let text = '';
        for (const stream of [child.stdout, child.stderr]) {
          stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        }
        const [code] = (await once(child, 'close')) as [number];
        return { code, text };
      };
      const [listing, full, server] = await Promise.all([
        said(`{ "$NODE" ${program} scenarios; echo "ended with $?" >&2; } | head -n 1`),
        said(`"$NODE" ${program} providers > /dev/full`),
        // `head` reads one line and closes the pipe; the server must still answer.
        said(
          `f=$(mktemp) && rm "$f" && { "$NODE" ${program} --port 0 --ready-file "$f" & pid=$!; { while [ ! -s "$f" ]; do sleep 0.1; done; "$NODE" -e 'fetch(JSON.parse(require("fs").readFileSync(process.argv[1])).url + "/__admin/health").then((a) => console.error("health " + a.status))' "$f"; kill $pid; wait $pid; echo "ended with $?" >&2; rm "$f"; } } | head -n 1 > /dev/null`,
        ),
      ]);
      t.match(listing.text, /^200-with-error-body$/m);
      t.match(listing.text, /^ended with 0$/m);
      t.notMatch(listing.text, 'EPIPE');
      t.match(full, { text: 'ENOSPC' }, 'a failed write to stdout is reported');
      t.not(full.code, 0);
      t.match(server.text, /health 200\nended with 0/);
    },
  );

  void t.test('logs each request, and no secret, at any log level', async (t) => {
    const { ready, kill, end } = start(t, ['--port', '0', '--log-level', 'trace']);
    const mailup = `${await ready()}/mailup`;
    const query = new URLSearchParams({
      grant_type: 'password',
      username: demo.username,
      password: 's3cret-password',
      client_id: demo.id,
      client_secret: 's3cret-client',
      code: 's3cret-code',
      state: 's3cret-state',
    });
    await fetch(`${mailup}/Authorization/OAuth/Token?${query.toString()}`, {
      headers: { authorization: 'Basic czNjcmV0LWJhc2lj' },
    });
    await fetch(`${mailup}/Authorization/OAuth/Token`, { method: 'POST', body: query });
    await fetch(`${mailup}/Authorization/OAuth/Token`, {
      method: 'POST',
      body: '{"refresh_token":s3cret-json}',
      headers: { 'content-type': 'application/json' },
    });
    await fetch(`${mailup}/../nowhere?${query.toString()}`, {
      method: 'POST',
      body: '{"refresh_token":s3cret-json}',
      headers: { 'content-type': 'application/json' },
    });
    await fetch(`${mailup}/../__admin/providers/mailup/tokens/s3cret-token?token=s3cret-token`);
    await fetch(`${mailup}/API/v1.1/Rest/x?access_token=s3cret-token`, {
      headers: { authorization: 'Bearer s3cret-bearer', cookie: 'understudy_session=s3cret-cookie' },
    });
    kill('SIGTERM');
    const { err } = await end;
    const lines = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const told = lines
      .filter(({ msg }) => msg === 'answered')
      .map(({ world, provider, endpoint, method, path, status, reason }) => [
        world,
        provider,
        endpoint,
        method,
        path,
        status,
        reason,
      ]);
    t.strictSame(told, [
      ['default', 'mailup', 'token', 'GET', '/mailup/Authorization/OAuth/Token', 400, 'client.secret-wrong'],
      ['default', 'mailup', 'token', 'POST', '/mailup/Authorization/OAuth/Token', 400, 'client.secret-wrong'],
      ['default', 'mailup', 'token', 'POST', '/mailup/Authorization/OAuth/Token', 400, 'request.body-malformed'],
      ['default', 'mailup', 'resource', 'GET', '/mailup/API/v1.1/Rest/x', 400, 'bearer.unknown'],
    ]);
    t.notMatch(err, /s3cret|czNjcmV0/);
  });

  void t.test('stops when the npm process that started it is stopped', async (t) => {
    const npm = spawn('npm', ['start', '--ignore-scripts', '--silent'], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', PORT: '0', HOST: '127.0.0.1' },
    });
    t.teardown(() => npm.kill('SIGKILL'));
    let out = '';
    await new Promise<void>((resolve) =>
      npm.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        if (out.includes('"ready"')) resolve();
      }),
    );
    npm.kill('SIGTERM');
    // The pipe closes when the last process that holds it has exited.
    await once(npm, 'close');
    await t.rejects(fetch((JSON.parse(out.trim().split('\n').at(-1)!) as { url: string }).url));
  });

  void t.test('main prints to stdout and stderr and exits with the code of the command', async (t) => {
    t.strictSame(await start(t, ['--version']).end, { code: 0, out: `${version}\n`, err: '' });
    t.match(await start(t, ['sreve']).end, { code: 2, out: '', err: /^understudy: there is no command "sreve".*\n$/ });
    // Runs the sources, because coverage is measured there.
    const env = Object.fromEntries(
      Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    const files = t.testdir({ 'good.yaml': 'seed: 1\n', 'bad.yaml': 'sed: 1\n' });
    const checked = await start(t, ['check', `${files}/good.yaml`, `${files}/bad.yaml`], env, [
      ...process.execArgv,
      'src/main.ts',
    ]).end;
    t.strictSame(checked, {
      code: 1,
      out: `${files}/good.yaml: good\n`,
      err: `${files}/bad.yaml:1:1: sed: is not a member here; did you mean "seed"?\n`,
    });
  });
});
