import t from 'tap';
import { PathTable } from '../../src/http/endpoints/path-table.js';

const route = (method: string, path: string, name = path): { method: string; path: string; name: string } => ({
  method,
  path,
  name,
});
const nameAt = (table: PathTable<ReturnType<typeof route>>, method: string, path: string): string | undefined =>
  table.find(method, path)?.route.name;

t.test('the first route that matches wins, with a parameter or without', async (t) => {
  const table = new PathTable(
    [route('GET', '/a/:id'), route('GET', '/a/me'), route('GET', '/b', 'first'), route('GET', '/b', 'second')],
    false,
  );
  t.equal(nameAt(table, 'GET', '/a/me'), '/a/:id');
  t.equal(nameAt(table, 'GET', '/b'), 'first');
});

t.test('a parameter is one segment, and is not decoded again', async (t) => {
  const table = new PathTable([route('GET', '/Lists/:id/Groups/:group')], true);
  const found = table.find('GET', '/LISTS/A%20b/groups/C%2Fd');
  t.same(found?.params, { id: 'A%20b', group: 'C%2Fd' });
  t.equal(table.find('GET', '/lists/1/groups'), undefined);
  t.equal(table.find('GET', '/lists/1/2/groups/3'), undefined);
});

t.test('letter case counts unless the table ignores it', async (t) => {
  const routes = [route('GET', '/Console/Info')];
  t.equal(nameAt(new PathTable(routes, false), 'GET', '/console/info'), undefined);
  t.equal(nameAt(new PathTable(routes, true), 'GET', '/console/INFO'), '/Console/Info');
});

t.test('characters that are special in other routers are literal', async (t) => {
  for (const path of ['/a/*', '/a/(b)', '/a/b::c', '/a/b:c', '/a?b', '/a#b', '/a;b', '/%']) {
    const table = new PathTable([route('GET', path)], false);
    t.equal(nameAt(table, 'GET', path), path);
    t.equal(nameAt(table, 'GET', '/a/other'), undefined, path);
  }
});

t.test('the methods of a path are those of its routes', async (t) => {
  const table = new PathTable([route('GET', '/a/:id'), route('DELETE', '/a/:id'), route('POST', '/a')], false);
  t.same(table.allowedMethods('/a/1'), ['GET', 'DELETE']);
  t.same(table.allowedMethods('/a'), ['POST']);
  t.same(table.allowedMethods('/b'), []);
  t.same(new PathTable([], false).allowedMethods('/a'), []);
});
