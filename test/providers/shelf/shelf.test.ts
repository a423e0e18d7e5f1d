import { join } from 'node:path';
import t from 'tap';
import { ProviderFiles } from '../../../src/providers/files/library.js';
import { Shelf } from '../../../src/providers/files/shelf.js';
import { formatMistake } from '../../../src/input/document/files.js';
import { howToServe, shelfFiles, shelfNames, suggestProvider } from '../../../src/shelf.js';
import { folderWith } from './folder.js';

t.test('a shelf makes a provider when it is first asked for, after the one that it is like', (t) => {
  const shelf = new Shelf(
    folderWith(t, {
      'anvil.yaml': 'title: Anvil\nhosts: [anvil.example]',
      'ore.yaml': 'like: anvil',
      'bad.yaml': 'x: 1',
    }),
  );
  t.same(shelf.names, ['anvil', 'bad', 'ore'], 'also those whose files have mistakes: they are not read');
  const ore = shelf.find('ore')!;
  t.match(ore, { name: 'ore', title: 'ore', origin: 'https://ore.example' });
  t.equal(shelf.find('ore'), ore, 'it is kept');
  t.same(shelf.find('anvil')!.policy, ore.policy);
  t.equal(shelf.find('none'), undefined);
  t.end();
});

t.test('a file of a shelf with a mistake is told with its place', (t) => {
  const shelf = new Shelf(
    folderWith(t, {
      'a.yaml': 'titel: A',
      'b.yaml': 'like: none',
      'c.yaml': 'like: d',
      'd.yaml': 'like: c',
      'e.yaml': "answers: { token: { body: '{{ nothing }}' } }",
      'f.yaml': 'x: [',
    }),
  );
  for (const [name, told] of [
    ['a', /a\.yaml:1:1: titel: /],
    ['b', /b\.yaml:1:1: like: there is no "none"/],
    ['c', /d\.yaml:1:1: like: there is no "c"/],
    ['e', /e\.yaml:1:21: answers\.token\.body: /],
    ['f', /f\.yaml:1/],
  ] as const) {
    t.throws(() => shelf.find(name), { message: told }, name);
  }
  t.end();
});

t.test('a file of a folder can be like a provider of the shelf, also like the one that it takes the place of', (t) => {
  const shelf = new Shelf(folderWith(t, { 'anvil.yaml': 'title: Anvil', 'ore.yaml': 'title: Ore' }));
  const folder = folderWith(t, {
    'anvil.yaml': 'like: anvil\ntitle: Mine',
    'forge.yaml': 'like: anvil',
    'mill.yaml': 'like: ore',
    'smith.yaml': 'like: ores',
    'self.yaml': 'like: self',
  });
  const files = new ProviderFiles(folder, { shelf });
  const told = files.read().map((mistake) => formatMistake(mistake).replace(folder, ''));
  t.same(told, [
    '/self.yaml:1:1: like: is like itself: self is like self',
    '/smith.yaml:1:1: like: there is no provider "ores"; did you mean "ore"?',
  ]);
  t.same(
    files.providers.map(({ name, title }) => [name, title]),
    [
      ['anvil', 'Mine'],
      ['forge', 'forge'],
      ['mill', 'mill'],
    ],
  );
  t.equal(files.read().length, 2);
  t.end();
});

t.test('the names of the shelf are known without its files, and a hint says how to serve one', (t) => {
  t.same(shelfNames, [...shelfFiles().keys()]);
  t.ok(shelfNames.includes('reddit'));
  t.equal(howToServe('reddit'), 'it is on the shelf: start the server with --shelf reddit');
  t.equal(howToServe('mailup'), '');
  t.equal(suggestProvider('reddit', ['mailup']), `; ${howToServe('reddit')}`);
  t.equal(suggestProvider('mailub', ['mailup']), '; did you mean "mailup"?');
  t.same([...shelfFiles(join(folderWith(t, {}), 'none')).keys()], [], 'a folder that is not there');
  t.end();
});
