import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(root + file, 'utf8');
const manifest = createRequire(import.meta.url)('../package.json') as {
  files: string[];
  scripts: Record<string, string>;
  bin: Record<string, string>;
  engines: { node: string };
};
const program = `/app/${manifest.bin.understudy}`;
const [, ...stages] = read('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split(/^FROM /m);
const image = stages.at(-1)!;
/** Folders that the build creates. They may be missing in the repository. */
const made = ['dist', 'fixtures', 'schema', 'compiled'];

/** The sources of COPY instructions in a stage: from the build context or from another stage. */
function copies(stage: string): { from: string | undefined; source: string }[] {
  return [...stage.matchAll(/^COPY (?:--from=(\S+) )?(?:--chown=\S+ )?(.+) \S+$/gm)].flatMap(([, from, sources = '']) =>
    sources
      .trim()
      .split(' ')
      .map((source) => ({ from, source: source.replace('/app/', '') })),
  );
}

void t.test('the Dockerfile copies only files that exist or that the build creates', async (t) => {
  const names = stages.map((stage) => / AS (\S+)/.exec(stage)?.[1]);
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
    .filter(({ source }) => source !== '.' && existsSync(root + source) && !made.includes(source))
    .map(({ source }) => source);
  const built = manifest.scripts.build!.match(/\S+\.[jt]s\b/g)!;
  for (const source of [...wanted, ...built, 'tsconfig.json', 'src', 'views']) t.ok(allowed.includes(source), source);
});

void t.test('the image has the files of the published package, and runs its program', async (t) => {
  const inImage = copies(image)
    .map(({ source }) => source)
    .filter((source) => source !== 'compiled');
  const published = manifest.files.filter((file) => !/^!|^docs$|\.md$/.test(file));
  t.same(inImage.sort(), [...published, 'package.json'].sort(), 'without documentation, and without other packages');
  t.match(stages[0], "npm run build && find dist -name '*.map' -delete", 'nor source maps');
});

void t.test('the base has no shell, so nothing of the image needs one', async (t) => {
  t.match(image, /^gcr\.io\/distroless\/nodejs\d+-debian\d+:nonroot\n/);
  const [base = ''] = image.split('\n');
  t.match(stages[1], ` ${base} AS started\n`);
  const [, run = ''] = /^RUN (.*)$/m.exec(stages[1]!) ?? [];
  t.same(JSON.parse(run), ['/nodejs/bin/node', 'first-start.js']);
  t.notMatch(image, /^RUN /m, 'nothing of another platform is run');
  const commands = [...image.matchAll(/(?:^| )(?:ENTRYPOINT|CMD) (.*)$/gm)].map(([, words = '']) => words);
  t.same(
    commands.map((words) => JSON.parse(words) as unknown),
    [['/nodejs/bin/node', program, 'healthcheck'], ['/nodejs/bin/node', program], ['serve']],
  );
});

void t.test('the image runs with a numeric user id, and is built by the same supported version of Node', async (t) => {
  t.match(image, /^USER [1-9]\d*:[1-9]\d*$/m);
  for (const stage of stages.slice(0, -1)) t.match(stage, /^--platform=\$BUILDPLATFORM /, 'once for all platforms');
  const versions = stages.map((stage) => Number(/\bnode(?:js|:)(\d+)/.exec(stage)![1]));
  t.equal(new Set(versions).size, 1);
  t.ok(versions[0]! >= Number(/\d+/.exec(manifest.engines.node)![0]));
});

void t.test('what Node compiled is read by the user and from the folder for which it was kept', async (t) => {
  const folder = /^ENV .*NODE_COMPILE_CACHE=(\S+)/m;
  const [, kept = ''] = folder.exec(stages[1]!) ?? [];
  t.equal(kept, '/app/compiled');
  t.equal(folder.exec(image)?.[1], kept);
  const [, user = ''] = /^USER (\S+)$/m.exec(image) ?? [];
  t.match(image, `COPY --from=started --chown=${user} ${kept} ./compiled`);
});

void t.test(
  'the release makes both platforms, and the labels say what it knows: version, commit and repository',
  async (t) => {
    const release = parse(read('.github/workflows/release.yml')) as {
      jobs: { image: { steps: { with?: { 'build-args'?: string; platforms?: string; push?: boolean } }[] } };
    };
    const pushed = release.jobs.image.steps.find((step) => step.with?.push)!;
    t.equal(pushed.with!.platforms, 'linux/amd64,linux/arm64');
    const given = [...pushed.with!['build-args']!.matchAll(/^(\w+)=\S/gm)].map(([, name]) => name);
    const asked = [...image.matchAll(/^ARG (\w+)=\w+$/gm)].map(([, name]) => name);
    t.same(given, asked);
    t.same(asked, ['VERSION', 'REVISION', 'SOURCE']);
    for (const name of asked) t.match(image, `org.opencontainers.image.${name!.toLowerCase()}="$${name}"`);
    for (const name of ['title', 'description', 'licenses']) t.match(image, `org.opencontainers.image.${name}="`);
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
