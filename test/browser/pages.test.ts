import { createServer } from 'node:http';
import t from 'tap';
import { approve } from '../../src/core/authorize.js';
import { configOf, programDefaults } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { providers } from '../../src/providers/index.js';
import { demo, startServer } from '../support.js';
import { launchChromium } from './chromium.js';
import { axeFindsNothing } from './looks-right.js';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Provider } from '../../src/providers/provider.js';
import type { Realm } from '../../src/core/realm.js';

const server = await startServer();
const client = await startClient();
const ownHost = 'services.mailup.com';
const { browser, close } = await launchChromium({
  args: [`--host-resolver-rules=MAP ${ownHost} ${new URL(server.url).host}`],
});
const awkwardState = 'a b+c&d=e#f?g/"<h>%2B%20ü✓';

t.teardown(async () => {
  await close();
  await server.close();
  client.close();
});

/** The client application. It records the requests that its callback receives. */
async function startClient(): Promise<{
  url: string;
  callback: string;
  seen: URL[];
  slowMs: number;
  close: () => void;
}> {
  const app = createServer((request, response) => {
    const url = new URL(request.url ?? '/', state.url);
    if (url.pathname === '/favicon.ico') return response.writeHead(404).end();
    if (url.pathname === '/on') return response.writeHead(302, { location: `http://localhost:${url.port}/home` }).end();
    state.seen.push(url);
    return setTimeout(() => response.setHeader('content-type', 'text/plain').end('back at the client'), state.slowMs);
  });
  const state = { url: '', callback: '', seen: [] as URL[], slowMs: 0, close: () => app.close() };
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  state.callback = `${state.url}/callback`;
  return state;
}

interface Visit {
  readonly provider: Provider;
  readonly realm: Realm;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Console errors about the content security policy, script errors, and requests to other servers. */
  readonly complaints: string[];
  readonly authorizeUrl: (change?: Record<string, string>) => string;
}

let worlds = 0;

/** A browser without cookies, and a provider in a new world. */
async function visit(test: Test, provider: Provider, options: BrowserContextOptions = {}): Promise<Visit> {
  worlds += 1;
  const id = `pages-${worlds}`;
  server.worlds.open({ id });
  const realm = server.realm(provider.name, id);
  const registered = realm.clients.get(demo.id)!;
  realm.clients.set(demo.id, { ...registered, redirectUris: [client.callback, `${client.url}/on`] });
  client.seen.length = 0;

  const context = await browser.newContext(options);
  test.teardown(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The browser reports each 4xx document there, refusal pages included.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (![server.url, client.url, 'data:'].some((own) => request.url().startsWith(own))) complaints.push(request.url());
  });
  return {
    provider,
    realm,
    context,
    page,
    complaints,
    authorizeUrl(change = {}) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: demo.id,
        redirect_uri: client.callback,
        state: awkwardState,
        ...change,
      });
      return `${server.url}/w/${id}/${provider.name}${provider.endpoints.authorize[0]}?${query.toString()}`;
    },
  };
}

async function logIn(page: Page, username: string = demo.username, password: string = demo.password): Promise<void> {
  await page.getByLabel('Email or username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

const allow = (page: Page): Promise<void> => page.getByRole('button', { name: 'Allow' }).click();
const onConsent = (page: Page): Promise<void> => page.getByRole('heading', { name: 'Access requested' }).waitFor();

/** Parameters of the callback. Throws unless the callback received exactly one request. */
async function backAtClient(page: Page): Promise<Record<string, string>> {
  await page.getByText('back at the client').waitFor();
  const [only, ...others] = client.seen;
  if (only === undefined || others.length > 0) throw new Error(`the callback was asked ${client.seen.length} times`);
  return Object.fromEntries(only.searchParams);
}

/** Whether the last scope of the consent page can be scrolled to, and nothing lies above it then. */
function isLastScopeSeen(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const node = [...document.querySelectorAll('.scope-text')].at(-1);
    node.scrollIntoView({ block: 'end' });
    const { left, bottom } = node.getBoundingClientRect();
    return node.contains(document.elementFromPoint(left + 5, bottom - 5));
  })()`);
}

/** What a redirect repeats. `authorizeUrl` is the URL that the browser opened. */
function echoed({ policy }: Realm, provider: Provider, authorizeUrl: string): Record<string, string> {
  const issuer = authorizeUrl.slice(0, authorizeUrl.indexOf(`${provider.endpoints.authorize[0]}?`));
  return {
    ...(policy.echoState ? { state: awkwardState } : {}),
    ...(policy.issuerInRedirect === 'sent' ? { iss: issuer } : {}),
  };
}

for (const provider of providers) {
  void t.test(
    `${provider.title}: wrong password, login, consent, and a redirect to the client with a code that is exchanged for a token`,
    async (t) => {
      const { page, realm, complaints, authorizeUrl } = await visit(t, provider);
      await page.goto(authorizeUrl());
      t.equal(await page.title(), `Log in · ${provider.title} (Understudy)`);
      t.match(
        await page.getByRole('contentinfo').innerText(),
        `This is Understudy, a stand-in for testing. It is not ${provider.title}.`,
      );

      const loginPage = page.url();
      await logIn(page, demo.username, 'guess');
      t.equal(await page.getByRole('alert').innerText(), 'That username and password do not match.');
      t.equal(page.url(), loginPage, 'it is the same page');
      t.equal(await page.getByLabel('Email or username').inputValue(), demo.username, 'which remembers the name');
      t.equal(await page.getByLabel('Password').inputValue(), '', 'and not the password');

      await logIn(page);
      await onConsent(page);
      const text = await page.getByRole('main').innerText();
      t.match(text, `Understudy demo client asks for access to your ${provider.title} account`);
      t.match(text, demo.username);
      const [pending] = [...realm.pending.values()];
      for (const scope of pending!.scopes) t.match(text, realm.scopes[scope]!.words, `consent names ${scope} in words`);

      await allow(page);
      const answer = await backAtClient(page);
      const { code, ...rest } = answer;
      t.strictSame(rest, {
        ...(realm.policy.tokenTypeInRedirect ? { token_type: 'bearer' } : {}),
        ...echoed(realm, provider, authorizeUrl()),
      });
      t.strictSame(
        complaints,
        [],
        'no violation of the content security policy, no script error, no request to another server',
      );

      const form = new URLSearchParams({
        grant_type: 'authorization_code',
        code: code!,
        redirect_uri: client.callback,
        client_id: demo.id,
        client_secret: demo.secret,
      });
      const tokenUrl = authorizeUrl()
        .split('?')[0]!
        .replace(provider.endpoints.authorize[0], provider.endpoints.token[0]);
      const token = await fetch(tokenUrl, { method: 'POST', body: form });
      t.equal(token.status, 200);
      t.equal([...realm.accessTokens.values()][0]!.grant.userId, demo.username);
    },
  );

  void t.test(`${provider.title}: a click on a test account fills the form, and the next key logs in`, async (t) => {
    const { page, realm, complaints, authorizeUrl } = await visit(t, provider);
    await page.goto(authorizeUrl());
    await page.getByRole('button', { name: 'Use grace@example.test' }).click();
    t.equal(await page.getByLabel('Email or username').inputValue(), 'grace@example.test');
    t.equal(await page.getByLabel('Password').inputValue(), demo.password);
    t.equal(await page.locator(':focus').innerText(), 'Log in');
    t.ok(new URL(page.url()).pathname.endsWith(provider.endpoints.login), 'nothing is sent yet');
    await page.keyboard.press('Enter');
    await onConsent(page);
    t.ok([...realm.sessions.values()].some(({ userId }) => userId === 'grace@example.test'));
    t.strictSame(complaints, [], 'the policy of the page allows the script');
  });

  void t.test(
    `${provider.title}: Allow and Deny are in sight on a phone, however many scopes are asked for`,
    async (t) => {
      const words =
        'Read, create, change and delete everything that belongs to the mailing lists of the whole organization';
      const many = Array.from({ length: 12 }, (_, i) => [`organization.mailing_lists.everything.${i + 1}`, { words }]);
      for (const height of [844, 664]) {
        for (const scopes of [undefined, Object.fromEntries(many)]) {
          const { page, realm, authorizeUrl } = await visit(t, provider, { viewport: { width: 390, height } });
          if (scopes !== undefined) Object.assign(realm, { scopes });
          await page.goto(authorizeUrl(scopes === undefined ? {} : { scope: Object.keys(scopes).join(' ') }));
          await logIn(page);
          await onConsent(page);
          const asked = [...realm.pending.values()][0]!.scopes.length;
          const where = `${height} px, ${asked} scopes`;
          for (const name of ['Allow', 'Deny']) {
            const box = await page.getByRole('button', { name }).boundingBox();
            t.ok(box!.y > 0 && box!.y + box!.height <= height, `${name}, ${where}: ${JSON.stringify(box)}`);
          }
          t.equal(await page.getByText(/^Allow grants (?:each|all 1[02]) scope/).count(), asked > 4 ? 1 : 0, where);
          t.equal(await page.evaluate('document.documentElement.scrollWidth'), 390, 'nothing is cut at the side');
          if (asked > 0) t.ok(await isLastScopeSeen(page), `the last scope, ${where}`);
          await allow(page);
          await backAtClient(page);
        }
      }
    },
  );

  void t.test(`${provider.title}: Deny redirects to the client with access_denied`, async (t) => {
    const { page, realm, complaints, authorizeUrl } = await visit(t, provider);
    await page.goto(authorizeUrl());
    await logIn(page);
    await page.getByRole('button', { name: 'Deny' }).click();
    const { error, error_description, ...rest } = await backAtClient(page);
    t.equal(error, 'access_denied');
    t.ok(error_description);
    t.strictSame(rest, echoed(realm, provider, authorizeUrl()));
    t.equal(realm.codes.size, 0);
    t.strictSame(complaints, []);
  });

  void t.test(
    `${provider.title}: an unknown client or an unregistered redirect_uri gets a page with the sent and the registered value, never a redirect`,
    async (t) => {
      const { page, complaints, authorizeUrl } = await visit(t, provider);
      const side = (name: string): Promise<string> => page.locator('.side').filter({ hasText: name }).innerText();

      if (provider.policy.loginPage === 'first') {
        await page.goto(authorizeUrl({ client_id: 'understudy-cliemt' }));
        t.match(
          await page.getByRole('main').innerText(),
          'You will continue to the application',
          'nothing is checked yet',
        );
        await logIn(page);
        await page.getByRole('heading', { name: provider.refusedHeading }).waitFor();
      }
      await page.goto(authorizeUrl({ client_id: 'understudy-cliemt' }));
      t.equal(await page.getByRole('heading', { level: 1 }).innerText(), provider.refusedHeading);
      t.match(await side('Expected'), demo.id);
      t.match(await side('Received'), 'understudy-cliemt');
      t.equal(await page.getByRole('button').count(), 0);

      await page.goto(authorizeUrl({ redirect_uri: `${client.callback}/` }));
      t.equal(await page.getByRole('heading', { level: 1 }).innerText(), provider.refusedHeading);
      t.match(await side('Expected'), client.callback);
      t.match(await side('Received'), `${client.callback}/`);
      t.match(
        await page.getByRole('main').innerText(),
        /the path is "\/callback\/"; registered: "\/callback" \(a slash at the end\)/,
      );
      t.strictSame(client.seen, []);
      t.strictSame(complaints, []);
    },
  );

  void t.test(
    `${provider.title}: a logged-in user sees the consent page at once, and can use another account`,
    async (t) => {
      const { page, realm, authorizeUrl } = await visit(t, provider);
      await page.goto(authorizeUrl());
      await logIn(page);
      await onConsent(page);

      await page.goto(authorizeUrl());
      await onConsent(page);
      t.match(await page.getByRole('main').innerText(), 'Ada Lovelace');
      await page.getByRole('link', { name: 'Use another account' }).click();
      await logIn(page, 'grace@example.test');
      await onConsent(page);
      t.match(await page.getByRole('main').innerText(), 'Grace Hopper');
      await allow(page);
      const { code } = await backAtClient(page);
      t.equal(realm.codes.get(code!)!.grant.userId, 'grace@example.test');
    },
  );

  void t.test(`${provider.title}: everything works without JavaScript, also if the callback redirects`, async (t) => {
    const { page, realm, authorizeUrl } = await visit(t, provider, { javaScriptEnabled: false });
    await page.goto(authorizeUrl({ redirect_uri: `${client.url}/on` }));
    t.ok(await page.getByRole('cell', { name: demo.username, exact: true }).isVisible());
    t.ok(await page.getByRole('cell', { name: demo.password, exact: true }).first().isVisible());
    t.equal(await page.getByRole('button').count(), 1, 'a button that does nothing is not shown');
    await logIn(page, demo.username, 'guess');
    await page.getByRole('alert').waitFor();
    await logIn(page);
    await onConsent(page);
    await allow(page);
    await backAtClient(page);
    t.equal(new URL(page.url()).pathname, '/home');
    t.equal(realm.codes.size, 1);
  });

  void t.test(
    `${provider.title}: a waiting page that is answered over the admin API redirects by itself`,
    async (t) => {
      const { page, realm, complaints, authorizeUrl } = await visit(t, provider);
      await page.goto(authorizeUrl());
      // The result of a form post, which cannot be reloaded without a confirmation.
      await logIn(page, demo.username, 'guess');
      await page.getByRole('alert').waitFor();
      const [pending] = [...realm.pending.values()];
      pending!.answer = approve(realm, pending!, realm.user('grace@example.test')!);
      const { code, ...rest } = await backAtClient(page);
      t.equal(realm.codes.get(code!)!.grant.userId, 'grace@example.test');
      t.match(rest, echoed(realm, provider, authorizeUrl()));
      t.strictSame(complaints, []);
    },
  );

  void t.test(`${provider.title}: axe finds no violation, in light and dark colours`, async (t) => {
    const { page, authorizeUrl } = await visit(t, provider, { bypassCSP: true });
    const clean = (name: string): Promise<void> => axeFindsNothing(t, page, name);
    await page.goto(authorizeUrl());
    await page.getByRole('button', { name: `Use ${demo.username}` }).waitFor();
    await clean('login');
    await logIn(page, demo.username, 'guess');
    await page.getByRole('alert').waitFor();
    await clean('login with an error');
    await logIn(page);
    await onConsent(page);
    await clean('consent');
    await page.goto(authorizeUrl({ client_id: 'nobody' }));
    await clean('refused client');
    await page.goto(authorizeUrl({ redirect_uri: `${client.callback}?x` }));
    await clean('refused redirect_uri');
  });
}

const [first] = providers;

void t.test('login and consent work with the keyboard alone', async (t) => {
  const { page, realm, authorizeUrl } = await visit(
    t,
    providers.find(({ consentForm }) => consentForm.scopeField !== undefined)!,
  );
  const { keyboard } = page;
  await page.goto(authorizeUrl());
  await page.locator('#username:focus').waitFor();
  await keyboard.type('ada@example.test');
  await keyboard.press('Tab');
  await keyboard.type('guess');
  await keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.locator('#password:focus').waitFor();
  await keyboard.type('understudy');
  await keyboard.press('Enter');
  await onConsent(page);
  const focused = page.locator(':focus');
  for (const stop of ['Use another account', 'on', 'Allow']) {
    await keyboard.press('Tab');
    const name = (await focused.getAttribute('name'))?.startsWith('scope.') === true ? 'on' : await focused.innerText();
    t.equal(name, stop);
  }
  await keyboard.press('Enter');
  const { code } = await backAtClient(page);
  t.ok(realm.codes.has(code!));
});

void t.test('a scope that is refused on the consent page is not granted', async (t) => {
  const { page, realm, authorizeUrl } = await visit(
    t,
    providers.find(({ consentForm }) => consentForm.scopeField !== undefined)!,
  );
  await page.goto(authorizeUrl());
  await logIn(page);
  await page.getByRole('radio', { name: 'No' }).check();
  await allow(page);
  t.equal((await backAtClient(page)).error, 'access_denied', 'no scope was granted');
  t.equal(realm.codes.size, 0);
});

void t.test('a long list of test accounts is folded, and says how many more there are', async (t) => {
  const { page, realm, authorizeUrl } = await visit(t, first!);
  const { id, ...ada } = realm.user(demo.username)!;
  for (let i = 1; i <= 6; i += 1) realm.users.set(`${id}${i}`, { ...ada, id: `${id}${i}`, username: `<b>${i}` });
  await page.goto(authorizeUrl());
  const third = page.getByRole('button', { name: 'Use <b>3' });
  t.notOk(await third.isVisible());
  await page.getByText('Test accounts').click();
  await third.click();
  t.equal(await page.getByLabel('Email or username').inputValue(), '<b>3');
  t.match(await page.locator('.accounts').innerText(), 'and 3 more');
});

void t.test('a page from before a restart starts over when it is sent, and says why', async (t) => {
  for (const provider of providers) {
    const settings = (port: number): ReturnType<typeof configOf> =>
      configOf({ port, redirectUri: client.callback }, programDefaults);
    const before = await openServer(settings(0));
    const context = await browser.newContext();
    const page = await context.newPage();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: demo.id,
      redirect_uri: client.callback,
      state: awkwardState,
    });
    await page.goto(`${before.url}/${provider.name}${provider.endpoints.authorize[0]}?${query.toString()}`);
    await page.getByRole('button', { name: `Use ${demo.username}` }).click();
    await before.close();
    const after = await openServer(settings(Number(new URL(before.url).port)));
    client.seen.length = 0;
    await page.getByRole('button', { name: 'Log in' }).click();
    t.equal(
      await page.getByRole('status').innerText(),
      'This page was from before a restart or a reset of Understudy or a change of the provider, or it was more than an hour old. ' +
        'The request was restarted.',
    );
    await page.getByRole('button', { name: `Use ${demo.username}` }).click();
    await page.getByRole('button', { name: 'Log in' }).click();
    await onConsent(page);
    t.equal(await page.getByRole('status').count(), 0);
    await allow(page);
    t.ok((await backAtClient(page)).code, provider.name);
    await context.close();
    await after.close();
  }
});

void t.test('a slow callback receives one request', async (t) => {
  client.slowMs = 1800;
  t.teardown(() => {
    client.slowMs = 0;
  });
  const { page, authorizeUrl } = await visit(t, first!);
  await page.goto(authorizeUrl());
  await logIn(page);
  await onConsent(page);
  await allow(page);
  await backAtClient(page);
  t.equal(client.seen.length, 1);
});

void t.test('HTML in names is shown as text', async (t) => {
  const { page, realm, complaints, authorizeUrl } = await visit(t, first!);
  const evil = `</style><script>document.title = 'owned'</script><img src=x onerror="document.title = 'owned'">`;
  realm.clients.set(demo.id, { ...realm.clients.get(demo.id)!, name: evil });
  realm.users.set(demo.username, { ...realm.users.get(demo.username)!, name: evil });
  await page.goto(authorizeUrl({ state: evil }));
  t.match(await page.getByRole('main').innerText(), evil);
  await logIn(page, evil, 'guess');
  t.equal(await page.getByLabel('Email or username').inputValue(), evil);
  await logIn(page);
  await onConsent(page);
  t.match(await page.getByRole('heading', { level: 1 }).innerText(), evil);
  await page.goto(authorizeUrl({ client_id: evil }));
  t.match(await page.getByRole('main').innerText(), evil);
  t.equal(await page.title(), `${first!.refusedHeading} · ${first!.title} (Understudy)`);
  t.strictSame(complaints, []);
});

void t.test('the pages work at the Host of the provider', async (t) => {
  const provider = providers.find(({ hosts }) => hosts.includes(ownHost))!;
  const { page, authorizeUrl } = await visit(t, provider);
  const realm = server.realm(provider.name);
  realm.clients.set(demo.id, { ...realm.clients.get(demo.id)!, redirectUris: [client.callback] });
  await page.goto(`http://${ownHost}${provider.endpoints.authorize[0]}${new URL(authorizeUrl()).search}`);
  await logIn(page);
  await onConsent(page);
  t.equal(new URL(page.url()).host, ownHost);
  await allow(page);
  t.ok(realm.codes.has((await backAtClient(page)).code!));
});

void t.test('the polling of a waiting page is not in the journal', async (t) => {
  const { page, authorizeUrl } = await visit(t, first!);
  await page.goto(authorizeUrl());
  await page.waitForResponse((response) => response.url().includes('/__understudy/waiting'));
  t.strictSame(
    server
      .world(`pages-${worlds}`)
      .journal.entries()
      .map(({ endpoint }) => endpoint),
    ['authorize', 'login'],
  );
});
