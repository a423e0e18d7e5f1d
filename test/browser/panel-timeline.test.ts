import { Agent, get } from 'node:http';
import t from 'tap';
import { demo } from '../support.js';
import { axeFindsNothing } from './looks-right.js';
import { callApi, connectClient, requestTokens, startPanel } from './panel.js';
import type { Locator, Page } from 'playwright-core';
import type { EntryView, World } from '../../src/client/index.js';

const panel = await startPanel(t);
const { server } = panel;

const lists = (page: Page): Locator => page.getByRole('list', { name: 'Requests, newest first' });
const entries = (page: Page): Locator => page.locator('.entry');
const sentences = (page: Page): Promise<string[]> => page.locator('.entry-sentence').allTextContents();
const heads = (page: Page): Locator => page.locator('.flow-head');
const address = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
const count = (page: Page): Locator => page.locator('[data-count]');

/** A world in which a client logged in and called the API, then its token was refreshed and expired. */
async function worldWithTraffic(id: string): Promise<World> {
  const world = await server.newWorld({ id });
  await world.providers.policy({ provider: 'dottedsign', interaction: { mode: 'auto', user: demo.username } });
  const { access_token: token, refresh_token: refresh } = await connectClient(world, 'dottedsign');
  await callApi(world, 'dottedsign', token, '/members/me');
  await world.tokens.expire({ provider: 'dottedsign', kind: 'access' });
  await callApi(world, 'dottedsign', token, '/members/me');
  await requestTokens(world, 'dottedsign', { grant_type: 'refresh_token', refresh_token: refresh });
  return world;
}

const agent = new Agent({ keepAlive: true, maxSockets: 6 });
t.teardown(() => {
  agent.destroy();
});

/** Sends requests, some at the same time, and waits until all are answered. */
async function flood(world: World, paths: readonly string[], authorization?: string): Promise<void> {
  const headers = authorization === undefined ? {} : { authorization };
  const one = (path: string): Promise<void> =>
    new Promise((resolve, reject) => {
      get(world.baseUrl + path, { agent, headers }, (answer) => answer.resume().on('end', resolve)).on('error', reject);
    });
  await Promise.all(paths.map(one));
}

const unknownClient = '/mailup/Authorization/OAuth/LogOn?client_id=nobody';
const plainCall = '/dottedsign/v1/members/me';

void t.test('requests are grouped by flow, each with its reason first, live', async (t) => {
  const world = await worldWithTraffic('timeline-live');
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await heads(page).first().waitFor();
  t.equal(await heads(page).count(), 1);
  t.match(await heads(page).innerText(), /DottedSign.*ada@example\.test\s·\sunderstudy-client.*5 requests.*1 refused/s);
  t.same(await heads(page).locator('bdi').allInnerTexts(), [demo.username, demo.id], 'names cannot reverse each other');
  const shown = await sentences(page);
  t.match(shown[1], /^The access token expired at \d\d:/);
  t.strictSame(
    [shown[0], ...shown.slice(2)],
    ['Tokens refreshed.', 'API call answered.', 'Tokens issued for the code.', 'Sent back to the client with a code.'],
  );
  t.match(await entries(page).nth(1).innerText(), /#4.*GET \/v1\/members\/me.*401 Refused/s);
  t.equal(await count(page).innerText(), '5 entries');

  await flood(world, [unknownClient]);
  await page.getByText('Client "nobody" is not registered').waitFor();
  t.equal(await count(page).innerText(), '6 entries');
  t.match((await sentences(page))[0], 'nobody', 'the newest is first');
  await callApi(world, 'dottedsign', 'guessed', '/members/me');
  await page.getByText('7 entries').waitFor();

  await page.getByRole('button', { name: 'One list' }).click();
  await heads(page).first().waitFor({ state: 'detached' });
  t.equal(address(page).get('list'), 'flat');
  t.equal(await entries(page).count(), 7);
  t.match(await entries(page).last().innerText(), 'DottedSign', 'each names its provider');
  await page.goBack();
  await heads(page).first().waitFor();
  await page.getByRole('button', { name: 'One list' }).click();
  await page.getByRole('button', { name: 'By flow' }).click();
  await heads(page).first().waitFor();
});

void t.test('filters are in the URL, and each can be taken away', async (t) => {
  const world = await worldWithTraffic('timeline-filters');
  await flood(world, [unknownClient]);
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await page.getByText('6 entries').waitFor();
  const choose = async (name: string, value: string, left: string): Promise<void> => {
    await page.getByLabel(`Filter by ${name}`).selectOption(value);
    await page.getByText(`${left} of 6 entries`).waitFor();
    t.equal(address(page).get(name), value);
    t.equal(await entries(page).count(), Number(left));
    await page.getByRole('button', { name: `Remove the filter ${name} ${value}` }).click();
    await page.getByText('6 entries', { exact: true }).waitFor();
  };
  await choose('provider', 'mailup', '1');
  await choose('endpoint', 'token', '2');
  await choose('grant', 'refresh_token', '1');
  await choose('client', 'nobody', '1');
  await choose('status', '4xx', '2');
  await choose('status', '401', '1');
  await choose('reason', 'bearer.expired', '1');

  await page.keyboard.press('/');
  await page.keyboard.type('tokens REFRESHED');
  await page.getByText('1 of 6 entries').waitFor();
  t.equal(address(page).get('text'), 'tokens REFRESHED');
  await page.keyboard.press('Escape');
  await page.getByText('6 entries', { exact: true }).waitFor();
  t.equal(address(page).get('text'), null, 'Esc clears the search');
  await page.getByLabel('Search').fill('tokens');
  await page.getByLabel('Filter by provider').selectOption('dottedsign');
  await page.getByRole('button', { name: 'Remove the filter provider DottedSign', exact: true }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Remove the filter provider DottedSign' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Remove the filter text' }).click();
  await page.locator('.filter-text:placeholder-shown').waitFor();

  const [exchanged] = await world.journal.list({ grantType: 'authorization_code' });
  const { refresh_token: fingerprint } = exchanged?.response?.body as { refresh_token: string };
  for (const text of [fingerprint, fingerprint.slice(3)]) {
    await page.getByLabel('Search').fill(text);
    await page.getByText('2 of 6 entries').waitFor();
  }
  t.match(await entries(page).first().innerText(), 'refresh_token', 'the exchange and the refresh have the token');

  await page.getByLabel('Search').fill('nothing has this');
  await page.getByText('No entry passes the filters').waitFor();
  await page.locator('.empty').getByRole('button', { name: 'Clear filters' }).click();
  await page.getByText('6 entries', { exact: true }).waitFor();

  await page.goto(`${server.url}/__admin/ui/timeline?world=${world.id}&status=none&reason=made.up`);
  await page.getByText('0 of 6 entries').waitFor();
  t.equal(await page.getByLabel('Filter by reason').inputValue(), 'made.up', 'a value that no entry has is shown');
  await page.locator('.filter-state').getByRole('button', { name: 'Clear filters' }).click();
  await page.getByText('6 entries', { exact: true }).waitFor();
});

void t.test(
  'a secret is found in an answer that came after the search, and not in the journal of a reset',
  async (t) => {
    const world = await worldWithTraffic('timeline-secret');
    const [exchanged] = await world.journal.list({ grantType: 'authorization_code' });
    const { refresh_token: fingerprint } = exchanged?.response?.body as { refresh_token: string };
    const page = await panel.open(t, 'start');
    // at the first search, all requests are in progress
    await page.route(
      /journal\?since=0/,
      async (route) => {
        const response = await route.fetch();
        const { entries } = (await response.json()) as { readonly entries: readonly EntryView[] };
        await route.fulfill({ json: { entries: entries.map(({ id, request }) => ({ id, request })) } });
      },
      { times: 1 },
    );
    await page.goto(`${server.url}/__admin/ui/timeline?world=${world.id}&text=${fingerprint}`);
    await page.getByText('2 of 5 entries').waitFor({ timeout: 10_000 });

    await world.reset();
    await flood(world, Array<string>(5).fill(plainCall));
    await page.getByText('0 of 5 entries').waitFor({ timeout: 10_000 });
  },
);

void t.test('a pause counts new entries; Resume shows them', async (t) => {
  const world = await worldWithTraffic('timeline-pause');
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await page.getByText('5 entries').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await flood(world, [unknownClient, unknownClient, unknownClient]);
  await page.getByRole('button', { name: 'Resume (3 new)' }).waitFor();
  t.equal(await entries(page).count(), 5);
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByText('Client "nobody" is not registered').first().waitFor();
  t.equal(await entries(page).count(), 8);

  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  await world.journal.clear();
  await page.evaluate('window.dispatchEvent(new Event("focus"))');
  await page.getByText('No requests yet').waitFor();
});

void t.test('new entries do not move what is read further down', async (t) => {
  const world = await server.newWorld({ id: 'timeline-scrolled' });
  await flood(
    world,
    Array.from({ length: 60 }, () => unknownClient),
  );
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await page.getByText('60 entries').waitFor();
  await lists(page).evaluate((list) => {
    list.scrollTop = 1000;
  });
  const row = page.locator('[data-entry="38"]');
  await row.waitFor();
  const before = await row.boundingBox();
  await flood(world, [unknownClient, plainCall]);
  await page.getByRole('button', { name: '2 new' }).waitFor();
  t.strictSame(await row.boundingBox(), before);
  t.equal(await count(page).innerText(), '62 entries');
  await page.getByRole('button', { name: '2 new' }).click();
  await page.locator('[data-entry="62"]').waitFor();
  t.equal(await page.evaluate<number>(`document.querySelector('.virtual').scrollTop`), 0);
  t.equal(await page.getByRole('button', { name: /new$/ }).count(), 0);
});

void t.test('keys go through the entries, open and close one', async (t) => {
  const world = await worldWithTraffic('timeline-keys');
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await page.getByText('5 entries').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('j');
  const offset = await page.evaluate<number>('parseFloat(getComputedStyle(document.activeElement).outlineOffset)');
  t.ok(offset >= 0, 'the rows do not cover the focus ring of the list');
  await page.keyboard.press('j');
  t.equal(address(page).get('entry'), null, 'the cursor moved, and nothing is open');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Entry 4' }).waitFor();
  const [list, pane] = [await lists(page).boundingBox(), await page.locator('.timeline-entry').boundingBox()];
  t.ok(list!.x + list!.width <= pane!.x, 'beside the list');
  await page.keyboard.press('j');
  await page.getByRole('region', { name: 'Entry 3' }).waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.getByRole('region', { name: 'Entry 5' }).waitFor();
  await page.keyboard.press('k');
  t.equal(address(page).get('entry'), '5', 'there is none above');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Entry 5' }).waitFor({ state: 'detached' });
  await page.locator('[data-entry="5"] a:focus').waitFor();
  await page.keyboard.press('Escape');
  t.equal(address(page).get('entry'), null);

  await page.locator('[data-entry="2"] a').click();
  await page.getByRole('region', { name: 'Entry 2' }).waitFor();
  await page.setViewportSize({ width: 800, height: 800 });
  await page.locator('[data-entry="2"]').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Close' }).first().click();
  // the page has moved the focus to its row
  await page.locator('[data-entry="2"] a:focus').waitFor();
  await page.locator('[data-entry="3"] a').focus();
  await page.keyboard.press('Enter');
  await page.locator('.timeline-entry:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-entry="3"] a:focus').waitFor();
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await page.getByRole('region', { name: 'Entry 2' }).waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: 'Playground' }).waitFor();
});

void t.test('an entry in the URL is scrolled to, however old it is', async (t) => {
  const world = await server.newWorld({ id: 'timeline-linked' });
  await flood(
    world,
    Array.from({ length: 300 }, () => unknownClient),
  );
  const page = await panel.open(t, `timeline?world=${world.id}&entry=20`);
  await page.locator('[data-entry="20"] [aria-current]').waitFor();
  t.ok(await page.locator('[data-entry="20"]').isVisible());
  await page.goto(`${server.url}/__admin/ui/timeline?world=${world.id}&entry=abc`);
  await page.getByText('There is no entry abc').waitFor();
  const close = await page.getByRole('button', { name: 'Close' }).boundingBox();
  const box = await page.locator('.timeline-entry .empty').boundingBox();
  t.ok(close!.y + close!.height <= box!.y, 'the box is below the button');
  await page.goto(`${server.url}/__admin/ui/timeline?world=${world.id}&entry=9999`);
  await page.getByText('The newest is entry 300.').waitFor();
});

void t.test('a flow leads to its sequence and back', async (t) => {
  const world = await worldWithTraffic('timeline-sequence');
  const page = await panel.open(t, `timeline?world=${world.id}`);
  await page.getByRole('link', { name: 'Sequence of flow' }).click();
  t.equal(address(page).get('show'), 'sequence');
  const flow = address(page).get('flow');
  t.equal(flow, (await world.journal.list())[0]?.flow);
  await page.locator('.timeline-sequence').waitFor();
  t.match(
    await page.locator('.sequence h2').innerText(),
    /^DottedSign · ada@example\.test · understudy-client$/,
    'whose flow it is',
  );
  await page.keyboard.press('Escape');
  await page.getByText('5 entries', { exact: true }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await page.getByText('5 entries', { exact: true }).waitFor();
  await page.goto(`${server.url}/__admin/ui/timeline?world=${world.id}&flow=${flow!}`);
  await page.getByText('5 of 5 entries').waitFor();
});

void t.test('the journal is cleared after a question', async (t) => {
  const world = await worldWithTraffic('timeline-clear');
  const page = await panel.open(t, `timeline?world=${world.id}`);
  const other = await panel.open(t, `timeline?world=${world.id}`);
  await page.getByText('5 entries').waitFor();
  await page.getByRole('button', { name: 'Clear…' }).click();
  await page.getByRole('heading', { name: 'Clear the journal of the world timeline-clear?' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  t.equal((await world.journal.list()).length, 5);

  await page.route('**/__admin/journal', (route) =>
    route.fulfill({ status: 500, json: { title: 'Broken', detail: 'Broken on purpose.' } }),
  );
  await page.getByRole('button', { name: 'Clear…' }).click();
  await page.getByRole('button', { name: 'Remove 5 entries' }).click();
  await page.getByRole('alert').getByText('Broken on purpose.').waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Remove 5 entries' }).click();
  await page.getByText('No requests yet').waitFor();
  t.strictSame(await world.journal.list(), []);
  t.ok(await page.getByRole('button', { name: 'Clear…' }).isDisabled());
  await other.getByText('No requests yet').waitFor();

  await flood(world, [unknownClient]);
  await page.getByText('1 entry').waitFor();
  await page.getByText('Client "nobody" is not registered').waitFor();
});

void t.test('names that are markup, or very long, are text', async (t) => {
  const world = await server.newWorld({ id: 'timeline-odd' });
  const odd = '<script>alert(1)</script>';
  const long = 'long-'.repeat(190);
  for (const name of [odd, long]) {
    await flood(world, [`/mailup/Authorization/OAuth/LogOn?client_id=${encodeURIComponent(name)}`, `/mailup/${name}`]);
  }
  const page = await panel.open(t, `timeline?world=${world.id}`, { viewport: { width: 390, height: 844 } });
  await page.getByText('4 entries').waitFor();
  t.match(await entries(page).last().innerText(), odd);
  t.equal(await page.locator('.entry script').count(), 0);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Filter by client').selectOption(long);
  await page.getByText('1 of 4 entries').waitFor();
  t.equal(await page.evaluate('document.documentElement.scrollWidth'), 390, 'nothing overflows sideways');
  t.equal(await page.evaluate('document.getElementById("content").scrollWidth'), 390);
  const [about, time] = await Promise.all(
    ['.entry-about', '.entry-time'].map((part) => entries(page).first().locator(part).boundingBox()),
  );
  t.ok(about!.width > 250 && about!.y + about!.height <= time!.y, 'the path has a line of its own');
  await page.setViewportSize({ width: 1440, height: 900 });
  const isCut = (selector: string): Promise<boolean> =>
    entries(page)
      .locator(selector)
      .evaluate((cell: { scrollWidth: number; clientWidth: number }) => cell.scrollWidth > cell.clientWidth);
  // the page is laid out again some time after its size has changed
  for (let looks = 0; looks < 100 && !(await isCut('.entry-client')); looks += 1) await page.waitForTimeout(20);
  t.equal(await isCut('.entry-client'), true, 'a long name is cut');
  t.equal(await isCut('code'), false, 'the path beside it is not');
});

void t.test('axe finds nothing, light and dark, wide and narrow', async (t) => {
  const world = await worldWithTraffic('timeline-axe');
  await world.faults.add({
    id: 'down',
    match: { endpoint: 'resource' },
    times: 1,
    fault: { kind: 'status', status: 503 },
  });
  await world.faults.add({ id: 'lost', match: { endpoint: 'authorize' }, times: 1, fault: { kind: 'pass' } });
  await flood(world, [plainCall, unknownClient]);
  for (const width of [1440, 390]) {
    const page = await panel.open(t, `timeline?world=${world.id}&status=none`, {
      viewport: { width, height: 844 },
      reducedMotion: 'reduce',
    });
    await page.getByText('No entry passes the filters').waitFor();
    await axeFindsNothing(t, page, `without entries, ${width}`);
    await page.locator('.filter-state').getByRole('button', { name: 'Clear filters' }).click();
    await heads(page).first().waitFor();
    await axeFindsNothing(t, page, `the list, ${width}`);
  }
});

/** 10,000 entries as the admin API lists them, the newest first: logins with calls, and refused calls in between. */
const longJournal = Array.from({ length: 10_000 }, (_each, i) => {
  const id = 10_000 - i;
  const at = new Date(Date.UTC(2026, 10, 21) + id * 100).toISOString();
  const request = { method: 'GET', host: '127.0.0.1', path: `/dottedsign/v1/members/${id}` };
  const common = { id, at, realAt: at, provider: 'dottedsign', endpoint: 'resource', request, durationMs: 1.5 };
  const refusal = { status: 401, reason: 'bearer.missing', explanation: 'no access token was sent' };
  const flow = { status: 200, flow: String(Math.floor(id / 20)), clientId: demo.id, userId: demo.username };
  return { ...common, ...(id % 2 === 0 ? refusal : flow) };
});

void t.test('a journal of 10,000 entries scrolls and filters without a long task', async (t) => {
  const page = await panel.open(t, 'start');
  await page.route('**/__admin/journal?*', (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    return route.fulfill({ json: { entries: longJournal.slice(offset, offset + limit), total: 10_000, dropped: 0 } });
  });
  /**
   * Reads all, scrolls through, filters and groups. Returns the longest task in units of the time that this page needs to copy the
   * journal as JSON, because no time is the same on two machines.
   */
  const longestTask = async (): Promise<number> => {
    await page.goto(`${server.url}/__admin/ui/timeline`);
    await page.evaluate(`
      window.long = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.long.push(duration);
      }).observe({ type: 'longtask', buffered: true })`);
    await page.getByText('10,000 entries').waitFor();
    await page.evaluate(`(async () => {
      const list = document.querySelector('.virtual');
      for (let top = 0; top < list.scrollHeight; top += list.scrollHeight / 60) {
        list.scrollTop = top;
        await new Promise(requestAnimationFrame);
      }
    })()`);
    await page.getByLabel('Search').fill('missing');
    await page.getByText('5,000 of 10,000 entries').waitFor();
    await page.getByRole('button', { name: 'One list' }).click();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('10,000 entries', { exact: true }).waitFor();
    const longest = await page.evaluate<number>('Math.max(0, ...window.long)');
    const unit = await page.evaluate<number>(`(async () => {
      const { entries } = await (await fetch('/__admin/journal?offset=0&limit=10000')).json();
      const times = [];
      for (let i = 0; i < 9; i += 1) {
        const start = performance.now();
        JSON.parse(JSON.stringify(entries));
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[4];
    })()`);
    return longest / unit;
  };
  // other programs on the machine lengthen tasks: the best of some rounds counts
  const limit = 6;
  let longest = Infinity;
  for (let round = 0; round < 8 && longest > limit; round += 1) longest = Math.min(longest, await longestTask());
  t.ok(longest <= limit, `the longest task took ${longest.toFixed(1)} copies of the journal, of ${limit} at most`);
  t.ok((await page.locator('.line').count()) < 60, 'only what can be seen is drawn');
});
