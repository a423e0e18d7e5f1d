import { once } from 'node:events';
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import t from 'tap';
import { start } from '../../src/library.js';
import { plainEnvironment } from '../programs.js';
import { answerOf, built, call, outsideAssistant, root } from './assistant.js';
import { oneConnection } from './one-connection.js';
import { wholeStory } from './story.js';
import type { WorldInfo } from '../../src/client/index.js';

await built();

const handshake = [
  {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'sh', version: '1' } },
  },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
];

const lines = (messages: readonly object[]): string => messages.map((each) => `${JSON.stringify(each)}\n`).join('');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command with this text as its whole input. */
async function piped(text: string, args: readonly string[] = []): Promise<Ended> {
  const child = spawn(process.execPath, [`${root}dist/main.js`, 'mcp', ...args], {
    env: plainEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(text);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

const refusesConnections = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(false);
    }).once('error', () => {
      resolve(true);
    });
  });

t.test('an assistant tests a client from authorization to findings, and examines an application', async (t) => {
  const { client, err } = await outsideAssistant(t);
  t.equal(client.getServerVersion()?.name, 'understudy');
  t.match(client.getInstructions(), /describe_provider/);
  await wholeStory(t, client);
  t.match(err(), /^understudy: tools for http:\/\/127\.0\.0\.1:\d+ on standard input and output\n$/);
});

t.test('the server ends when the assistant leaves, and no process stays', async (t) => {
  const { client, transport } = await outsideAssistant(t);
  const { baseUrl } = await answerOf<WorldInfo>(client, 'create_world');
  const { pid } = transport;
  t.ok(pid);
  await client.close();
  t.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' });
  t.ok(await refusesConnections(Number(new URL(baseUrl).port)));
});

t.test('a call that hangs does not keep the process when the assistant leaves', async (t) => {
  const application = await oneConnection(t);
  const begin = { jsonrpc: '2.0', id: 2, method: 'tools/call' };
  const params = { name: 'authorize', arguments: { url: `${application.url}/slow` } };
  const { code, out } = await piped(lines([...handshake, { ...begin, params }]));
  t.equal(code, 0);
  t.match(out, /the call was cancelled/);
  t.same(application.seen, ['/slow']);
});

t.test('calls that a script wrote at once are answered, and standard output has nothing but messages', async (t) => {
  const tool = (id: number, name: string): object => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: { provider: 'tinyemail' } },
  });
  const { code, out } = await piped(
    lines([...handshake, tool(2, 'describe_provider'), tool(3, 'list_worlds')]) + 'no message\n',
  );
  t.equal(code, 0);
  const answers = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { jsonrpc: string; id: number | null });
  t.same(answers.map(({ id }) => id).toSorted(), [1, 2, 3, null]);
  t.ok(answers.every(({ jsonrpc }) => jsonrpc === '2.0'));
});

t.test('a line that is no message is answered, and reported on standard error', async (t) => {
  const { code, out, err } = await piped('hello\n', ['--log-level', 'trace']);
  t.equal(code, 0);
  t.match(JSON.parse(out), { jsonrpc: '2.0', id: null, error: { code: -32700, message: /^the line is not JSON: / } });
  t.match(err, /understudy: a message of the assistant cannot be used: the line is not JSON: /);
});

t.test('with --url it uses a running server, which goes on afterwards', async (t) => {
  const running = await start({ adminToken: 'only-for-this-test' });
  t.teardown(() => running.close());
  const { client } = await outsideAssistant(t, ['--url', running.url, '--admin-token', 'only-for-this-test']);
  await answerOf(client, 'create_world', { id: 'of-the-assistant' });
  await client.close();
  t.ok((await running.worlds()).some(({ id }) => id === 'of-the-assistant'));

  const { client: stranger } = await outsideAssistant(t, ['--url', running.url]);
  t.match(await call(stranger, 'list_worlds'), { isError: true, text: /refused with status 401/ });
});

t.test('a server loads nothing of the protocol, and mcp does', async (t) => {
  const program = `
    const { readFileSync } = require('node:fs');
    const { PassThrough } = require('node:stream');
    const { run } = require('./dist/commands.cjs');
    const streams = () => ({ input: new PassThrough().end(), output: new PassThrough() });
    const said = { out() {}, err() {}, env: {}, isTerminal: false, streams, stopped: Promise.resolve('SIGTERM') };
    run([process.argv[1], '--port', '0'], said).then(() => {
      const files = Object.keys(require.cache);
      console.log(files.some((file) => readFileSync(file, 'utf8').includes('notifications/initialized')));
    });`;
  for (const [command, loads] of [
    ['serve', 'false\n'],
    ['mcp', 'true\n'],
  ] as const) {
    const { stdout } = spawnSync(process.execPath, ['-e', program, command], {
      cwd: root,
      encoding: 'utf8',
      env: plainEnvironment(),
    });
    t.equal(stdout, loads, command);
  }
});
