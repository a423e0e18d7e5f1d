import t from 'tap';
import { demo, startServer } from '../support.js';
import { auto, hiddenFields, location, tokens, Visit } from './visit.js';
import type { Parameters } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());

/** The URL to which an authorization leads, with the code replaced. */
async function target(client: Visit, parameters: Parameters): Promise<string | null> {
  const sent = (await client.authorize(parameters)).headers.get('location');
  return sent === null ? null : sent.replaceAll(/([?&#]code=)[^&]+/g, '$1CODE');
}

t.test(
  'DottedSign writes the redirect URI anew, as Ruby does [dottedsign.authorize.redirect-rebuilt] [dottedsign.authorize.encoding]',
  async (t) => {
    const redirectUris = [
      'https://c.example.test/cb',
      'https://c.example.test/q?b=2&a=x%20y&empty=&flag&b=3',
      'http://127.0.0.1:3000/x',
      'app.example:/cb',
      'https://c.example.test',
    ];
    const client = new Visit(server, 'dottedsign', { clients: [{ id: 'c', secret: 's', redirectUris }] });
    for (const [redirect_uri, expected] of [
      ['HTTPS://c.example.test:443/cb', 'https://c.example.test/cb?code=CODE&state=s'],
      ['https://C.example.test/cb?', 'https://C.example.test/cb?code=CODE&state=s'],
      ['https://c.example.test/cb?x=a b&y=%3C', 'https://c.example.test/cb?x=a+b&y=%3C&code=CODE&state=s'],
      [
        'https://c.example.test/cb?code=old&state=old',
        'https://c.example.test/cb?code=CODE&state=old&code=CODE&state=s',
      ],
      [
        'https://c.example.test/q?b=2&a=x%20y&empty=&flag&b=3',
        'https://c.example.test/q?b=2&b=3&a=x+y&code=CODE&state=s',
      ],
      ['https://c.example.test/cb?a=1;b=2', 'https://c.example.test/cb?a=1&b=2&code=CODE&state=s'],
      ['http://127.0.0.1:4999/x', 'http://127.0.0.1:4999/x?code=CODE&state=s'],
      ['http://127.0.0.1:80/x', 'http://127.0.0.1/x?code=CODE&state=s'],
      ['app.example:///cb', 'app.example:/cb?code=CODE&state=s'],
      ['https://c.example.test', 'https://c.example.test?code=CODE&state=s'],
    ] as const) {
      const sent = await target(client, { client_id: 'c', redirect_uri, state: 's' });
      t.equal(sent, expected, redirect_uri);
    }
    t.equal(await target(client, { state: ' \t' }), `${demo.redirectUri}?code=CODE`, 'a blank state is left out');
    t.equal(await target(client, { state: 'a b+c' }), `${demo.redirectUri}?code=CODE&state=a+b%2Bc`);

    client.policy({ redirectUriRebuilt: false, redirectEncoding: 'percent', blankParameters: 'kept' });
    t.equal(
      await target(client, { client_id: 'c', redirect_uri: 'HTTPS://c.example.test:443/cb', state: ' ' }),
      'HTTPS://c.example.test:443/cb?code=CODE&state=%20',
      'by policy, as it was sent',
    );
    t.equal(
      await target(client, { client_id: 'c', redirect_uri: 'https://c.example.test/cb', response_mode: 'fragment' }),
      'https://c.example.test/cb#code=CODE',
    );
  },
);

t.test('DottedSign compares redirect_uri alike at the token endpoint [dottedsign.token.redirect-match]', async (t) => {
  const redirectUris = ['http://127.0.0.1/cb', 'https://c.example.test/cb', 'https://c.example.test/q?a=1&b=2'];
  const client = new Visit(server, 'dottedsign', { clients: [{ id: 'c', secret: 's', redirectUris }] });
  const exchanged = async (asked: string, shown: string): Promise<number> => {
    const code = await client.code({ client_id: 'c', redirect_uri: asked });
    const c = { client_id: 'c', client_secret: 's' };
    return (await client.exchange(code, { ...c, redirect_uri: shown })).status;
  };
  for (const [asked, shown] of [
    ['http://127.0.0.1:5000/cb', 'http://127.0.0.1:9/cb'],
    ['https://c.example.test/cb', 'https://c.example.test/cb?code=x&state=y'],
    ['https://c.example.test/cb', 'https://C.example.test:443/cb?'],
    ['https://c.example.test/q?a=1&b=2', 'https://c.example.test/q?b=2&a=1'],
  ] as const) {
    t.equal(await exchanged(asked, shown), 200, shown);
  }
  for (const [asked, shown] of [
    ['https://c.example.test/cb?x=1', 'https://c.example.test/cb'],
    ['https://c.example.test/cb', 'https://c.example.test/cb/'],
    ['https://c.example.test/cb', 'https://c.example.test/cb#'],
    ['http://127.0.0.1:5000/cb', 'http://localhost:5000/cb'],
  ] as const) {
    t.equal(await exchanged(asked, shown), 400, shown);
    t.equal(client.entry().reason, 'code.redirect-uri-differs');
  }
  client.policy({ redirectUriAtTokenMatching: 'exact' });
  t.equal(await exchanged('http://127.0.0.1:5000/cb', 'http://127.0.0.1:9/cb'), 400, 'RFC 6749 §4.1.3');
});

t.test(
  'tinyEmail compares redirect URIs part by part, as they are written [tinyemail.authorize.redirect-match]',
  async (t) => {
    const redirectUris = [
      'https://App.example.test/cb',
      'https://c.example.test:443/cb',
      'https://c.example.test/q?a=1&a=2&b',
      'https://me@c.example.test/u',
      'urn:example:callback',
    ];
    const client = new Visit(server, 'tinyemail', { clients: [{ id: 'c', secret: 's', redirectUris }] });
    const works = async (redirect_uri: string): Promise<boolean> =>
      (await client.authorize({ client_id: 'c', redirect_uri })).status === 303;
    for (const uri of [
      'https://App.example.test/cb?more=1',
      'https://c.example.test:443/cb',
      'https://c.example.test/q?b&a=1&c=3&a=2',
      'https://me@c.example.test/u',
      'urn:example:callback',
    ]) {
      t.equal(await works(uri), true, uri);
    }
    for (const uri of [
      'https://app.example.test/cb',
      'HTTPS://App.example.test/cb',
      'https://App.example.test:443/cb',
      'https://App.example.test/cb/',
      'https://App.example.test/../cb',
      'https://App.example.test/x/../cb',
      'https://App.example.test/./cb',
      'https://App.example.test/CB',
      'https://App.example.test/x/%2e%2e/cb',
      'https://x.App.example.test/cb',
      'https://c.example.test/cb',
      'https://c.example.test/q?a=2&a=1&b',
      'https://c.example.test/q?a=1&b',
      'https://c.example.test/q?a=1&a=2&b=',
      'https://c.example.test/u',
      'https://you@c.example.test/u',
      'https://App.example.test@evil.example/cb',
      'https://evil.example\\@App.example.test/cb',
      'https://App.example.test\\@evil.example/cb',
      'https://App.example.test%00.evil.example/cb',
      '//App.example.test/cb',
      'https://App.example.test/cb#',
      'urn:example:other',
    ]) {
      t.equal(await works(uri), false, uri);
      t.match(client.entry().reason, /^authorize\.redirect-uri-/);
    }
  },
);

t.test('tinyEmail escapes what a query cannot contain, and the plus sign [tinyemail.authorize.encoding]', async (t) => {
  const client = new Visit(server, 'tinyemail');
  t.equal(
    await target(client, { state: `a+b c/d?e:f@g,h;i&j=k#l%é"'!` }),
    `${demo.redirectUri}?code=CODE&state=a%2Bb%20c/d?e:f@g,h;i%26j%3Dk%23l%25%C3%A9%22'!`,
  );
  client.policy({ redirectEncoding: 'bare-plus' });
  t.equal(await target(client, { state: 'a+b c' }), `${demo.redirectUri}?code=CODE&state=a+b%20c`);
  client.policy({ redirectEncoding: 'percent' });
  t.equal(await target(client, { state: 'a+b c' }), `${demo.redirectUri}?code=CODE&state=a%2Bb%20c`);
});

t.test('response_mode [dottedsign.authorize.response-mode]', async (t) => {
  const client = new Visit(server, 'dottedsign');
  t.equal(await target(client, { response_mode: 'query', state: 's' }), `${demo.redirectUri}?code=CODE&state=s`);
  t.equal(await target(client, { response_mode: 'fragment', state: 'a b' }), `${demo.redirectUri}#code=CODE&state=a+b`);
  t.equal(await target(client, { response_mode: '', state: 's' }), `${demo.redirectUri}?code=CODE&state=s`);

  const posted = await client.authorize({ response_mode: 'form_post', state: `"><s` });
  t.same([posted.status, posted.headers.get('location')], [200, null]);
  const page = await posted.text();
  t.match(page, /<title>OAuth authorization required<\/title>/);
  t.ok(page.includes(`action="${demo.redirectUri}"`));
  const { code, state } = hiddenFields(page);
  t.equal(state, '&quot;&gt;&lt;s', 'everything is escaped');
  t.equal((await client.exchange(code!)).status, 200, 'the code is in the form');
  t.match(posted.headers.get('content-security-policy'), /script-src 'sha256-[^;]*; connect-src/);

  const unknown = await client.authorize({ response_mode: 'magic' });
  t.same([unknown.status, unknown.headers.get('location')], [200, null]);
  t.match(await unknown.text(), 'The authorization server does not support this response mode.');
  t.equal(client.entry().explanation, 'response_mode was "magic"; it can be "query", "fragment", "form_post"');

  client.policy({ interaction: auto('deny') });
  t.match(await target(client, { response_mode: 'fragment' }), /callback#error=access_denied&/);
  t.match(await (await client.authorize({ response_mode: 'form_post' })).text(), 'name="error" value="access_denied"');
  client.policy({ interaction: auto(), responseModes: [] });
  t.equal(await target(client, { response_mode: 'magic' }), `${demo.redirectUri}?code=CODE`, 'RFC 6749 §3.1: ignored');
  const tiny = new Visit(server, 'tinyemail');
  t.equal(await target(tiny, { response_mode: 'fragment' }), `${demo.redirectUri}?code=CODE`);
});

t.test('out of band: the code on a page [dottedsign.authorize.out-of-band]', async (t) => {
  const oob = 'urn:ietf:wg:oauth:2.0:oob';
  const setup = { clients: [{ id: 'oob', secret: 's', redirectUris: [oob, `${oob}:auto`] }] };
  const client = new Visit(server, 'dottedsign', setup);
  for (const redirect_uri of [oob, `${oob}:auto`]) {
    const path = '/oauth/authorize';
    const sent = await client.fetch(client.authorizeUrl({ client_id: 'oob', redirect_uri, state: 's' }, path));
    const [where, code] = (sent.headers.get('location') ?? '').split('?code=');
    t.same([sent.status, where], [302, `${client.path}/oauth/authorize/native`]);
    const page = await (await client.fetch(server.url + sent.headers.get('location')!)).text();
    t.equal(/id="authorization_code"[^>]*>([^<]*)</.exec(page)?.[1], code);
    const exchange = await client.exchange(code!, { client_id: 'oob', client_secret: 's', redirect_uri });
    t.ok((await tokens(exchange)).access, 'it is a code');
  }
  const hostile = await client.fetch(`/v1/oauth/authorize/native?code=${encodeURIComponent('<script>1</script>')}`);
  t.match(await hostile.text(), '&lt;script&gt;1&lt;/script&gt;');

  client.policy({ interaction: auto('deny') });
  const denied = await client.authorize({ client_id: 'oob', redirect_uri: oob, state: 's' });
  t.equal(denied.status, 400);
  t.match(await denied.json(), { error: 'access_denied', state: 's' });

  client.policy({ interaction: { mode: 'manual' } });
  const first = await client.fetch('/v1/oauth/authorize/native?code=abc');
  t.match(first.headers.get('location'), /\/login\?authorization=&at=%2Fv1%2Foauth%2Fauthorize%2Fnative&code=abc$/);
  const login = server.url + first.headers.get('location')!;
  const fields = hiddenFields(await (await client.fetch(login)).text());
  const back = await client.submit(login, { ...fields, username: demo.username, password: demo.password });
  t.equal(back.headers.get('location'), `${client.path}/v1/oauth/authorize/native?code=abc`);

  client.policy({ interaction: auto(), outOfBandCode: false });
  t.equal((await client.fetch('/v1/oauth/authorize/native?code=abc')).status, 404);
  t.match(await target(client, { client_id: 'oob', redirect_uri: oob }), /^urn:/);
});

t.test(
  'consent is skipped until the tokens are revoked, for confidential clients [dottedsign.authorize.consent-skipped]',
  async (t) => {
    const client = new Visit(server, 'dottedsign', {
      clients: [{ id: 'public', redirectUris: [demo.redirectUri], confidential: false }],
    });
    const consented = async (parameters: Parameters = {}): Promise<{ access: string }> => {
      client.cookie = '';
      const { url, page } = await client.consentPage(parameters);
      const sent = await client.submit(url, { ...hiddenFields(page), commit: 'Authorize' });
      const code = location(sent).searchParams.get('code')!;
      const own = parameters.client_id === undefined ? {} : { client_id: 'public', client_secret: undefined };
      return tokens(await client.exchange(code, own));
    };
    const isSkipped = async (parameters: Parameters = {}): Promise<boolean> =>
      ((await client.authorize(parameters)).headers.get('location') ?? '').includes('callback?code=');
    const revoke = (token: string): Promise<Response> =>
      client.submit(`${client.base}/v1/oauth/revoke`, { token, client_id: demo.id, client_secret: demo.secret });

    const { access } = await consented();
    t.equal(await isSkipped(), true);
    const second = await tokens(await client.exchange(location(await client.authorize()).searchParams.get('code')!));
    await revoke(second.access);
    t.equal(await isSkipped(), true, 'the older token is not revoked');
    await revoke(access);
    t.equal(await isSkipped(), false);

    await consented({ client_id: 'public' });
    t.equal(await isSkipped({ client_id: 'public' }), false, 'a public client is asked each time');

    client.policy({ accessTokenSeconds: 60 });
    await consented({ scope: 'third_party' });
    client.advance(61);
    t.equal(await isSkipped({ scope: 'third_party' }), true, 'an expired token counts');
    client.policy({ consent: 'skipped-while-a-token-lives' });
    t.equal(await isSkipped({ scope: 'third_party' }), false, 'by policy, only a live one');
    await consented({ scope: 'third_party' });
    t.equal(await isSkipped({ scope: 'third_party' }), true, 'a live one');
  },
);

t.test('a form without its anti-forgery value, and a POST without a form [dottedsign.authorize.forged]', async (t) => {
  const client = new Visit(server, 'dottedsign');
  const { url, page } = await client.consentPage();
  const forged = await client.submit(url, { ...hiddenFields(page), authenticity_token: '', commit: 'Authorize' });
  t.same([forged.status, await forged.text()], [422, '']);
  const posted = await client.submit(`${client.base}/v1/oauth/authorize`, {
    client_id: demo.id,
    response_type: 'code',
  });
  t.same([posted.status, await posted.text(), client.entry().reason], [422, '', 'page.forged']);

  client.policy({ authorizePost: 'a-request', interaction: auto() });
  const asked = { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri };
  t.equal((await client.submit(`${client.base}/v1/oauth/authorize`, asked)).status, 302, 'RFC 6749 §3.1');
});

t.test('a page for an Accept header without HTML is a failure of Rails [dottedsign.authorize.accept]', async (t) => {
  const client = new Visit(server, 'dottedsign');
  await client.consentPage();
  const answer = async (accept: string, parameters: Parameters = {}): Promise<[number, string | null, string]> => {
    const response = await client.fetch(client.authorizeUrl({ scope: 'third_party', ...parameters }), {
      headers: { accept },
    });
    return [response.status, response.headers.get('content-type'), await response.text()];
  };
  const failure = [500, 'application/json; charset=UTF-8', '{"status":500,"error":"Internal Server Error"}'];
  t.same(await answer('application/json'), failure, 'the consent page');
  t.same(await answer('application/json', { client_id: 'nobody' }), failure, 'an error page');
  t.match(client.entry().explanation, 'nobody', 'the journal has the reason');
  t.same((await answer('text/plain'))[0], 500);
  for (const accept of [
    '*/*',
    'text/html',
    'application/json, text/plain, */*',
    'application/json, text/html',
    'x/y',
  ]) {
    t.equal((await answer(accept, { client_id: 'nobody' }))[0], 200, accept);
  }
});

t.test('MailUp: expires_in in the redirect, by policy [mailup.authorize.expires-in]', async (t) => {
  const client = new Visit(server, 'mailup');
  t.equal(await target(client, {}), `${demo.redirectUri}?code=CODE&token_type=bearer`);
  client.policy({ expiresInRedirect: true });
  t.equal(await target(client, {}), `${demo.redirectUri}?code=CODE&token_type=bearer&expires_in=3600`);
  client.policy({ accessTokenSeconds: Infinity });
  t.equal(
    await target(client, {}),
    `${demo.redirectUri}?code=CODE&token_type=bearer`,
    'a lifetime without end has none',
  );
});
