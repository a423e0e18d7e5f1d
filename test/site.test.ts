import { existsSync, readFileSync, readdirSync } from 'node:fs';
import t from 'tap';
import { frontPage } from '../site/front-page.js';
import { anchorOf, deadLinks, resolveLink } from '../site/links.js';
import { readPages, sidebarOf, sitePath } from '../site/pages.js';
import { repository } from './tree-copy.js';

const pages = readPages(`${repository}docs`);
const links = { root: repository, repositoryUrl: 'https://github.com/acme/mock', ref: 'v1.2.3' };
const addresses = new Set(pages.map(({ path }) => `/${sitePath(path)}`));

t.test('the sidebar has every page of the documentation once, by its first heading', async (t) => {
  const files = readdirSync(`${repository}docs`, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  const items = sidebarOf(pages).flatMap((group) => group.items);
  t.same(
    items.map(({ link }) => link).sort(),
    files
      .filter((name) => name !== 'README.md')
      .map((name) => `/${sitePath(name)}`)
      .sort(),
  );
  for (const { path, title } of pages) {
    t.match(readFileSync(`${repository}docs/${path}`, 'utf8').replaceAll('`', ''), `# ${title}\n`, path);
  }
});

t.test('users find their pages before contributors, in the order of the index', async (t) => {
  const groups = sidebarOf(pages);
  t.same(
    groups.map(({ text }) => text),
    ['Tutorials', 'How-to guides', 'Reference', 'Providers', 'Explanation', 'Contributing', 'Decisions'],
  );
  const index = readFileSync(`${repository}docs/README.md`, 'utf8');
  for (const { text, items } of groups) {
    const at = items.map(({ link }) => index.indexOf(`](${link.slice(1)})`)).filter((position) => position >= 0);
    t.same(
      at,
      [...at].sort((a, b) => a - b),
      text,
    );
  }
});

t.test('a new page appears by itself, also in a new folder', async (t) => {
  const folder = t.testdir({
    'README.md': '# Index\n\n[b](how-to/b.md), [a](how-to/a.md)\n',
    'how-to': {
      'a.md': '# Do `a`\n',
      'b.md': '<!-- written -->\n# Do b\n',
      'new.md': '# New\n',
      'debug.md': '# Debug\n',
    },
    recipes: { 'README.md': '# Recipes\n' },
  });
  t.same(sidebarOf(readPages(folder)), [
    {
      text: 'How-to guides',
      collapsed: true,
      items: [
        { text: 'Do b', link: '/how-to/b.md' },
        { text: 'Do a', link: '/how-to/a.md' },
        { text: 'New', link: '/how-to/new.md' },
      ],
    },
    { text: 'Contributing', collapsed: true, items: [{ text: 'Debug', link: '/how-to/debug.md' }] },
    { text: 'More', collapsed: true, items: [{ text: 'Recipes', link: '/recipes/index.md' }] },
  ]);
});

t.test('a page without a heading is refused, with its path', async (t) => {
  const folder = t.testdir({ 'README.md': '# Index\n', 'how-to': { 'bare.md': 'text\n' } });
  t.throws(() => readPages(folder), { message: 'how-to/bare.md has no title: expected a line that begins with "# "' });
});

t.test('every link of the documentation leads to a page of the site, or to a file of the repository', async (t) => {
  const files = [...pages.map(({ path }) => `docs/${path}`), 'site/ways-in.md'];
  let [inside, outside] = [0, 0];
  for (const file of files) {
    for (const [, link = ''] of readFileSync(repository + file, 'utf8').matchAll(/(?<!!\[[^\]]*)\]\(([^)\s]+)\)/g)) {
      const [address = ''] = resolveLink(file, link, links).split('#');
      if (address.startsWith('/')) {
        inside += 1;
        t.ok(addresses.has(address), `${file}: ${link}`);
      } else if (address.startsWith(links.repositoryUrl)) {
        outside += 1;
        const [, kind, path = ''] = /\/(blob|tree)\/v1\.2\.3\/(.*)$/.exec(address) ?? [];
        t.ok(kind !== undefined && existsSync(repository + path), `${file}: ${link}`);
      }
    }
  }
  t.ok(inside > 200 && outside > 0, `${inside} links to pages, ${outside} to files`);
});

t.test('links are resolved from the page that has them', async (t) => {
  const resolved = (link: string, from = 'docs/how-to/debug.md'): string => resolveLink(from, link, links);
  t.equal(resolved('release.md'), '/how-to/release.md');
  t.equal(resolved('../reference/library.md#world'), '/reference/library.md#world');
  t.equal(resolved('../decisions/README.md'), '/decisions/index.md');
  t.equal(resolved('how-to/debug.md', 'docs/README.md'), '/how-to/debug.md');
  t.equal(resolved('#top'), '#top');
  t.equal(resolved('https://example.test/a.md'), 'https://example.test/a.md');
  t.equal(resolved('mailto:ada@example.test'), 'mailto:ada@example.test');
  t.equal(resolved('../../README.md#run-it'), 'https://github.com/acme/mock/blob/v1.2.3/README.md#run-it');
  t.equal(resolved('../../src/http'), 'https://github.com/acme/mock/tree/v1.2.3/src/http');
  t.throws(() => resolved('none.md'), {
    message: 'docs/how-to/debug.md links to none.md: there is no file docs/how-to/none.md in the repository',
  });
  t.throws(() => resolved('../../../..'), /there is no file/, 'a file outside of the repository');
});

t.test('the front page leads to pages that exist', async (t) => {
  const { hero, features } = frontPage;
  for (const { link } of [...hero.actions, ...features]) {
    t.ok(addresses.has(resolveLink('docs/README.md', link, links)), link);
  }
});

t.test('a heading has the anchor that it has at GitHub', async (t) => {
  t.equal(anchorOf('GET /__admin/worlds/{id}'), 'get-__adminworldsid');
  t.equal(anchorOf("MailUp's own `state`, and more"), 'mailups-own-state-and-more');
});

t.test('links of the finished site to no page, to no heading and out of its folder are dead', async (t) => {
  const html = new Map([
    [
      'index.html',
      '<h1 id="top"></h1><a href="/mock/how-to/a.html#good">a</a><a class="x" href="https://example.test/#no">b</a>',
    ],
    [
      'how-to/a.html',
      '<h2 id="good"></h2><a href="#good"></a><a href="../"></a><a href="/mock/#top"></a>' +
        '<a href="#bad"></a><a href="b.html"></a><a href="/how-to/a.html"></a><a href="/mock/#bad"></a>',
    ],
  ]);
  t.same(deadLinks(html, '/mock/'), [
    'how-to/a.html: #bad',
    'how-to/a.html: b.html',
    'how-to/a.html: /how-to/a.html',
    'how-to/a.html: /mock/#bad',
  ]);
});

t.test('the generator is installed by the site alone, and nothing of it is published', async (t) => {
  const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(repository + path, 'utf8')) as never;
  const { dependencies } = read('site/package.json');
  const { files, scripts, ...own } = read('package.json');
  for (const name of Object.keys(dependencies as object)) {
    t.notOk(name in { ...(own.dependencies as object), ...(own.devDependencies as object) }, name);
  }
  t.notOk((files as string[]).some((path) => path.startsWith('site')));
  t.equal(
    (scripts as Record<string, string>)['docs:site'],
    'npm ci --prefix site --no-audit --no-fund && npm run build --prefix site',
  );
});
