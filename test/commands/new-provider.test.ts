import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../src/commands/index.js';
import { start } from '../../src/library.js';
import type { Test } from 'tap';
import type { Surroundings } from '../../src/commands/surroundings.js';

function emptyFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-new-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

async function ended(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env: {},
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
  } as unknown as Surroundings);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** The file with all its examples. */
const withExamples = (text: string): string => text.replaceAll(/^#(?! \S)/gm, '');

t.test('a new provider file is good, and so is each of its examples', async (t) => {
  const folder = emptyFolder(t);
  for (const like of ['standard', 'mailup', 'tinyemail', 'dottedsign']) {
    const file = join(folder, `${like}-2.yaml`);
    const made = await ended(['providers', 'new', `${like}-2`, '--like', like, '--out', file]);
    t.match(made, {
      code: 0,
      out: /is written\. Every example.*\n {2}understudy check .*\n {2}understudy --providers /,
    });
    t.match(readFileSync(file, 'utf8'), `like: ${like}\n`);
    writeFileSync(join(folder, `all-of-${like}.yaml`), withExamples(readFileSync(file, 'utf8')));
  }
  t.match(await ended(['check', folder]), { code: 0, err: '' });
  const server = await start({ providers: folder });
  t.teardown(() => server.close());
  const { apiUrl } = (await server.world().info()).providers['all-of-standard' as 'mailup'];
  t.match(apiUrl, /\/all-of-standard\/v1$/);
  const { paths } = await server.world().providers.describe('all-of-standard');
  t.match(paths, { jwks: ['/oauth/keys'], userinfo: ['/userinfo'], metadata: ['/.well-known/openid-configuration'] });
  const text = readFileSync(join(folder, 'standard-2.yaml'), 'utf8');
  for (const line of ['#  idToken:', '#users:', '# All reasons are in docs/providers/standard.md']) t.match(text, line);
});

t.test('the name stands in the file if the file has another one', async (t) => {
  const file = join(emptyFolder(t), 'some.yml');
  t.equal((await ended(['providers', 'new', 'null', '--out', file])).code, 0);
  t.match(readFileSync(file, 'utf8'), "\nname: 'null'\ntitle: 'Null'\nlike: standard\n");
  t.equal((await ended(['check', file])).code, 0);
  const other = file.replace('some', 'other');
  t.equal((await ended(['providers', 'new', 'other', '--like', 'some', '--out', other])).code, 0, 'a file beside it');
});

t.test('a new provider is like one of the shelf, also with its name', async (t) => {
  const folder = emptyFolder(t);
  for (const name of ['reddit', 'forum']) {
    const file = join(folder, `${name}.yaml`);
    t.match(await ended(['providers', 'new', name, '--like', 'reddit', '--out', file]), { code: 0, err: '' });
    t.match(readFileSync(file, 'utf8'), '\nlike: reddit\n');
  }
  t.match(await ended(['check', folder]), { code: 0, err: '' });
});

t.test('a new provider file is refused', async (t) => {
  const folder = emptyFolder(t);
  const file = join(folder, 'acme.yaml');
  writeFileSync(file, 'mine');
  const refused: readonly (readonly [readonly string[], string])[] = [
    [['new'], 'the name of the provider is missing; expected understudy providers new NAME'],
    [['nwe', 'acme'], 'unexpected argument "nwe"; did you mean "new"?; expected understudy providers new'],
    [['new', 'a', 'b'], 'unexpected argument "b"; expected understudy providers new'],
    [['--like', 'mailup'], '--like needs a name: understudy providers new'],
    [['--out', 'x.yaml'], '--out needs a name: understudy providers new'],
    [['new', '../acme'], '"../acme" is no name of a provider: 1 to 40 characters of a-z, 0-9 and -, a letter first'],
    [['new', 'mailup'], '"mailup" is a built-in provider: choose another name, and say like: mailup'],
    [['new', 'w'], '"w" is the prefix of worlds: choose another name'],
    [['new', 'b', '--out', join(folder, 'none', 'b.yaml')], 'there is no folder '],
    [['new', 'b', '--out', join(folder, 'b.txt')], 'is no YAML file: expected a name that ends in .yaml'],
    [['new', 'b', '--like', 'malup', '--out', join(folder, 'b.yaml')], 'no provider "malup"; did you mean "mailup"?'],
    [['new', 'b', '--like', 'b', '--out', join(folder, 'b.yaml')], '--like: there is no provider "b"; known: '],
    [['new', 'acme', '--out', file], 'exists, and is not changed; --out names another one'],
    [['new', 'b', '--out', join(folder, `${'b'.repeat(300)}.yaml`)], 'the file cannot be written: ENAMETOOLONG'],
  ];
  for (const [args, message] of refused) t.match(await ended(['providers', ...args]), { code: 2, err: message });
  t.equal(readFileSync(file, 'utf8'), 'mine');
});
