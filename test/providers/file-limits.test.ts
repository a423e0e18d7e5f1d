import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import t from 'tap';
import { ProviderFiles } from '../../src/providers/files/library.js';
import { MadeProviders, defineDocuments } from '../../src/providers/files/define-documents.js';
import { Shelf } from '../../src/providers/files/shelf.js';
import { check } from '../../src/world/check-document.js';
import { standardProvider } from '../../src/providers/standard-provider.js';
import { Shop, folderOf, mistakesOf } from './files/shop.js';

const json = { 'content-type': 'application/json' };

t.test(`limit "providers of a world's own"`, async (t) => {
  const { world } = await Shop.open(t, {});
  for (let i = 0; i < 50; i += 1) await world.defineProvider(`own-${i}`, {});
  await t.rejects(world.defineProvider('one-more', {}), /50 providers of its own, which is the limit/);
  await world.defineProvider('own-0', { title: 'Another' });
});

t.test('limit "providers kept for a document that is sent again"', (t) => {
  const made = new MadeProviders();
  const like = standardProvider;
  const kept = Array.from({ length: 201 }, (_, i) => {
    const provider = { ...standardProvider };
    made.keep(`document ${i}`, provider, { like, templates: 0 });
    return provider;
  });
  t.equal(made.find('document 0', like), undefined);
  t.equal(made.find('document 0', like, kept[0]), kept[0], 'it is in force');
  t.equal(made.find('document 1', like), kept[1]);
  t.equal(made.find('document 1', { ...like }), undefined, 'like another one');
  const long = 'x'.repeat(32_769);
  made.keep(long, { ...standardProvider }, { like, templates: 0 });
  t.equal(made.find(long, like), undefined, 'a long document can take megabytes');
  t.end();
});

t.test('limit "users of a realm": a snapshot with the users of a scenario and of a file', async (t) => {
  const many = (prefix: string): object[] => Array.from({ length: 1000 }, (_, i) => ({ id: `${prefix}${i}` }));
  const { world } = await Shop.open(t, {});
  await world.play({
    definitions: { shop: { users: many('f') } },
    providers: { shop: { users: many('s'), policy: {} } },
  });
  await t.rejects(
    world.users.add({ provider: 'shop', id: 'one-more' }),
    /There are 2000 users here, which is the limit/,
  );
  const snapshot = await world.snapshot.take();
  t.equal(snapshot.realms.shop?.users.length, 2000);
  await world.snapshot.restore(snapshot);
  t.match(
    mistakesOf(t, { 'a.yaml': JSON.stringify({ users: [...many('f'), {}] }) }).join(),
    /users: has more than 1000 items/,
  );
});

const templates = (count: number): object => ({
  answers: { token: { body: Array.from({ length: count }, () => '{{ scope }}') } },
});

t.test('limit "templates of documents"', async (t) => {
  const { world } = await Shop.open(t, {});
  const message = /there are more than 10000 templates/;
  await t.rejects(world.defineProvider('one', templates(10_001)), message);
  await world.defineProvider('one', templates(9_000));
  await world.defineProvider('one', { title: 'Fewer', ...templates(9_000) });
  await t.rejects(world.defineProvider('two', templates(1_001)), message);
  await world.defineProvider('two', templates(1_000));
  await t.rejects(world.defineProvider('three', templates(1)), message);
  await world.defineProvider('three', { title: 'Without' });
  t.match(mistakesOf(t, { 'a.json': JSON.stringify(templates(10_001)) }), [message]);
  t.same(mistakesOf(t, { 'a.json': JSON.stringify(templates(6_000)), 'b.json': JSON.stringify(templates(6_000)) }), []);
});

t.test('the templates of a document count once where it is judged again', (t) => {
  const made = new MadeProviders();
  const making = { check, beneath: [], shelf: new Shelf(), made };
  const many = { hosts: ['many.example'], ...templates(6_000) };
  const one = defineDocuments(new Map([['many', many]]), making);
  t.same([...one.mistakes], []);
  const beneath = [{ ...standardProvider, name: 'other', hosts: ['many.example'] }];
  const again = defineDocuments(new Map([['many', many]]), { ...making, beneath });
  t.match([...again.mistakes], [['many', [{ path: 'hosts.0' }]]]);
  t.equal(again.mistakes.get('many')?.length, 1, 'there are not too many templates');
  const both = defineDocuments(
    new Map([
      ['many', many],
      ['more', templates(4_001)],
    ]),
    making,
  );
  t.match([...both.mistakes.keys()], ['more'], 'those of a provider that is kept count');
  t.end();
});

t.test('of many templates with mistakes, the first hundred are told', (t) => {
  const body = Array.from({ length: 5_000 }, () => '{{ scope | nofilter }}');
  const told = mistakesOf(t, { 'a.json': JSON.stringify({ titel: 'A', answers: { token: { body } } }) });
  t.equal(told.length, 101);
  t.match(told.at(0), 'has more mistakes');
  t.end();
});

t.test('limit "provider files of a folder"', (t) => {
  const folder = folderOf(t, {});
  for (let i = 0; i < 1001; i += 1) writeFileSync(join(folder, `p${i}.yaml`), '{}');
  t.ok(new ProviderFiles(folder).read().some(({ message }) => message.includes('1000')));
  t.match(mistakesOf(t, { 'a.yaml': `# ${'x'.repeat(1024 * 1024)}` })[0], /MiB|bytes/);
  t.end();
});

t.test('limit "members of a provider file"', (t) => {
  const resources = Array.from({ length: 501 }, (_, i) => ({ path: `/r${i}` }));
  t.match(mistakesOf(t, { 'a.json': JSON.stringify({ resources }) })[0], /resources.*500/);
  const hosts = Array.from({ length: 51 }, (_, i) => `h${i}.example`);
  t.match(mistakesOf(t, { 'a.json': JSON.stringify({ hosts }) })[0], /hosts.*50/);
  t.end();
});

t.test('limit "a template"', (t) => {
  const body = { a: `{{ scope }}${'x'.repeat(20_000)}` };
  t.match(
    mistakesOf(t, { 'a.json': JSON.stringify({ answers: { token: { body } } }) })[0],
    /body\.a: parse length limit exceeded/,
  );
  t.end();
});

t.test('limit "templates of one answer"', async (t) => {
  const shop = await Shop.open(t, {
    resources: [{ path: '/long', authentication: 'none', body: '{% for i in (1..100000000) %}{{ i }}{% endfor %}' }],
  });
  t.equal((await shop.get('/api/long')).status, 500);
  t.equal((await shop.get('/api/none')).status, 401, 'the server goes on');
});

t.test('limit "a text that a template makes, and a body"', async (t) => {
  const lines = (count: number): string => `{% for i in (1..${count}) %}${'x'.repeat(1000)}{% endfor %}`;
  const shop = await Shop.open(t, {
    resources: [
      { path: '/text', authentication: 'none', body: lines(1100) },
      { path: '/body', authentication: 'none', body: { one: lines(600), other: lines(600) } },
      { path: '/less', authentication: 'none', body: lines(900) },
    ],
  });
  for (const path of ['/text', '/body']) {
    t.equal((await shop.get(`/api${path}`)).status, 500);
    t.match((await shop.newest()).explanation, /1048576 characters/, path);
  }
  t.equal((await shop.get('/api/less')).status, 200);
});

t.test('limit "a list that calls of the API change"', async (t) => {
  const items = Array.from({ length: 1000 }, (_, i) => ({ id: String(i) }));
  const shop = await Shop.open(t, {
    resources: [
      { path: '/full', authentication: 'none', list: { items } },
      { path: '/free', authentication: 'none', list: {} },
    ],
  });
  const add = async (path: string, item: object): Promise<number> =>
    (await fetch(`${shop.url}/api${path}`, { method: 'POST', headers: json, body: JSON.stringify(item) })).status;
  t.equal(await add('/full', { id: 'more' }), 409);
  t.equal(await add('/free', { text: 'x'.repeat(5000) }), 413);
  t.equal(await add('/free', { text: 'x' }), 201);
});
