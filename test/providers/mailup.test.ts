import t from 'tap';
import { ReportText } from '../../src/findings/report-text.js';
import { demo, startServer } from '../support.js';
import { Visit, auto, basic, credentials, hiddenFields, location, other, pick, tokens, withHost } from './visit.js';
import type { RealmSetup } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const visit = (setup?: RealmSetup): Visit => new Visit(server, 'mailup', setup);

const logOn = '/Authorization/OAuth/LogOn';
const token = '/Authorization/OAuth/Token';
const base = '/API/v1.1/Rest';
const info = '/ConsoleService.svc/Console/Authentication/Info';
const alone = { grant_type: 'authorization_code' };
const person = { grant_type: 'password', username: demo.username, password: demo.password };
const expired =
  '{"ErrorCode":"401","ErrorDescription":"Authorization error: Access token is expired","ErrorName":"Unauthorized","ErrorStack":null}';

t.test(
  "addressing: the provider's own Host with bare paths, and paths whose letter case does not matter [mailup.host] [mailup.path.letter-case]",
  async (t) => {
    const bare = await withHost(server, 'services.mailup.com', `${token}?grant_type=authorization_code&code=none`);
    t.match(bare, {
      status: 400,
      body: '{"error":"invalid_grant","error_description":"The authorization code is unknown."}',
    });
    t.equal((await withHost(server, 'SERVICES.mailup.com:443', '/authorization/oauth/TOKEN')).status, 400);
    t.equal(
      (await withHost(server, 'services.mailup.com', '/__admin/health')).status,
      200,
      'the admin API keeps its path',
    );

    const client = visit();
    const { access } = await client.pair();
    const lower = await client.fetch(`${base}${info}`.toLowerCase(), {
      headers: { authorization: `Bearer ${access}` },
    });
    t.equal(lower.status, 200);
    t.equal((await client.fetch(client.authorizeUrl({}, '/authorization/oauth/logon'))).status, 302);

    client.policy({ pathLetterCase: 'exact' });
    t.equal((await client.fetch(client.authorizeUrl({}, '/authorization/oauth/logon'))).status, 404);
    t.equal((await client.fetch(client.authorizeUrl())).status, 302);
  },
);

t.test(
  'there are three grants, no other endpoint, no scope and no PKCE [mailup.grants] [mailup.endpoints.absent] [mailup.scope] [mailup.pkce]',
  async (t) => {
    const client = visit();
    t.equal(
      await (await client.token({ ...credentials, grant_type: 'client_credentials' })).text(),
      '{"error":"unsupported_grant_type","error_description":"The grant type is not supported."}',
    );
    for (const path of [
      '/Authorization/OAuth/Revoke',
      '/Authorization/OAuth/Introspect',
      '/.well-known/oauth-authorization-server',
    ]) {
      t.equal((await client.fetch(path)).status, 404, path);
    }

    const code = await client.code({ scope: 'anything "at all"', code_challenge: 'x', code_challenge_method: 'y' });
    const { refresh } = await tokens(await client.exchange(code, { code_verifier: 'z' }));
    t.equal((await client.refresh(refresh, { scope: 'more' })).status, 200);

    client.policy({ pkce: 'required' });
    t.equal(location(await client.authorize()).searchParams.get('error'), 'invalid_request');
  },
);

t.test('ids and secrets may be UUIDs [mailup.client.uuid]', async (t) => {
  const [id, secret] = ['5a6c4f1e-6d4c-4a3f-9d1b-0f6a4a1f2c33', '0d4a8a3e-55f8-4b5c-8f42-b1c0f1d7a911'];
  const client = visit({ clients: [{ id, secret, redirectUris: [demo.redirectUri] }] });
  const code = await client.code({ client_id: id, client_secret: secret });
  t.equal((await client.exchange(code, { client_id: id, client_secret: secret })).status, 200);
});

t.test(
  'LogOn: login page, confirmation page, 302 with code and token_type [mailup.authorize.flow] [mailup.authorize.token-type] [mailup.authorize.state] [mailup.authorize.pages] [mailup.authorize.undecided]',
  async (t) => {
    const client = visit();
    const { url, page } = await client.consentPage({ state: 'kept-to-itself' });
    t.ok(page.includes('Demo'), 'the page names the application');
    for (const undecided of [{}, { decision: 'maybe' }]) {
      const again = await client.submit(url, { ...hiddenFields(page), ...undecided });
      t.same(
        [again.status, (await again.text()).includes('Allow')],
        [200, true],
        'without a decision, the page is shown again',
      );
    }
    const sent = await client.submit(url, { ...hiddenFields(page), decision: 'allow' });
    t.equal(sent.status, 302);
    t.match(
      sent.headers.get('location'),
      /^http:\/\/localhost:3000\/callback\?code=[0-9A-Za-z]{32}&token_type=bearer$/,
    );
    t.equal((await client.exchange(location(sent).searchParams.get('code')!)).status, 200);

    t.test('the login page has the assumed fields, and a wrong password shows it again', async (t) => {
      const again = visit();
      const { url, page } = await again.begin();
      t.match(page, /name="username"[\s\S]*name="password"/);
      await again.submit(url, { ...hiddenFields(page), username: 'xxx', password: 'wrong' });
      const unknown = again.entry();
      const refused = await again.submit(url, { ...hiddenFields(page), username: demo.username, password: 'wrong' });
      t.equal(again.entry().userId, demo.username);
      t.strictSame(
        new ReportText(again.world).userIds([unknown.id]),
        [],
        'an unknown user is not the one who came later',
      );
      t.equal(refused.status, 401);
      t.ok((await refused.text()).includes('That username and password do not match.'));
      t.equal(again.entry().explanation, 'the password of "ada@example.test" is wrong');
    });

    t.test('by policy state is echoed and token_type is not', async (t) => {
      const other = visit().policy({ echoState: true, tokenTypeInRedirect: false, redirectStatus: 303 });
      const redirect = await other.authorize({ state: 'a b+c' });
      t.equal(redirect.status, 303);
      t.match(redirect.headers.get('location'), /callback\?code=\w{32}&state=a%20b%2Bc$/);
    });
  },
);

t.test(
  'the second path begins the same flow; with a username it answers the code in the body [mailup.authorize.second-path] [mailup.authorize.direct-code] [mailup.authorize.direct-code-refused]',
  async (t) => {
    const client = visit();
    const path = '/Authorization/OAuth/Authorization';
    t.ok(location(await client.fetch(client.authorizeUrl({}, path))).searchParams.get('code'));

    const direct = (parameters: Record<string, string | undefined>): Promise<Response> =>
      client.fetch(
        client.authorizeUrl(
          { ...credentials, redirect_uri: undefined, username: demo.username, password: demo.password, ...parameters },
          path,
        ),
      );
    const answered = await direct({});
    t.equal(answered.status, 200);
    t.equal(answered.headers.get('content-type'), 'application/json; charset=utf-8', 'as it sends all else');
    const body = await answered.text();
    t.match(body, /^\{"code":"[0-9A-Za-z]{32}"\}$/);
    const { code } = JSON.parse(body) as { code: string };
    t.equal((await client.token({ ...alone, code }, { place: 'query', method: 'GET' })).status, 200);

    for (const [wrong, text] of [
      [{ password: 'wrong' }, '{"error":"invalid_grant","error_description":"The username or the password is wrong."}'],
      [{ client_secret: 'wrong' }, '{"error":"invalid_client","error_description":"Client credentials are invalid"}'],
      [{ client_id: 'nobody' }, '{"error":"invalid_client","error_description":"Client credentials are invalid"}'],
      [{ password: undefined }, '{"error":"invalid_request","error_description":"The password is missing."}'],
      [{ client_id: undefined }, '{"error":"invalid_client","error_description":"Client credentials are invalid"}'],
      [
        { response_type: 'token' },
        '{"error":"unsupported_response_type","error_description":"The response type is not supported."}',
      ],
    ] as const) {
      const refused = await direct(wrong);
      t.equal(refused.status, 400);
      t.equal(await refused.text(), text);
    }

    const bare = visit({ clients: [{ id: 'bare', secret: 's' }] });
    t.equal(
      (
        await bare.fetch(
          bare.authorizeUrl(
            {
              client_id: 'bare',
              client_secret: 's',
              redirect_uri: undefined,
              username: demo.username,
              password: demo.password,
            },
            path,
          ),
        )
      ).status,
      200,
      'a client without a redirect URI',
    );

    client.policy({ passwordAtAuthorize: false });
    t.equal((await direct({ redirect_uri: demo.redirectUri })).status, 302, 'by policy a username means nothing');
  },
);

t.test(
  'a client_secret may stand in the URL, or not, but must be right [mailup.authorize.secret-in-url] [mailup.authorize.secret-optional] [mailup.authorize.secret-wrong]',
  async (t) => {
    const client = visit();
    t.equal((await client.authorize({ client_secret: demo.secret })).status, 302);
    t.equal((await client.authorize()).status, 302);
    const wrong = await client.authorize({ client_secret: 'wrong' });
    t.equal(wrong.status, 400);
    t.equal(wrong.headers.get('content-type'), 'text/html; charset=utf-8');
  },
);

t.test(
  'a redirect_uri may come raw, by GET or POST, form or multipart [mailup.authorize.raw-redirect-uri] [mailup.authorize.post]',
  async (t) => {
    const client = visit();
    const raw = await client.fetch(
      `${logOn}?client_id=${demo.id}&client_secret=${demo.secret}&response_type=code&redirect_uri=${demo.redirectUri}?a=b&c=d`,
    );
    t.match(
      raw.headers.get('location'),
      /^http:\/\/localhost:3000\/callback\?a=b&code=/,
      'the part after an unencoded & is lost',
    );

    const fields = { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri };
    t.match((await client.submit(client.base + logOn, fields)).headers.get('location'), /\?code=/);
    const multipart = new FormData();
    for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
    t.match((await client.fetch(logOn, { method: 'POST', body: multipart })).headers.get('location'), /\?code=/);
    multipart.append('client_id', 'twice');
    t.equal((await client.fetch(logOn, { method: 'POST', body: multipart })).status, 400);
    t.equal(client.entry().reason, 'request.parameter-repeated');
    const broken = await client.fetch(logOn, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data' },
      body: 'x',
    });
    t.equal(broken.status, 400);
    t.equal(client.entry().reason, 'request.body-malformed');
  },
);

t.test(
  'refusals of LogOn answer 400 as a page or JSON, or go back in the redirect; never form-encoded [mailup.authorize.errors] [mailup.authorize.form-encoded]',
  async (t) => {
    const client = visit();
    const bad = client.authorizeUrl({ redirect_uri: 'http://localhost:3000/elsewhere' });
    const page = await client.fetch(bad);
    t.equal(page.status, 400);
    t.match(await page.text(), /Expected[\s\S]*Received/);
    for (const accept of ['application/json', 'application/json, application/x-www-form-urlencoded']) {
      const asJson = await client.fetch(bad, { headers: { accept } });
      t.equal(asJson.status, 400);
      t.equal(
        await asJson.text(),
        '{"error":"invalid_request","error_description":"The redirect_uri is not registered."}',
      );
    }
    const formEncoded = await client.fetch(bad, { headers: { accept: 'application/x-www-form-urlencoded' } });
    t.equal(formEncoded.headers.get('content-type'), 'text/html; charset=utf-8');

    const typeless = client.authorizeUrl({ response_type: 'token', state: 's' });
    t.equal(
      (await client.fetch(typeless)).headers.get('location'),
      `${demo.redirectUri}?error=unsupported_response_type&error_description=The%20response%20type%20is%20not%20supported.`,
    );
    client.policy({ authorizeRefusals: 'page' });
    t.equal((await client.fetch(typeless)).status, 400);
  },
);

t.test(
  'a redirect URI must be registered, and may have more in its query [mailup.redirect-uri.matching]',
  async (t) => {
    const client = visit({
      clients: [{ id: 'registered', secret: 's', redirectUris: ['https://client.example.test/back?tenant=1'] }],
    });
    const send = (redirect_uri: string): Promise<Response> =>
      client.authorize({ client_id: 'registered', redirect_uri });
    t.match(
      (await send('https://client.example.test/back?tenant=1&more=2')).headers.get('location'),
      /^https:\/\/client\.example\.test\/back\?tenant=1&more=2&code=/,
    );
    for (const uri of [
      'https://client.example.test/back',
      'https://client.example.test/other?tenant=1',
      'http://client.example.test/back?tenant=1',
      'https://u@client.example.test/back?tenant=1',
    ]) {
      t.equal((await send(uri)).status, 400, uri);
    }
    t.equal(
      (await client.authorize({ client_id: 'registered', redirect_uri: undefined })).status,
      302,
      'a single registered redirect_uri may be left out',
    );
    client.policy({ redirectUriMatching: 'exact' });
    t.equal((await send('https://client.example.test/back?tenant=1&more=2')).status, 400);
  },
);

t.test(
  'Token takes GET and POST, query and form, with any Accept [mailup.token.methods] [mailup.token.parameters] [mailup.token.accept]',
  async (t) => {
    const client = visit();
    for (const method of ['GET', 'POST']) {
      t.equal(
        (await client.token({ ...alone, code: await client.code() }, { place: 'query', method })).status,
        200,
        method,
      );
    }
    t.equal((await client.token({ ...alone, code: await client.code() })).status, 200, 'form');
    for (const accept of ['application/json', 'application/x-www-form-urlencoded', 'text/html', '']) {
      const answer = await client.token(
        { ...alone, code: await client.code() },
        { place: 'query', method: 'GET', headers: { accept } },
      );
      t.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8', accept);
    }
    const put = await client.fetch(token, { method: 'PUT' });
    t.equal(put.status, 405);
    t.equal(put.headers.get('allow'), 'GET, POST');
    client.policy({ tokenMethods: ['POST'], tokenParametersIn: ['body'] });
    t.equal((await client.token(alone, { place: 'query', method: 'GET' })).status, 405);
    const headers = { authorization: basic(demo.id, demo.secret) };
    t.equal((await client.token(alone, { place: 'query', headers })).status, 400);
    t.equal(
      client.entry().explanation,
      'grant_type was not sent in a place that this policy reads; found, but not read: query',
    );
  },
);

t.test(
  'a code needs no client and no redirect_uri [mailup.token.code-alone] [mailup.token.code-redirect-uri]',
  async (t) => {
    const client = visit();
    const code = await client.code();
    const answer = await client.fetch(`${token}?code=${code}&grant_type=authorization_code`);
    t.equal(answer.status, 200);
    t.equal(client.entry().clientId, demo.id, 'the code says whose it is');
    const missing = await client.token({
      ...alone,
      code: await client.code(),
      redirect_uri: `${demo.redirectUri}/else`,
    });
    t.equal(missing.status, 400);
    t.equal(client.entry().reason, 'code.redirect-uri-differs');

    client.policy({ clientAtCodeExchange: 'required' });
    t.equal((await client.token({ ...alone, code: await client.code() })).status, 400);
    t.equal(client.entry().reason, 'client.missing');
  },
);

t.test(
  'credentials that are sent with the code must be right, in any place [mailup.token.code-credentials] [mailup.token.code-basic-query]',
  async (t) => {
    const client = visit();
    t.equal(
      (await client.token({ ...alone, ...credentials, code: await client.code() }, { place: 'query', method: 'GET' }))
        .status,
      200,
      'query',
    );
    t.equal((await client.token({ ...alone, ...credentials, code: await client.code() })).status, 200, 'body');
    const header = { authorization: basic(demo.id, demo.secret), 'content-type': 'application/x-www-form-urlencoded' };
    const wordpress = await client.token(
      { ...alone, code: await client.code(), redirect_uri: demo.redirectUri },
      { place: 'query', headers: header },
    );
    t.equal(wordpress.status, 200, 'Basic, everything else in the query, an empty form');
    t.same(client.entry().notes, ['client authentication: basic (plain)']);

    t.equal(
      (await client.token({ ...alone, ...credentials, client_secret: 'wrong', code: await client.code() })).status,
      400,
    );
    t.equal(client.entry().reason, 'client.secret-wrong');
    t.equal((await client.token({ ...alone, client_id: other.client_id, code: await client.code() })).status, 400);
    t.equal(client.entry().reason, 'code.other-client', 'an id without a secret is believed to be an id');
    t.equal((await client.token({ ...alone, client_id: demo.id, code: await client.code() })).status, 200);

    client.policy({ clientCredentialsIn: ['body'], clientAtCodeExchange: 'required' });
    await client.token(
      { ...alone, code: await client.code() },
      { headers: { authorization: basic(demo.id, demo.secret) } },
    );
    t.equal(
      client.entry().explanation,
      'no client authentication was sent in a place that this policy reads; found, but not read: Authorization header',
    );
    await client.token({ ...alone, ...credentials, code: await client.code() }, { place: 'query' });
    t.equal(
      client.entry().explanation,
      'no client authentication was sent in a place that this policy reads; found, but not read: query',
    );
  },
);

t.test(
  "the redirect_uri of the exchange may carry the callback's own query [mailup.token.code-redirect-uri-query]",
  async (t) => {
    const client = visit();
    const code = await client.code();
    const redirect_uri = `${demo.redirectUri}?code=${code}&token_type=bearer`;
    t.equal((await client.exchange(code, { redirect_uri })).status, 200);
    client.policy({ redirectUriAtTokenMatching: 'exact' });
    t.equal((await client.exchange(await client.code(), { redirect_uri })).status, 400);
  },
);

t.test(
  'the password grant, as eight clients send it [mailup.token.password-body-and-basic] [mailup.token.password-schemeless-basic] [mailup.token.password-basic] [mailup.token.password-body] [mailup.token.password-query] [mailup.token.password-query-basic]',
  async (t) => {
    const client = visit();
    const authorization = basic(demo.id, demo.secret);
    const send = async (...args: Parameters<Visit['token']>): Promise<number> => (await client.token(...args)).status;
    t.equal(await send({ ...person, ...credentials }, { headers: { authorization } }), 200, 'body and Basic');
    t.equal(
      await send({ ...person, ...credentials }, { headers: { authorization: authorization.slice('Basic '.length) } }),
      200,
      'body, and base64 without the scheme',
    );
    t.equal(
      await send(person, { headers: { authorization: authorization.slice('Basic '.length) } }),
      200,
      'base64 alone',
    );
    t.equal(await send(person, { headers: { authorization } }), 200, 'Basic');
    t.equal(await send({ ...person, ...credentials }), 200, 'body');
    t.equal(
      await send({ ...person, ...credentials, PageNumber: '0', PageSize: '10' }, { place: 'query' }),
      200,
      'query, with unknown parameters',
    );
    t.equal(
      await send(person, { place: 'query', headers: { authorization, accept: 'application/json' } }),
      200,
      'query and Basic',
    );
    for (const garbage of ['Basic !!!', 'nocolon', 'Bearer abc', '   ']) {
      t.equal(
        await send({ ...person, ...credentials }, { headers: { authorization: garbage } }),
        200,
        `a header without credentials: ${garbage}`,
      );
    }

    client.policy({ clientCredentialsTwice: 'refused' });
    t.equal(await send({ ...person, ...credentials }, { headers: { authorization } }), 400);
    t.equal(
      client.entry().explanation,
      'credentials were sent by basic and by body; RFC 6749 §2.3 allows one method per request',
    );
    t.equal(
      await send({ ...person, client_id: demo.id }, { headers: { authorization } }),
      200,
      'client_id without a secret is not a second way of authentication',
    );
    t.equal(
      await send({ ...person, client_id: 'other-client' }, { headers: { authorization } }),
      400,
      'client_id must equal the id in the header',
    );
    client.policy({ basicWithoutScheme: false });
    t.equal(await send(person, { headers: { authorization: authorization.slice('Basic '.length) } }), 400);
  },
);

t.test('Basic credentials are read in every encoding that clients use', async (t) => {
  const client = visit({
    clients: [
      { id: 'a b', secret: 'c+d e' },
      { id: 'a+c', secret: 'd e' },
      { id: 'plain', secret: 'p%ss w+rd&%zz' },
    ],
  });
  const send = async (user: string, password: string): Promise<readonly string[]> => {
    await client.token(person, { headers: { authorization: basic(user, password) } });
    return client.entry().notes;
  };
  t.same(await send('a+b', 'c%2Bd+e'), ['client authentication: basic (form-encoded)']);
  t.same(await send('a b', 'c+d e'), ['client authentication: basic (raw)']);
  t.same(await send('a%20b', 'c+d e'), ['client authentication: basic (half-encoded)']);
  t.same(await send('a+c', 'd+e'), ['client authentication: basic (half-encoded)']);
  t.same(
    await send('plain', 'p%ss w+rd&%zz'),
    ['client authentication: basic (plain)'],
    'a value that cannot be decoded counts as plain',
  );
});

t.test(
  'a refresh takes credentials in body, Basic or query [mailup.token.refresh-body] [mailup.token.refresh-basic] [mailup.token.refresh-query]',
  async (t) => {
    const client = visit();
    let { refresh } = await client.pair();
    const next = async (response: Response): Promise<void> => {
      ({ refresh } = await tokens(response));
    };
    await next(await client.refresh(refresh));
    await next(
      await client.token(
        { grant_type: 'refresh_token', refresh_token: refresh },
        { headers: { authorization: basic(demo.id, demo.secret) } },
      ),
    );
    await next(
      await client.token({ ...credentials, grant_type: 'refresh_token', refresh_token: refresh }, { place: 'query' }),
    );
    const anonymous = await client.token({ grant_type: 'refresh_token', refresh_token: refresh });
    t.equal(await anonymous.text(), '{"error":"invalid_client","error_description":"Client credentials are invalid"}');
  },
);

t.test(
  'a token answer has exactly three members, compact [mailup.token.members] [mailup.token.compact] [mailup.token.headers] [mailup.token.expires-in] [mailup.token.alphabet]',
  async (t) => {
    const client = visit();
    const answer = await client.exchange(await client.code());
    t.equal(answer.status, 200);
    t.same(pick(answer, 'content-type', 'cache-control', 'pragma', 'www-authenticate'), {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': null,
      pragma: null,
      'www-authenticate': null,
    });
    const { body, access, refresh } = await tokens(answer);
    t.equal(body, `{"access_token":"${access}","expires_in":3600,"refresh_token":"${refresh}"}`);
    for (const each of [access, refresh]) t.match(each, /^(?:[0-3][0-9A-Za-z]|4[0-7]){64}$/);
    t.not(access, refresh);

    client.policy({ tokenCaching: 'no-store' });
    const uncached = { 'cache-control': 'no-store', pragma: 'no-cache' };
    t.same(pick(await client.exchange(await client.code()), ...Object.keys(uncached)), uncached);
    const inBody = await client.fetch(
      client.authorizeUrl({ client_secret: demo.secret, username: demo.username, password: demo.password }),
    );
    t.match(await inBody.json(), { code: String });
    t.same(pick(inBody, ...Object.keys(uncached)), uncached, 'a code in the body is a credential too');

    client.policy({ accessTokenSeconds: 900 });
    t.match((await client.pair()).body, /"expires_in":900,/);
    t.match(
      (await tokens(await client.token({ ...person, ...credentials }))).body,
      /^\{"access_token":"\w{128}","expires_in":900,"refresh_token":"\w{128}"\}$/,
      'the password grant gives the same members',
    );
  },
);

t.test(
  'a failure at Token is 400 and never 401 [mailup.token.invalid-client] [mailup.token.never-401] [mailup.token.wrong-password] [mailup.token.bad-code] [mailup.token.bad-refresh] [mailup.token.dead-refresh] [mailup.token.missing-parameter]',
  async (t) => {
    const client = visit();
    const { refresh } = await client.pair();
    const says = async (response: Response, status: number, error: string, description: string): Promise<void> => {
      t.equal(response.status, status);
      t.equal(await response.text(), JSON.stringify({ error, error_description: description }));
    };
    await says(
      await client.token({ ...person, client_id: 'nobody', client_secret: 'x' }),
      400,
      'invalid_client',
      'Client credentials are invalid',
    );
    await says(
      await client.token({ ...person, ...credentials, password: 'wrong' }),
      400,
      'invalid_grant',
      'The username or the password is wrong.',
    );
    await says(
      await client.token({ ...person, ...credentials, username: 'nobody' }),
      400,
      'invalid_grant',
      'The username or the password is wrong.',
    );
    t.equal(client.entry().explanation, 'there is no user "nobody"');
    await says(
      await client.token({ ...alone, code: 'made-up' }),
      400,
      'invalid_grant',
      'The authorization code is unknown.',
    );
    await says(await client.refresh('made-up'), 400, 'invalid_grant', 'The refresh token is unknown.');
    await says(await client.token(alone), 400, 'invalid_request', 'The parameter code is missing.');
    await says(
      await client.token({ ...credentials, grant_type: 'refresh_token' }),
      400,
      'invalid_request',
      'The parameter refresh_token is missing.',
    );

    client.policy({
      refreshTokenSeconds: 60,
      errors: {
        'refresh.expired': { status: 401 },
        'client.unknown': { status: 401, error: 'unauthorized_client', description: 'other words' },
      },
    });
    await says(
      await client.token({ ...person, client_id: 'nobody', client_secret: 'x' }),
      401,
      'unauthorized_client',
      'other words',
    );
    const { refresh: short } = await client.pair();
    client.advance(60);
    await says(await client.refresh(short), 401, 'invalid_grant', 'The refresh token has expired.');
    t.equal((await client.refresh(refresh)).status, 200, 'one that was issued before keeps its own end');
  },
);

t.test(
  'a code is single-use and time-limited [mailup.code.time-limited] [mailup.code.lifetime] [mailup.code.format] [mailup.code.single-use] [mailup.code.replay]',
  async (t) => {
    const client = visit();
    const inTime = await client.code();
    t.match(inTime, /^[0-9A-Za-z]{32}$/);
    client.advance(599);
    t.equal((await client.exchange(inTime)).status, 200, 'one second before its end');
    const late = await client.code();
    client.advance(600);
    t.equal((await client.exchange(late)).status, 400, 'at its end');
    t.equal(client.entry().reason, 'code.expired');

    client.policy({ codeSeconds: 30 });
    const short = await client.code();
    client.advance(30);
    t.equal((await client.exchange(short)).status, 400);

    const code = await client.code();
    const { access } = await tokens(await client.exchange(code));
    t.equal((await client.api(info, access)).status, 200);
    t.equal((await client.exchange(code)).status, 400);
    t.equal((await client.api(info, access)).status, 401, 'its tokens are revoked');

    client.policy({ replayRevokesTokens: false });
    const again = await client.code();
    const bought = await tokens(await client.exchange(again));
    t.equal((await client.exchange(again)).status, 400);
    t.equal((await client.api(info, bought.access)).status, 200, 'by policy it lives on');
  },
);

t.test(
  'a refresh renews both tokens, and the old refresh token becomes invalid [mailup.refresh.rotation] [mailup.refresh.old-token] [mailup.refresh.access-token] [mailup.refresh.lifetime]',
  async (t) => {
    const client = visit();
    const first = await client.pair();
    client.advance(10 * 365 * 86_400);
    const second = await tokens(await client.refresh(first.refresh));
    t.not(second.refresh, first.refresh);
    t.not(second.access, first.access);
    t.equal((await client.refresh(first.refresh)).status, 400);
    t.equal(client.entry().reason, 'refresh.replaced');
    const third = await tokens(await client.refresh(second.refresh));
    t.equal((await client.api(info, second.access)).status, 200, 'the old access token lives');

    client.policy({ refreshRotation: 'keep', refreshRevokesAccessToken: true });
    const kept = await tokens(await client.refresh(third.refresh));
    t.equal(kept.refresh, third.refresh);
    t.equal((await client.api(info, third.access)).status, 401, 'by policy the old access token is revoked');

    client.policy({ refreshRotation: 'retire-previous-on-first-use' });
    const fourth = await tokens(await client.refresh(kept.refresh));
    t.equal((await client.refresh(kept.refresh)).status, 200, 'by policy the old refresh token lives');
    await client.api(info, fourth.access);
    t.equal((await client.refresh(kept.refresh)).status, 400, 'until the new access token is used');

    client.policy({ refreshRotation: 'reuse-revokes-family' });
    const family = await client.pair();
    const heir = await tokens(await client.refresh(family.refresh));
    t.equal((await client.refresh(family.refresh)).status, 400);
    t.match(client.entry().explanation, /; its token family is now revoked \(RFC 9700 §4\.14\.2\)$/);
    t.equal((await client.refresh(heir.refresh)).status, 400);
    t.equal(client.entry().reason, 'refresh.revoked');

    client.policy({ refreshTokenIssued: false, refreshRotation: 'rotate' });
    const none = await client.pair();
    t.match(none.body, /^\{"access_token":"\w{128}","expires_in":3600\}$/, 'by policy there is no refresh token');
  },
);

t.test(
  'the API refuses invalid tokens in its own format [mailup.api.header] [mailup.api.twice] [mailup.api.expired] [mailup.api.expiry-unchecked] [mailup.api.unknown] [mailup.api.revoked] [mailup.api.missing] [mailup.api.challenge]',
  async (t) => {
    const client = visit();
    const { access } = await client.pair();
    const says = async (response: Response, status: number, body: string): Promise<void> => {
      t.equal(response.status, status);
      t.equal(await response.text(), body);
      t.equal(response.headers.get('www-authenticate'), null);
    };
    client.advance(3600);
    await says(await client.api(info, access), 401, expired);
    client.policy({ accessTokenExpiryChecked: false });
    t.equal((await client.api(info, access)).status, 200);

    await says(
      await client.api(info, 'unknown'),
      400,
      '{"ErrorCode":"400","ErrorDescription":"Authorization error: Access token is invalid","ErrorName":"Bad Request","ErrorStack":null}',
    );
    await says(
      await client.api(info, 'mal formed'),
      400,
      '{"ErrorCode":"400","ErrorDescription":"Authorization error: Access token is malformed","ErrorName":"Bad Request","ErrorStack":null}',
    );
    await says(
      await client.api(info, ''),
      400,
      '{"ErrorCode":"400","ErrorDescription":"Authorization error: Access token is malformed","ErrorName":"Bad Request","ErrorStack":null}',
    );
    await says(
      await client.api(info, 'b@d'),
      400,
      '{"ErrorCode":"400","ErrorDescription":"Authorization error: Access token is malformed","ErrorName":"Bad Request","ErrorStack":null}',
    );
    t.equal(
      client.entry().explanation,
      'the Authorization header is not a bearer token: the token has characters outside RFC 6750 §2.1',
    );
    await says(
      await client.api(`${info}?access_token=${access}`),
      401,
      '{"ErrorCode":"401","ErrorDescription":"Authorization error: Access token is missing","ErrorName":"Unauthorized","ErrorStack":null}',
    );
    t.equal(
      client.entry().explanation,
      'no access token was sent in a place that this policy reads; found, but not read: query',
    );
    t.equal((await client.api(`${info}?access_token=x`, access)).status, 200, 'the header counts');
    client.policy({ bearerIn: ['header', 'query', 'body'] });
    t.equal((await client.api(`${info}?access_token=${access}`)).status, 200);

    const code = await client.code();
    const { access: revoked } = await tokens(await client.exchange(code));
    await client.exchange(code);
    await says(
      await client.api(info, revoked),
      401,
      '{"ErrorCode":"401","ErrorDescription":"Authorization error: Access token is revoked","ErrorName":"Unauthorized","ErrorStack":null}',
    );
  },
);

t.test(
  'the API refuses users without a signed contract, and too many calls [mailup.api.contract] [mailup.api.too-many-calls] [mailup.api.too-many-calls-403] [mailup.api.error-shape]',
  async (t) => {
    const client = visit();
    const { access } = await client.pair();
    for (let calls = 0; calls < 10; calls += 1) {
      t.equal((await client.api(info, access)).status, 200, 'without a limit');
    }
    client.policy({ callsPerSecond: 5 });
    for (let calls = 0; calls < 5; calls += 1) {
      t.equal((await client.api(info, access)).status, 200, 'within the limit');
    }
    const busy = await client.api(info, access);
    t.equal(busy.status, 429);
    t.equal(
      await busy.text(),
      '{"ErrorCode":"429","ErrorDescription":"Authorization error (too_many_requests): Too many requests. Max:5 calls per second , actual:6.","ErrorName":null,"ErrorStack":null}',
    );
    client.policy({ errors: { 'resource.too-many-calls': { status: 403 } } });
    t.match(await (await client.api(info, access)).json(), { ErrorCode: '403', ErrorName: 'Forbidden' });
    client.advance(1);
    t.equal((await client.api(info, access)).status, 200, 'the next second is a new one');

    client.policy({ callsPerSecond: Infinity });
    client.realm.users.set(demo.username, { ...client.realm.user(demo.username)!, suspended: true });
    const unsigned = await client.api(info, access);
    t.equal(unsigned.status, 403);
    t.equal(
      await unsigned.text(),
      '{"ErrorCode":"403","ErrorDescription":"Authorization error: Contract not signed, please login in console and accept terms of service.","ErrorName":"Forbidden","ErrorStack":null}',
    );

    for (const [status, name] of [
      [400, 'Bad Request'],
      [404, 'Not Found'],
      [500, 'Internal Server Error'],
      [503, 'Service Unavailable'],
    ] as const) {
      const shaped = client.provider.bearerRefusal({
        reason: 'resource.unknown',
        facts: {},
        status,
        error: 'e',
        description: 'd',
        code: undefined,
        writing: client.realm.policy,
      });
      t.equal(shaped.body, `{"ErrorCode":"${status}","ErrorDescription":"d","ErrorName":"${name}","ErrorStack":null}`);
    }
    const { access: anothers } = await new Visit(server, 'mailup').pair();
    t.equal((await client.api(info, anothers)).status, 400, "another world's token is unknown here");
  },
);

t.test(
  "the API's calls [mailup.api.info] [mailup.api.details] [mailup.api.lists] [mailup.api.paging] [mailup.api.xml]",
  async (t) => {
    const client = visit({
      users: [{ username: demo.username, name: 'Ada Lovelace', profile: { Company: 'Engines Ltd' } }],
    });
    const { access } = await client.pair();
    const get = async (path: string): Promise<string> => (await client.api(path, access)).text();
    const account =
      '"AccountName":"Ada Lovelace","Company":"Engines Ltd","ExpiryDate":"2030-12-31 00:00:00.000","IsTrial":false,"UID":"ada@example.test","Url":"https://services.mailup.com","Username":"ada@example.test","Version":"9.0.0"';
    t.equal(await get(info), `{${account}}`);
    t.equal(
      await get('/ConsoleService.svc/Console/Authentication/Details'),
      `{${account},"AutoRenewal":false,"CreditsByList":[{"Credit":1000,"ListId":1}],"Email":"ada@example.test","Lang":"en","Plan":"Understudy","TotalCredits":1000}`,
    );

    const lists = '/ConsoleService.svc/Console/User/Lists';
    t.match(JSON.parse(await get(lists)), {
      IsPaginated: false,
      Items: [{ idList: 1, Name: 'Newsletter' }, { idList: 2 }],
      PageNumber: 0,
      PageSize: 20,
      Skipped: 0,
      TotalElementsCount: 2,
    });
    t.match(JSON.parse(await get(`${lists}?PageNumber=1&PageSize=1`)), {
      IsPaginated: true,
      Items: [{ idList: 2 }],
      PageNumber: 1,
      PageSize: 1,
      Skipped: 1,
      TotalElementsCount: 2,
    });
    t.match(JSON.parse(await get(`${lists}?PageNumber=x&PageSize=-1`)), { PageNumber: 0, PageSize: 20 });
    t.match(
      JSON.parse(await get(`${lists}?pageNumber=1&pagesize=1`)),
      { Items: [{ idList: 2 }], PageNumber: 1, PageSize: 1 },
      'parameters in any letter case',
    );
    t.match(
      JSON.parse(await get(`${lists}?pageNum=2&PageSize=1`)),
      { Items: [], Skipped: 2, TotalElementsCount: 2 },
      'a page after the last is empty',
    );
    t.match(JSON.parse(await get(`${lists}?pageNum=`)), { PageNumber: 0 });
    const xml = await client.api(info, access, { headers: { accept: 'application/xml' } });
    t.equal(xml.headers.get('content-type'), 'application/json; charset=utf-8');

    const { access: anonymous } = await client.pair();
    client.realm.users.clear();
    t.match(
      JSON.parse(await (await client.api('/ConsoleService.svc/Console/Authentication/Details', anonymous)).text()),
      { AccountName: 'Understudy', Username: '', Email: '' },
      'a deleted user',
    );
    const wrongMethod = await client.api(info, access, { method: 'DELETE' });
    t.equal(wrongMethod.status, 405);
    t.equal(wrongMethod.headers.get('allow'), 'GET');
  },
);

type Item = Readonly<Record<string, unknown>>;
interface Body extends Item {
  readonly Items: readonly Item[];
  readonly TotalElementsCount: number;
}

/** The MailUp API as a client with an access token sees it. */
async function apiCaller(): Promise<{
  client: Visit;
  api: (method: string, path: string, body?: unknown) => Promise<{ status: number; text: string }>;
  read: (method: string, path: string, body?: unknown) => Promise<Body>;
}> {
  const client = visit();
  const { access } = await client.pair();
  const api = async (method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> => {
    const answer = await client.api(path.startsWith('/') ? path : `/ConsoleService.svc/Console/${path}`, access, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  return { client, api, read: async (...request) => JSON.parse((await api(...request)).text) as Body };
}

t.test('every call of the API answers 200, with an id of the path where it has one [mailup.api.calls]', async (t) => {
  const { client, api } = await apiCaller();
  const { resources } = client.provider;
  t.ok(resources.length > 80);
  const listMembers = ['IsPaginated', 'Items', 'PageNumber', 'PageSize', 'Skipped', 'TotalElementsCount'];
  for (const { method, path, authentication } of resources) {
    if (authentication === 'client') continue;
    const { status, text } = await api(method, path.replaceAll(/:\w+/g, '7'), method === 'GET' ? undefined : {});
    t.equal(status, 200, `${method} ${path}`);
    if (text.startsWith('{"IsPaginated"')) t.same(Object.keys(JSON.parse(text)), listMembers, path);
    if (method === 'DELETE') t.equal(text, '', `${path} has an empty answer`);
  }
  t.equal((await api('GET', 'Nothing/Here')).status, 404);
});

t.test(
  'the official samples: import, unsubscribe, update, from a template, from scratch, tag, send, statistics [mailup.api.ids] [mailup.api.import] [mailup.api.import-status] [mailup.api.subscription] [mailup.api.detail] [mailup.api.templates] [mailup.api.messages] [mailup.api.images] [mailup.api.tags] [mailup.api.send] [mailup.api.statistics]',
  async (t) => {
    const { api, read } = await apiCaller();
    const { Items: groups } = await read('GET', 'List/1/Groups');
    const { idGroup, idList } = groups.find(({ Name }) => Name === 'test import')!;
    t.equal(idList, 1);
    const added = { Deletable: true, Name: 'New', Notes: 'note' };
    t.same(await read('POST', 'List/1/Group', added), { Count: null, ...added, idGroup: 12, idList: 1 });
    t.same(await read('PUT', 'List/1/Group/5', { Name: 'Other' }), {
      ...{ Count: null, Deletable: true, Name: 'Other', Notes: '' },
      ...{ idGroup: 5, idList: 1 },
    });
    t.match(await read('POST', 'List/100/Groups', added), { Items: [{ idList: 100 }, { idGroup }] });
    const person = { Email: 'test@test.test', Fields: [], MobileNumber: '', MobilePrefix: '', Name: 'John Smith' };
    const { text: importId } = await api('POST', `Group/${String(idGroup)}/Recipients`, [person]);
    t.equal(importId, '501');
    t.match(await read('GET', `Import/${importId}`), { idImport: 501, Completed: true, CreatedRecipients: 1 });
    t.match(await read('GET', `Imports/${importId}`), { IdImport: 501, StatusCode: 3, Rows: { Total: 1 } });

    const { Items: members } = await read('GET', `Group/${String(idGroup)}/Recipients`);
    t.equal(typeof members[0]?.idRecipient, 'number');
    t.same(await api('DELETE', `Group/${String(idGroup)}/Unsubscribe/100`), { status: 200, text: '' });
    t.same(await api('POST', 'Group/10/Subscribe/100'), { status: 200, text: '' });

    const { Items: subscribers } = await read('GET', 'List/1/Recipients/Subscribed');
    const updated = { ...subscribers[0], Fields: [{ Description: '', Id: 1, Value: 'Updated value' }] };
    t.same(await read('PUT', 'Recipient/Detail', updated), updated);

    const { Items: templates } = await read('GET', 'List/1/Templates');
    t.same(Object.keys(templates[1]!), ['Id', 'Text', 'Thumbnail', 'Title'], 'the samples take the second template');
    t.match(await read('POST', `List/1/Email/Template/2`), { idMessage: 4, idList: 1 });

    const { text: image } = await api('POST', 'List/1/Images', { Base64Data: 'QQ==', Name: 'Avatar' });
    t.match(image, /^"https:/, 'the URL as a JSON string');
    t.equal((await api('GET', 'Images')).text, `[${image}]`);
    const written = await read('POST', 'List/1/Email', {
      Subject: 'Hello',
      Notes: 'Some notes',
      Content: '<p>',
      idList: 1,
    });
    t.same(Object.keys(written), ['CreationDate', 'Notes', 'Subject', 'idList', 'idMessage']);
    t.match(written, { Notes: 'Some notes', Subject: 'Hello', idList: 1, idMessage: 3 });
    const file = { Base64Data: 'QQ==', Name: 'TestFile.txt', Slot: 1, idList: 1, idMessage: 3 };
    t.match(await read('POST', 'List/1/Email/3/Attachment/1', file), { Name: 'TestFile.txt', Slot: 1, Path: /3$/ });

    const tag = await read('POST', 'List/1/Tag', 'test tag');
    t.same(tag, { Enabled: true, Id: 2, Name: 'test tag' });
    t.same(await read('PUT', 'List/1/Tag/2', { ...tag, Enabled: false }), { ...tag, Enabled: false });
    const details = await read('GET', 'List/1/Email/3');
    t.match(details, { Tags: [], idList: 1, idMessage: 3, Content: String });
    t.match(await read('PUT', 'List/1/Email/3', { ...details, Tags: [tag] }), { idList: 1, idMessage: 3 });

    const { Items: messages } = await read('GET', 'List/1/Emails');
    t.match(messages[0], { Subject: 'Welcome', idList: 1, idMessage: 1 });
    const sent = { InvalidRecipients: [], Sent: 1, UnprocessedRecipients: [], idMessage: 1 };
    t.same(await read('POST', 'List/1/Email/1/Send'), { Id: 701, ...sent });
    t.same(await read('POST', 'Email/Send', { Email: 'a@example.test', idMessage: 1 }), sent);

    const views = await read('GET', '/MailStatisticsService.svc/Message/1/List/Views?pageSize=5&pageNum=0');
    t.match(views, { PageSize: 5, TotalElementsCount: 1, Items: [{ IdMessage: 1, IdRecipient: 100 }] });
    t.equal((await api('GET', '/MailStatisticsService.svc/Message/1/Count/Views')).text, '1');
  },
);

t.test(
  'lists: two spellings of two calls, the body that creates one, recipients by state, filters [mailup.api.lists-call] [mailup.api.create-list] [mailup.api.recipient] [mailup.api.recipients] [mailup.api.filter]',
  async (t) => {
    const { api, read } = await apiCaller();
    const { Items: old } = await read('GET', 'User/Lists');
    t.same(Object.keys(old[0]!), ['Company', 'Description', 'Name', 'idList', 'listGuid']);
    const { Items: newer } = await read('GET', 'List');
    t.same(Object.keys(newer[0]!), ['Company', 'Description', 'IdList', 'ListGuid', 'Name']);
    t.match(await read('POST', 'List', { Name: 'Arrivals', IdList: 14 }), {
      IdList: 14,
      ListGuid: String,
      Name: 'Arrivals',
    });
    t.match(await read('POST', 'List', { Name: 'Arrivals' }), { IdList: 3, Name: 'Arrivals' });
    t.match(await read('PUT', 'List/2', { Name: 'Renamed' }), { IdList: 2, Name: 'Renamed' });
    for (const body of [undefined, null, 'Arrivals', [{ IdList: 14 }]]) {
      t.match(await read('POST', 'List', body), { IdList: 3 }, `nothing is read from ${JSON.stringify(body)}`);
    }
    t.equal(
      (await api('POST', 'User/Lists', { Name: 'Arrivals' })).text,
      '3',
      'the deprecated call answers the id alone',
    );

    const states = async (path: string): Promise<unknown[]> =>
      (await read('GET', path)).Items.map(({ Status }) => Status);
    t.same(await states('List/1/Recipients/Subscribed'), ['SUBSCRIBED']);
    t.same(await states('List/1/Recipients/Unsubscribed'), ['UNSUBSCRIBED']);
    t.same(await states('List/1/Recipients/EmailOptins'), ['SUBSCRIBED', 'UNSUBSCRIBED']);
    t.same(await states('List/1/Recipients/Pending'), []);
    for (const to of ['List/1', 'Group/10']) t.equal((await api('POST', `${to}/Recipient`, {})).text, '101');
    t.match(await read('GET', 'Recipients?email="leaver@example.test"'), { Items: [{ idRecipient: 102 }] });
    t.match(await read('GET', 'Recipients'), { TotalElementsCount: 2 });
    t.match(await read('GET', 'Recipients/9'), { idRecipient: 9, Fields: Array });

    const found = async (filterby: string): Promise<number> =>
      (await read('GET', `List/1/Recipients/EmailOptins?filterBy=${encodeURIComponent(filterby)}`)).TotalElementsCount;
    t.equal(await found("Email=='reader@example.test'"), 1);
    t.equal(await found('"Email==\'reader@example.test\'"'), 1);
    t.equal(await found("Email=='Reader@example.test'"), 0, 'letter case matters');
    t.equal(await found("Name.Contains('ea')"), 2);
    t.equal(await found('"Name.Contains(\'Lea\')"'), 1);
    t.equal(await found("Nothing=='x'"), 0);
    t.equal(await found('Name > 1'), 2, 'any other expression is ignored');
  },
);

t.test('trial activation takes the client by Basic [mailup.api.trial]', async (t) => {
  const client = visit();
  for (const name of ['TrialActivation', 'TrialActivationStatus']) {
    const path = `/PublicService.svc/Console/${name}`;
    const answer = await client.api(path, undefined, {
      method: 'POST',
      headers: { authorization: basic(demo.id, demo.secret) },
    });
    t.equal(answer.status, 200);
    t.equal(client.entry().clientId, demo.id);
    t.equal(
      (await client.api(path, undefined, { method: 'POST', headers: { authorization: basic(demo.id, 'wrong') } }))
        .status,
      400,
    );
  }
});

t.test('scripts of any origin may call Token and the API [mailup.cors]', async (t) => {
  const client = visit();
  const origin = 'https://app.example.test';
  const asked = await client.fetch(token, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  });
  t.equal(asked.status, 204);
  t.same(pick(asked, 'access-control-allow-origin', 'access-control-allow-methods', 'access-control-allow-headers'), {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'authorization',
  });
  t.equal(
    (
      await client.fetch(token, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    ).headers.get('access-control-allow-headers'),
    '*',
  );
  t.equal((await client.api(info, 'x', { headers: { origin } })).headers.get('access-control-allow-origin'), '*');
  client.policy({ cors: false });
  t.equal((await client.api(info, 'x', { headers: { origin } })).headers.get('access-control-allow-origin'), null);
});

t.test(
  "the customer's documents: credentials at LogOn, the code with credentials, three members in the answer, refresh by credentials, 401 in between",
  async (t) => {
    const client = visit();
    const code = await client.code({ ...credentials });
    const first = await tokens(await client.token({ ...alone, ...credentials, code }));
    t.same(Object.keys(JSON.parse(first.body) as object), ['access_token', 'expires_in', 'refresh_token']);
    t.equal((await client.api(info, first.access)).status, 200);
    client.advance(3600);
    t.equal((await client.api(info, first.access)).status, 401);
    const second = await tokens(await client.refresh(first.refresh));
    t.equal((await client.api(info, second.access)).status, 200);
    client.policy({ interaction: auto('deny') });
    t.equal(location(await client.authorize()).searchParams.get('error'), 'access_denied');
  },
);

t.test(
  'Basic is read form-encoded and raw, and broken encoding as it stands [mailup.token.basic-decoding] [mailup.token.broken-encoding]',
  async (t) => {
    const client = visit();
    for (const secret of [demo.secret, 'understudy%2Dsecret']) {
      const authorization = basic(demo.id, secret);
      const password = { grant_type: 'password', username: demo.username, password: demo.password };
      t.equal((await client.token(password, { headers: { authorization } })).status, 200, secret);
    }
    const answer = await client.fetch('/Authorization/OAuth/Token?grant_type=authorization_code&code=%zz');
    t.equal(answer.status, 400);
    t.same(client.entry().facts?.code, '%zz');
    t.match(client.entry().notes.join(), /"code" cannot be percent-decoded as UTF-8, and is read as it stands/);
  },
);
