import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { ProviderFiles } from '../../../src/providers/files/library.js';

const folder = fileURLToPath(new URL('../../../providers', import.meta.url));

t.test('every file of the shelf is a good one, and says that it is not the provider', async (t) => {
  const files = new ProviderFiles(folder);
  t.same(files.read(), []);
  t.ok(files.providers.length >= 8);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const [header = ''] = /^(?:#.*\n)*/.exec(readFileSync(`${folder}/${file}`, 'utf8')) ?? [];
    t.match(header, /\bnot\b/, file);
  }
});

t.test('a fact of the shelf has its own id, and a source that can be looked up unless it is assumed', async (t) => {
  const files = new ProviderFiles(folder);
  files.read();
  for (const { name, facts } of files.providers) {
    t.ok(facts.length > 0, name);
    t.equal(new Set(facts.map(({ id }) => id)).size, facts.length, `${name}: ids`);
    t.same(
      facts.filter(({ source, confidence }) => source === 'assumed' && confidence !== 'GUESS').map(({ id }) => id),
      [],
      `${name}: sources`,
    );
  }
});
