import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { demo, startServer } from '../support.js';
import { Visit, hiddenFields, location, tokens } from '../providers/visit.js';
import { Browser } from './browserless.js';
import type { Page } from './browserless.js';

const server = await startServer();
t.teardown(() => server.close());

const person = { username: demo.username, password: demo.password };

/** The fields that the button "Allow" of a consent page sends. */
const allow: Readonly<Record<string, Record<string, string>>> = {
  mailup: { decision: 'allow' },
  tinyemail: { user_oauth_approval: 'true', authorize: 'Authorize' },
  dottedsign: { commit: 'Authorize' },
  standard: { decision: 'allow' },
};

/** Logs in and allows, where a page asks for it, until the browser is back at the client. Returns the code. */
async function finish(browser: Browser, start: Page): Promise<string | null> {
  let page = start;
  for (let steps = 0; steps < 4 && page.status !== 0; steps += 1) {
    page = page.text.includes('>Log in</button>')
      ? await browser.press(page, 'Log in', person)
      : await browser.press(page, 'Allow');
  }
  return page.url.searchParams.get('code');
}

for (const { name } of providers) {
  t.test(`${name}: of two tabs at the login page, both end at the client`, async (t) => {
    for (const reload of [true, false]) {
      const visit = new Visit(server, name).policy({ interaction: { mode: 'manual' } });
      const browser = new Browser();
      const open = (state: string): Promise<Page> => browser.open(visit.base + visit.authorizeUrl({ state }));
      const first = await open('first-tab-0123456789');
      const second = await open('second-tab-0123456789');
      const one = await finish(browser, first);
      const two = await finish(browser, reload ? await browser.open(second.url) : second);
      t.type(one, 'string');
      t.type(two, 'string', reload ? 'after a reload' : 'with the page as it was');
      t.not(one, two);
    }
  });

  t.test(`${name}: a login form that is sent twice logs in, even if the first answer was lost`, async (t) => {
    const visit = new Visit(server, name);
    const { url, page } = await visit.begin({ state: 'd'.repeat(24) });
    const cookie = visit.cookie;
    const form = { ...hiddenFields(page), ...person };
    await visit.submit(url, form);
    visit.cookie = cookie;
    const second = await visit.submit(url, form);
    t.ok([302, 303].includes(second.status), `the second submit logs in (${second.status})`);
    visit.cookie = cookie;
    const again = await visit.fetch(url);
    const last =
      again.status === 200 ? await visit.submit(url, { ...hiddenFields(await again.text()), ...person }) : again;
    t.ok([302, 303].includes(last.status), `so does a page loaded afresh (${last.status})`);
  });

  t.test(`${name}: Allow, Back, Deny ends with a denial, and not with the code again`, async (t) => {
    const visit = new Visit(server, name).policy({ interaction: { mode: 'manual' } });
    const browser = new Browser();
    let page = await browser.open(visit.base + visit.authorizeUrl({ state: 'c'.repeat(24) }));
    page = await browser.press(page, 'Log in', person);
    t.type((await browser.press(page, 'Allow')).url.searchParams.get('code'), 'string');
    const { searchParams } = (await browser.press(page, 'Deny')).url;
    t.equal(searchParams.get('error'), 'access_denied');
    t.equal(searchParams.get('code'), null);
  });

  t.test(`${name}: Back to the consent page never sends a spent code`, async (t) => {
    const visit = new Visit(server, name);
    const { url, page } = await visit.consentPage({ state: 'b'.repeat(24) });
    const back = location(await visit.submit(url, { ...hiddenFields(page), ...allow[name] }));
    const spent = back.searchParams.get('code') ?? '';
    const { access } = await tokens(await visit.exchange(spent));

    const again = await visit.fetch(url);
    const sent = new URL(again.headers.get('location') ?? '', url).searchParams.get('code');
    t.not(sent, spent);
    if (sent !== null) await visit.exchange(sent);

    const [call] = visit.provider.resources.filter(({ method }) => method === 'GET');
    t.equal((await visit.api(call?.path.replace(/\{\w+\}/g, '1') ?? '', access)).status, 200, 'the token lives on');
    const findings = await fetch(`${server.url}/w/${visit.world.id}/__admin/findings`);
    const { findings: found } = (await findings.json()) as { findings: readonly { rule: string }[] };
    t.notOk(found.some(({ rule }) => rule === 'code-replayed'));
  });
}

t.test(
  'dottedsign: a client that accepts JSON alone logs in, and gets no consent page [dottedsign.authorize.accept]',
  async (t) => {
    const visit = new Visit(server, 'dottedsign').policy({ interaction: { mode: 'manual' } });
    const { url, page } = await visit.begin({ state: 'e'.repeat(24) });
    const headers = { accept: 'application/json' };
    const login = await visit.fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...hiddenFields(page), ...person }).toString(),
    });
    t.equal(login.status, 303);
    for (const [accept, status] of [
      ['application/json', 500],
      ['text/plain', 500],
      ['text/html', 200],
    ] as const) {
      t.equal(
        (await visit.fetch(server.url + String(login.headers.get('location')), { headers: { accept } })).status,
        status,
        accept,
      );
    }
  },
);
