// What the authorization endpoints take and do beyond RFC 6749, as Doorkeeper and legacy Spring do.
import t from 'tap';
import { sendRaw } from '../raw.js';
import { demo, startServer } from '../support.js';
import { Visit, hiddenFields, location } from './visit.js';
import type { RealmSetup } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const dottedsign = (setup?: RealmSetup): Visit => new Visit(server, 'dottedsign', setup);

t.test('DottedSign compares redirect_uri as Doorkeeper does', async (t) => {
  const redirectUris = [demo.redirectUri, 'http://127.0.0.1/cb', 'http://127.0.0.1'];
  const visit = dottedsign({ clients: [{ id: 'c', secret: 'x', redirectUris }] });
  const code = (redirect_uri: string): Promise<string> => visit.code({ client_id: 'c', redirect_uri });
  const exchange = async (spent: string, redirect_uri: string): Promise<number> =>
    (await visit.exchange(spent, { redirect_uri, client_id: 'c', client_secret: 'x' })).status;

  t.ok(await code(`${demo.redirectUri}?x=1`), 'a query where none is registered');
  t.ok(await code('http://127.0.0.1:51004/'), 'an empty path is the path /');
  t.equal(await exchange(await code(demo.redirectUri), `${demo.redirectUri}?code=x&state=y`), 200);
  t.equal(await exchange(await code('http://127.0.0.1:51004/cb'), 'http://127.0.0.1:9/cb'), 200, 'any loopback port');
});

t.test("tinyEmail compares redirect_uri as Spring's default resolver does", async (t) => {
  for (const [registered, sent] of [
    ['https://app.example:443/cb', 'https://app.example/cb'],
    ['https://App.Example/cb', 'https://app.example/cb'],
    ['https://app.example/cb?a=1&a=2', 'https://app.example/cb?a=2&a=1'],
  ] as const) {
    const visit = new Visit(server, 'tinyemail', { clients: [{ id: 'c', secret: 'x', redirectUris: [registered] }] });
    const answer = await visit.authorize({ client_id: 'c', redirect_uri: sent });
    t.equal(answer.headers.get('location'), null, `${registered} was registered, and ${sent} was sent`);
  }
});

t.test('DottedSign knows response_mode', async (t) => {
  const visit = dottedsign();
  const by = (response_mode: string): Promise<Response> => visit.authorize({ response_mode, state: 's1' });
  t.match((await by('fragment')).headers.get('location'), /#code=/);
  const post = await by('form_post');
  t.equal(post.status, 200);
  t.match(await post.text(), /<form/);
  t.equal((await by('bogus')).headers.get('location'), null);
});

t.test('DottedSign asks the user of a public client each time', async (t) => {
  const visit = dottedsign({ clients: [{ id: 'public', redirectUris: [demo.redirectUri] }] });
  const { url, page } = await visit.consentPage({ client_id: 'public' });
  const back = location(await visit.submit(url, { ...hiddenFields(page), commit: 'Authorize' }));
  const code = back.searchParams.get('code') ?? '';
  t.equal((await visit.exchange(code, { client_id: 'public', client_secret: undefined })).status, 200);
  const again = await visit.authorize({ client_id: 'public' });
  t.notMatch(again.headers.get('location'), /[?&]code=/);
});

t.test('DottedSign shows the code of urn:ietf:wg:oauth:2.0:oob on a page of its own', async (t) => {
  const redirect_uri = 'urn:ietf:wg:oauth:2.0:oob';
  const visit = dottedsign({ clients: [{ id: 'oob', secret: 'x', redirectUris: [redirect_uri] }] });
  const sent = (await visit.authorize({ client_id: 'oob', redirect_uri })).headers.get('location') ?? '';
  t.match(sent, /\/oauth\/authorize\/native\?code=/);
  const shown = await fetch(new URL(sent, server.url));
  t.equal(shown.status, 200);
  t.match(await shown.text(), new RegExp(new URL(sent, server.url).searchParams.get('code') ?? 'no code'));
});

t.test('DottedSign keeps a query of redirect_uri that cannot be decoded', async (t) => {
  const sent = (await dottedsign().authorize({ redirect_uri: `${demo.redirectUri}?x=%zz+1&y=%41` })).headers;
  t.match(sent.get('location'), `${demo.redirectUri}?x=%25zz+1&y=A&code=`);
});

t.test('the page of urn:ietf:wg:oauth:2.0:oob shows no code where the URL has two', async (t) => {
  const visit = dottedsign();
  const shown = async (query: string): Promise<string | undefined> =>
    /id="authorization_code"[^>]*>([^<]*)</.exec(
      await (await visit.fetch(`/oauth/authorize/native${query}`)).text(),
    )?.[1];
  t.equal(await shown('?code=a'), 'a');
  t.equal(await shown('?code=a&code=b'), '');
  t.equal(await shown(''), '');
});

t.test('a very long authorization request is not repeated in the URL of the login page', async (t) => {
  const visit = new Visit(server, 'mailup').policy({ interaction: { mode: 'manual' } });
  const login = async (length: number): Promise<string> =>
    (await visit.authorize({ state: 's'.repeat(length) })).headers.get('location') ?? '';
  t.match(await login(5000), /\?authorization=[^&]+&.*state=sss/);
  t.match(await login(7000), /\?authorization=[^&]+$/);
});

t.test('the cookie of a request without a port in its Host has none in its name', async (t) => {
  const visit = new Visit(server, 'mailup').policy({ interaction: { mode: 'manual' } });
  const line = `GET ${visit.path}${visit.authorizeUrl()}`;
  for (const head of [`${line} HTTP/1.0\r\n\r\n`, `${line} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`]) {
    t.match(await sendRaw(server.url, head), /\r\nset-cookie: understudy_session=/i);
  }
});
