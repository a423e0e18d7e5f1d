import { createServer } from 'node:http';
import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { demo, startServer } from '../support.js';
import { launchChromium } from './chromium.js';
import type { AddressInfo } from 'node:net';

const server = await startServer();
const { browser, close } = await launchChromium();
const reached: string[] = [];
/** A client whose callback leads on to an app of the phone by the app's own scheme. */
const client = createServer((request, response) => {
  reached.push(request.url ?? '');
  response.writeHead(302, { location: 'myapp://done?ok=1' }).end();
});
await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve));
const callback = `http://localhost:${(client.address() as AddressInfo).port}/callback`;

t.teardown(async () => {
  await close();
  await server.close();
  client.close();
});

for (const { name, endpoints } of providers) {
  t.test(`${name}: the policy of the pages does not block a callback that leads on to myapp://`, async (t) => {
    const realm = server.realm(name);
    realm.clients.set(demo.id, { ...realm.clients.get(demo.id)!, redirectUris: [callback] });
    const context = await browser.newContext();
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: callback });
    await page.goto(`${server.url}/${name}${endpoints.authorize[0]}?${query.toString()}`);
    await page.getByLabel('Email').or(page.locator('[name=username]')).first().fill(demo.username);
    await page.locator('[type=password]').fill(demo.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    reached.length = 0;
    await page.getByRole('button', { name: 'Allow' }).click({ noWaitAfter: true });
    while (reached.length === 0) await page.waitForTimeout(20);
    // the refusal of the hop is said after the answer of the callback
    await page.waitForTimeout(500);
    t.ok(reached.some((path) => path.startsWith('/callback?')));
    t.same(
      said.filter((text) => text.includes('form-action')),
      [],
    );
    await context.close();
  });
}
