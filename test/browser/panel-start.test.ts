import t from 'tap';
import { demo } from '../support.js';
import { looksRight } from './looks-right.js';
import { connectClient, startPanel } from './panel.js';
import type { Page } from 'playwright-core';
import type { Panel } from './panel.js';

const script = '<script>alert(1)</script>';

let panel: Panel;
t.before(async () => {
  panel = await startPanel(t, { proxy: true, internalUrl: 'http://understudy:8080' });
});

const button = (page: Page, name: string): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name, exact: true });

/** Logs in on the pages of the provider, and waits for the way back. */
async function answerPages(page: Page): Promise<void> {
  await page.locator('input[type=password]').fill('understudy');
  await page.locator('input[type=text], input[type=email]').first().fill('ada@example.test');
  await button(page, 'Log in').click();
  await button(page, 'Allow').click();
  await page.getByText('this code belongs to this login').waitFor();
}

/** The number of the steps of the playground with their verdicts. */
const stepsOf = (page: Page): Promise<string[]> => page.locator('.play-step summary').allInnerTexts();

void t.test('a browser that opens the server sees the panel, and a link to a provider opens it', async (t) => {
  const page = await panel.open(t, '');
  await page.goto(panel.server.url);
  await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
  t.equal(page.url(), `${panel.server.url}/__admin/ui/`);
  await page.goto(`${panel.server.url}/tinyemail`);
  await page.getByRole('heading', { name: 'tinyEmail' }).waitFor();
  t.equal(page.url(), `${panel.server.url}/__admin/ui/start?provider=tinyemail`);
  await page.getByRole('link', { name: /^DottedSign/ }).click();
  await page.getByText('/dottedsign/v1/oauth/token').first().waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'tinyEmail' }).waitFor();
});

void t.test('Start waits for the first request, and comes alive', async (t) => {
  const world = await panel.server.newWorld();
  const page = await panel.open(t, `start?world=${world.id}`);
  await page.getByText('Waiting for the first request').waitFor();
  await connectClient(world, 'mailup');
  await page.getByText(/^\d+ requests\.$/).waitFor();
  const [latest] = await world.journal.list({ order: 'newest', limit: 1 });
  t.equal(await page.getByText('done', { exact: true }).count(), 0, 'the first steps are those of the built-in client');
  const link = page.getByRole('link', { name: /Authorization\/OAuth\/Token/ });
  t.match(await link.getAttribute('href'), `entry=${latest?.id}`);
  await link.click();
  await page.getByRole('heading', { name: 'Timeline', level: 1 }).waitFor();
});

void t.test('Start has everything to copy, and snippets in tabs', async (t) => {
  const page = await panel.open(t, 'start?provider=mailup');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = async (what: string): Promise<unknown> => {
    await button(page, `Copy ${what}`).first().click();
    await page.getByText(`Copied ${what}`).waitFor();
    return page.evaluate('navigator.clipboard.readText()');
  };
  t.equal(await copied('Token URL'), `${panel.server.url}/mailup/Authorization/OAuth/Token`);
  t.equal(await copied('Client secret'), demo.secret);
  t.equal(await copied('password of Ada Lovelace'), 'understudy');
  t.match(await copied('.env for MailUp'), `MAILUP_TOKEN_URL=${panel.server.url}/mailup/Authorization/OAuth/Token\n`);
  await page.getByRole('tab', { name: 'Python' }).click();
  t.match(await page.getByRole('tabpanel').innerText(), 'import Request, urlopen');
  t.match(page.url(), 'as=python');
  await page.getByRole('tab', { name: 'Python' }).press('ArrowRight');
  t.match(await page.getByRole('tabpanel').innerText(), '<?php');
  await page.getByRole('tab', { name: 'PHP' }).press('ArrowLeft');
  await page.getByRole('tab', { name: 'Python', selected: true }).waitFor();
  await page.getByText('npx understudy run -- npm test').waitFor();
  await page.getByText('http://understudy:8080/mailup').waitFor();
  await page.getByText(panel.server.proxyUrl!.replace(/\/$/, '')).first().waitFor();
  await page.goto(`${panel.server.url}/__admin/ui/start?provider=nobody`);
  await page
    .getByText('The parameter provider has no value “nobody”. It can be: mailup, tinyemail, dottedsign, standard.')
    .waitFor();
});

void t.test(
  'a redirect URI is registered on the spot, and removed; a bad one is refused beside the field',
  async (t) => {
    const world = await panel.server.newWorld();
    const registered = async (): Promise<readonly string[]> =>
      (await world.clients.get({ provider: 'mailup', id: demo.id })).redirectUris;
    const page = await panel.open(t, `start?world=${world.id}&provider=mailup`);
    const field = page.getByLabel('Your redirect URI');
    await field.fill('/not-absolute');
    await button(page, 'Register').click();
    await page.getByRole('alert').waitFor();
    t.match(await page.getByRole('alert').innerText(), /^Your redirect URI: "\/not-absolute" is not an absolute URI/);
    t.equal(await field.inputValue(), '/not-absolute', 'nothing is lost');
    await field.fill('');
    await button(page, 'Register').click();
    await page.getByText('Enter the URL to which the browser returns.').waitFor();
    await field.fill(demo.redirectUri);
    await button(page, 'Register').click();
    await page.getByText('This redirect URI is registered already.').waitFor();
    await field.fill('http://localhost:5000/auth');
    t.equal(await page.getByRole('alert').count(), 0);
    await field.press('Enter');
    await button(page, 'Remove http://localhost:5000/auth').waitFor();
    t.equal((await registered()).at(-1), 'http://localhost:5000/auth');
    t.equal(await field.inputValue(), '');
    await button(page, 'Remove http://localhost:5000/auth').click();
    await button(page, 'Remove http://localhost:5000/auth').waitFor({ state: 'detached' });
    t.equal((await registered()).includes('http://localhost:5000/auth'), false);
  },
);

void t.test('Start shows odd names as text, and a world without clients and users', async (t) => {
  const world = await panel.server.newWorld();
  const long = `${script}${'x'.repeat(150)}`;
  await world.clients.add({
    provider: 'mailup',
    id: long,
    name: script,
    redirectUris: [`http://localhost/${'y'.repeat(300)}`],
  });
  await world.users.add({ provider: 'mailup', id: 'odd', username: script, password: script, name: script });
  const page = await panel.open(t, `start?world=${world.id}`);
  await page.getByLabel('Client', { exact: true }).selectOption(long);
  await page.getByRole('button', { name: /^Remove http:\/\/localhost\/y/ }).waitFor();
  await page.locator('.start-users').getByText(script).first().waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  t.equal(await page.evaluate('document.documentElement.scrollWidth'), 390, 'long names do not widen the page');
  for (const { id } of await world.clients.list({ provider: 'tinyemail' })) {
    await world.clients.remove({ provider: 'tinyemail', id });
  }
  for (const { id } of await world.users.list({ provider: 'tinyemail' })) {
    await world.users.remove({ provider: 'tinyemail', id });
  }
  await page.goto(`${panel.server.url}/__admin/ui/start?world=${world.id}&provider=tinyemail`);
  await page.getByText('This world has no client for tinyEmail.').waitFor();
  await page.getByText('This world has no user for this provider.').waitFor();
});

void t.test('the playground goes through the life of tokens at MailUp, in a world of its own', async (t) => {
  const world = await panel.server.newWorld();
  const page = await panel.open(t, `playground?world=${world.id}&provider=mailup`);
  await page.getByText('Nothing was sent yet.').waitFor();
  await page.getByText('it is in the query of the redirect URI').waitFor();
  await button(page, 'Log in').click();
  await answerPages(page);
  t.equal(
    page.url(),
    `${panel.server.url}/__admin/ui/playground?world=${world.id}&provider=mailup`,
    'without the code',
  );
  await button(page, 'Exchange the code').click();
  await page.getByText('The code was exchanged for tokens.').waitFor();
  const tokens = await world.tokens.list({ provider: 'mailup', clientId: 'understudy-playground' });
  t.match(
    tokens,
    [
      { kind: 'access', status: 'live' },
      { kind: 'refresh', status: 'live' },
    ],
    'the server has them',
  );
  await page.getByText(/^59 minutes left$|^1 hour left$/).waitFor();
  await button(page, 'Call the API').click();
  await page.getByText('The API took the access token.').waitFor();

  await button(page, 'Expire the access token').click();
  await page.getByText('The token expired just now').waitFor();
  await button(page, 'Call the API').click();
  await page.getByText(/^The access token expired at .* A client refreshes once, then tries again\./).waitFor();
  const [refused] = await world.journal.list({ reason: 'bearer.expired' });
  const link = page.getByRole('link', { name: 'See it in the timeline' }).first();
  t.match(await link.getAttribute('href'), `entry=${refused?.id}`);

  t.match(
    await button(page, 'Refresh').getAttribute('class'),
    /primary/,
    'the next step of a client is the main button',
  );
  await button(page, 'Refresh').click();
  await page.getByText('The provider issued a new access token.').waitFor();
  await button(page, 'Refresh with the old refresh token').click();
  await page
    .getByText(/^The refresh token was already replaced .* A client that does not store the newest refresh token/)
    .waitFor();
  await page.getByLabel('Path of the API').fill('../../../x y');
  await button(page, 'Call the API').click();
  await page.getByText('There is no such path at MailUp.').waitFor();
  t.equal((await world.journal.list({ order: 'newest', limit: 1 }))[0]?.provider, 'mailup', 'it stays at the provider');
  await button(page, 'Send a wrong secret').click();
  await page.getByText(/the secret is not the registered one/).waitFor();
  await button(page, 'Tamper with the state').click();
  await page.getByText('The playground refused this callback').waitFor();
  await button(page, 'Revoke the refresh token').click();
  await page.getByText('The token is revoked').waitFor();
  await button(page, 'Refresh').click();
  await page.getByText(/A client has to log the user in again\./).waitFor();
  await button(page, 'Replay the code').click();
  await page.getByText(/A code works once, so the provider refused it/).waitFor();
  await page.reload();
  await page.getByText('What can go wrong').waitFor();
  t.equal((await stepsOf(page)).length, 14, 'the tab keeps the steps');
  t.same(
    (await world.clients.list({ provider: 'mailup' })).map(({ id }) => id),
    [demo.id, 'understudy-playground'],
    'the other client is there still',
  );
});

void t.test('the playground uses PKCE and scopes, revokes at DottedSign, and denies', async (t) => {
  const world = await panel.server.newWorld();
  const page = await panel.open(t, `playground?world=${world.id}&provider=dottedsign`);
  await page.getByLabel('PKCE').selectOption('S256');
  await page.getByText(/^Scopes: none named/).click();
  await page.getByLabel(/^sign_tasks.general.read/).check();
  await button(page, 'Log in').click();
  await answerPages(page);
  const [asked] = await world.journal.list({ provider: 'dottedsign', endpoint: 'authorize' });
  t.match(asked?.request.query, { code_challenge_method: 'S256', scope: 'sign_tasks.general.read' });
  await button(page, 'Exchange the code').click();
  await page.getByText('The code was exchanged for tokens.').waitFor();
  await button(page, 'Revoke the access token').click();
  await page.getByText('The token is revoked').waitFor();
  t.equal((await world.journal.list({ endpoint: 'revoke' })).length, 1, 'by the endpoint of the provider');
  await button(page, 'Log in and deny').click();
  await page.getByText(/^There is no code: the provider says access_denied/).waitFor();
  await page.getByText('The login ended without a code.').waitFor();
  await page.goto(`${panel.server.url}/__admin/ui/start?world=${world.id}`);
  await page.getByRole('link', { name: /Log in done/ }).waitFor();
});

void t.test(
  'the playground works where the pages answer themselves, and says what a fault does to a client',
  async (t) => {
    const world = await panel.server.newWorld();
    const interaction = { mode: 'auto', user: 'ada@example.test', decision: 'allow' } as const;
    await world.providers.policy({ provider: 'tinyemail', interaction });
    const page = await panel.open(t, `playground?world=${world.id}&provider=tinyemail`);
    await page.getByText('The pages answer themselves').waitFor();
    await button(page, 'Log in').click();
    await page.getByText('this code belongs to this login').waitFor();
    await world.faults.add({ id: 'cut', match: { endpoint: 'token' }, times: 1, fault: { kind: 'cut' } });
    await button(page, 'Exchange the code').click();
    await page.getByText('The connection ended without an answer').waitFor();
    await button(page, 'Exchange the code').click();
    await page.getByText('The code was exchanged for tokens.').waitFor();
    await world.faults.add({ id: 'held', match: { endpoint: 'resource' }, times: 1, fault: { kind: 'hang' } });
    await button(page, 'Call the API').click();
    await page.getByText('Call the API: waiting for the answer').waitFor();
    await button(page, 'Cancel').click();
    await page.getByText('You cancelled it').waitFor();
    await world.faults.add({ id: 'bad', match: { endpoint: 'resource' }, times: 1, fault: { kind: 'garble' } });
    await button(page, 'Call the API').click();
    await page.getByText('a client that parses it fails here').waitFor();
    await world.reset();
    await page.getByText('The world was reset, or the token was removed.').first().waitFor();
  },
);

void t.test('a callback without a login says so, and does nothing', async (t) => {
  const page = await panel.open(t, 'callback?code=x&state=y');
  await page.getByText('This tab has no login in progress.').waitFor();
  await page.getByRole('link', { name: 'Begin one' }).click();
  await page.getByText('Nothing was sent yet.').waitFor();
  await page.goto(`${panel.server.url}/__admin/ui/playground?provider=nobody`);
  await page.getByRole('link', { name: 'MailUp', exact: true }).and(page.locator('[aria-current=page]')).waitFor();
  await page.getByText('The parameter provider has no value “nobody”. It can be: mailup,').waitFor();
});

void t.test('axe finds nothing in Start and Playground, and nothing is too wide at 390 px', async (t) => {
  const start = await panel.open(t, 'start?as=go');
  await start.getByRole('tab', { name: 'Go' }).waitFor();
  await looksRight(t, start, 'start');
  await start.context().close();
  const page = await panel.open(t, 'playground?provider=mailup');
  await button(page, 'Log in').click();
  await answerPages(page);
  await button(page, 'Exchange the code').click();
  await page.getByText('The code was exchanged for tokens.').waitFor();
  await looksRight(t, page, 'playground');
});
