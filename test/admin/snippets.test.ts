import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { conventionsOf, setupOf, withState } from '../../src/admin/snippets/client-setup.js';
import { snippets } from '../../src/admin/snippets/snippets.js';
import { providers } from '../../src/providers/index.js';
import type { Test } from 'tap';
import type { ClientSetup } from '../../src/admin/snippets/client-setup.js';
import type { Understudy, World } from '../../src/client/index.js';
import { freePort } from '../free-port.js';

let server: Understudy;
let world: World;
t.before(async () => {
  server = await start();
  world = await server.newWorld();
});
t.teardown(() => server.close());

const names = ['mailup', 'tinyemail', 'dottedsign'];
const secret = String.raw`it's a "\secret"`;

let clientCount = 0;

interface Registered {
  readonly provider: string;
  readonly id: string;
  /** Where the client waits for the browser. */
  readonly port: number;
}

/** Registers a client whose id and secret have quotes, at a free port. */
async function register(provider: string): Promise<Registered> {
  const port = await freePort();
  clientCount += 1;
  const id = `o'client-${clientCount}`;
  await world.clients.add({ provider, id, secret, redirectUris: [`http://127.0.0.1:${port}/callback`] });
  return { provider, id, port };
}

/** A text that the admin API writes for a client. */
const textOf = async (name: string, { provider, id }: Registered): Promise<string> =>
  (await world.clients.snippets({ provider, id })).find((each) => each.name === name)!.text;

/** What a client of a provider has to know, when the provider is at http://p. */
function setup(name: string, redirectUri: string): ClientSetup {
  const provider = providers.find((each) => each.name === name)!;
  const urls = { authorizeUrl: 'http://p/a', tokenUrl: 'http://p/t', apiUrl: 'http://p' };
  const client = { id: 'demo', secret, redirectUris: [redirectUri] };
  return setupOf(provider, urls, conventionsOf(provider, provider.policy), client);
}

const write = (name: string, of: ClientSetup): string => snippets.find((each) => each.name === name)!.write(of);

interface Program {
  readonly name: string;
  readonly command: string;
  readonly arguments: (file: string, port: string) => readonly string[];
  readonly file: string;
  readonly providers?: readonly string[];
}

const programs: readonly Program[] = [
  { name: 'node', command: process.execPath, arguments: (file) => [file], file: 'client.mjs' },
  { name: 'python', command: 'python3', arguments: (file) => [file], file: 'client.py' },
  { name: 'curl', command: 'sh', arguments: (file) => [file], file: 'client.sh' },
  { name: 'ruby', command: 'ruby', arguments: (file) => [file], file: 'client.rb' },
  // compiling costs more than all other programs together
  { name: 'go', command: 'go', arguments: (file) => ['run', file], file: 'client.go', providers: ['mailup'] },
];

const isMissing = (command: string): boolean =>
  spawnSync(command, [command === 'go' ? 'version' : '-c', 'exit'], { stdio: 'ignore' }).error !== undefined;

/** Logs in, as a person does with the URL that the client prints, and returns the URL to which the browser is sent. */
async function logIn(url: string): Promise<string> {
  return (await world.authorize(url)).redirectTo;
}

/** Runs a client until it ends, and returns what it printed. */
async function run(t: Test, { name, command, arguments: args, file }: Program, client: Registered): Promise<string> {
  const path = join(t.testdir({}), file);
  await writeFile(path, await textOf(name, client));
  const child = spawn(command, args(path, ''), { stdio: 'pipe', env: { ...process.env, GOFLAGS: '-mod=mod' } });
  const ended = once(child, 'close');
  let printed = '';
  child.stderr.on('data', (text: Buffer) => (printed += text.toString()));
  for await (const line of createInterface(child.stdout)) {
    printed += `${line}\n`;
    const [, url] = /^Open (http\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    const back = await logIn(url);
    // for a client that reports that the URL is not the expected one
    printed += `(sent to ${back})\n`;
    if (name === 'curl') child.stdin.end(`${back}\n`);
    else await (await fetch(back)).text();
  }
  await ended;
  return printed;
}

for (const program of programs) {
  const { name, command } = program;
  const skip = isMissing(command) || (name === 'curl' && isMissing('curl')) ? `${command} is not installed` : false;
  t.test(`the ${name} snippet logs in, calls the API and refreshes`, { skip, timeout: 120_000 }, async (t) => {
    for (const provider of program.providers ?? names) {
      const printed = await run(t, program, await register(provider));
      t.match(printed, /API 200/, provider);
      t.match(printed, /Refreshed/, provider);
      const refreshed = await world.journal.list({ provider, grantType: 'refresh_token', status: 200 });
      t.ok(refreshed.length > 0, 'the refresh was answered');
    }
  });
}

/** The body of an answer of PHP's own server, which has no length: it is lost if the connection ends at the wrong moment. */
async function textAt(url: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const text = await (await fetch(url, { headers: { connection: 'close' } })).text();
    if (text !== '' || tries === 5) return text;
  }
}

t.test('the PHP snippet logs in, calls the API and refreshes', async (t) => {
  if (isMissing('php')) {
    t.pass('php is not installed');
    return;
  }
  for (const provider of names) {
    const client = await register(provider);
    const { port } = client;
    const path = join(t.testdir({}), 'client.php');
    await writeFile(path, await textOf('php', client));
    const child = spawn('php', ['-S', `127.0.0.1:${port}`, path], { stdio: 'pipe' });
    const closed = once(child, 'close');
    await once(child.stderr, 'data');
    const first = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' });
    const cookie = /^[^;]*/.exec(String(first.headers.get('set-cookie')))![0];
    const back = await logIn(String(first.headers.get('location')));
    const shown = await (await fetch(back, { headers: { cookie } })).text();
    t.match(shown, /API: HTTP\/1.1 200 OK/, provider);
    t.match(shown, /Refreshed: valid for \d+ seconds/, provider);
    t.match(await textAt(back), 'Not the state of this login', 'another session is refused');
    child.kill();
    await closed;
  }
});

t.test('a client whose provider returns no state and compares the query has nowhere to put it', (t) => {
  const provider = { ...providers[0]!, name: 'odd one', title: 'Odd' };
  const policy = { ...provider.policy, echoState: false, redirectUriMatching: 'exact' } as const;
  const conventions = conventionsOf({}, policy);
  t.same(conventions, { credentials: 'basic', apiPath: '/', statePlace: 'nowhere' }, 'what a provider does not say');
  const urls = { authorizeUrl: 'http://o/a', tokenUrl: 'http://o/t', apiUrl: 'http://o' };
  const of = setupOf(provider, urls, conventions, { id: 'a b', secret: '', redirectUris: [] });
  t.match(of, { callUrl: 'http://o/', redirectUri: 'http://localhost:3000/callback', scope: undefined });
  for (const { name } of snippets) if (name !== 'env') t.notMatch(write(name, of), /of this login/i, name);
  t.equal(
    write('env', of),
    `ODD_ONE_AUTHORIZE_URL=http://o/a
ODD_ONE_TOKEN_URL=http://o/t
ODD_ONE_API_URL=http://o
ODD_ONE_CLIENT_ID='a b'
ODD_ONE_CLIENT_SECRET=
ODD_ONE_REDIRECT_URI=http://localhost:3000/callback
`,
  );
  t.end();
});

t.test('the Go snippet sends credentials and state where the provider wants them', (t) => {
  const text = write('go', setup('dottedsign', 'http://localhost:3000/callback'));
  t.match(text, 'parameters.Set("client_secret", ');
  t.notMatch(text, 'SetBasicAuth');
  t.match(text, '"state": {state},');
  t.end();
});

t.test('redirect URIs of other forms', (t) => {
  const of = setup('mailup', 'http://localhost:3000/callback?x=1');
  t.match(write('node', of), "/callback?x=1&state=' + state");
  t.match(write('curl', of), '%26state%3D$state');
  t.match(write('node', { ...of, redirectUri: 'http://localhost' }), /'\/'[^]*listen\(80\)/);
  t.match(write('node', { ...of, redirectUri: 'app:' }), /'\/'[^]*listen\(80\)/);
  t.match(write('node', { ...of, redirectUri: 'no URL' }), /'\/'[^]*listen\(80\)/);
  t.match(write('env', { ...of, scope: 'a' }), 'MAILUP_SCOPE=a');
  for (const [secret, line] of [
    ['a $(id) `x` "y" \\', `='a $(id) \`x\` "y" \\'`],
    ["it's", `="it's"`],
    ["'$(id)'", `=''\\''$(id)'\\'''`],
  ] as const) {
    const written = write('env', { ...of, clientSecret: secret });
    t.ok(written.includes(`MAILUP_CLIENT_SECRET${line}\n`), written);
    const read = execFileSync('sh', ['-c', `${written}\nprintf %s "$MAILUP_CLIENT_SECRET"`], { encoding: 'utf8' });
    t.equal(read, secret, 'as a shell reads it');
  }
  t.equal(withState('http://a/b', 'x y'), 'http://a/b?state=x%20y');
  t.equal(withState('http://a/b?c', 'x'), 'http://a/b?c&state=x');
  t.end();
});

t.test('the conventions of a client follow the policy of its world', async (t) => {
  // of its own: the snippets of other tests log in meanwhile
  const own = await server.newWorld();
  t.match(await own.providers.describe('tinyemail'), {
    conventions: { credentials: 'body', apiPath: '/contacts', scope: 'import_customers', statePlace: 'parameter' },
  });
  await own.providers.policy({ provider: 'tinyemail', scopeParameter: 'ignored', echoState: false });
  const { conventions } = await own.providers.describe('tinyemail');
  t.equal(conventions.scope, undefined, 'the scope is not asked for');
  t.not(conventions.statePlace, 'parameter');
});

t.test('texts of a request are quoted, and a client says what a redirect URI needs', (t) => {
  const odd = { ...setup('mailup', 'https://app.test/cb'), authorizeUrl: "http://a'`${x}/" };
  t.match(write('node', odd), "'Open http://a\\'`${x}/?' + login");
  t.match(write('php', odd), "header('Location: http://a\\'`${x}/?' .");
  for (const { name } of snippets) {
    if (name !== 'env') t.match(write(name, odd), /(?:#|\/\/) This client listens on plain HTTP/, name);
    t.notMatch(write(name, setup('mailup', 'http://localhost:1/cb')), 'plain HTTP', name);
  }
  t.end();
});

t.test('a client that is not registered has no snippets', async (t) => {
  const refused = world.clients.snippets({ provider: 'mailup', id: 'nobody' });
  await t.rejects(refused, { status: 404, message: /no client "nobody"/ });
});
