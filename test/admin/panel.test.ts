import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { start } from '../../src/client/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
if (!existsSync(`${root}dist/panel/panel.js`)) {
  await once(spawn('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'ignore' }), 'close');
}

const server = await start();
t.teardown(() => server.close());
const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(server.url + path, { redirect: 'manual', ...init });

t.test('every view has the same page, with a strict Content-Security-Policy', async (t) => {
  const page = await ask('/__admin/ui/');
  const text = await page.text();
  t.equal(page.status, 200);
  t.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
  t.equal(page.headers.get('cache-control'), 'no-store');
  const policy = page.headers.get('content-security-policy') ?? '';
  t.match(policy, "default-src 'none'");
  t.notMatch(policy, 'unsafe');
  t.notMatch(text, /<style|style="|<script>|\son[a-z]+=/, 'nothing inline');
  t.notMatch(text, /https?:\/\//, 'nothing from another host');
  for (const view of ['timeline', 'callback', 'nonsense']) {
    t.equal(await (await ask(`/__admin/ui/${view}?world=nightly`)).text(), text, view);
  }
});

t.test('the page names its files relative to its folder, so a proxy may add a path', async (t) => {
  const text = await (await ask('/__admin/ui/timeline')).text();
  const files = [...text.matchAll(/(?:src|href)="(\.\/assets\/[^"]+)"/g)].map(([, file]) => String(file));
  t.ok(files.length >= 3);
  for (const file of files) {
    const answer = await fetch(new URL(file, `${server.url}/__admin/ui/timeline`));
    t.equal(answer.status, 200, file);
    t.match(answer.headers.get('content-type'), /^(?:text\/javascript|text\/css|image\/svg\+xml)/);
    t.ok((await answer.arrayBuffer()).byteLength > 100);
  }
});

t.test('a file that the panel does not have is 404', async (t) => {
  for (const path of ['assets/nothing.js', 'assets/..%2f..%2fmain.js', 'assets/constructor']) {
    t.equal((await ask(`/__admin/ui/${path}`)).status, 404, path);
  }
});

t.test('the folder without its slash, and the panel of a world, lead to the panel', async (t) => {
  const to = async (path: string): Promise<string> => {
    const { status, headers } = await ask(path);
    t.equal(status, 302, path);
    return String(headers.get('location')).replace(server.url, '');
  };
  t.equal(await to('/__admin/ui'), '/__admin/ui/');
  t.equal(await to('/w/nightly/__admin/ui/'), '/__admin/ui/?world=nightly');
  t.equal(await to('/w/nightly/__admin/ui'), '/__admin/ui/?world=nightly');
  t.equal(await to('/__admin/ui/timeline/?world=x&entry=7'), '/__admin/ui/timeline?world=x&entry=7');
  t.equal(await to('/w/nightly/__admin/ui/timeline/'), '/__admin/ui/timeline?world=nightly');
  t.equal(await to('/w/nightly/__admin/ui/timeline?entry=7'), '/__admin/ui/timeline?world=nightly&entry=7');
});

t.test('a URL with a slash too many or too few keeps its query; an odd view is encoded', async (t) => {
  for (const [path, to] of [
    ['/__admin/ui?world=mine', '/__admin/ui/?world=mine'],
    ['/w/nightly/__admin/ui?flow=1', '/__admin/ui/?world=nightly&flow=1'],
    ['/__admin/ui/timeline/?world=mine', '/__admin/ui/timeline?world=mine'],
    ['/w/mine/__admin/ui/%E2%80%8F', '/__admin/ui/%E2%80%8F?world=mine'],
    ['/w/mine/__admin/ui/%0d%0aX:1', '/__admin/ui/%0D%0AX%3A1?world=mine'],
    ['/w/mine/__admin/ui/a%3Fworld=x%23', '/__admin/ui/a%3Fworld%3Dx%23?world=mine'],
  ] as const) {
    const { status, headers } = await ask(path);
    t.equal(status, 302, path);
    t.equal(headers.get('location'), server.url + to, path);
  }
});

t.test('HEAD is answered as GET, without a body', async (t) => {
  for (const path of [
    '/__admin/ui/',
    '/__admin/ui/timeline',
    '/__admin/ui/assets/panel.js',
    '/__admin/docs',
    '/__admin/openapi.json',
  ]) {
    const answer = await ask(path, { method: 'HEAD' });
    t.equal(answer.status, 200, path);
    t.equal(await answer.text(), '', path);
  }
  t.equal((await ask('/__admin/ui', { method: 'HEAD' })).status, 302);
});

t.test('a file is compressed if the browser accepts that, and not sent again if the browser has it', async (t) => {
  const path = '/__admin/ui/assets/panel.css';
  const plain = await ask(path, { headers: { 'accept-encoding': 'gzip;q=0, br' } });
  t.equal(plain.headers.get('content-encoding'), null);
  const whole = await plain.text();
  const small = await ask(path, { headers: { 'accept-encoding': 'br, gzip' } });
  t.equal(small.headers.get('content-encoding'), 'gzip');
  t.equal(await small.text(), whole);
  const etag = String(small.headers.get('etag'));
  const again = await ask(path, { headers: { 'if-none-match': etag } });
  t.same([again.status, await again.text()], [304, '']);
  t.equal((await ask(path, { headers: { 'if-none-match': 'W/"old"' } })).status, 200);
});

t.test('the page and its files need no admin token, the calls do', async (t) => {
  const guarded = await start({ adminToken: 'a-token-of-this-test' });
  t.teardown(() => guarded.close());
  for (const path of ['/__admin/ui/', '/__admin/ui/tokens', '/__admin/ui/assets/panel.js']) {
    const answer = await fetch(guarded.url + path);
    t.equal(answer.status, 200, path);
    const text = await answer.text();
    t.notMatch(text, 'a-token-of-this-test');
    if (path.endsWith('/')) t.match(text, 'panel.js');
  }
  t.equal((await fetch(`${guarded.url}/__admin/journal`)).status, 401);
  t.equal((await fetch(`${guarded.url}/__admin/uipanel`)).status, 401, 'only the folder itself is open');
});

t.test('where the admin API is off, the page says so', async (t) => {
  const off = await start({ host: '0.0.0.0' });
  t.teardown(() => off.close());
  const { port } = new URL(off.url);
  const page = await fetch(`http://127.0.0.1:${port}/__admin/ui/`);
  t.equal(page.status, 200);
  const text = await page.text();
  t.match(text, '<h1>The admin API is off</h1>');
  t.notMatch(text, 'panel.js', 'nothing runs');
});

t.test('without JavaScript, the page leads to the admin API', async (t) => {
  const [, without = ''] = /<noscript>([^]*)<\/noscript>/.exec(await (await ask('/__admin/ui/')).text()) ?? [];
  const links = [...without.matchAll(/href="([^"]+)"/g)].map(([, link]) => String(link));
  t.ok(links.length >= 3);
  for (const link of links) t.equal((await fetch(new URL(link, `${server.url}/__admin/ui/`))).status, 200, link);
});

t.test(
  'without JavaScript, the page of the admin API lists its calls, and links what a browser can read',
  async (t) => {
    for (const path of ['/__admin/docs', '/__admin/docs/']) {
      const [, without = ''] = /<noscript>([^]*)<\/noscript>/.exec(await (await ask(path)).text()) ?? [];
      t.match(without, '<code>PATCH /__admin/providers/{provider}/policy</code> ');
      const links = [...without.matchAll(/href="([^"]+)"/g)].map(
        ([, link]) => new URL(String(link), server.url + path),
      );
      t.ok(links.some(({ pathname }) => pathname === '/__admin/journal'));
      for (const link of links) t.equal((await fetch(link)).status, 200, link.pathname);
    }
  },
);

t.test('the panel has less than 90 KiB, compressed', async (t) => {
  const files = readdirSync(`${root}dist/panel`);
  const bytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(`${root}dist/panel/${file}`), { level: 9 }).byteLength,
    0,
  );
  t.strictSame(files.sort(), ['panel.css', 'panel.js']);
  t.ok(bytes < 90 * 1024, `${bytes} bytes`);
});
