import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { startPanel } from './panel.js';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import type { StartOptions, Understudy, World } from '../../src/client/index.js';

const panel = await startPanel(t);
const { server } = panel;

const lostNote = 'The connection to the server was lost.';
const state = (page: Page, word: string): Promise<void> => page.locator('.live', { hasText: word }).waitFor();
const entryCount = (page: Page, text: string): Promise<void> => page.getByText(text, { exact: true }).waitFor();

/** Sends a request that a provider refuses. */
async function refusedCall({ baseUrl }: Pick<World, 'baseUrl'>): Promise<void> {
  await (await fetch(`${baseUrl}/dottedsign/v1/members/me`)).arrayBuffer();
}

/** Opens the timeline of a server that is not the one of the file. */
async function openAt(test: Test, { url }: { readonly url: string }, query = ''): Promise<Page> {
  const page = await panel.open(test, 'start');
  await page.goto(`${url}/__admin/ui/timeline${query}`);
  return page;
}

/** Starts a server, and starts another one on its port. `t` closes the last one. */
async function startTwice(
  t: Test,
  first: StartOptions,
  second: StartOptions,
): Promise<{
  readonly before: Understudy;
  readonly restart: () => Promise<Understudy>;
}> {
  const before = await start(first);
  let running = before;
  t.teardown(() => running.close());
  const restart = async (): Promise<Understudy> => {
    running = await start({ ...second, port: Number(new URL(before.url).port) });
    return running;
  };
  return { before, restart };
}

void t.test('a server that is restarted on its port: the page says that it is away, and reads it anew', async (t) => {
  const { before, restart } = await startTwice(t, {}, {});
  await refusedCall(before.world());
  await refusedCall(before.world());
  const page = await openAt(t, before);
  await entryCount(page, '2 entries');
  await state(page, 'Live');
  const show = (view: string): Promise<void> => page.getByRole('link', { name: view, exact: true }).last().click();
  const described = page.waitForRequest('**/openapi.json');
  await show('Settings');
  await described;
  await page.locator('.setting').first().waitFor();
  await show('Timeline');
  await before.close();
  await page.getByRole('alert').getByText(lostNote).waitFor();
  await state(page, 'Lost');
  t.ok(await page.getByText('2 entries', { exact: true }).isVisible(), 'what was read before stays');
  const after = await restart();
  await state(page, 'Live');
  await page.getByRole('status').getByText('Connected again').waitFor();
  await page.getByText('No requests yet').waitFor();
  await refusedCall(after.world());
  await entryCount(page, '1 entry');
  t.equal(await page.getByText(lostNote).count(), 0);
  const describedAgain = page.waitForRequest('**/openapi.json', { timeout: 10_000 });
  await show('Settings');
  t.ok(await describedAgain, 'the server that came back may describe other settings');
});

void t.test(
  'an entry that is open at a quick restart is not taken for that with its id in the new journal',
  async (t) => {
    const { before, restart } = await startTwice(t, {}, {});
    await refusedCall(before.world());
    await refusedCall(before.world());
    const page = await openAt(t, before, '?entry=2');
    const pane = page.getByRole('article', { name: 'Entry 2' });
    await pane.getByText('/dottedsign/v1/members/me').first().waitFor();
    await page.waitForURL(/journal=/);
    await before.close();
    const after = await restart();
    for (let i = 0; i < 3; i += 1) await refusedCall(after.world());
    const { startedAt } = await after.health();
    await page.getByText(`The server was started again at ${startedAt.slice(0, 19).replace('T', ' ')} UTC`).waitFor();
    const earlier = page.getByText('This link is about an earlier journal');
    await earlier.waitFor();
    t.equal(await pane.count(), 0);

    await page.reload();
    await earlier.waitFor();
    await page.locator('[data-entry="3"] a').click();
    await page.getByRole('article', { name: 'Entry 3' }).waitFor();
    await earlier.waitFor({ state: 'detached' });
    await page.goBack();
    await earlier.waitFor();
    // before the page has written the journal of entry 3 into the URL
    await page.evaluate(`document.querySelector('[data-entry="3"] a').click(); history.back()`);
    await page.waitForURL(/entry=2/);
    await page.waitForTimeout(500);
    t.ok(await earlier.isVisible(), 'a quick return is to the earlier journal as well');
    await page.goto(page.url().replace('entry=2', 'flow=1'));
    await earlier.waitFor();
    await page.getByRole('link', { name: 'Show the journal' }).click();
    await entryCount(page, '3 entries');
  },
);

void t.test('a world that is reset or gets another scenario is read anew, without a word of a loss', async (t) => {
  const world = await server.newWorld({ id: 'connection-reset' });
  await refusedCall(world);
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await page.evaluate(`
    window.alerts = 0;
    new MutationObserver(() => {
      if (document.querySelector('[role=alert]')) window.alerts += 1;
    }).observe(document.body, { childList: true, subtree: true })`);
  await entryCount(page, '1 entry');
  await world.reset();
  await page.getByText('No requests yet').waitFor();
  await refusedCall(world);
  await entryCount(page, '1 entry');
  await world.play({ extends: 'default', journal: { limit: 2 } });
  await page.getByText('No requests yet').waitFor();
  for (let i = 0; i < 5; i += 1) await refusedCall(world);
  await page.getByText('it has dropped the 3 oldest entries').waitFor();
  await entryCount(page, '2 entries');
  t.equal(await page.evaluate('window.alerts'), 0);
});

void t.test('a world that is dropped is gone, and can be made again', async (t) => {
  const world = await server.newWorld({ id: 'connection-dropped' });
  await refusedCall(world);
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await entryCount(page, '1 entry');
  await world.drop();
  await page.getByRole('heading', { name: 'This world does not exist' }).waitFor();
  await state(page, 'Gone');
  await page.getByText('A world is also dropped after some time without requests.').waitFor();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('No requests yet').waitFor();
  await state(page, 'Live');
  t.equal((await server.world('connection-dropped').info()).id, 'connection-dropped');
  await refusedCall(world);
  await entryCount(page, '1 entry');

  await page.goto(`${server.url}/__admin/ui/timeline?world=never-made`);
  await page.getByRole('heading', { name: 'This world does not exist' }).waitFor();
  await page.getByLabel('World').selectOption('default');
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
});

void t.test('a stream that ends because the page was too slow goes on, and nothing is missed', async (t) => {
  const world = await server.newWorld({ id: 'connection-slow' });
  await refusedCall(world);
  const page = await panel.open(t, 'start');
  let streams = 0;
  await page.route('**/journal/stream*', async (route) => {
    streams += 1;
    if (streams > 1) return route.continue();
    // an entry came that the stream does not tell any more
    await refusedCall(world);
    const body = ': following\n\nevent: dropped\ndata: {"detail":"too slow"}\n\n';
    return route.fulfill({ contentType: 'text/event-stream', body });
  });
  await page.goto(`${server.url}/__admin/ui/timeline?world=${world.id}`);
  await entryCount(page, '2 entries');
  await state(page, 'Live');
  await refusedCall(world);
  await entryCount(page, '3 entries');
  t.equal(streams, 2);
});

void t.test('a request in progress is shown until it ends', async (t) => {
  const world = await server.newWorld({ id: 'connection-progress' });
  await world.faults.add({ id: 'slow', match: { endpoint: 'resource' }, fault: { kind: 'hold' } });
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await page.getByText('No requests yet').waitFor();
  const held = refusedCall(world);
  await page.getByText('The answer has not been sent yet.').waitFor();
  await page.getByText('In progress').waitFor();
  await world.faults.release('slow');
  await held;
  await page.getByText('but a fault held the answer back for a while').waitFor();
  await entryCount(page, '1 entry');
});

void t.test('a server with an admin token asks for it, once for the tab', async (t) => {
  const { before, restart } = await startTwice(t, { adminToken: 'first-secret' }, { adminToken: 'second-secret' });
  const page = await openAt(t, before);
  await page.getByRole('heading', { name: 'Admin token' }).waitFor();
  t.equal(await page.getByText('The server refused this token').count(), 0);
  const give = async (token: string): Promise<void> => {
    await page.getByLabel('Admin token').fill(token);
    await page.getByRole('button', { name: 'Open the panel' }).click();
  };
  await give('a guess');
  await page.getByText('The server refused this token').waitFor();
  await give('too long for a header'.repeat(1000));
  await page.getByText('The server refused this token').waitFor();
  await give('first-secret');
  await page.getByText('No requests yet').waitFor();
  // the attempts without the right token have ended
  await page.waitForTimeout(1100);
  const { faults } = before.world();
  await faults.add({ id: 'slow', match: { endpoint: 'resource' }, fault: { kind: 'hold' } });
  const held = refusedCall(before.world());
  await page.getByText('The answer has not been sent yet.').waitFor({ timeout: 10_000 });
  await faults.release('slow');
  await held;
  await entryCount(page, '1 entry');
  await page.reload();
  await entryCount(page, '1 entry');

  await before.close();
  await page.getByText(lostNote).waitFor();
  await restart();
  await page.getByText('The server refused this token. It may have been changed.').waitFor();
  await give('second-secret');
  await page.getByText('No requests yet').waitFor();
  await state(page, 'Live');
});

void t.test('a server that others can reach, without a token, says how to turn the admin API on', async (t) => {
  const open = await start({ host: '0.0.0.0' });
  t.teardown(() => open.close());
  const page = await openAt(t, { url: `http://127.0.0.1:${new URL(open.url).port}` });
  await page.getByRole('heading', { name: 'The admin API is off' }).waitFor();
  t.match(await page.getByRole('main').innerText(), 'UNDERSTUDY_ADMIN_TOKEN');
});

void t.test('the panel works below a path of a proxy', async (t) => {
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    const target = httpRequest(server.url + url.replace('/mocks', ''), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    outgoing.on('close', () => target.destroy());
    incoming.pipe(target);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const world = await server.newWorld({ id: 'connection-proxy' });
  await refusedCall(world);
  const { port } = proxy.address() as AddressInfo;
  const page = await openAt(t, { url: `http://127.0.0.1:${port}/mocks` }, `?world=${world.id}`);
  await entryCount(page, '1 entry');
  await state(page, 'Live');
});

void t.test('an error of the program is shown; Tab begins at the skip link; the focus returns after Esc', async (t) => {
  const page = await panel.open(t, 'worlds');
  await page.getByRole('heading', { name: 'Worlds', level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  t.equal(await page.locator(':focus').innerText(), 'Skip to the content');
  const make = page.getByRole('button', { name: 'Make a world' });
  for (const opener of [make, page.getByRole('button', { name: 'Keys: ?' })]) {
    await opener.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await opener.and(page.locator(':focus')).waitFor();
  }
  await page.evaluate(`dispatchEvent(new PromiseRejectionEvent('unhandledrejection', {
    promise: Promise.resolve(), reason: new Error('made up'),
  }))`);
  await page.getByRole('alert').getByText('The panel failed: Error: made up. Reload the page.').waitFor();
});

void t.test('a message goes with its view, and a name that no world can have is not made', async (t) => {
  const page = await panel.open(t, 'worlds');
  await page.getByRole('button', { name: 'Make a world' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make', exact: true }).click();
  await page.getByRole('status').getByText('Made the world').waitFor();
  await page.getByRole('link', { name: 'Clock', exact: true }).last().click();
  await page.getByRole('heading', { name: 'Clock', level: 1 }).waitFor();
  t.equal(await page.getByText('Made the world').count(), 0);
  await page.goto(`${server.url}/__admin/ui/start?world=a+b%3Cx%3E`);
  await page.getByText('No world can have this name. Allowed are letters, digits, _ and -, at most 64.').waitFor();
  t.equal(await page.getByRole('button', { name: 'Make it' }).count(), 0);
});
