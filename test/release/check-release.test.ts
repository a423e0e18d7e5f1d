import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { launch, runProgram } from '../programs.js';
import { repository } from '../tree-copy.js';
import { once } from 'node:events';
import type { Test } from 'tap';
import type { Ended } from '../programs.js';

const pages = {
  'README.md': 'docker run ghcr.io/your-organisation/oauth-understudy:0.1.0\n\n    npx oauth-understudy@0.1.0.\n',
  'src/runners/image.ts': "const published = 'ghcr.io/your-organisation/oauth-understudy:0.1.0';\n",
  'src/other.ts': '// oauth-understudy@0.0.1 was the first\n',
  'ci/gitlab.yml': 'UNDERSTUDY_COMMAND: npx --yes oauth-understudy@0.1.0\n',
  'docs/page.md':
    '- uses: your-organisation/oauth-understudy@v0.1.0\n- uses: your-organisation/oauth-understudy/action/report@v0.1.0\n' +
    '- uses: actions/checkout@v4.2.1\nhttps://raw.githubusercontent.com/your-organisation/oauth-understudy/v0.1.0/ci/gitlab.yml\n' +
    'npm install oauth-understudy\n',
};

const changelog = `# Changelog

## [Unreleased]

### Added

- A bell.

## [0.1.0] - 2026-01-02

- The first.

[a link]: https://example.test
`;

/** Writes a small repository of version 0.1.0. */
function smallRepository(t: Test, more: Readonly<Record<string, string>> = {}): string {
  const folder = t.testdir();
  const files = {
    'package.json': JSON.stringify({
      name: 'oauth-understudy',
      version: '0.1.0',
      scripts: { version: 'node scripts/prepare-release.js' },
      type: 'module',
    }),
    'package-lock.json': JSON.stringify({
      version: '0.1.0',
      lockfileVersion: 3,
      packages: { '': { version: '0.1.0' } },
    }),
    'CHANGELOG.md': changelog,
    'clients/python/pyproject.toml': '[project]\nname = "oauth-understudy"\nversion = "0.1.0"\n',
    ...pages,
    ...more,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, 'scripts'));
  for (const name of readdirSync(`${repository}scripts`).filter((each) =>
    /^(add-to|change|check-r|prep|pyth|release)/.test(each),
  )) {
    cpSync(`${repository}scripts/${name}`, join(folder, 'scripts', name));
  }
  return folder;
}

async function check(folder: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const command = ['scripts/check-release.js', ...args];
  const { child, output } = launch(process.execPath, command, folder, { GITHUB_REPOSITORY: undefined, ...env });
  const [code] = (await once(child, 'close')) as [number];
  return { code, output: output() };
}

t.test('everything in this repository names the same release', async (t) => {
  t.match(await check(repository), { code: 0 });
});

t.test('the notes of a release are its section of the changelog', async (t) => {
  const folder = smallRepository(t);
  const args = ['--tag', 'v0.1.0', '--notes', 'notes.md'];
  t.match(await check(folder, args), { code: 0, output: '0.1.0: everything names the same release' });
  t.equal(readFileSync(join(folder, 'notes.md'), 'utf8'), '- The first.\n\n[a link]: https://example.test\n');
});

t.test('all that names another version is told, with its place', async (t) => {
  const folder = smallRepository(t, {
    'package-lock.json': JSON.stringify({ version: '0.0.9', packages: { '': { version: '0.0.8' } } }),
    'clients/python/pyproject.toml': 'version = "0.1.0rc1"\n',
    'docs/page.md': 'one\nghcr.io/somebody/oauth-understudy:0.1.0\n',
    'CHANGELOG.md': '## [0.1.0]\n',
  });
  t.same(await check(folder, ['--tag', 'v0.2.0']), {
    code: 1,
    output: `package-lock.json has the version 0.0.9; package.json has 0.1.0
package-lock.json has the version 0.0.8; package.json has 0.1.0
clients/python/pyproject.toml has the version 0.1.0rc1; expected 0.1.0
docs/page.md:2 names another release: ghcr.io/somebody/oauth-understudy:0.1.0; expected ghcr.io/your-organisation/oauth-understudy:0.1.0
the tag is v0.2.0; package.json has the version 0.1.0, whose tag is v0.1.0
CHANGELOG.md has no heading "## [0.1.0] - YYYY-MM-DD"
the section 0.1.0 of CHANGELOG.md is empty
`,
  });
});

t.test('at GitHub, package.json has to name the repository that releases', async (t) => {
  const env = { GITHUB_REPOSITORY: 'Acme/oauth-understudy' };
  t.match(await check(smallRepository(t), ['--tag', 'v0.1.0'], env), {
    code: 1,
    output: 'names the repository undefined; this is Acme/oauth-understudy: npm pkg set repository=github:Acme/oauth',
  });
  t.match(await check(smallRepository(t), [], env), { code: 0 }, 'a test at GitHub is no release');
});

t.test(
  'npm version makes a release in one command: changelog, Python package, owner and version in every page',
  async (t) => {
    const folder = smallRepository(t);
    const git = async (...args: string[]): Promise<string> => {
      const own = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', '-c', 'commit.gpgsign=false'];
      const { code, output } = await runProgram('git', [...own, ...args], folder);
      t.equal(code, 0, output);
      return output;
    };
    await git('init', '--quiet');
    await git('config', 'user.name', 'Ada');
    await git('config', 'user.email', 'ada@example.test');
    await runProgram('npm', ['pkg', 'set', 'repository=github:Acme/oauth-understudy'], folder);
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'one');
    const { code, output } = await runProgram('npm', ['version', '1.0.0-rc.2', '--offline'], folder);
    t.equal(code, 0, output);

    t.equal(await git('status', '--porcelain'), '', 'everything is in the commit');
    t.equal((await git('tag', '--points-at', 'HEAD')).trim(), 'v1.0.0-rc.2');
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    t.match(
      read('CHANGELOG.md'),
      /## \[Unreleased\]\n\n## \[1\.0\.0-rc\.2\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- A bell\./,
    );
    t.match(read('clients/python/pyproject.toml'), 'version = "1.0.0rc2"');
    t.equal(
      read('README.md'),
      'docker run ghcr.io/acme/oauth-understudy:1.0.0-rc.2\n\n    npx oauth-understudy@1.0.0-rc.2.\n',
    );
    t.equal(
      read('src/runners/image.ts'),
      "const published = 'ghcr.io/acme/oauth-understudy:1.0.0-rc.2';\n",
      'the code that names the image',
    );
    t.equal(
      read('docs/page.md'),
      '- uses: Acme/oauth-understudy@v1.0.0-rc.2\n- uses: Acme/oauth-understudy/action/report@v1.0.0-rc.2\n' +
        '- uses: actions/checkout@v4.2.1\nhttps://raw.githubusercontent.com/Acme/oauth-understudy/v1.0.0-rc.2/ci/gitlab.yml\n' +
        'npm install oauth-understudy\n',
    );
    const env = { GITHUB_REPOSITORY: 'Acme/oauth-understudy' };
    t.match(await check(folder, ['--tag', 'v1.0.0-rc.2', '--notes', 'notes.md'], env), { code: 0 });
    t.equal(read('notes.md'), '### Added\n\n- A bell.\n');
  },
);

t.test('a release whose files git does not add is stopped, so that no commit lacks them', async (t) => {
  const folder = smallRepository(t);
  t.equal((await runProgram('git', ['init', '--quiet'], folder)).code, 0);
  // another git command is at work
  writeFileSync(join(folder, '.git/index.lock'), '');
  const prepare = (): Promise<Ended> => runProgram(process.execPath, ['scripts/prepare-release.js', '--names'], folder);
  t.match(await prepare(), { code: 0 }, 'no page names another release, so there is nothing to add');
  writeFileSync(join(folder, 'README.md'), 'npx oauth-understudy@0.0.9\n');
  t.match(await prepare(), { code: 128, output: 'index.lock' });
});

t.test('another owner is written into the pages without a release', async (t) => {
  const address = (owner: string): string =>
    `{"url":"https://raw.githubusercontent.com/${owner}/oauth-understudy/main/schema/exam.schema.json"}\n`;
  const folder = smallRepository(t, { 'catalog.json': address('your-organisation') });
  await runProgram('npm', ['pkg', 'set', 'repository=https://github.com/Acme/oauth-understudy.git'], folder);
  t.match(await check(folder), { code: 1, output: 'expected docker run ghcr.io/acme/oauth-understudy:0.1.0' });
  t.match(await runProgram(process.execPath, ['scripts/prepare-release.js', '--names'], folder), { code: 0 });
  t.match(await check(folder), { code: 0 });
  t.equal(readFileSync(join(folder, 'catalog.json'), 'utf8'), address('Acme'), 'the entries for SchemaStore too');
  t.equal(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'), changelog);
});

t.test('a release without changes, or with a version that PyPI does not know, is not prepared', async (t) => {
  const prepare = (folder: string): Promise<Ended> =>
    runProgram(process.execPath, ['scripts/prepare-release.js'], folder);
  const empty = smallRepository(t, { 'CHANGELOG.md': '## [Unreleased]\n\n## [0.0.1] - 2026-01-01\n\n- One.\n' });
  t.match(await prepare(empty), { code: 1, output: /CHANGELOG\.md has no section for it, and nothing below/ });
  const odd = smallRepository(t, { 'package.json': JSON.stringify({ version: '0.2.0-dev.1', type: 'module' }) });
  t.match(await prepare(odd), {
    code: 1,
    output: /the version is 0\.2\.0-dev\.1; expected 1\.2\.3, or 1\.2\.3-alpha\.1/,
  });
  t.equal(readFileSync(join(odd, 'CHANGELOG.md'), 'utf8'), changelog, 'nothing is changed');
});

t.test('npm would publish the package', { timeout: 120_000 }, async (t) => {
  const args = ['publish', '--dry-run', '--ignore-scripts', '--offline', '--access', 'public', '--loglevel', 'notice'];
  const { code, output } = await runProgram('npm', args, repository);
  const { version } = JSON.parse(readFileSync(`${repository}package.json`, 'utf8')) as { version: string };
  t.match({ code, output }, { code: 0, output: `+ oauth-understudy@${version}` });
  t.notMatch(output, /npm (error|warn) (?!publish This command requires you to be logged in)/);
});
