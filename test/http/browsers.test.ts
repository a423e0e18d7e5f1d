import { request } from 'node:http';
import t from 'tap';
import { providers as served } from '../../src/providers/index.js';
import { demo, startServer } from '../support.js';
import { auto, hiddenFields, location, Visit } from '../providers/visit.js';
import type { IncomingHttpHeaders } from 'node:http';

/** The providers that imitate a server. What `standard` answers is in test/providers/standard.test.ts and in the contract. */
const providers = served.filter(({ hosts }) => hosts.length > 0);

const server = await startServer();
t.teardown(() => server.close());

const person = { username: demo.username, password: demo.password };
const allow = { decision: 'allow', authorize: 'Authorize', commit: 'Authorize' };

/** Opens a page of a browser at the URL that a redirect names. */
async function follow(client: Visit, sent: Response): Promise<{ url: string; page: string; response: Response }> {
  const url = new URL(sent.headers.get('location') ?? '', server.url).href;
  const response = await client.fetch(url);
  return { url, page: await response.clone().text(), response };
}

for (const { name } of providers) {
  const open = (): Visit => new Visit(server, name).policy({ interaction: { mode: 'manual' } });

  void t.test(`${name}: two tabs at the login page both go on`, async (t) => {
    const client = open();
    const [a, b] = [await follow(client, await client.authorize()), await follow(client, await client.authorize())];
    await client.submit(a.url, { ...hiddenFields(a.page), ...person });
    const stale = await client.submit(b.url, { ...hiddenFields(b.page), ...person });
    t.equal(stale.status, 303, 'the form that tab B shows');
    t.match((await follow(client, stale)).page, 'Allow');

    const c = await follow(client, await client.authorize());
    t.match(c.page, 'Allow', 'a third tab');
    const afresh = await client.fetch(b.url);
    t.equal(afresh.status, 303, 'tab B, loaded again');
    t.match((await follow(client, afresh)).page, 'Allow');
    const sent = await client.submit(c.url, { ...hiddenFields(c.page), ...allow });
    t.ok(location(sent).searchParams.get('code'));
  });

  void t.test(`${name}: a login form that is sent twice logs in twice`, async (t) => {
    const client = open();
    const { url, page } = await follow(client, await client.authorize());
    const before = client.cookie;
    await client.submit(url, { ...hiddenFields(page), ...person });
    client.cookie = before; // the browser dropped the first answer, and its cookie
    const second = await client.submit(url, { ...hiddenFields(page), ...person });
    t.equal(second.status, 303);
    const consent = await follow(client, second);
    t.match(consent.page, 'Allow');
    client.cookie = before;
    t.notMatch((await (await client.fetch(consent.url)).text()) || 'a redirect to the login page', 'Allow');
  });

  void t.test(`${name}: consent of another login is asked for again`, async (t) => {
    const client = open();
    const first = await client.consentPage();
    const { url, page } = await follow(client, await client.authorize());
    t.match(page, 'Allow');
    const again = await client.fetch(
      /href="([^"]*switch=1)"/.exec(page)![1]!.replaceAll('&amp;', '&').replace(client.path, ''),
    );
    const form = await again.text();
    t.match(form, 'Password', 'the link to use another account shows the login page');
    const target = /<form[^>]*action="([^"]*)"/.exec(form)![1]!.replaceAll('&amp;', '&');
    await client.submit(server.url + target, {
      ...hiddenFields(form),
      username: 'grace@example.test',
      password: 'understudy',
    });
    const stale = await client.submit(first.url, { ...hiddenFields(first.page), ...allow });
    t.equal(stale.headers.get('location'), null, 'the form was shown to ada');
    t.match(await stale.text(), 'Grace Hopper');
    t.not(url, first.url);
  });

  void t.test(`${name}: Back after the end starts a new authorization, without the code`, async (t) => {
    const client = open().policy({ consentFormTwice: 'same-code', consentFormFields: 'ignored', consent: 'always' });
    const { url, page } = await client.consentPage({ state: 'st' });
    const form = { ...hiddenFields(page), ...allow };
    const sent = location(await client.submit(url, form)).searchParams.get('code')!;
    t.equal(location(await client.submit(url, form)).searchParams.get('code'), sent, 'a double click changes nothing');
    t.equal((await client.exchange(sent)).status, 200);

    const back = await client.fetch(url);
    t.equal(back.status, 303);
    const again = new URL(back.headers.get('location')!, server.url).searchParams;
    t.same([again.get('client_id'), again.get('state'), again.get('code')], [demo.id, 'st', null]);
    const next = await client.fetch(new URL(back.headers.get('location')!, server.url).href);
    t.notMatch(next.headers.get('location'), sent);
    const resent = await client.submit(url, form);
    const other = location(resent).searchParams.get('code')!;
    t.match((await follow(client, next)).page, 'This request was answered before. It was restarted.');
    t.not(other, sent, 'the form once more');
    t.equal((await client.exchange(other)).status, 200);
  });

  void t.test(`${name}: pages of a restarted server start a new authorization`, async (t) => {
    const client = open();
    const login = await follow(client, await client.authorize({ state: 'a b' }));
    const consent = await client.consentPage({ state: 'c' });
    const { pending, sessions } = client.realm;
    for (const { id } of [...pending.values()]) pending.delete(id);
    for (const { id } of [...sessions.values()]) sessions.delete(id);
    for (const [url, body] of [
      [login.url, undefined],
      [consent.url, undefined],
      [login.url, { ...hiddenFields(login.page), ...person }],
      [consent.url, { ...hiddenFields(consent.page), ...allow }],
    ] as const) {
      const answer = await (body === undefined ? client.fetch(url) : client.submit(url, body));
      t.equal(answer.status, 303);
      const { pathname, search } = new URL(url);
      const path = pathname.replace(client.provider.endpoints.login, client.provider.endpoints.authorize[0]);
      t.equal(answer.headers.get('location'), path + search.replace(/authorization=[^&]*&/, ''), 'nothing is added');
      t.equal(answer.headers.get('set-cookie'), null);
      const again = await follow(client, answer);
      const { url: address, page } = await follow(client, again.response);
      t.match(page, 'Password', 'the login page, with a new id');
      t.match(
        page,
        'from before a restart or a reset of Understudy or a change of the provider',
        'which says why it is shown',
      );
      t.match(await (await client.fetch(address)).text(), 'from before a restart', 'also after a reload');
      const next = await follow(client, await client.submit(address, { ...hiddenFields(page), ...person }));
      t.match(next.page, 'Allow');
      t.notMatch(next.page, 'from before a restart', 'it was told');
      client.realm.sessions.delete(/understudy_session\w*=([^;]*)/.exec(client.cookie)![1]!);
      const other = await follow(client, await client.fetch(answer.headers.get('location')!));
      t.notMatch(other.page, 'from before a restart', 'the same request once more');
      client.cookie = '';
    }
    const evil = await client.fetch(`${client.provider.endpoints.login}?authorization=x&at=//evil.example&a=b`);
    t.equal(evil.headers.get('location'), null, 'a page leads to no path but those of the endpoint');
  });

  void t.test(
    `${name}: an outdated page of a client that is gone says so, and so does one without its request`,
    async (t) => {
      const client = open().policy({ loginPage: 'first' });
      const { url } = await follow(client, await client.authorize({ state: 'x' }));
      client.realm.pending.delete(new URL(url).searchParams.get('authorization')!);
      client.realm.clients.delete(demo.id);
      const again = await follow(client, await client.fetch(url));
      t.match(
        (await follow(client, again.response)).page,
        'from before a restart',
        'the login page comes before the checks',
      );

      const unknown = await client.fetch(`${client.provider.endpoints.login}?authorization=gone`, {
        headers: { accept: 'text/html' },
      });
      t.equal(unknown.status, 400);
      t.match(await unknown.text(), 'Go back to the application and connect again.');
    },
  );

  void t.test(`${name}: a login form that was answered over the admin API in the meantime goes back`, async (t) => {
    const client = open();
    const { url, page } = await follow(client, await client.authorize({ state: 'st' }));
    const { id } = [...client.realm.pending.values()][0]!;
    const call = `${server.url}/w/${client.world.id}/__admin/providers/${name}/authorizations/${id}/approve`;
    const answered = await fetch(call, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: demo.username }),
    });
    const { redirectTo } = (await answered.json()) as { redirectTo: string };
    const sent = await client.submit(url, { ...hiddenFields(page), ...person, password: 'wrong' });
    t.equal(sent.headers.get('location'), redirectTo);
  });

  void t.test(`${name}: the script of a page that is no longer known is told so`, async (t) => {
    const client = open();
    await client.authorize();
    const { id } = [...client.realm.pending.values()][0]!;
    const status = (query: string): Promise<Response> => client.fetch(`/__understudy/waiting?${query}`);
    t.same(await (await status(`authorization=${id}&client_id=x`)).json(), { answered: false });
    for (const query of ['authorization=gone&client_id=x', 'authorization=gone']) {
      t.equal((await status(query)).status, 400, query);
    }
  });

  void t.test(`${name}: another browser gets neither page nor code`, async (t) => {
    const client = open();
    const { url, page } = await client.consentPage();
    const own = client.cookie;
    client.cookie = '';
    await client.fetch(url);
    t.not(client.cookie, own);
    const other = await client.submit(url, { ...hiddenFields(page), ...allow });
    t.notMatch(other.headers.get('location'), 'code=');
    client.cookie = own;
    await client.submit(url, { ...hiddenFields(page), ...allow });
    client.cookie = '';
    const late = await client.fetch(url);
    t.same([late.status, client.entry().reason], [403, 'page.other-browser']);
  });
}

t.test('two servers on one host have cookies of different names', async (t) => {
  const second = await startServer();
  t.teardown(() => second.close());
  const names = [];
  for (const each of [server, second]) {
    const client = new Visit(each, 'mailup').policy({ interaction: { mode: 'manual' } });
    await client.authorize();
    names.push(client.cookie.split('=')[0]);
  }
  t.not(names[0], names[1]);
});

t.test('a base URL with a path holds for redirects, forms, scripts and cookies', async (t) => {
  const behind = await startServer(providers, 'silent', 'http://proxy.example.test/mock/');
  t.teardown(() => behind.close());
  for (const provider of providers) {
    const { hosts, endpoints } = provider;
    const query = new URLSearchParams({ client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri });
    const world = behind.worlds.open({ id: `w-${provider.name}` }).id;
    for (const [url, host, base] of [
      [`/${provider.name}`, undefined, `/mock/${provider.name}`],
      [`/mock/${provider.name}`, undefined, `/mock/${provider.name}`],
      [`/w/${world}/${provider.name}`, undefined, `/mock/w/${world}/${provider.name}`],
      [`/mock/w/${world}/${provider.name}`, undefined, `/mock/w/${world}/${provider.name}`],
      ['/mock', hosts[0], '/mock'],
      ['', hosts[0], ''],
    ] as const) {
      const visit = (path: string, more: Record<string, string> = {}): Promise<Raw> =>
        get(behind.url + path, host, more);
      const sent = await visit(`${url}${endpoints.authorize[0]}?${query.toString()}`);
      const login = sent.headers.location ?? '';
      t.ok(login.startsWith(`${base}${endpoints.login}?authorization=`), `${url}: ${login}`);
      t.match(String(sent.headers['set-cookie']), `Path=${base === '' ? '/' : base};`);
      const page = await visit(login);
      t.equal(page.status, 200, 'a proxy may leave the path in the URL');
      t.ok(page.text.includes(`action="${base}${endpoints.login}?`), 'the form');
      const script = /<script src="([^"]*)"/.exec(page.text)![1]!;
      t.equal(script, `${base}/__understudy/wait.js`);
      t.equal((await visit(script)).status, 200, 'the script');
    }
  }
  const client = new Visit(behind, 'dottedsign').policy({ interaction: auto() });
  t.ok(await client.code());
});

t.test('a base URL whose path is the name of a provider, with and without the path in the URL', async (t) => {
  const behind = await startServer(providers, 'silent', 'http://proxy.example.test/mailup');
  t.teardown(() => behind.close());
  const path = '/mailup/Authorization/OAuth/Token';
  for (const url of [path, `/mailup${path}`, `/w/default${path}`, `/mailup/w/default${path}`]) {
    const answer = await get(behind.url + url, undefined, {});
    t.equal(answer.status, 400, url);
    t.match(answer.text, 'error', 'the token endpoint answers');
  }
  t.equal((await get(`${behind.url}/mailup/__admin/health`, undefined, {})).status, 200);
});

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request with a Host of its own, which `fetch` does not send. */
function get(url: string, host: string | undefined, headers: Record<string, string>): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { ...headers, ...(host === undefined ? {} : { host }) } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    })
      .on('error', reject)
      .end();
  });
}
