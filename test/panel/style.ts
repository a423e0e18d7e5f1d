import { readFileSync, readdirSync } from 'node:fs';
import t from 'tap';

const folder = new URL('../../src/panel/style/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.css'));
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');

t.test('a class belongs to one view: no other view has a rule for it', async (t) => {
  const owners = new Map<string, Set<string>>();
  for (const file of files.filter((each) => each.startsWith('view-'))) {
    for (const [name] of textOf(file).matchAll(/(?<=^|[,}\s])\.[a-z][\w-]*/gm)) {
      owners.set(name, (owners.get(name) ?? new Set()).add(file));
    }
  }
  t.ok(owners.size > 50);
  const shared = new Set(
    [...files.filter((file) => !file.startsWith('view-')), '../../../views/base.css'].flatMap((file) =>
      [...textOf(file).matchAll(/\.[a-z][\w-]*/g)].map(([name]) => name),
    ),
  );
  t.strictSame(
    [...owners].flatMap(([name, own]) =>
      own.size > 1 && !shared.has(name) ? [`${name}: ${[...own].join(', ')}`] : [],
    ),
    [],
  );
});

t.test('styles load nothing from another place', async (t) => {
  for (const file of files) {
    t.notMatch(textOf(file), /https?:|url\((?!'(?:\.\/|\.\.\/\.\.\/\.\.\/views\/)[a-z-]+\.css'\))/, file);
  }
});
