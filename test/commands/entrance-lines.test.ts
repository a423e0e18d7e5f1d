import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { run } from '../../src/commands/index.js';
import { start } from '../../src/client/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const caDir = mkdtempSync(join(tmpdir(), 'entrance-lines-'));
t.teardown(() => {
  rmSync(caDir, { recursive: true });
});

/** The lines that `serve` prints at its start. */
async function linesOf(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  const code = await run(['serve', '--port', '0', '--ca-dir', caDir, ...args], {
    env: {},
    isTerminal: false,
    isInteractive: false,
    onSignal: () => () => undefined,
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    stopped: Promise.resolve(''),
  });
  if (code !== 0) throw new Error(lines.join('\n'));
  return lines;
}

const both = ['--tls', '--tls-port', '0', '--proxy', '--proxy-port', '0'];
const of = (lines: readonly string[], name: string): string => lines.find((line) => line.startsWith(name)) ?? '';

t.test('serve prints the ports, the certificate to trust, and whether it is new', async (t) => {
  const file = join(caDir, 'ca.pem');
  const first = await linesOf(...both);
  t.match(of(first, 'HTTPS'), /^HTTPS {6}https:\/\/127\.0\.0\.1:\d+$/);
  t.match(of(first, 'Proxy'), /^Proxy {6}http:\/\/127\.0\.0\.1:\d+$/);
  t.equal(of(first, 'Trust'), `Trust      ${file}  (made now: there was none)`);
  t.match(first.at(-1), /^\{"ready":true,"url":"http:.*","tlsUrl":"https:.*","proxyUrl":"http:.*"\}$/);

  t.equal(of(await linesOf(...both), 'Trust'), `Trust      ${file}`);
  const named = await linesOf(...both, '--tls-name', 'later.internal');
  t.equal(of(named, 'Trust'), `Trust      ${file}  (made now: the one before may not sign later.internal)`);
  const plain = await linesOf();
  t.notOk(plain.some((line) => /^(?:HTTPS|Proxy|Trust)/.test(line)));
  t.match(plain.at(-1), /^\{"ready":true,"url":"[^"]*"\}$/);
});

t.test('serve tells the providers that the scenario of its start defines', async (t) => {
  const fixtures = mkdtempSync(join(tmpdir(), 'entrance-scenarios-'));
  t.teardown(() => {
    rmSync(fixtures, { recursive: true });
  });
  writeFileSync(join(fixtures, 'mine.yaml'), 'definitions: { acme: { title: Acme of a scenario } }\n');
  const lines = await linesOf('--fixtures', fixtures, '--scenario', 'mine');
  t.ok(lines.includes('Acme of a scenario'), lines.join('\n'));
});

t.test('start() tells the same', async (t) => {
  const server = await start({ tls: true, proxy: true, caDir });
  t.match(server, { tlsUrl: /^https:/, proxyUrl: /^http:/, caCertificate: /BEGIN CERTIFICATE/ });
  await server.close();
  const plain = await start();
  t.match(plain, { tlsUrl: undefined, proxyUrl: undefined, caCertificate: undefined });
  await plain.close();
});

t.test('the program passes signals on to the command that it runs', async (t) => {
  // the sources, because coverage is measured there
  const command = [
    'run',
    '--ca-dir',
    caDir,
    '--',
    'sh',
    '-c',
    'trap "exit 9" TERM; echo up; while :; do sleep 0.1; done',
  ];
  const child = spawn(process.execPath, [...process.execArgv, 'src/main.ts', ...command], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  t.strictSame(await ended, [9, null]);
});
