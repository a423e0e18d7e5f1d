import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../../', import.meta.url));
const src = join(root, 'src');
const http = join(src, 'http');

/** The folders of src/http in the order of the README: each imports only from those before it. */
const folders = ['connection', 'reading', 'faulting', 'answering', 'pages', 'endpoints'];

const readmes = readdirSync(src)
  .map((folder) => join(src, folder, 'README.md'))
  .filter((path) => existsSync(path));
const named = (readme: string): string[] =>
  [...readFileSync(readme, 'utf8').matchAll(/`([\w./-]+\.tsx?)`/g)]
    .map(([, path]) => path as string)
    // a placeholder for the name of a new file
    .filter((path) => !path.startsWith('NAME'));
const read = (path: string): string => readFileSync(join(http, path), 'utf8');

t.test('every file that a README of src names exists', async (t) => {
  t.ok(readmes.includes(join(http, 'README.md')));
  for (const readme of readmes) {
    const places = [dirname(readme), src, root];
    const missing = named(readme).filter((path) => !places.some((place) => existsSync(join(place, path))));
    t.same(missing, [], readme);
  }
});

t.test('the README of http names every file that serves a URL', async (t) => {
  const routes = ['endpoints', 'pages'].flatMap((folder) =>
    readdirSync(join(http, folder))
      .map((file) => `${folder}/${file}`)
      .filter((path) => /\bapp\.(?:all|get|post|setNotFoundHandler)\(/.test(read(path))),
  );
  t.ok(routes.length >= 6, 'files with routes were found');
  const known = named(join(http, 'README.md'));
  t.same(
    routes.filter((path) => !known.includes(path)),
    [],
  );
});

t.test('the folders of http are those of its README, in the order of their imports', async (t) => {
  const table = [...readFileSync(join(http, 'README.md'), 'utf8').matchAll(/^\| `([a-z]+)\/` \|/gm)];
  t.same(
    table.map(([, folder]) => folder),
    folders,
  );
  const present = readdirSync(http, { withFileTypes: true }).filter((each) => each.isDirectory());
  t.same(present.map(({ name }) => name).sort(), [...folders].sort());
});

t.test('a folder of http imports only from the folders above it in the README', async (t) => {
  const wrong = folders.flatMap((folder, row) =>
    readdirSync(join(http, folder)).flatMap((file) =>
      [...read(`${folder}/${file}`).matchAll(/ from '\.\.\/([a-z]+)\/[^']*'/g)]
        .filter(([, target]) => folders.indexOf(target as string) > row)
        .map(([, target]) => `${folder}/${file} → ${target}`),
    ),
  );
  t.same(wrong, []);
});
