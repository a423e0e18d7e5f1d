import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { Understudy, World } from '../../src/client/index.js';
import { start } from '../../src/library.js';
import { launch, runProgram } from '../programs.js';
import { repository } from '../tree-copy.js';
import type { Ended } from '../programs.js';

const folder = join(repository, 'clients/python');

/** Verbs that Python has in another form. */
const leftOut: ReadonlyMap<string, string> = new Map([
  ['Understudy.constructor', '`start()` and `connect()` make it'],
  ['World.constructor', '`Server.world()` makes it'],
]);

async function python(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { child, output } = launch('python3', args, folder, {
    PYTHONPATH: join(folder, 'src'),
    PYTHONDONTWRITEBYTECODE: '1',
    UNDERSTUDY_URL: '',
    UNDERSTUDY_ADMIN_TOKEN: undefined,
    ...env,
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** Why Python cannot run here, or false. */
async function whyNot(program: string, missing: string): Promise<string | false> {
  const { code } = await python(['-c', program]).catch(() => ({ code: null }));
  return code === 0 ? false : missing;
}

const noPython = await whyNot(
  'import sys; sys.exit(sys.version_info < (3, 9))',
  'Python 3.9 or newer is not installed',
);
const noPytest = noPython || (await whyNot('import pytest', 'pytest is not installed'));
const noBackend = noPython || (await whyNot('import flit_core', 'flit_core is not installed'));

t.test('the Python client passes its tests', { skip: noPython, timeout: 120_000 }, async (t) => {
  if (!existsSync(join(repository, 'dist/main.js'))) await runProgram('node', ['scripts/bundle.js'], repository);
  const server = await start();
  t.teardown(() => server.close());
  const { code, output } = await python(['-W', 'error', '-m', 'unittest', 'discover', '-t', '.', '-s', 'tests'], {
    UNDERSTUDY_URL: server.url,
    UNDERSTUDY_COMMAND: `'${process.execPath}' '${join(repository, 'dist/main.js')}'`,
  });
  t.equal(code, 0, output);
  t.match(output, /^Ran [1-9]\d+ tests/m);
  t.match(output, noPytest ? /^OK \(skipped=1\)/m : /^OK$/m, 'only the plugin of pytest may be missing');
  t.same(
    (await server.worlds()).map(({ id }) => id),
    ['default'],
    'every world was dropped',
  );
});

/** The names of the methods of a class, and of the objects that are its members: `clock.advance`. */
function verbsOf(instance: object): string[] {
  const prototype = Object.getPrototypeOf(instance) as object;
  const methods = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, { value }]) =>
    typeof value === 'function' ? [name] : [],
  );
  const groups = Object.entries(instance).flatMap(([group, members]) =>
    typeof members === 'object' && members !== null ? Object.keys(members).map((name) => `${group}.${name}`) : [],
  );
  return [...methods, ...groups].map((name) => `${instance.constructor.name}.${name}`);
}

const inSnakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

t.test('Python has each verb of the TypeScript client, and no other', { skip: noPython }, async (t) => {
  const program = `
import json, understudy
server = understudy.Server("http://127.0.0.1:1")
def verbs(owner):
    return [name for name in dir(owner) if not name.startswith("_") and callable(getattr(owner, name))]
def all_verbs(owner, name):
    groups = [each for each in vars(owner) if not each.startswith("_") and each not in ("id", "url", "base_url")]
    return [f"{name}.{verb}" for verb in verbs(owner)] + [
        f"{name}.{group}.{verb}" for group in groups for verb in verbs(getattr(owner, group))
    ]
print(json.dumps(all_verbs(server, "Understudy") + all_verbs(server.world("w"), "World")))
`;
  const { output } = await python(['-c', program]);
  const here = JSON.parse(output) as string[];
  const owners = [new Understudy('http://127.0.0.1:1', undefined, async () => {}), new World('', 'w', undefined)];
  const there = owners.flatMap(verbsOf).filter((name) => !leftOut.has(name));
  t.ok(there.length > 50);
  const named = there.map((name) => name.replace(/\.(.*)$/, (_, verb: string) => `.${inSnakeCase(verb)}`));
  t.same(here.toSorted(), named.toSorted());
});

const pyproject = readFileSync(join(folder, 'pyproject.toml'), 'utf8');

t.test('the Python package has the version and the licence of the npm package', async (t) => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
  t.match(pyproject, `\nversion = "${version}"\n`);
  t.equal(readFileSync(join(folder, 'LICENSE'), 'utf8'), readFileSync(join(repository, 'LICENSE'), 'utf8'));
});

t.test('the wheel and the source archive can be built', { skip: noBackend, timeout: 60_000 }, async (t) => {
  const [, requirement = ''] = /^requires = \["([^"]+)"\]$/m.exec(pyproject) ?? [];
  t.match(requirement, 'flit_core', 'the backend that is built with below');
  const copy = mkdtempSync(join(tmpdir(), 'understudy-python-'));
  t.teardown(() => {
    rmSync(copy, { recursive: true, force: true });
  });
  cpSync(folder, copy, { recursive: true });
  const program = `
import os, sys, tarfile, zipfile
os.chdir(sys.argv[1])
os.mkdir("dist")
import flit_core.buildapi as backend
wheel = zipfile.ZipFile(os.path.join("dist", backend.build_wheel("dist")))
print(*wheel.namelist(), sep="\\n")
print(wheel.read(next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))).decode())
print(*tarfile.open(os.path.join("dist", backend.build_sdist("dist"))).getnames(), sep="\\n")
`;
  const { code, output } = await python(['-c', program, copy]);
  t.equal(code, 0, output);
  const lines = output.split('\n');
  for (const file of readdirSync(join(folder, 'src/understudy')).filter((name) => /\.(py|typed)$/.test(name))) {
    t.ok(lines.includes(`understudy/${file}`), file);
  }
  t.match(output, /\[pytest11\]\nunderstudy=understudy\.pytest_plugin/);
  t.match(output, /^oauth_understudy-[\d.]+\/tests\/test_world\.py$/m);
});
