import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../src/commands/index.js';
import type { Test } from 'tap';
import type { Surroundings } from '../../src/commands/surroundings.js';

/** A folder with these files; a name may have a folder. */
function folderWith(t: Test, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-kinds-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(join(folder, 'other'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function ended(args: readonly string[], env = {}): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const say = (line: string): number => lines.push(line);
  const code = await run(args, { env, out: say, err: say } as unknown as Surroundings);
  return { code, lines };
}

async function checked(folder: string, ...names: string[]): Promise<{ code: number; lines: string[] }> {
  const { code, lines } = await ended(['check', ...names.map((name) => join(folder, name))]);
  return { code, lines: lines.map((line) => line.replace(`${folder}/`, '')) };
}

t.test('a file is a provider file or a scenario by any of its members', async (t) => {
  const texts = {
    resources: 'resources: [{ path: /anvils, body: [] }]',
    policy: 'policy: { pkce: required-for-public-clients }',
    parameters: 'parameters: { names: { client_id: client_key } }',
    facts: 'facts: [{ behaviour: It is strict, source: https://acme.example/docs, confidence: GUESS }]',
    conventions: 'conventions: { credentials: body, apiPath: /me }',
    schema: '$schema: ./provider.schema.json',
  };
  const names = Object.keys(texts).map((name) => `${name}.yaml`);
  const files = Object.fromEntries(Object.values(texts).map((text, i) => [String(names[i]), `${text}\n`]));
  const folder = folderWith(t, { ...files, 'policy.yaml': 'policy: { pkce: never }\n' });
  const { lines } = await checked(folder, ...names);
  t.match(lines, [
    'resources.yaml: good',
    /^policy\.yaml:1:11: policy\.pkce: /,
    'parameters.yaml: good',
    'facts.yaml: good',
    'conventions.yaml: good',
    'schema.yaml: good',
  ]);
});

t.test('the kind with more members counts, also of misspelt ones; a file between both is asked about', async (t) => {
  const folder = folderWith(t, {
    'most.yaml': 'title: Acme\nfacts: []\nseed: 1\n',
    'misspelt.yaml': 'resorces: []\n',
    'scenario.yaml': 'name: acme\nseed: 1\nfaults: []\n',
    'both.yaml': 'policy: {}\nseed: 1\n',
    'neither.yaml': 'xyzzy: 1\n',
    'empty.yaml': '# nothing\n',
    'list.yaml': '[]\n',
  });
  const of = async (name: string): Promise<string> => (await checked(folder, name)).lines.join('\n');
  t.match(await of('most.yaml'), 'most.yaml:3:1: seed: is not a member here');
  t.match(await of('misspelt.yaml'), 'resorces: is not a member here; did you mean "resources"?');
  t.match(await of('scenario.yaml'), 'scenario.yaml:1:1: name: is not a member here');
  for (const name of ['both.yaml', 'neither.yaml']) {
    t.match(
      await of(name),
      `${name}:1:1: is this a provider file or a scenario? Its members do not say: a provider file`,
    );
  }
  t.match(await of('empty.yaml'), /the file is empty; write \{\} for a scenario .*, or like: standard for a provider/);
  t.match(await of('list.yaml'), 'list.yaml:1:1: expected an object');
});

t.test('a scenario may be like the provider file beside it, or one that is checked with it', async (t) => {
  const twitch = 'title: Twitch\nscopes: { read: Read }\n';
  const scenario = 'definitions: { twitch: { like: twitch } }\nproviders: { twitch: { clients: [] } }\n';
  const beside = folderWith(t, { 'twitch.yaml': twitch, 'streams.yaml': scenario });
  t.same(await checked(beside, 'streams.yaml'), { code: 0, lines: ['streams.yaml: good'] });
  const apart = folderWith(t, { 'twitch.yaml': twitch, 'other/streams.yaml': scenario });
  t.same((await checked(apart, 'other/streams.yaml', 'twitch.yaml')).lines, [
    'other/streams.yaml: good',
    'twitch.yaml: good',
  ]);
  t.match(await checked(apart, 'other/streams.yaml'), {
    code: 1,
    lines: [/definitions\.twitch\.like: .*there is no provider "twitch" here; name its file too/],
  });
});

t.test(
  'a scenario without members is no provider for the scenarios beside it, but a provider file can be like it',
  async (t) => {
    const folder = folderWith(t, {
      'empty.yaml': '{}\n',
      'acme.yaml': 'like: empty\ntitle: Acme\n',
      'uses.yaml': 'providers: { empty: { clients: [] }, acme: { clients: [] } }\n',
    });
    t.match(await checked(folder, 'acme.yaml', 'uses.yaml'), {
      code: 1,
      lines: ['acme.yaml: good', /^uses\.yaml:1:14: providers\.empty: is not a provider/],
    });
  },
);

t.test('providers lists those of a folder and of the shelf that are asked for', async (t) => {
  const folder = folderWith(t, { 'acme.yaml': 'title: Acme\nendpoints: { token: /acme/token }\n' });
  const token = /^ {2}token {6}\/acme\/acme\/token$/m;
  const listed = async (args: readonly string[], env = {}): Promise<string> =>
    (await ended(['providers', ...args], env)).lines.join('\n');
  t.match(await listed(['--providers', folder]), token);
  t.match(await listed([], { UNDERSTUDY_PROVIDERS: folder }), token);
  t.match(await listed(['--shelf', 'github']), /^github {2}\(GitHub, simulates https:\/\/github\.com\)$/m);
  t.match(await ended(['providers', '--providers', join(folder, 'none')]), { code: 2, lines: [/cannot be read/] });
  t.match(await ended(['providers', '--shelf', 'gitub']), { code: 2, lines: [/--shelf: .* did you mean "github"/] });
});

t.test('with --shelf, what is served beside the checked files is known', async (t) => {
  const folder = folderWith(t, {
    'mine.yaml': 'like: standard\nhosts: [github.com, mine.example]',
    'other/scenario.yaml': 'providers: { reddit: { policy: { pkce: required } } }',
  });
  const [mine, scenario] = ['mine.yaml', 'other/scenario.yaml'].map((name) => join(folder, name)) as [string, string];
  t.equal((await ended(['check', mine])).code, 0);
  const collision = await ended(['check', mine, '--shelf', 'github,slack']);
  t.equal(collision.code, 1);
  t.match(collision.lines, [/mine\.yaml:2:9: hosts\.0: github\.com is a host of the provider "github" too$/]);
  t.equal((await ended(['check', mine], { UNDERSTUDY_SHELF: 'all' })).code, 1);
  t.match((await ended(['check', scenario])).lines, [/it is on the shelf/]);
  t.equal((await ended(['check', scenario, '--shelf', 'reddit'])).code, 0);
  const unknown = await ended(['check', mine, '--shelf', 'githb,nope-at-all']);
  t.equal(unknown.code, 2);
  t.match(unknown.lines.join('\n'), /--shelf: .*"githb".*\n.*--shelf: .*"nope-at-all"/);
});

t.test('every file that is not there is told', async (t) => {
  const { code, lines } = await ended(['check', 'no/one.yaml', 'no/two.yaml']);
  t.equal(code, 2);
  t.match(lines.join('\n'), /there is no file "no\/one\.yaml"\n.*there is no file "no\/two\.yaml"/);
});
