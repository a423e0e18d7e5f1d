import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { configOf, programDefaults } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { providers } from '../../src/providers/index.js';
import { demo } from '../support.js';
import { launchChromium } from './chromium.js';
import type { AddressInfo } from 'node:net';

/** A client whose callback ends the flow. */
const client = createServer((request, response) => response.end(request.url));
await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve));
const callback = `http://localhost:${(client.address() as AddressInfo).port}/callback`;

const caDir = mkdtempSync(join(tmpdir(), 'browser-ca-'));
const server = await openServer(configOf({ proxy: true, caDir, redirectUri: callback }, programDefaults));
const { browser, close } = await launchChromium({ args: [`--proxy-server=${server.proxyUrl!}`] });

t.teardown(async () => {
  await close();
  await server.close();
  client.close();
  rmSync(caDir, { recursive: true });
});

// `standard` imitates no server, so it has no host
for (const { name, hosts, endpoints } of providers.filter((each) => each.hosts.length > 0)) {
  const [host = ''] = hosts;
  t.test(`a browser behind the proxy logs in at https://${host}`, async (t) => {
    // the authority is not installed in this browser: openssl, curl and others check the chain
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: demo.id,
      redirect_uri: callback,
      state: 'a-state-of-the-client',
    });
    await page.goto(`https://${host}${endpoints.authorize[0]}?${query.toString()}`);
    t.equal(new URL(page.url()).origin, `https://${host}`);
    await page.getByLabel('Email').or(page.locator('[name=username]')).first().fill(demo.username);
    await page.locator('[type=password]').fill(demo.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    t.equal(new URL(page.url()).origin, `https://${host}`);
    const cookies = await context.cookies();
    t.ok(cookies.length > 0 && cookies.every(({ secure, domain }) => secure && domain === host));
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(`${callback}?**`);
    t.match(new URL(page.url()).searchParams.get('code'), /./);
    const entries = server.worlds.use('default')!.journal.entries();
    t.ok(entries.filter(({ provider }) => provider === name).every((entry) => entry.isProxied && entry.isSecure));
    await context.close();
  });
}
