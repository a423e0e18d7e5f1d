import { createServer, request } from 'node:http';
import t from 'tap';
import { buildApp } from '../../src/app.js';
import { findingIds } from '../../src/findings/finding-ids.js';
import { providers } from '../../src/providers/index.js';
import { ScenarioLibrary } from '../../src/world/scenario/library.js';
import { Worlds } from '../../src/world/worlds.js';
import { demo } from '../support.js';
import { Browser } from '../journeys/browserless.js';
import type { AddressInfo } from 'node:net';

t.test('a base URL with a path works behind a proxy that removes the path', async (t) => {
  let origin = '';
  const proxy = createServer((received, response) => {
    if (received.url?.startsWith('/mock/') !== true) {
      response.writeHead(404).end('not below /mock/');
      return;
    }
    const { method, headers } = received;
    const sent = request(origin + received.url.slice('/mock'.length), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    received.pipe(sent);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  t.teardown(() => proxy.close());
  const base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/mock`;
  const app = await buildApp({
    worlds: new Worlds({ providers }),
    library: new ScenarioLibrary(findingIds),
    access: { mode: 'open' },
    logLevel: 'silent',
    connectionLimit: 100,
    requestSeconds: 30,
    baseUrl: base,
  });
  t.teardown(() => app.close());
  origin = await app.listen({ host: '127.0.0.1', port: 0 });

  for (const { name: provider } of providers) {
    const { worlds } = (await (await fetch(`${base}/__admin/worlds`)).json()) as {
      worlds: readonly { providers: Readonly<Record<string, { authorizeUrl: string }>> }[];
    };
    const authorizeUrl = worlds[0]?.providers[provider]?.authorizeUrl ?? '';
    t.ok(authorizeUrl.startsWith(`${base}/`), authorizeUrl);
    const url = new URL(authorizeUrl);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: demo.id,
      redirect_uri: demo.redirectUri,
      state: 's'.repeat(24),
    }).toString();
    const browser = new Browser();
    const login = await browser.open(url);
    t.equal(login.status, 200, `${login.url.href} is the login page`);
    const consent = await browser.press(login, 'Log in', { username: demo.username, password: demo.password });
    t.equal(consent.status, 200, `${consent.url.href} is the consent page`);
    const back = await browser.press(consent, 'Allow');
    t.ok(back.url.searchParams.has('code'), back.url.href);
  }
});
