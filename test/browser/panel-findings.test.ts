import { readFile } from 'node:fs/promises';
import t from 'tap';
import { parse } from 'yaml';
import { demo } from '../support.js';
import { looksRight } from './looks-right.js';
import { connectClient, requestTokens, startPanel } from './panel.js';
import type { Locator, Page } from 'playwright-core';
import type { Scenario, World } from '../../src/client/index.js';

const panel = await startPanel(t);
const { server } = panel;
const script = '<script>alert(1)</script>';

const address = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });
/** Waits until as many elements match. */
async function counted(found: Locator, count: number): Promise<void> {
  await found.nth(count).waitFor({ state: 'detached' });
  if (count > 0) await found.nth(count - 1).waitFor();
}
const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name });

/** Clients that always allow, so that a flow needs no page. */
async function openWorld(id: string, scenario?: Scenario): Promise<World> {
  const world = await server.newWorld({ id, ...(scenario === undefined ? {} : { scenario }) });
  for (const provider of ['mailup', 'dottedsign']) {
    await world.providers.policy({ provider, interaction: { mode: 'auto', user: demo.username } });
  }
  return world;
}

/** A client that sends its refresh token again after it was replaced. */
async function resendRefreshToken(world: World, provider: string): Promise<void> {
  const { refresh_token: old } = await connectClient(world, provider);
  await requestTokens(world, provider, { grant_type: 'refresh_token', refresh_token: old });
  await requestTokens(world, provider, { grant_type: 'refresh_token', refresh_token: old });
}

/** Opens a page of a provider that waits for a person. */
async function startAuthorization(
  world: World,
  provider: string,
  more: Record<string, string> = {},
): Promise<Response> {
  const { authorizeUrl } = await world.providers.describe(provider);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: demo.id,
    redirect_uri: demo.redirectUri,
    state: script,
    ...more,
  });
  return fetch(`${authorizeUrl}?${query.toString()}`, { redirect: 'manual' });
}

void t.test('findings are live, by severity, and lead to the entries and the family that prove them', async (t) => {
  const world = await openWorld('findings-live');
  const page = await panel.open(t, `findings?world=${world.id}`);
  await page.getByText('Nothing was tested: no request came to this world.').waitFor();

  await connectClient(world, 'dottedsign');
  await page.getByText('No findings. 2 requests were judged.').waitFor();
  t.equal(await page.getByText('A refusal that you staged').count(), 0);
  await world.faults.add({
    id: 'cut',
    match: { endpoint: 'token' },
    times: 1,
    fault: { kind: 'oauth-error', error: 'invalid_grant' },
  });
  await requestTokens(world, 'dottedsign', { grant_type: 'refresh_token', refresh_token: 'x' });
  await page.getByText('A refusal that you staged with a fault is not a mistake of the client.').waitFor();

  await resendRefreshToken(world, 'mailup');
  const error = page.getByRole('article', { name: 'error: stale-refresh-token' });
  await error.waitFor();
  t.equal(await heading(page, '1 error').count(), 1);
  const text = await error.innerText();
  t.match(text, /understudy-client at MailUp, user ada@example.test/);
  t.match(text, /What to do: Store the new refresh token/);
  t.equal(
    await error.getByRole('link', { name: 'RFC 9700 §4.14.2' }).getAttribute('href'),
    'https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2',
  );
  t.match(await error.innerText(), /#\d+ \d\d-\d\d \d\d:\d\d:\d\d\.\d{3} POST/, 'a request has its time');
  await heading(page, 'Refused requests').waitFor();
  await requestTokens(world, 'mailup', { grant_type: 'refresh_token', refresh_token: 'made-up' });
  await requestTokens(world, 'mailup', { grant_type: 'refresh_token', refresh_token: 'made-up' });
  const many = page.locator('.refused-reasons li').filter({ hasText: '2 × The refresh token is unknown.' });
  t.match(
    await many.getByRole('link', { name: 'Show all in the timeline' }).getAttribute('href'),
    'reason=refresh.unknown',
  );

  t.equal(await page.locator('.refused-reasons span:empty').count(), 0, 'nothing stands for unknown users');

  const [finding] = (await world.findings()).findings;
  const proof = finding!.evidence.at(-1)!;
  await error.getByRole('link', { name: `#${proof} ` }).click();
  t.match(page.url(), /\/timeline\?/);
  t.equal(address(page).get('entry'), String(proof));
  await page.goBack();
  await error.getByRole('link', { name: 'Token family' }).click();
  t.match(page.url(), /\/tokens\?/);
  t.equal(address(page).get('family'), finding!.cases[0]!.family);

  await startAuthorization(world, 'mailup', { client_id: 'long-'.repeat(600) });
  await page.goto(`${server.url}/__admin/ui/findings?world=${world.id}`);
  const long = page.locator('.refused-reason', { hasText: 'long-long-' });
  await long.waitFor();
  t.ok((await long.boundingBox())!.height < 120, 'a long name is cut');
  t.match(await long.getAttribute('title'), 'long-'.repeat(600));
});

void t.test('a finding is suppressed with a reason, in the address alone, and the report is exported so', async (t) => {
  const world = await openWorld('findings-suppress');
  await resendRefreshToken(world, 'mailup');
  const page = await panel.open(t, `findings?world=${world.id}`);
  await button(page, 'Suppress stale-refresh-token').click();
  const dialog = page.getByRole('dialog');
  await button(dialog, 'Suppress').click();
  await dialog.getByText('Give a reason. The report shows it.').waitFor();
  await dialog.getByLabel('Reason').fill(`ticket 214: ${script}`);
  await button(dialog, 'Suppress').click();
  await page.getByText('No findings. 4 requests were judged.').waitFor();
  t.equal(address(page).get('suppress'), `stale-refresh-token: ticket 214: ${script}`);
  t.equal((await world.findings()).findings.length, 1, 'the server was not changed');

  await page.getByText('Show 1 suppressed finding').click();
  await page.getByText(`Suppressed because: ticket 214: ${script}`).waitFor();
  await page.getByText('Keep them: scenario, command, test').click();
  const kept = await page.getByRole('region', { name: 'suppressions for a scenario' }).innerText();
  t.strictSame(parse(kept), { suppress: [{ rule: 'stale-refresh-token', reason: `ticket 214: ${script}` }] });
  const call = await page.getByRole('region', { name: 'call with the suppressions' }).innerText();
  t.match(call, "'stale-refresh-token': 'ticket 214");

  const files = { JUnit: '.xml', SARIF: '.sarif', Markdown: '.md' };
  const saved: Record<string, string> = {};
  for (const [title, extension] of Object.entries(files)) {
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, title).click()]);
    t.equal(file.suggestedFilename(), `findings-${world.id}${extension}`);
    saved[title] = await readFile(await file.path(), 'utf8');
  }
  t.match(saved.JUnit, /<skipped message="suppressed: ticket 214/);
  t.match(JSON.parse(saved.SARIF!), { version: '2.1.0', runs: [{ results: [{ suppressions: [{}] }] }] });
  t.match(saved.Markdown, 'ticket 214');

  await button(page, 'Remove the suppression of stale-refresh-token').click();
  await page.getByRole('article', { name: 'error: stale-refresh-token' }).waitFor();
  await page.goBack();
  await page.getByText('No findings. 4 requests were judged.').waitFor();
});

void t.test('a suppression of an unknown rule is told, and can be removed', async (t) => {
  const page = await panel.open(t, 'findings?suppress=no-such-rule%3A+why');
  await page.getByRole('alert').getByText('there is no rule "no-such-rule"').first().waitFor();
  await button(page, 'Remove the suppression of no-such-rule').click();
  await page.getByText('Nothing was tested').waitFor();
});

void t.test('findings are filtered, and those of all worlds are shown together', async (t) => {
  const world = await openWorld('findings-filter');
  await resendRefreshToken(world, 'mailup');
  await resendRefreshToken(world, 'dottedsign');
  await startAuthorization(world, 'dottedsign', { state: 'short' });
  const page = await panel.open(t, `findings?world=${world.id}`);
  const shown = page.getByRole('article');
  await counted(shown, 4);
  await button(page, '2 warnings').click();
  await counted(shown, 2);
  t.match(await shown.first().innerText(), 'The state has 5 characters.');
  await page.goBack();
  await page.getByLabel('Provider').selectOption('mailup');
  await counted(shown, 1);
  await page.getByLabel('User').selectOption(demo.username);
  t.equal(address(page).get('user'), demo.username);
  await counted(shown, 1);
  await page.getByLabel('Rule').selectOption('state-too-short');
  await page.getByText('No finding matches the filters.').waitFor();
  await button(page, 'Show all 4').click();
  await page.getByLabel('Client').selectOption(demo.id);
  await page.keyboard.press('Tab');
  await page.locator('#content').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('REPLACED IT');
  await counted(shown, 2);
  t.strictSame(Object.fromEntries(address(page)), { world: world.id, client: demo.id, text: 'REPLACED IT' });

  await page.getByLabel('All worlds, also').check();
  await page.getByLabel('Search').fill('findings-filter');
  await counted(shown, 4);
  t.match(await shown.first().innerText(), 'world findings-filter');
});

void t.test('expectations that are not met show the nearest entries with their differences', async (t) => {
  const world = await openWorld('findings-expect', {
    extends: 'default',
    expect: [{ match: { endpoint: 'token', grantType: 'refresh_token' }, count: 1 }],
  });
  await connectClient(world, 'dottedsign');
  const page = await panel.open(t, `findings?world=${world.id}`);
  await page.getByText('1 not met').waitFor();
  await page.getByText('Expected exactly 1. Came: 0. From the scenario').waitFor();
  await page.getByText('grantType was authorization_code, expected refresh_token').waitFor();
  t.equal(await page.getByText('Entries that match').count(), 0, 'none does');
  await world.expect({ match: { endpoint: 'token' }, count: 1 });
  await connectClient(world, 'dottedsign');
  await page.getByText('From a call of verify').waitFor();
  await page.getByText('1 met', { exact: true }).waitFor();
  t.notOk((await world.verify({ match: { endpoint: 'token' }, count: 0 })).passed);
  await connectClient(world, 'dottedsign');
  await page.getByText('2 not met').waitFor();
  const matching = page.getByText('Entries that match').locator('xpath=following-sibling::ul[1]');
  t.match(await matching.innerText(), /POST \S+\/token/);
});

void t.test('a world is made, switched to, reset and dropped', async (t) => {
  const page = await panel.open(t, 'worlds');
  await button(page, 'Make a world').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Id').fill('not an id');
  await button(dialog, 'Make').click();
  await dialog.getByRole('alert').waitFor();
  t.match(await dialog.innerText(), /letters, digits, _ and -/);
  t.equal(await dialog.getByLabel('Id').inputValue(), 'not an id', 'nothing is lost');
  await dialog.getByLabel('Id').fill('made-here');
  await dialog.getByLabel('Scenario').selectOption('refresh-race');
  await dialog.getByLabel('Seed').fill('42');
  await button(dialog, 'Make').click();
  const row = page.getByRole('row', { name: /made-here/ });
  await row.getByText('shown').waitFor();
  t.equal(address(page).get('world'), 'made-here');
  const made = (await server.worlds()).find(({ id }) => id === 'made-here');
  t.match(made, { scenario: 'refresh-race', seed: '42' });
  t.match(await row.innerText(), /refresh-race\s+42/);

  const world = server.world('made-here');
  await startAuthorization(world, 'mailup');
  await button(page, 'Reset made-here').click();
  await page.getByRole('heading', { name: 'Reset the world “made-here”?' }).waitFor();
  await button(dialog, 'Cancel').click();
  t.equal((await world.journal.list()).length, 1);
  await button(page, 'Reset made-here').click();
  await button(dialog, 'Reset made-here').click();
  await dialog.waitFor({ state: 'detached' });
  t.equal((await world.journal.list()).length, 0);

  await row.getByRole('link', { name: 'Timeline of made-here' }).click();
  t.match(page.url(), /timeline\?world=made-here/);
  await page.goBack();
  t.match(await row.innerText(), /in (1 hour|59 minutes)/, 'when it is dropped if no request names it');
  t.match(await page.getByRole('row', { name: /^default/ }).innerText(), 'never');
  await button(page, 'Drop made-here').click();
  await button(dialog, 'Drop made-here').click();
  await row.waitFor({ state: 'detached' });
  t.equal(address(page).get('world'), null, 'the page shows the default world');
  t.notOk((await server.worlds()).some(({ id }) => id === 'made-here'));
  t.equal(await button(page, 'Drop default').count(), 0);
});

void t.test('many worlds are shown by pages, and filtered by id', async (t) => {
  await Promise.all(Array.from({ length: 60 }, (_each, i) => server.newWorld({ id: `many-${i}` })));
  const page = await panel.open(t, 'worlds');
  await page.getByText(/^1–50 of \d+ worlds$/).waitFor();
  await button(page, 'Next').click();
  await page.getByText(/^Page 2 of/).waitFor();
  t.equal(address(page).get('page'), '2');
  await page.getByLabel('Search').fill('MANY-5');
  await page.getByText('11 worlds').waitFor();
  t.equal(await page.getByRole('row').count(), 12);
  await page
    .getByRole('row', { name: /many-51/ })
    .getByRole('link', { name: 'many-51', exact: true })
    .click();
  await page
    .getByRole('row', { name: /many-51/ })
    .getByText('shown')
    .waitFor();
  await page.getByLabel('Search').fill('nothing');
  await page.getByText('No world has “nothing” in its id.').waitFor();
  await button(page, 'Show all worlds').click();
  await page.getByText(/^1–50 of/).waitFor();
});

void t.test('a value that a view does not know is told with those that exist', async (t) => {
  // more than one page, whatever other tests made
  await Promise.all(Array.from({ length: 60 }, () => server.newWorld()));
  const page = await panel.open(t, 'worlds?page=1e9');
  const tells = (text: string | RegExp): Promise<void> => page.getByText(text).waitFor();
  await tells(/The parameter page has no value “1e9”\. It can be: 1 to \d\./);
  for (const [query, text] of [
    ['findings?severity=nope', 'severity has no value “nope”. It can be: error, warning, note.'],
    ['findings?worlds=some', 'worlds has no value “some”. It can be: all.'],
    ['settings?show=nope', 'show has no value “nope”. It can be: changed, relaxed.'],
    ['settings?group=nope', 'group has no value “nope”. It can be: '],
    ['settings?provider=nope', 'provider has no value “nope”. It can be: mailup, tinyemail, dottedsign, standard.'],
    ['start?as=basic', 'as has no value “basic”. It can be: '],
    ['timeline?entry=1.5', 'entry has no value “1.5”. It can be: a whole number.'],
    ['timeline?list=tree', 'list has no value “tree”. It can be: flat.'],
    ['timeline?show=tree', 'show has no value “tree”. It can be: sequence.'],
  ] as const) {
    await page.goto(`${server.url}/__admin/ui/${query}`);
    await tells(`The parameter ${text}`);
  }
  await page.goto(`${server.url}/__admin/ui/timeline?entry=1&list=flat`);
  await page.getByText('is not in the journal').waitFor();
  t.equal(await page.getByText('The parameter').count(), 0);
});

void t.test('a page that waits for a person is allowed or denied, and tells what became of it', async (t) => {
  const world = await server.newWorld({ id: 'worlds-waiting' });
  await world.users.add({ provider: 'dottedsign', username: 'eve', password: 'x', name: script });
  const page = await panel.open(t, `worlds?world=${world.id}`);
  await page.getByText('None. A login or consent page').waitFor();
  await startAuthorization(world, 'dottedsign');
  const waiting = page.locator('.waiting-page');
  await waiting.waitFor();
  t.match(await waiting.innerText(), `State ${script}`.replace('State ', ''));
  await waiting.getByText('Scopes: all 10').click();
  await waiting.getByLabel('third_party').uncheck();
  await waiting.getByText('Scopes: 9 of 10').waitFor();
  await waiting.getByLabel('User').selectOption('eve');
  await button(waiting, `Allow as ${script}`).click();
  await page.getByText('Allowed. The client gets a code.').waitFor();
  await waiting.waitFor({ state: 'detached' });
  const [code] = await world.codes.list({ provider: 'dottedsign' });
  t.match(code, { userId: 'eve' });
  t.notOk(code!.scopes.includes('third_party'));
  t.equal(code!.scopes.length, 9);

  await startAuthorization(world, 'mailup');
  await waiting.waitFor();
  await button(waiting, 'Deny').click();
  await page.getByText('Denied. The client gets the error access_denied.').waitFor();
  t.strictSame(await world.authorizations.list({ provider: 'mailup', status: 'waiting' }), []);

  await startAuthorization(world, 'mailup');
  await waiting.waitFor();
  await page.route('**/approve', (route) =>
    route.fulfill({ status: 409, json: { detail: 'This page was already answered.' } }),
  );
  await button(waiting, 'Allow as Ada Lovelace').click();
  await waiting.getByText('This page was already answered.').waitFor();
});

/** The row of a setting. */
const setting = (page: Page, field: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByText(field, { exact: true }) });

void t.test('a setting has its default, source and clause, is changed in place, and set back', async (t) => {
  const world = await server.newWorld({ id: 'settings-change' });
  const policy = async () => (await world.providers.describe('mailup')).policy;
  const page = await panel.open(t, `settings?world=${world.id}`);
  await page.getByText('The names are those of scenario files and of the admin API.').waitFor();
  const grants = setting(page, 'grants');
  await grants.waitFor();
  const known = await grants.innerText();
  t.match(known, 'Default: authorization_code, refresh_token, password');
  t.match(known, 'Source: help page 36341777 · documented by the provider');
  t.match(known, /less strict[^]*Strict: authorization_code, refresh_token\s+RFC 9700 §2.4 forbids the password grant/);

  await grants.getByLabel('password').uncheck();
  await grants.getByText('changed').waitFor();
  await page.getByLabel('accessToken', { exact: true }).fill('300s');
  await page.keyboard.press('Tab');
  await setting(page, 'accessToken').getByText('changed').waitFor();
  t.equal(await page.getByLabel('accessToken', { exact: true }).inputValue(), '5m', 'as the server writes it');
  await page.getByLabel('pkce', { exact: true }).selectOption('required');
  await page.getByLabel('echoState', { exact: true }).check();
  await page.getByLabel('callsPerSecond', { exact: true }).fill('5');
  await page.keyboard.press('Tab');
  await page.getByLabel('redirectStatus', { exact: true }).selectOption('303');
  await page.getByLabel('errors', { exact: true }).fill('{ "code.expired": { "status": 401 } ');
  const errors = setting(page, 'errors');
  await button(errors, 'Save').click();
  await errors.getByText('This is no JSON').waitFor();
  await page.getByLabel('errors', { exact: true }).fill('{ "code.expired": { "status": 401 } }');
  await button(errors, 'Save').click();
  await heading(page, '7 settings differ from the default').waitFor();
  const changed = {
    accessToken: '5m',
    grants: ['authorization_code', 'refresh_token'],
    redirectStatus: 303,
    echoState: true,
    pkce: 'required',
    callsPerSecond: 5,
    errors: { 'code.expired': { status: 401 } },
  };
  t.match(await policy(), changed);

  await page.getByText('Copy them: scenario, JSON').click();
  const yaml = await page.getByRole('region', { name: 'changed settings for a scenario' }).innerText();
  t.strictSame(parse(yaml), { providers: { mailup: { policy: changed } } });
  const copy = await server.newWorld({ scenario: parse(yaml) as Scenario });
  t.match((await copy.providers.describe('mailup')).policy, changed, 'the copied lines make the same policy');

  await button(page, 'Reset pkce').click();
  await heading(page, '6 settings differ from the default').waitFor();
  t.equal((await policy()).pkce, 'ignored');
  await page.getByLabel('Show').selectOption('changed');
  await counted(page.locator('.setting'), 6);
  await button(page, 'Reset all…').click();
  await page.getByRole('dialog').getByText('accessToken, ').waitFor();
  await button(page.getByRole('dialog'), 'Reset all').click();
  await page.getByText('No setting differs from its default.').waitFor();
  const { policy: now, defaults } = await world.providers.describe('mailup');
  t.strictSame({ ...now, errors: {}, grants: [] }, { ...defaults, errors: {}, grants: [] });
});

void t.test('a value that the server refuses stays in the field, with the message beside it', async (t) => {
  const world = await server.newWorld({ id: 'settings-refused' });
  const page = await panel.open(t, `settings?world=${world.id}&provider=dottedsign`);
  const code = page.getByLabel('code', { exact: true });
  await code.fill('soon');
  await page.keyboard.press('Tab');
  const row = setting(page, 'code');
  await row.getByText(/^Not saved: .*duration/).waitFor();
  t.equal(await code.inputValue(), 'soon');
  t.equal(await code.getAttribute('aria-invalid'), 'true');
  await button(row, 'Discard the value of code').click();
  t.equal(await code.inputValue(), '10m');

  const methods = setting(page, 'pkceMethods');
  await page.route('**/policy', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await route.continue();
  });
  const isLast = (response: { request(): { postData(): string | null } }): boolean =>
    response.request().postData() === '{"pkceMethods":[]}';
  const last = page.waitForResponse(isLast);
  await methods.getByLabel('S256').uncheck();
  await methods.getByLabel('plain').uncheck();
  await last;
  t.strictSame((await world.providers.describe('dottedsign')).policy.pkceMethods, [], 'both changes were sent');

  const mode = page.getByLabel('interaction', { exact: true });
  await mode.selectOption('auto');
  await page.getByText('Not saved yet: user is required.').waitFor();
  await page.getByLabel('user', { exact: true }).fill('nobody');
  await page.keyboard.press('Tab');
  await page.getByText('Not saved: names the user "nobody", which this realm does not have').waitFor();
  await page.getByLabel('user', { exact: true }).fill(demo.username);
  await page.keyboard.press('Tab');
  await setting(page, 'interaction').getByText('changed').waitFor();
  await Promise.all([
    page.waitForResponse('**/policy'),
    page.getByLabel('decision', { exact: true }).selectOption('deny'),
  ]);
  t.match((await world.providers.describe('dottedsign')).policy.interaction, {
    mode: 'auto',
    user: demo.username,
    decision: 'deny',
  });
});

void t.test('settings are filtered, follow other programs, and can be set to the RFCs', async (t) => {
  const world = await server.newWorld({ id: 'settings-filter' });
  const page = await panel.open(t, `settings?world=${world.id}`);
  await page.getByRole('link', { name: 'DottedSign' }).click();
  t.equal(address(page).get('provider'), 'dottedsign');
  const shown = page.locator('.setting');
  await page.getByLabel('Group').selectOption('PKCE');
  await heading(page, 'PKCE').waitFor();
  t.equal(await shown.count(), 4);
  await page.getByRole('searchbox').fill('nowhere');
  await page.getByText('No setting matches the filters.').waitFor();
  await button(page, 'Show all settings').click();
  await page.getByRole('searchbox').fill('rotat');
  await setting(page, 'refreshRotation').waitFor();
  await world.providers.policy({ provider: 'dottedsign', refreshRotation: 'keep' });
  await setting(page, 'refreshRotation').getByText('changed').waitFor();
  t.equal(await page.getByLabel('refreshRotation', { exact: true }).inputValue(), 'keep');

  await button(page, 'Set to the RFCs…').click();
  await button(page.getByRole('dialog'), 'Set to the RFCs').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  t.strictSame((await world.providers.describe('dottedsign')).relaxed, []);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('option', { name: 'only less strict than the RFCs (0)' }).waitFor({ state: 'attached' });

  await world.providers.policy({ provider: 'dottedsign', errors: { 'code.expired': { description: script } } });
  await page.getByText(/^Error table/).click();
  await page.getByRole('row', { name: `code.expired changed 400 invalid_grant ${script}` }).waitFor();
  await page.getByText('Paths and hosts').click();
  await page.locator('.reference-list').getByText('/v1/oauth/token,').waitFor();
  await page.getByText(/^Behaviour without a setting/).click();
});

void t.test('axe finds nothing in findings, worlds and settings, and nothing is too wide at 390 px', async (t) => {
  const world = await openWorld('looks', {
    extends: 'default',
    expect: [{ match: { endpoint: 'token', grantType: 'refresh_token' }, count: 9 }],
  });
  await resendRefreshToken(world, 'mailup');
  await startAuthorization(world, 'mailup', { client_id: `${script}${'x'.repeat(150)}` });
  await startAuthorization(world, 'tinyemail', { state: 'x'.repeat(300) });
  await world.providers.policy({ provider: 'mailup', accessToken: '5m', pkce: 'optional' });
  const open = async (view: string): Promise<Page> => panel.open(t, `${view}?world=${world.id}`);

  const findings = await panel.open(t, `findings?world=${world.id}&suppress=stale-refresh-token%3A+known`);
  await findings.getByText('Show 1 suppressed finding').click();
  await findings.getByText('Keep them').click();
  await looksRight(t, findings, 'findings');

  const worlds = await open('worlds');
  await worlds.locator('.waiting-page').waitFor();
  await looksRight(t, worlds, 'worlds');

  const settings = await open('settings');
  await setting(settings, 'pkce').waitFor();
  for (const folded of ['Copy them', 'Paths and hosts', 'Error table (']) await settings.getByText(folded).click();
  await looksRight(t, settings, 'settings');
});
