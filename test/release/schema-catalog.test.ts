import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import t from 'tap';
import { parse } from 'yaml';
import { examSchema, scenarioSchema } from '../../scripts/reference-docs.js';
import { start } from '../../src/library.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Entry {
  readonly name: string;
  readonly description: string;
  readonly fileMatch: readonly string[];
  readonly url: string;
}

const catalog = JSON.parse(readFileSync(`${root}schema/catalog.json`, 'utf8')) as {
  readonly schemas: readonly Entry[];
};

/** The shape of an entry, as src/schemas/json/schema-catalog.json of SchemaStore has it. We give each a fileMatch. */
const url = { type: 'string', pattern: '^https://' };
const entries = {
  type: 'array',
  minItems: 2,
  items: {
    type: 'object',
    required: ['name', 'url', 'description', 'fileMatch'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1 },
      description: { type: 'string', minLength: 1 },
      fileMatch: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } },
      url,
      versions: { type: 'object', additionalProperties: url },
    },
  },
};

/** A pattern of a file name: without a slash it is for any folder. */
function expressionOf(pattern: string): RegExp {
  const whole = pattern.includes('/') ? pattern : `**/${pattern}`;
  const parts = whole
    .split('**/')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'));
  return new RegExp(`^${parts.join('(?:.*/)?')}$`);
}

const entriesOf = (file: string): string[] =>
  catalog.schemas
    .filter(({ fileMatch }) => fileMatch.some((each) => expressionOf(each).test(file)))
    .map(({ name }) => name);

t.test('the entries have the shape of the catalog of SchemaStore, in its order', async (t) => {
  const validate = new Ajv({ allErrors: true }).compile(entries);
  validate(catalog.schemas);
  t.same(validate.errors ?? [], []);
  t.notOk(validate([{ name: 'x', url: 'http://x' }]), 'the validator is awake');
  const names = catalog.schemas.map(({ name }) => name);
  t.same(names, names.toSorted());
});

t.test('each address leads to a schema of this repository, in the draft that editors know', async (t) => {
  for (const { name, url: address } of catalog.schemas) {
    const [, file = ''] =
      /^https:\/\/raw\.githubusercontent\.com\/[\w-]+\/oauth-understudy\/main\/(.*)$/.exec(address) ?? [];
    const schema = JSON.parse(readFileSync(root + file, 'utf8')) as { $schema: string; title: string };
    t.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#', file);
    t.equal(schema.title, name);
    const strict = { strict: true, strictTypes: false, strictRequired: false, formats: { 'date-time': true } } as const;
    t.doesNotThrow(() => new Ajv(strict).compile(schema), file);
  }
});

t.test('the patterns match the names in the documentation, and no files of other programs', async (t) => {
  const page = readFileSync(`${root}docs/how-to/fail-ci-on-an-exam.md`, 'utf8');
  const [, file = '', text = ''] = /^`([\w.-]+)`, beside the application:\n\n```yaml\n(.*?)```/ms.exec(page) ?? [];
  t.same(entriesOf(`app/${file}`), ['Understudy exam'], file);
  const isExam = new Ajv({ validateFormats: false }).compile(JSON.parse(examSchema()) as object);
  t.ok(isExam(parse(text)), 'the example is an exam', { errors: isExam.errors });
  t.same(entriesOf('ci/nightly.understudy-exam.json'), ['Understudy exam']);
  t.same(entriesOf('slow-day.understudy.yaml'), ['Understudy scenario']);
  t.same(entriesOf('test/understudy-scenarios/slow-day.yml'), ['Understudy scenario']);
  for (const other of ['exam.yaml', 'scenarios/a.yaml', 'understudy.yaml', 'docs/understudy-scenarios/a/b.yaml']) {
    t.same(entriesOf(other), [], other);
  }
});

t.test('each pattern is for one extension, and names the program', async (t) => {
  for (const pattern of catalog.schemas.flatMap(({ fileMatch }) => fileMatch)) {
    t.match(pattern, /understudy.*\.(?:yaml|yml|json)$/);
  }
});

t.test('every built-in scenario is valid below such a name', async (t) => {
  const isScenario = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(scenarioSchema()) as object);
  for (const file of readdirSync(`${root}fixtures/scenarios`)) {
    t.ok(isScenario(parse(readFileSync(`${root}fixtures/scenarios/${file}`, 'utf8'))), file);
  }
});

t.test('the name of a scenario is the same with and without .understudy', async (t) => {
  const fixtures = join(t.testdir({}), 'understudy-scenarios');
  mkdirSync(fixtures);
  writeFileSync(join(fixtures, 'slow-day.understudy.yaml'), 'extends: default\ndescription: Slow.\n');
  writeFileSync(join(fixtures, '.understudy.yaml'), 'extends: default\ndescription: Nameless.\n');
  await using server = await start({ fixtures, scenario: 'slow-day' });
  const names = (await server.scenarios()).filter(({ source }) => source === 'file').map(({ name }) => name);
  t.ok(names.includes('slow-day'));
  t.notOk(names.includes(''));
});
