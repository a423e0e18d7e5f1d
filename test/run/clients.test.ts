import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { launch } from '../programs.js';
import { once } from 'node:events';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'test/run/clients/';
const state = mkdtempSync(join(tmpdir(), 'run-clients-'));
t.teardown(() => {
  rmSync(state, { recursive: true, force: true });
});

const answersOf = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

if (!existsSync(`${root}dist/preload.cjs`)) spawnSync('npm', ['run', 'build', '--silent'], { cwd: root });

interface Program {
  readonly name: string;
  readonly command: readonly string[];
  /** A call that succeeds where the runtime is there. */
  readonly probe: readonly [string, ...string[]];
}

const node = (library: string): Program => ({
  name: `Node: ${library}`,
  command: ['node', `${folder}node.js`, library],
  probe: ['node', '--version'],
});
const python = (library: string): Program => ({
  name: `Python: ${library}`,
  command: ['python3', `${folder}with_${library}.py`],
  probe: ['python3', '-c', `import ${library}`],
});

/** Programs with the hosts of the providers written into them: see the folder `clients`. */
const programs: readonly Program[] = [
  ...['fetch', 'https', 'https with an agent of its own', 'axios', 'got', 'undici'].map(node),
  { name: 'curl', command: ['sh', `${folder}curl.sh`], probe: ['curl', '--version'] },
  ...['urllib', 'requests', 'httpx'].map(python),
  { name: 'Ruby: Net::HTTP', command: ['ruby', `${folder}client.rb`], probe: ['ruby', '--version'] },
  {
    name: 'PHP: curl',
    command: ['php', `${folder}client.php`],
    probe: ['php', '-r', 'exit(+!extension_loaded("curl"));'],
  },
  { name: 'Go: net/http', command: ['go', 'run', `${folder}client.go`], probe: ['go', 'version'] },
  { name: 'Java: HttpClient', command: ['java', `${folder}Client.java`], probe: ['java', '--version'] },
];

/** A network of its own in which only the loopback interface is up: whatever leaves this machine fails there. */
const withoutNetwork = [
  'unshare',
  '--user',
  '--map-root-user',
  '--net',
  'python3',
  '-c',
  [
    'import fcntl, os, socket, struct, sys',
    'up = struct.pack("16sh14s", b"lo", 9, b"")',
    'fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, up)',
    'os.execvp(sys.argv[1], sys.argv[1:])',
  ].join('\n'),
];
const canCutNetwork = answersOf(withoutNetwork[0]!, ...withoutNetwork.slice(1), 'true');

async function run(program: Program, before: readonly string[]): Promise<{ code: number; output: string }> {
  const all = [...before, process.execPath, 'dist/main.js', 'run', '--', ...program.command];
  const env = { UNDERSTUDY_CA_DIR: join(state, 'ca'), GOCACHE: join(state, 'go'), GOFLAGS: '-mod=mod' };
  const { child, output } = launch(all[0]!, all.slice(1), root, env);
  const [code] = (await once(child, 'close')) as [number];
  return { code, output: output() };
}

for (const program of programs) {
  const [command, ...args] = program.probe;
  const skip = answersOf(command, ...args) ? false : 'the runtime is missing';
  void t.test(`an unmodified client: ${program.name}`, { skip }, async (t) => {
    // without a network: so the test also shows that nothing is sent to the real hosts
    const { code, output } = await run(program, canCutNetwork ? withoutNetwork : []);
    t.equal(code, 0, output);
    const line = output.split('\n').find((each) => each.startsWith('[{'));
    const answers = JSON.parse(line ?? '[]') as { status: number; text: string }[];
    t.match(answers, [
      { status: 400, text: /"error":"invalid_client"/ },
      { status: 200, text: /"access_token":"/ },
      { status: 200, text: /"AccountName":"Ada Lovelace"/ },
      { status: 401, text: /"error":"unauthorized"/ },
    ]);
    t.match(output, /password-grant-used/);
    t.match(output, /all worlds: 1 note in 4 requests/);
  });
}

void t.test(
  'a client that asks another host reaches nothing',
  { skip: canCutNetwork ? false : 'this machine cannot cut its network' },
  async (t) => {
    const elsewhere = { name: '', command: ['curl', '-sS', 'https://www.mailup.com/'], probe: ['true'] as const };
    const { code, output } = await run({ ...elsewhere, probe: ['true'] }, withoutNetwork);
    t.equal(code, 56, 'the code of curl');
    t.match(output, /response 502/);
    t.match(output, /no request reached a provider/);
  },
);
