import { readFileSync } from 'node:fs';
import t from 'tap';
import { parse } from 'yaml';
import { presetRule, presets } from '../../src/panel/views/faults/presets.js';
import { axeFindsNothing } from './looks-right.js';
import { callApi, connectClient, requestTokens, startPanel } from './panel.js';
import type { Page } from 'playwright-core';
import type { FaultRule, Scenario, World } from '../../src/client/index.js';

const fixtures = t.testdir({
  'ours.yaml': `{ description: "It is ours. Catches <script> in a name.", extends: default }`,
});
const panel = await startPanel(t, { fixtures });
const { server } = panel;
const script = '<script>alert(1)</script>';
const mayCopy = { permissions: ['clipboard-read', 'clipboard-write'] };

const button = (page: Page, name: string | RegExp): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name, exact: true });
const copied = (page: Page): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');
/** Whether the page, or the dialog on it, has to be scrolled sideways. */
const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(
    '[document.documentElement, ...document.querySelectorAll("dialog")].some((e) => e.scrollWidth > e.clientWidth)',
  );

/** The rules of a world as they were added. */
const rules = async (world: World): Promise<object[]> =>
  (await world.faults.list()).map(({ match, times, for: time, until, fault }) => ({
    match,
    ...(times === null ? {} : { times }),
    ...(time === undefined ? {} : { for: time }),
    ...(until === undefined ? {} : { until }),
    fault,
  }));

void t.test('each preset is in force after a click, and its counts follow the traffic', async (t) => {
  const world = await server.newWorld({ id: 'presets' });
  const page = await panel.open(t, 'faults?world=presets');
  await page.getByText('Everything is answered as the provider does').waitFor();
  await page.getByLabel('At', { exact: true }).selectOption('mailup');
  for (const { title } of presets) {
    await button(page, `Add: ${title}`).click();
    await page.getByRole('status').getByText(`In force: ${title}`).waitFor();
  }
  t.same(
    await rules(world),
    presets.map((preset) => presetRule(preset, 'mailup')),
  );
  await page.getByRole('heading', { name: `${presets.length} faults` }).waitFor();

  // the presets at the token endpoint would spoil the login
  await button(page, 'Remove all…').click();
  await page.getByText(`Remove ${presets.length} faults of the world “presets”?`).waitFor();
  await button(page, 'Cancel').click();
  t.equal((await world.faults.list()).length, presets.length);
  await button(page, 'Remove all…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove all' }).click();
  await page.getByText('Everything is answered as the provider does').waitFor();
  t.same(await world.faults.list(), []);

  const { refresh_token, access_token } = await connectClient(world, 'mailup');
  await button(page, 'Add: The next refresh is refused').click();
  await button(page, 'Add: The API is down for three calls').click();
  await page.getByText('Refreshes at MailUp are refused with invalid_grant').waitFor();
  t.match(await requestTokens(world, 'mailup', { grant_type: 'refresh_token', refresh_token }), {
    error: 'invalid_grant',
  });
  t.equal(await callApi(world, 'mailup', access_token, '/Console/User/Lists'), 503);
  const refused = page.getByRole('listitem').filter({ hasText: 'Refreshes at MailUp are refused' });
  await refused.getByText('ended').waitFor();
  await refused.getByText('hits 1').waitFor();
  const down = page.getByRole('listitem').filter({ hasText: 'API calls at MailUp get status 503' });
  await down.getByText('left 2').waitFor();

  const [first] = await world.faults.list();
  await page.getByRole('link', { name: `Requests of ${first!.id}` }).click();
  await page.waitForURL(`**/timeline?world=presets&text=${first!.id}`);
  await page.goBack();
  await button(page, `Remove ${first!.id}`).click();
  await refused.waitFor({ state: 'detached' });
  t.equal((await world.faults.list()).length, 1);

  await page.goto(`${server.url}/__admin/ui/faults?world=presets&id=${first!.id}`);
  await page.getByText(`The fault ${first!.id} is not there any more`).waitFor();
  await page.getByRole('link', { name: 'Show all faults' }).click();
  await down.waitFor();
  const [kept] = await world.faults.list();
  await page.goto(`${server.url}/__admin/ui/faults?world=presets&id=${kept!.id}`);
  await down.waitFor();

  await button(page, 'Change first: expires_in is missing').click();
  t.equal(await page.getByLabel('Remove', { exact: true }).inputValue(), 'expires_in');
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await button(page, /A fault like/).click();
  t.equal(await page.getByLabel('Times').inputValue(), '3');
  await page.getByLabel('Times').fill('4');
  await page.keyboard.press('Escape');
  await page.getByText('Discard this fault?').waitFor();
  await page.getByRole('dialog').last().getByRole('button', { name: 'Cancel' }).click();
  t.equal(await page.getByLabel('Times').inputValue(), '4', 'what was filled in is kept');
  await page.keyboard.press('Escape');
  await button(page, 'Discard').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

void t.test('the form is made from the schema, and shows the rule as YAML, as a call and as curl', async (t) => {
  const world = await server.newWorld({ id: 'form' });
  const rule: FaultRule = {
    match: { provider: 'dottedsign', endpoint: 'token' },
    fault: { kind: 'patch', remove: ['scope'] },
  };
  const page = await panel.open(t, `faults?world=form&new=${encodeURIComponent(JSON.stringify(rule))}`, mayCopy);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Token requests at DottedSign are answered without scope.').waitFor();
  t.same(parse(await dialog.getByRole('region', { name: 'YAML of the fault' }).innerText()), { faults: [rule] });

  await page.getByLabel('Times').fill('0');
  await page.getByLabel('Probability').fill('often');
  await page.getByText('Query, Form, Headers').first().click();
  await page.getByLabel('Query').first().fill('{');
  await button(page, 'Add the fault').click();
  await page.getByText('Query: is not JSON.').waitFor();
  t.same(await world.faults.list(), [], 'no call is made');
  await page.getByLabel('Query').first().fill('{ "a": "b" }');
  await button(page, 'Add the fault').click();
  const field = (label: string): ReturnType<Page['locator']> => dialog.locator('.field').filter({ hasText: label });
  await field('Times').getByText('Times: must be >= 1.').waitFor();
  await field('Probability').locator('.mistake').waitFor();
  t.equal(await page.getByLabel('Times').getAttribute('aria-invalid'), 'true');
  t.equal(await page.getByLabel('Probability').inputValue(), 'often', 'nothing that was typed is lost');

  await page.getByLabel('Times').fill('2');
  await page.getByLabel('Probability').fill('');
  await page.getByLabel('Fault', { exact: true }).selectOption('status');
  await button(page, 'Add a fault for the next request').click();
  await page.getByLabel('Status (required)').fill('503');
  await page.getByLabel('Body').fill('{ "down": true }');
  await page.getByLabel('After', { exact: true }).selectOption('true');
  const whole = {
    match: { provider: 'dottedsign', endpoint: 'token', query: { a: 'b' } },
    times: 2,
    fault: [{ kind: 'status', status: 503, body: { down: true }, after: true }, { kind: 'pass' }],
  };
  await button(page, 'Copy YAML of the fault').click();
  await page.getByText('Copied YAML of the fault').waitFor();
  t.same(parse(await copied(page)), { faults: [whole] });
  await button(page, 'Copy call of the library').click();
  await page.getByText('Copied call of the library').waitFor();
  t.match(await copied(page), /^await world\.faults\.add\(\{\n {2}match: \{/);
  await button(page, 'Copy curl command').click();
  await page.getByText('Copied curl command').waitFor();
  t.match(await copied(page), `${world.baseUrl}/__admin/faults`);

  await button(page, 'Remove fault 2').click();
  await button(page, 'Add the fault').click();
  await dialog.waitFor({ state: 'detached' });
  t.same(await rules(world), [{ ...whole, fault: whole.fault[0] }]);
  t.notMatch(page.url(), 'new=');

  await button(page, 'New fault').click();
  await page.getByText('Requests are refused with …', { exact: true }).waitFor();
  await button(page, 'Cancel').click();
  await dialog.waitFor({ state: 'detached' });
  await page.goto(`${server.url}/__admin/ui/faults?world=form&new=%7B`);
  await page.getByText('The rule is not JSON.').waitFor();
  t.ok(await button(page, 'Add the fault').isDisabled());

  const wrong = { match: { endpoint: 'token', grant: 'refresh_token' }, times: 0, fault: { kind: 'lose' } };
  await page.goto(`${server.url}/__admin/ui/faults?world=form&new=${encodeURIComponent(JSON.stringify(wrong))}`);
  await page.getByText('is unknown; expected one of: provider, ').waitFor();
  t.ok(await button(page, 'Add the fault').isDisabled());
  await button(page, 'Continue without it').click();
  await button(page, 'Add the fault').click();
  await field('Fault').getByText('Fault: expected one of the kinds in the list.').waitFor();
  await page.getByLabel('Fault', { exact: true }).selectOption('drop');
  await button(page, 'Add the fault').click();
  await field('Times').getByText('Times: must be >= 1.').waitFor();
  t.equal((await rules(world)).length, 1, 'nothing was added');
});

void t.test('requests that a fault holds are counted and released', async (t) => {
  const world = await server.newWorld({ id: 'holding' });
  const { refresh_token } = await connectClient(world, 'tinyemail');
  await world.faults.add({ id: 'gate', match: { endpoint: 'token' }, fault: { kind: 'hold' } });
  const page = await panel.open(t, 'faults?world=holding');
  t.equal(await button(page, 'Release').isDisabled(), true);
  const answer = requestTokens(world, 'tinyemail', { grant_type: 'refresh_token', refresh_token });
  await page.getByText('1 request waiting').waitFor();
  await button(page, 'Release').click();
  await page.getByText('Released 1 request').waitFor();
  t.ok((await answer).access_token);
});

void t.test('a thousand faults with names of markup are paged and filtered, and one more is refused', async (t) => {
  const world = await server.newWorld({ id: 'many' });
  await world.faults.addAll(
    Array.from({ length: 1000 }, (_each, i) => ({
      match: { clientId: i === 700 ? script : `client-${i}-${'x'.repeat(150)}` },
      fault: { kind: 'oauth-error' as const, error: 'invalid_grant', description: '<b>' },
    })),
  );
  const page = await panel.open(t, 'faults?world=many', { viewport: { width: 390, height: 844 } });
  await page.getByRole('heading', { name: '1,000 faults' }).waitFor();
  const rows = page.locator('.faults > li');
  t.equal(await rows.count(), 25);
  t.equal(await isTooWide(page), false);
  await button(page, 'Show 25 more').click();
  await rows.nth(49).waitFor();
  await page.getByRole('heading', { name: '1,000 faults' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('CLIENT-99');
  await page.getByText('11 of 1,000 faults').waitFor();
  await page.getByLabel('Search').fill(`client ${script}`);
  await page.getByText(`Requests of the client ${script} are refused`).waitFor();
  await page.getByLabel('Search').fill('client-999-');
  await page.getByText('1 of 1,000 faults').waitFor();
  await page.getByLabel('Search').fill('no such words');
  await page.getByText('No fault has these words.').waitFor();

  await button(page, 'New fault').click();
  await page.getByLabel('Error (required)').fill('mine');
  await button(page, 'Add the fault').click();
  await page.getByText('A world may have at most 1000 faults').waitFor();
  t.equal(await page.getByLabel('Error (required)').inputValue(), 'mine');
  t.equal(await isTooWide(page), false);
});

void t.test('a scenario is found, shown with what it catches, and played after a question', async (t) => {
  const world = await server.newWorld({ id: 'playing' });
  const page = await panel.open(t, 'scenarios?world=playing', mayCopy);
  await page.getByText('The world “playing” plays default.').waitFor();
  await page.getByLabel('Search').fill('workers refresh');
  const row = page.locator('.scenarios > li').filter({ hasText: 'refresh-race' });
  await row.getByText('Catches a client whose workers refresh independently').waitFor();
  await page.waitForURL('**/scenarios?world=playing&text=workers+refresh');

  await row.getByRole('link', { name: 'refresh-race' }).click();
  const dialog = page.getByRole('dialog');
  const yaml = dialog.getByRole('region', { name: 'YAML of the scenario' });
  await yaml.waitFor();
  t.match(parse(await yaml.innerText()), { faults: [{ fault: { kind: 'hold', until: 2, atMost: '1s' } }] });
  await button(page, 'Copy option').click();
  await page.getByText('Copied option').waitFor();
  t.equal(await copied(page), '--scenario refresh-race');
  await button(page, 'Copy call').click();
  await page.getByText('Copied call').waitFor();
  t.equal(await copied(page), "await world.play('refresh-race');");

  await dialog.getByRole('button', { name: 'Play refresh-race' }).click();
  await page.getByText('Play refresh-race in the world “playing”?').waitFor();
  await button(page, 'Cancel').click();
  t.equal((await world.info()).scenario, 'default');
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  await button(page, 'Play refresh-race').click();
  await button(page, 'Reset and play').click();
  await row.getByText('playing now').waitFor();
  t.equal((await world.info()).scenario, 'refresh-race');
  await page.getByText('The world “playing” plays refresh-race.').waitFor();

  await page.getByLabel('Search').fill(script);
  await page.getByText('No scenario has these words').waitFor();
  await page.getByLabel('Search').fill('ours');
  const ours = page.locator('.scenarios > li').filter({ hasText: 'from a file' });
  await ours.getByText('Catches <script> in a name.').waitFor();

  await button(page, 'Play your own').click();
  const field = page.getByLabel('Scenario as JSON');
  await field.fill('{');
  await button(page, 'Reset and play').click();
  await dialog.getByText(/The scenario is not JSON: .* Expected an object/).waitFor();
  await field.fill('{ "clock": { "rate": -1 }, "more": 1 }');
  await button(page, 'Reset and play').click();
  await dialog.locator('.mistake', { hasText: 'clock.rate must be >= 0.001' }).waitFor();
  t.equal(await field.getAttribute('aria-invalid'), 'true');
  t.equal((await world.info()).scenario, 'refresh-race');
  await field.fill('{ "seed": "mine" }');
  await button(page, 'Reset and play').click();
  await page.getByText('The world “playing” plays an inline scenario.').waitFor();
  t.match(await world.info(), { scenario: null, seed: 'mine' });
  await page.goto(`${server.url}/__admin/ui/scenarios?world=playing&name=${encodeURIComponent(script)}`);
  await page.getByText(`There is no scenario “${script}”`).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

void t.test('this world is saved as a scenario that plays the same in a fresh one', async (t) => {
  const world = await server.newWorld({ id: 'mine', scenario: { extends: 'empty-account', seed: 'seven' } });
  await world.providers.policy({ provider: 'mailup', accessToken: '15m', pkce: 'required' });
  await world.users.add({ provider: 'mailup', id: script, name: script, suspended: true });
  await world.faults.add({ match: { endpoint: 'token' }, times: 2, fault: { kind: 'drop' } });
  await world.clock.freeze('2030-01-01T00:00:00Z');

  const page = await panel.open(t, 'scenarios?world=mine');
  await button(page, 'Save this world as a scenario').click();
  const yaml = page.getByRole('region', { name: 'YAML of this world' });
  await page.getByLabel('Description').fill('Catches nothing.');
  await page.getByLabel('Name').fill('my world/..');
  await yaml.getByText('Catches nothing.').waitFor();
  await page.getByText('understudy --fixtures ./scenarios --scenario my-world').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Download my-world.yaml').click()]);
  t.equal(file.suggestedFilename(), 'my-world.yaml');
  const text = readFileSync(await file.path(), 'utf8');
  t.equal(text.trim(), (await yaml.innerText()).trim());
  const saved = parse(text) as Scenario;
  t.match(saved, { extends: 'default', seed: 'seven', description: 'Catches nothing.' });
  t.match(Object.keys(saved.providers?.mailup?.policy ?? {}), ['accessToken', 'interaction', 'pkce']);

  const again = await server.newWorld({ scenario: saved });
  const compared = async (each: World): Promise<unknown> => ({
    policies: await Promise.all(
      ['mailup', 'tinyemail', 'dottedsign'].map(async (provider) => (await each.providers.describe(provider)).policy),
    ),
    clients: await each.clients.list({ provider: 'mailup' }),
    users: await each.users.list({ provider: 'mailup' }),
    faults: await rules(each),
    clock: await each.clock.get(),
    seed: (await each.info()).seed,
    resources: (await each.snapshot.take()).scenario.providers?.mailup?.resources,
  });
  t.same(await compared(again), await compared(world));
  await button(page, 'Try it in a new world').click();
  await page.getByText(/^The new world “.*” plays it$/).waitFor();
  const tried = new URL(page.url()).searchParams.get('world')!;
  t.not(tried, 'mine');
  t.same(await compared(server.world(tried)), await compared(world));
});

void t.test('a refused call is shown where it was made', async (t) => {
  const world = await server.newWorld({ id: 'refusing' });
  await world.faults.add({ id: 'there', match: {}, fault: { kind: 'drop' } });
  const page = await panel.open(t, 'faults?world=refusing');
  await page.getByText('Requests happen, but their answer is lost').waitFor();
  await page.route('**/__admin/faults**', (route) =>
    route.request().method() === 'GET'
      ? route.continue()
      : route.fulfill({ status: 409, json: { title: 'Refused', detail: `Not now, ${script}` } }),
  );
  for (const name of ['Remove there', 'Add: expires_in is missing']) {
    await button(page, name).click();
    await page.getByRole('listitem').getByText(`Not now, ${script}`).first().waitFor();
  }
  await button(page, 'Remove all…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove all' }).click();
  await page.getByRole('dialog').getByText(`Not now, ${script}`).waitFor();
  t.equal((await world.faults.list()).length, 1);
});

void t.test('axe finds no violation, in light and dark colours; nothing is too wide at 390 pixels', async (t) => {
  const world = await server.newWorld({ id: 'looks' });
  await world.faults.addAll([
    { match: { endpoint: 'token' }, times: 1, fault: { kind: 'hold', until: 1 } },
    { match: {}, for: '1m', fault: { kind: 'drop' } },
  ]);
  const page = await panel.open(t, 'faults?world=looks');
  const shown = [
    ['faults?world=looks', 'Requests happen, but their answer is lost'],
    [`faults?world=looks&new=${encodeURIComponent('{"fault":[{"kind":"patch"},{"kind":"pass"}]}')}`, 'In a terminal'],
    ['scenarios?world=looks', 'plays default'],
    ['scenarios?world=looks&name=clock-skew', 'Catches clients that rely on expires_in'],
    ['scenarios?world=looks&save=yes', 'Use it'],
    ['scenarios?world=looks&own=yes', 'Scenario as JSON'],
  ] as const;
  for (const [view, text] of shown) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${server.url}/__admin/ui/${view}`);
    await page.getByText(text).last().waitFor();
    await axeFindsNothing(t, page, view);
    await page.setViewportSize({ width: 390, height: 844 });
    t.equal(await isTooWide(page), false, `${view} at 390 pixels`);
  }
});
