import t from 'tap';
import { demo } from '../support.js';
import { axeFindsNothing } from './looks-right.js';
import { callApi, connectClient, requestTokens, startPanel } from './panel.js';
import type { Locator, Page } from 'playwright-core';
import type { World } from '../../src/client/index.js';

const panel = await startPanel(t);
const { server } = panel;
const script = '<script>alert(1)</script>';
const at = '2026-01-01T00:00:00.000Z';
const frozen = { now: at, frozen: true } as const;
const pair = { clientId: demo.id, userId: demo.username };
const infoPath = '/ConsoleService.svc/Console/Authentication/Info';
const mayCopy = { permissions: ['clipboard-read', 'clipboard-write'] };

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
const dialog = (page: Page): Locator => page.getByRole('dialog');
const step = (page: Page, name: string): Locator =>
  page.locator('.tree-step').filter({ has: page.getByRole('heading', { name, exact: true }) });
const copied = (page: Page): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');

const world = (id: string): Promise<World> => server.newWorld({ id, clock: frozen });
const statuses = async (of: World, provider = 'mailup'): Promise<string[]> =>
  (await of.tokens.list({ provider })).map(({ kind, status }) => `${kind} ${status}`);

void t.test('a family of a real client: what bought what, who used it, and bars that follow the clock', async (t) => {
  const life = await world('life');
  const page = await panel.open(t, 'tokens?world=life', mayCopy);
  await page.getByText('No tokens yet').waitFor();

  const first = await connectClient(life, 'mailup');
  t.equal(await callApi(life, 'mailup', first.access_token, infoPath), 200);
  await life.clock.advance('30m');
  await requestTokens(life, 'mailup', { grant_type: 'refresh_token', refresh_token: first.refresh_token });
  await page.getByText('1 family, newest first').waitFor();
  await step(page, 'Authorization').getByText('spent').waitFor();
  const exchange = step(page, 'Exchange of the code');
  await exchange.getByText('30 minutes left').waitFor();
  await exchange.getByText('replaced').waitFor();
  await step(page, 'Refresh').getByText('1 hour left').waitFor();
  await step(page, 'Refresh').getByText('never expires').waitFor();
  await exchange.getByRole('button', { name: /^Copy the access token fp:/ }).click();
  await page.getByText('Copied the access token').waitFor();
  t.equal(await copied(page), first.access_token);

  const entry = (await life.journal.list({ endpoint: 'resource' }))[0]!.id;
  await exchange.getByRole('link', { name: 'resource 200' }).click();
  await page.waitForURL(`**/timeline?world=life&entry=${entry}*`);
  await page.goBack();
  await life.clock.advance('33m');
  await exchange.getByText('expired 3 minutes ago').waitFor();

  // one token each
  await step(page, 'Refresh')
    .getByRole('button', { name: /^Expire the access token/ })
    .click();
  await step(page, 'Refresh').getByText('expired just now').waitFor();
  await step(page, 'Refresh')
    .getByRole('button', { name: /^Revoke the refresh token/ })
    .click();
  await step(page, 'Refresh').getByText('revoked').waitFor();
  t.same(await statuses(life), ['access expired', 'access expired', 'refresh replaced', 'refresh revoked']);
  t.equal(await button(page, 'Revoke all…').isDisabled(), true);
});

void t.test('all tokens of a family are ended, after a question that names what ends', async (t) => {
  const ending = await world('ending');
  const mine = await ending.tokens.mint({ provider: 'mailup', ...pair });
  const { grantId } = await ending.codes.mint({ provider: 'mailup', ...pair });
  const page = await panel.open(t, `tokens?world=ending&family=${mine.grantId}`);
  await button(page, 'Expire the access tokens').click();
  await page.getByText('Expired 1 access token').waitFor();
  t.same(await statuses(ending), ['access expired', 'refresh live']);

  await button(page, 'Revoke all…').click();
  await dialog(page)
    .getByText(`This ends 1 valid token. ${demo.id} for ${demo.username} must be authorized again.`)
    .waitFor();
  await button(page, 'Cancel').click();
  t.same(await statuses(ending), ['access expired', 'refresh live']);
  await page.route(
    '**/tokens/revoke',
    (route) => route.fulfill({ status: 409, json: { detail: `Not now, ${script}` } }),
    { times: 1 },
  );
  await button(page, 'Revoke all…').click();
  await button(page, 'Revoke all').click();
  await dialog(page).getByText(`Not now, ${script}`).waitFor();
  await button(page, 'Revoke all').click();
  await page.getByText('Revoked 2 tokens').waitFor();
  t.same(await statuses(ending), ['access revoked', 'refresh revoked']);

  // a code that waits
  await page.locator(`a[href*="family=${grantId}"]`).click();
  await page.waitForURL(`**family=${grantId}`);
  await step(page, 'Authorization').getByText('10 minutes left').waitFor();
  await button(page, 'Expire all…').click();
  await dialog(page).getByText('This ends a code that was not used yet.').waitFor();
  await button(page, 'Expire all').click();
  await step(page, 'Authorization').getByText('expired just now').waitFor();
  const other = await ending.codes.mint({ provider: 'mailup', ...pair });
  await page.locator(`a[href*="family=${other.grantId}"]`).click();
  await page.getByRole('button', { name: /^Expire the code/ }).click();
  await step(page, 'Authorization').getByText('expired just now').waitFor();
  t.same(
    (await ending.codes.list({ provider: 'mailup' })).map(({ status }) => status),
    ['expired', 'expired'],
  );
});

void t.test('tokens are minted, copied, and their family opened', async (t) => {
  const minting = await world('minting');
  const page = await panel.open(t, 'tokens?world=minting', mayCopy);
  await button(page, 'Mint tokens').click();
  await dialog(page).getByLabel('Provider').selectOption('dottedsign');
  await dialog(page).getByLabel('Client').selectOption(demo.id);
  await dialog(page).getByLabel('User').selectOption({ label: 'grace@example.test' });
  await dialog(page).getByLabel('Scopes').fill('no.such.scope');
  await button(page, 'Mint').click();
  await dialog(page).getByText('"no.such.scope" is not allowed for this client').first().waitFor();
  await dialog(page).getByLabel('Scopes').fill('sign_tasks.general.read');
  await dialog(page).getByLabel('Lifetime of the access token').fill('a while');
  await button(page, 'Mint').click();
  await dialog(page).getByText('Lifetime of the access token: expected a duration').waitFor();
  await dialog(page).getByLabel('Lifetime of the access token').fill('15m');
  await button(page, 'Mint').click();
  await button(page, 'Copy the access token').click();
  const [token] = await minting.tokens.list({ provider: 'dottedsign', kind: 'access' });
  t.match(token, {
    token: await copied(page),
    scopes: ['sign_tasks.general.read'],
    userId: 'grace@example.test',
    expiresAt: '2026-01-01T00:15:00.000Z',
  });
  await button(page, 'Mint more').click();
  await button(page, 'Mint').waitFor();
  await button(page, 'Close').click();
  await page.getByText('Minted without a request').waitFor();
  await step(page, 'Minted without a request').getByText('15 minutes left').waitFor();
});

void t.test('families are filtered by the URL; what matches is ended together', async (t) => {
  const many = await world('many');
  const ada = await many.tokens.mint({ provider: 'mailup', ...pair });
  const grace = await many.tokens.mint({ provider: 'tinyemail', ...pair, userId: 'grace@example.test' });
  await many.codes.mint({ provider: 'dottedsign', ...pair });
  const page = await panel.open(t, 'tokens?world=many');
  await page.getByText('3 families, newest first').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(grace.accessToken);
  await page.getByText('1 family, newest first').waitFor();
  await page.getByRole('heading', { name: `${demo.id} for grace@example.test` }).waitFor();
  await page.getByLabel('Search').fill('nothing like it');
  await page.getByText('No family matches').waitFor();
  await page.getByRole('link', { name: 'Show all families' }).click();
  await page.getByText('3 families').waitFor();
  await page.getByLabel('State').selectOption('code');
  await page.getByText('1 family').waitFor();
  await page.getByLabel('State').selectOption('');
  await page.getByLabel('User').selectOption({ label: 'grace@example.test' });
  await page.waitForURL('**user=grace%40example.test');
  await page.getByText('1 family').waitFor();
  await page.goBack();
  await page.getByText('3 families').waitFor();
  await page.getByLabel('Provider').selectOption('mailup');
  await page.getByText('1 family').waitFor();
  await page.getByLabel('Client').selectOption(demo.id);

  await button(page, 'Expire or revoke many…').click();
  await dialog(page).getByText(`Selected: 1 valid access token of ${demo.id} at MailUp.`).waitFor();
  await button(page, 'Expire them').click();
  await page.getByText('Expired 1 access token').waitFor();
  t.same(await statuses(many), ['access expired', 'refresh live']);
  t.equal((await many.tokens.get({ provider: 'tinyemail', token: grace.accessToken })).status, 'live');

  await button(page, 'Expire or revoke many…').click();
  await dialog(page).getByLabel('What').selectOption('refresh');
  await dialog(page).getByLabel('Provider').selectOption('');
  await dialog(page).getByLabel('User').selectOption({ label: demo.username });
  await dialog(page).getByText(`1 valid refresh token of ${demo.id} for ${demo.username} at all providers`).waitFor();
  await dialog(page).getByLabel('Client').selectOption('');
  await dialog(page).getByLabel('User').selectOption('');
  await dialog(page).getByText('2 valid refresh tokens of every client at all providers').waitFor();
  await button(page, 'Revoke them').click();
  await page.getByText('Revoked 2 refresh tokens').waitFor();
  t.equal((await many.tokens.get({ provider: 'mailup', token: ada.refreshToken! })).status, 'revoked');

  await button(page, 'Expire or revoke many…').click();
  await dialog(page).getByLabel('What').selectOption('code');
  await dialog(page).getByText('Nothing valid matches.').waitFor();
  await dialog(page).getByLabel('Provider').selectOption('');
  await dialog(page).getByText('1 valid code of').waitFor();
  await button(page, 'Expire them').click();
  await page.getByText('Expired 1 code').waitFor();
  t.match(await many.codes.list({ provider: 'dottedsign' }), [{ status: 'expired' }]);
});

void t.test('thousands of families are paged, and names may be any text', async (t) => {
  const large = await world('large');
  await large.clients.add({ provider: 'mailup', id: script, secret: script, redirectUris: ['http://localhost/x'] });
  const long = `${'long-name-'.repeat(15)}x`;
  await large.users.add({ provider: 'mailup', id: long, username: long, password: 'x', name: script });
  for (let i = 0; i < 59; i += 1) await large.tokens.mint({ provider: 'mailup', ...pair });
  await large.tokens.mint({ provider: 'mailup', clientId: script, userId: long });
  const page = await panel.open(t, 'tokens?world=large');
  await page.getByText('60 families').waitFor();
  await page.getByRole('heading', { name: `${script} for ${long}` }).waitFor();
  t.equal(await page.locator('.family-row').count(), 25);
  await button(page, 'Older').click();
  await page.waitForURL('**page=2');
  await button(page, 'Older').click();
  await page.getByText('3 of 3').waitFor();
  await page.locator('.family-list li:nth-child(11)').waitFor({ state: 'detached' });
  await page.locator('.family-list li:nth-child(10)').waitFor();
  t.equal(await page.locator('.family-row').count(), 10);
  await page.goBack();
  await button(page, 'Newer').click();
  await page.getByText('1 of 3').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.family-row').first().click();
  await page.getByRole('link', { name: 'Back to all families' }).waitFor();
  t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'nothing overflows with long names');
  await page.getByRole('link', { name: 'Back to all families' }).click();
  await page.locator('.family-row').first().waitFor();
  await page.goto(`${server.url}/__admin/ui/tokens?world=large&family=gone`);
  await page.getByText('This world has no such family').waitFor();
});

void t.test('a long chain of refreshes, and a token used often, are shown in part', async (t) => {
  const chain = await world('chain');
  let { refresh_token, access_token } = await connectClient(chain, 'mailup');
  for (let i = 0; i < 45; i += 1) {
    ({ refresh_token, access_token } = await requestTokens(chain, 'mailup', {
      grant_type: 'refresh_token',
      refresh_token,
    }));
  }
  for (let i = 0; i < 7; i += 1) await callApi(chain, 'mailup', access_token, infoPath);
  const page = await panel.open(t, 'tokens?world=chain');
  await page.getByText('6 earlier steps not shown').waitFor();
  await button(page, 'Show 6 more').click();
  await step(page, 'Exchange of the code').waitFor();
  await page.getByText('used 7 times, the last 5').waitFor();
  await button(page, 'Show more uses').click();
  await page.getByText('used 7 times', { exact: true }).waitFor();
});

const bigTime = (page: Page): Locator => page.locator('.clock-time');

void t.test('the clock is moved, and the page says what expired', async (t) => {
  const moving = await world('moving');
  const { grantId } = await moving.tokens.mint({ provider: 'mailup', ...pair });
  await moving.codes.mint({ provider: 'tinyemail', ...pair, expiresIn: '30s' });
  await moving.tokens.mint({ provider: 'dottedsign', ...pair, expiresIn: '3h' });
  const page = await panel.open(t, 'clock?world=moving');
  await bigTime(page).getByText('00:00:00').waitFor();
  await page.getByText('Frozen: time does not pass').waitFor();
  await page.getByText('in 30 seconds').waitFor();
  t.equal(await page.getByLabel('Forward by').inputValue(), '1m', 'just past the next expiry');
  const now = async (): Promise<string> => (await moving.clock.get()).now;

  await button(page, '+1 min').click();
  await page.getByText('1 code expired.').waitFor();
  await page.getByText('The clock went 1 minute forward, to 2026-01-01 00:01:00 UTC.').waitFor();
  t.equal(await now(), '2026-01-01T00:01:00.000Z');
  await button(page, 'To the next expiry').click();
  await page.getByText('1 access token expired.').waitFor();
  t.equal(await now(), '2026-01-01T01:00:00.000Z');
  await page.getByText('Before that').waitFor();
  await page.getByRole('status').getByRole('link', { name: 'access token' }).click();
  await page.waitForURL(`**/tokens?world=moving&family=${grantId}`);
  await page.goBack();

  await button(page, '+1 h').click();
  await page.getByText('Nothing expired.').first().waitFor();
  await page.getByLabel('Forward by').fill('soon');
  await button(page, 'Advance').click();
  await page.getByText('Forward by: expected a duration: 90s, 61m, 2h30m, 1d or PT15M, got "soon".').waitFor();
  t.equal(await page.getByLabel('Forward by').getAttribute('aria-invalid'), 'true');
  t.equal(await page.getByLabel('Forward by').inputValue(), 'soon', 'nothing that was typed is lost');
  await page.getByLabel('Forward by').fill('61m');
  await button(page, 'Advance').click();
  await page.getByText('The clock went 1 hour 1 minute forward').waitFor();
  t.equal(await page.locator('.mistake').count(), 0, 'a success removes the mistake');
  t.equal(await now(), '2026-01-01T03:01:00.000Z');

  await page.getByLabel('Set to').fill('2026-01-01 02:00');
  await button(page, 'Set').click();
  await page.getByText('The clock went 1 hour 1 minute back').waitFor();
  t.equal(await now(), '2026-01-01T02:00:00.000Z');
  await page.getByText('in 1 hour', { exact: true }).waitFor();
  await moving.clock.set({ skewSeconds: 60 });
  await page.getByText('skew +60 s').waitFor();
  await page
    .getByRole('button', { name: /^Go there: the expiry of the access token/ })
    .first()
    .click();
  await page.getByText('The clock went 59 minutes forward, to').waitFor();
  t.equal(await now(), '2026-01-01T02:59:00.000Z');
  await page.getByLabel('Set to').fill('whenever');
  await button(page, 'Set').click();
  await page.getByText('Set to: expected a time on an existing day').waitFor();
  await page.getByLabel('Set to').fill('2030-01-01');
  await button(page, 'Set').click();
  await bigTime(page).getByText('2030-01-01').waitFor();
  await button(page, '+1 day').click();
  await bigTime(page).getByText('2030-01-02').waitFor();
  await button(page, 'Back to real time').click();
  await page.getByText('The same as real time').waitFor();
  t.match(await moving.clock.get(), { frozen: false, rate: 1, skewSeconds: 0 });
});

void t.test('the clock is frozen and run, at any rate and skew', async (t) => {
  const pace = await world('pace');
  const page = await panel.open(t, 'clock?world=pace');
  await button(page, 'Run').click();
  await page.getByText('One second for each real second').waitFor();
  t.equal((await pace.clock.get()).frozen, false);
  await button(page, 'Freeze').click();
  await page.getByText('Frozen: time does not pass').waitFor();
  await button(page, 'Rate × 60').click();
  await page.getByText('× 60').first().waitFor();
  await page.getByLabel('Rate', { exact: true }).and(page.getByRole('textbox')).fill('fast');
  await button(page, 'Set rate').click();
  await page.getByRole('alert').getByText('Rate: expected a number').waitFor();
  await page.getByLabel('Rate', { exact: true }).and(page.getByRole('textbox')).fill('10000');
  await button(page, 'Set rate').click();
  await page.locator('.clock-states').getByText('× 10000').waitFor();
  await page.getByLabel('Skew in seconds').fill('-90');
  await button(page, 'Set skew').click();
  await page.getByText('a clock that is 1 minute 30 seconds behind').waitFor();
  const changed = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await page.getByLabel('Date header of the answers').selectOption('virtual');
  await changed;
  t.match(await pace.clock.get(), { frozen: true, rate: 10_000, skewSeconds: -90, dateHeader: 'virtual' });
  await button(page, 'Run').click();
  await page.getByText('10,000 seconds for each real second').waitFor();
});

void t.test('a clock at the end and at the start of time', async (t) => {
  const edges = await world('edges');
  await edges.tokens.mint({ provider: 'mailup', ...pair });
  const page = await panel.open(t, 'clock?world=edges');
  await page.getByLabel('Set to').fill('9999-12-31 23:59:58');
  await button(page, 'Set').click();
  await bigTime(page).getByText('9999-12-31').waitFor();
  await page.getByText('1 access token expired.').waitFor();
  await page.getByText(/^79\d\d years .* ahead of real time$/).waitFor();
  await button(page, '+1 h').click();
  await page.getByText('exceeds the maximum time of the clock').first().waitFor();
  await button(page, 'To the next expiry').click();
  await page.getByText('no valid code or token that will expire').first().waitFor();
  await edges.clock.set({ frozen: false, rate: 1_000_000 });
  await bigTime(page).getByText('23:59:59').waitFor();
  await page.getByText('It stands at its last instant').waitFor();
  t.notMatch(await page.locator('.clock-states').innerText(), /running|×/);
  await page.locator('.top-clock').getByText('at its end').waitFor();
  await page.getByLabel('Set to').fill('0000-01-01');
  await edges.clock.set({ frozen: true });
  await button(page, 'Set').click();
  await bigTime(page).getByText('0000-01-01').waitFor();
  await page.getByText('behind real time').waitFor();
});

void t.test('axe finds no violation, in light and dark colours; nothing is too wide at 390 pixels', async (t) => {
  const looks = await world('looks');
  const first = await connectClient(looks, 'dottedsign');
  await callApi(looks, 'dottedsign', first.access_token, '/nothing');
  await looks.clock.set({ skewSeconds: 5 });
  await looks.codes.mint({ provider: 'mailup', ...pair });
  const page = await panel.open(t, 'clock?world=looks', { reducedMotion: 'reduce' });
  const clean = async (name: string): Promise<void> => {
    await axeFindsNothing(t, page, name);
    await page.setViewportSize({ width: 390, height: 844 });
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${name} at 390 pixels`);
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  await button(page, '+1 day').click();
  await page.getByText('expired.').first().waitFor();
  await clean('clock');
  await page.goto(`${server.url}/__admin/ui/tokens?world=looks`);
  await page.getByText('2 families').waitFor();
  await page.locator('.family-row', { hasText: 'DottedSign' }).click();
  await step(page, 'Exchange of the code').waitFor();
  await clean('tokens');
  await button(page, 'Mint tokens').click();
  await dialog(page).getByLabel('User').waitFor();
  await clean('mint');
});
