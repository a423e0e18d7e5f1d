import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(root + file, 'utf8');
const manifest = createRequire(import.meta.url)('../package.json') as {
  files: string[];
  scripts: Record<string, string>;
  bin: Record<string, string>;
  engines: { node: string };
};
const [, ...stages] = read('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split(/^FROM /m);
const image = stages.at(-1)!;
/** Folders that the build creates. They may be missing in the repository. */
const made = ['dist', 'fixtures', 'schema'];

/** The sources of COPY instructions in a stage: from the build context or from another stage. */
function copies(stage: string): { from: string | undefined; source: string }[] {
  return [...stage.matchAll(/^COPY (?:--from=(\S+) )?(.+) \S+$/gm)].flatMap(([, from, sources = '']) =>
    sources
      .trim()
      .split(' ')
      .map((source) => ({ from, source: source.replace('/app/', '') })),
  );
}

void t.test('the Dockerfile copies only files that exist or that the build creates', async (t) => {
  const names = stages.map((stage) => /^\S+ AS (\S+)/.exec(stage)?.[1]);
  for (const { from, source } of stages.flatMap(copies)) {
    if (from !== undefined) t.ok(names.includes(from), `there is a stage ${from}`);
    t.ok(existsSync(root + source) || made.includes(source), source);
  }
});

void t.test('.dockerignore excludes no file that a stage copies', async (t) => {
  const ignored = read('.dockerignore').split('\n').filter(Boolean);
  t.equal(ignored[0], '*', 'what is not named stays out');
  const allowed = ignored.slice(1).map((line) => line.replace(/^!/, ''));
  const wanted = stages
    .flatMap(copies)
    .filter(({ from, source }) => from === undefined && source !== '.')
    .map(({ source }) => source);
  const built = manifest.scripts.build!.match(/\S+\.[jt]s\b/g)!;
  for (const source of [...wanted, ...built, 'tsconfig.json', 'src', 'views']) t.ok(allowed.includes(source), source);
});

void t.test('the image has the files of the published package, and runs its program', async (t) => {
  const inImage = copies(image).map(({ source }) => source);
  const published = manifest.files.filter((file) => !/^!|^docs$|\.md$/.test(file));
  t.same(inImage.sort(), [...published, 'package.json'].sort(), 'without documentation, and without other packages');
  t.match(stages[0], "npm run build && find dist -name '*.map' -delete", 'nor source maps');
  const program = `/app/${manifest.bin.understudy}`;
  t.match(image, `ENTRYPOINT ["node", "${program}"]`);
  t.match(image, `CMD ["node", "${program}", "healthcheck"]`);
});

void t.test(
  'the image runs with a numeric user id, and all stages use the same supported version of Node',
  async (t) => {
    t.match(image, /^USER [1-9]\d*:[1-9]\d*$/m);
    const bases = new Set(stages.map((stage) => stage.split(/\s/, 1)[0]));
    t.equal(bases.size, 1);
    const [, major] = /^node:(\d+)-slim$/.exec([...bases][0]!)!;
    t.ok(Number(major) >= Number(/\d+/.exec(manifest.engines.node)![0]));
  },
);

void t.test('the build context has every script that the build imports', (t) => {
  const allowed = read('.dockerignore').split('\n');
  const seen = new Set(manifest.scripts.build!.match(/\S+\.[jt]s\b/g));
  for (const script of seen) {
    for (const [, name = ''] of read(script).matchAll(/from '\.\/([\w-]+)\.js'/g)) {
      seen.add(existsSync(`${root}scripts/${name}.ts`) ? `scripts/${name}.ts` : `scripts/${name}.js`);
    }
  }
  t.ok(seen.size > 6);
  for (const script of seen) t.ok(allowed.includes(`!${script}`), script);
  t.end();
});
