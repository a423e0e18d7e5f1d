import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import t from 'tap';
import { ProxyAgent, fetch } from 'undici';
import { start } from '../../src/client/index.js';
import { domainOf, isHostOf } from '../../src/input/host-name.js';
import { decide } from '../../src/proxy/decide.js';
import { destinationRules } from '../../src/proxy/destination-rules.js';
import { providers } from '../../src/providers/index.js';
import { openServer } from '../../src/server.js';
import { configOf, programDefaults } from '../../src/config.js';
import type { IncomingMessage } from 'node:http';
import type { Test } from 'tap';
import type { Understudy } from '../../src/client/index.js';

const acme =
  'title: Acme\nhosts: [auth.acme.example, "{shop}.acme-shops.example"]\nvariables: { shop: { example: mine } }';

function folderWith(t: Test, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-proxy-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

interface Proxied {
  readonly server: Understudy;
  readonly folder: string;
  /** Posts to a URL by the proxy, and returns the status: that of the proxy, if it opened no tunnel. */
  readonly post: (url: string) => Promise<number>;
}

/** The status with which the proxy refused a tunnel. */
function refusedWith(error: Error): number {
  const [, status] = /Proxy response \((\d{3})\)/.exec(inspect(error)) ?? [];
  return Number(status);
}

/** A server of a folder of files, with a client that uses its proxy and trusts its authority. */
async function proxied(
  t: Test,
  files: Readonly<Record<string, string>>,
  pass: readonly string[] = [],
): Promise<Proxied> {
  const folder = folderWith(t, files);
  const server = await start({ providers: folder, proxy: true, proxyPass: pass, caDir: folderWith(t, {}) });
  const dispatcher = new ProxyAgent({ uri: server.proxyUrl!, requestTls: { ca: server.caCertificate! } });
  t.teardown(async () => {
    await dispatcher.close();
    await server.close();
  });
  const post = (url: string): Promise<number> =>
    fetch(url, { method: 'POST', body: 'x', dispatcher }).then(async (answer) => {
      await answer.text();
      return answer.status;
    }, refusedWith);
  return { server, folder, post };
}

t.test('the proxy serves the hosts of a file, by http and https, also those with a variable', async (t) => {
  const { server, post } = await proxied(t, { 'acme.yaml': acme });
  for (const url of [
    'http://auth.acme.example/token',
    'https://auth.acme.example/token',
    'http://some-shop.acme-shops.example/token',
    'https://some-shop.acme-shops.example/token',
  ]) {
    t.equal(await post(url), 400, url);
    t.match((await server.world().journal.list()).at(-1), { provider: 'acme', endpoint: 'token' }, url);
  }
  for (const url of ['http://acme-shops.example/token', 'http://a.b.acme-shops.example/token']) {
    t.equal(await post(url), 502, `${url} is no host of the provider`);
  }
  t.equal((await server.world().journal.list()).length, 4);
});

t.test(
  'a host that a reload adds is served and has a certificate; one that it removes is no longer passed',
  async (t) => {
    const { server, folder, post } = await proxied(t, { 'acme.yaml': acme }, ['*']);
    t.equal(await post('https://auth.acme.example/token'), 400);
    writeFileSync(join(folder, 'ore.yaml'), 'hosts: [auth.ore.example]');
    while (!('ore' in (await server.world().info()).providers)) await new Promise((resolve) => setTimeout(resolve, 20));
    t.equal(await post('https://auth.ore.example/token'), 400);
    t.match((await server.world().journal.list()).at(-1), { provider: 'ore', endpoint: 'token' });

    rmSync(join(folder, 'acme.yaml'));
    while ('acme' in (await server.world().info()).providers) await new Promise((resolve) => setTimeout(resolve, 20));
    t.equal(await post('https://auth.acme.example/token'), 404, 'the tunnel is still open, and leads to nothing');
    t.equal(await post('http://auth.acme.example/token'), 502, 'it may be a real host: nobody is connected to it');
  },
);

t.test('a host is that of the world that the credentials name, and * connects nobody to that of another', async (t) => {
  const config = configOf({ proxy: true, proxyPass: ['*'], caDir: folderWith(t, {}) }, programDefaults);
  const server = await openServer(config);
  t.teardown(() => server.close());
  const world = server.worlds.open({ id: 'mine' });
  const defined = await fetch(`${server.url}/w/mine/__admin/providers/own`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ hosts: ['auth.own.example'] }),
  });
  t.equal(defined.status, 200);
  const statusAs = async (user: string, url: string): Promise<number> => {
    const token = `Basic ${btoa(`${user}:`)}`;
    const dispatcher = new ProxyAgent({
      uri: server.proxyUrl!,
      token,
      requestTls: { ca: server.authority!.certificate },
    });
    const status = await fetch(url, { method: 'POST', body: 'x', dispatcher }).then(
      (answer) => answer.status,
      refusedWith,
    );
    await dispatcher.close();
    return status;
  };
  t.equal(await statusAs('mine', 'https://auth.own.example/token'), 400);
  t.equal(await statusAs('mine', 'http://auth.own.example/token'), 400);
  t.equal(await statusAs('default', 'http://auth.own.example/token'), 502);
  t.equal(world.journal.entries().length, 2);

  // a late retry of a client still has the host. Not by a request: the name might lead to nothing anyway
  const headers = { 'content-type': 'application/json' };
  const put = (path: string, body: object): Promise<Response> =>
    fetch(`${server.url}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
  const client = { headers: {}, socket: { remoteAddress: '127.0.0.1' } } as unknown as IncomingMessage;
  const decided = (host: string): string =>
    decide(client, `${host}:443`, 443, destinationRules([], ['*']), { worlds: server.worlds, listed: true }).kind;
  t.equal(decided('auth.other.example'), 'pass');
  await fetch(`${server.url}/w/mine/__admin/providers/own`, { method: 'DELETE' });
  t.equal(decided('auth.own.example'), 'refuse', 'of a provider that was removed');
  await put('/w/mine/__admin/scenario', { definitions: { played: { hosts: ['auth.played.example'] } } });
  t.equal(await statusAs('mine', 'http://auth.played.example/token'), 400);
  await put('/w/mine/__admin/scenario', { name: 'default' });
  t.equal(decided('auth.played.example'), 'refuse', 'of a scenario that was replaced');
  await put('/w/mine/__admin/providers/last', { hosts: ['auth.last.example'] });
  await fetch(`${server.url}/__admin/worlds/mine`, { method: 'DELETE' });
  t.equal(decided('auth.last.example'), 'refuse', 'of a world that was dropped');
  const hosts = Array.from({ length: 10_000 }, (_, i) => `a${i}.example`);
  server.worlds.redefine([{ ...providers[0]!, name: 'many', hosts }]);
  server.worlds.redefine([]);
  t.equal(decided('a9999.example'), 'refuse');
  t.equal(decided('auth.own.example'), 'pass', 'the oldest are dropped');
});

t.test('hosts with variables, and the domains that they are in', (t) => {
  t.equal(isHostOf('a.example', 'a.example'), true);
  t.equal(isHostOf('{a}.b.example', 'x-1.b.example'), true);
  t.equal(isHostOf('{a}.b.example', 'x.bxexample'), false);
  t.equal(isHostOf('{a}.b.example', 'x.y.b.example'), false);
  t.equal(isHostOf('accounts.zoo.{place}', 'accounts.zoo.eu'), true);
  t.equal(domainOf('a.example'), 'a.example');
  t.equal(domainOf('{a}.b.example'), 'b.example');
  t.equal(domainOf('api.{a}.b.example'), 'b.example');
  t.equal(domainOf('accounts.zoo.{place}'), undefined, 'no authority may sign a whole top level domain');
  t.end();
});
