import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ProviderFiles } from '../../src/providers/files/library.js';
import { folderOf, mistakesOf } from './files/shop.js';

t.test('a mistake about a member is placed at the document where that is a list', (t) => {
  t.match(mistakesOf(t, { 'w.yaml': '# a comment\n- a\n- b' }), [
    /^2:1 name: "w" is the prefix of worlds/,
    /^2:1 : expected an object, got an array/,
  ]);
  const files = { 'list.yaml': '- a\n- b', 'standard.yaml': 'title: s\nlike: standard', 'good.yaml': 'title: Good' };
  t.match(mistakesOf(t, files), [/^1:1 : expected an object, got an array/, /"standard" is a built-in provider/]);
  t.end();
});

t.test('a file with the name of a built-in provider takes the base of no other file away', (t) => {
  const files = { 'standard.yaml': 'title: s', 'zoom.yaml': '{}', 'mail.yaml': 'like: mailup', 'mailup.yaml': '{}' };
  t.match(mistakesOf(t, files), [/"mailup" is a built-in provider/, /"standard" is a built-in provider/]);
  t.match(mistakesOf(t, { 'a.yaml': 'name: standard', 'zoom.yaml': 'title: Zoom' }), [/built-in provider/]);
  t.match(mistakesOf(t, { 'mailup.yaml': '{}', 'other.yaml': 'hosts: [services.mailup.com]' }), [
    /"mailup" is a built-in provider/,
    /hosts\.0: services\.mailup\.com is a host of the provider "mailup" too/,
  ]);
  const folder = folderOf(t, { 'zoom.yaml': 'title: Zoom' });
  const library = new ProviderFiles(folder);
  library.read();
  writeFileSync(join(folder, 'standard.yaml'), 'title: s');
  writeFileSync(join(folder, 'zoom.yaml'), 'title: Zoom again');
  t.equal(library.read().length, 1);
  t.same(
    library.providers.map(({ name, title }) => `${name}: ${title}`),
    ['zoom: Zoom again'],
  );
  t.end();
});

t.test('a file above the limit of a folder takes the place of none that was read', (t) => {
  const folder = folderOf(t, { 'zoom.yaml': 'title: Zoom' });
  const library = new ProviderFiles(folder);
  t.same(library.read(), []);
  for (let i = 1; i <= 1000; i += 1) writeFileSync(join(folder, `p${i}.yaml`), '{}');
  const [mistake, ...others] = library.read();
  t.same(others, []);
  t.match(mistake, { file: /p999\.yaml$/, message: 'is not read: a folder has at most 1000 provider files' });
  t.ok(library.isInForce(join(folder, 'zoom.yaml')));
  t.end();
});
