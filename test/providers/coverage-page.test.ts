import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { ProviderSchema } from '../../src/providers/files/schema/document.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(`${root}docs/explanation/provider-coverage.md`, 'utf8');

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Whether a schema has a member, named as in the page: `resources[].path`. */
function hasMember(path: string): boolean {
  let schema: Schema | undefined = ProviderSchema as Schema;
  for (const name of path.split('.')) {
    schema = schema?.properties?.[name.replace('[]', '')];
    if (name.endsWith('[]')) schema = schema?.items;
  }
  return schema !== undefined;
}

const rows = page
  .split('\n## What needs code')[0]!
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('.test.ts'))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

t.test('each difference names members of the schema, and a test that exists', async (t) => {
  t.ok(rows.length >= 60, `${String(rows.length)} rows`);
  for (const [difference = '', members = '', test = ''] of rows) {
    for (const [, member = ''] of members.matchAll(/`([^`]+)`/g)) {
      t.ok(hasMember(member), `${difference}: ${member}`);
    }
    const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(test) ?? [];
    const source = readFileSync(root + file, 'utf8');
    t.ok(source.includes(`t.test('${title}'`) || source.includes(`t.test(\n  '${title}'`), `${file}: ${title}`);
  }
  t.notOk(hasMember('policy.no') || hasMember('endpoints.none') || hasMember('resources[].no'));
});
