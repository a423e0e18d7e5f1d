import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, auto, basic, credentials, hiddenFields, location, other, pick, tokens, withHost } from './visit.js';
import type { Test } from 'tap';
import type { RealmSetup } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const visit = (setup?: RealmSetup): Visit => new Visit(server, 'tinyemail', setup);

const token = '/api/authorization-server/oauth/token';
const customers = '/account/customer/reader%40example.test';
const noStore = { 'cache-control': 'no-store', pragma: 'no-cache', 'content-type': 'application/json;charset=UTF-8' };
const inQuery = { place: 'query' } as const;

/** Asserts a refusal of the token endpoint to the byte. */
async function refused(
  t: Test,
  response: Response,
  status: number,
  error: string,
  error_description: string,
  challenge: string | null = status === 401
    ? `Bearer error="${error}", error_description="${error_description}"`
    : null,
  more: object = {},
): Promise<void> {
  t.equal(response.status, status, error_description);
  t.equal(await response.text(), JSON.stringify({ error, error_description, ...more }));
  t.same(pick(response, ...Object.keys(noStore), 'www-authenticate'), { ...noStore, 'www-authenticate': challenge });
}

t.test("addressing: the provider's own Host with bare paths [tinyemail.host]", async (t) => {
  const bare = await withHost(
    server,
    'api.tinyemail.com',
    `${token}?grant_type=refresh_token&client_id=${demo.id}&client_secret=${demo.secret}&refresh_token=none`,
    'POST',
  );
  t.match(bare, { status: 400, body: '{"error":"invalid_grant","error_description":"Invalid refresh token: none"}' });
  t.equal((await withHost(server, 'api.tinyemail.com', '/v1/campaign')).status, 401);
});

t.test(
  "every request of the customer's document, exactly as written there [tinyemail.authorize.request] [tinyemail.scope] [tinyemail.client.one-redirect-uri] [tinyemail.token.code-in-query] [tinyemail.token.response-type] [tinyemail.token.refresh-in-query] [tinyemail.api.header]",
  async (t) => {
    const own = {
      id: 'YOUR_CLIENT_ID',
      secret: 'YOUR_CLIENT_SECRET',
      redirectUris: ['https://client.example.test/YOUR_CLIENT_REDIRECT_URI'],
    };
    const client = visit({ clients: [own] });
    const [uri] = own.redirectUris;
    const sent = await client.fetch(
      `/api/authorization-server/oauth/authorize?grant_type=authorization_code&response_type=code&client_id=${own.id}&redirect_uri=${uri}&scope=import_customers`,
    );
    const code = location(sent).searchParams.get('code')!;
    const answer = await client.fetch(
      `${token}?response_type=token&client_id=${own.id}&client_secret=${own.secret}&code=${code}&redirect_uri=${uri}&grant_type=authorization_code`,
      { method: 'POST' },
    );
    t.equal(answer.status, 200);
    const first = await tokens(answer);
    t.equal((await client.api(customers, first.access)).status, 200);
    const again = await client.fetch(
      `${token}?grant_type=refresh_token&refresh_token=${first.refresh}&client_id=${own.id}&client_secret=${own.secret}`,
      { method: 'POST' },
    );
    t.equal(again.status, 200);
    t.equal((await client.api(customers, (await tokens(again)).access)).status, 200);
  },
);

t.test(
  'two grants, no other endpoint, no PKCE, no CORS [tinyemail.grants] [tinyemail.endpoints.absent] [tinyemail.pkce] [tinyemail.cors]',
  async (t) => {
    const client = visit();
    await refused(
      t,
      await client.token({ ...credentials, grant_type: 'password' }),
      400,
      'unsupported_grant_type',
      'Unsupported grant type',
    );
    for (const path of ['revoke', 'introspect', 'check_token']) {
      t.equal((await client.fetch(`/api/authorization-server/oauth/${path}`)).status, 404, path);
    }
    const code = await client.code({ code_challenge: 'x' });
    t.equal((await client.exchange(code, { code_verifier: 'y' })).status, 200);
    t.equal(
      (await client.api(customers, 'x', { headers: { origin: 'https://app.example.test' } })).headers.get(
        'access-control-allow-origin',
      ),
      null,
    );
    client.policy({ cors: true, pkce: 'required' });
    t.equal(
      (await client.api(customers, 'x', { headers: { origin: 'https://app.example.test' } })).headers.get(
        'access-control-allow-origin',
      ),
      '*',
    );
    t.equal(location(await client.authorize()).searchParams.get('error'), 'invalid_request');
  },
);

t.test('login [tinyemail.authorize.login] [tinyemail.authorize.login-failure]', async (t) => {
  const client = visit().policy({ interaction: { mode: 'manual' } });
  const sent = await client.authorize();
  t.equal(sent.status, 302);
  t.match(sent.headers.get('location'), /\/tinyemail\/api\/authorization-server\/login\?authorization=/);
  const url = server.url + sent.headers.get('location')!;
  const page = await (await client.fetch(url)).text();
  t.match(page, /name="_csrf"[\s\S]*name="username"[\s\S]*name="password"/);
  const wrong = await client.submit(url, { ...hiddenFields(page), username: demo.username, password: 'wrong' });
  t.equal(wrong.status, 401);
  t.equal(wrong.headers.get('location'), null);
  t.ok((await wrong.text()).includes('do not match'));
});

t.test(
  'refusals on a page: unknown client, redirect URI unregistered or missing among several [tinyemail.authorize.unknown-client] [tinyemail.authorize.redirect-unregistered] [tinyemail.authorize.redirect-omitted] [tinyemail.authorize.redirect-match]',
  async (t) => {
    const client = visit({
      clients: [
        { id: 'one', secret: 's', redirectUris: ['https://one.example.test/back?a=1'] },
        { id: 'bare', secret: 's' },
      ],
    });
    const page = async (response: Response, status: number, text: string): Promise<void> => {
      t.equal(response.status, status);
      const body = await response.text();
      t.match(body, /<h1>OAuth Error<\/h1>/);
      t.ok(body.includes(text), text);
    };
    await page(await client.authorize({ client_id: 'nobody' }), 401, 'Bad client credentials');
    await page(await client.authorize({ client_id: undefined }), 401, 'Bad client credentials');
    await page(
      await client.authorize({ redirect_uri: 'http://localhost:3000/else' }),
      400,
      'Invalid redirect: http://localhost:3000/else does not match one of the registered values.',
    );
    await page(
      await client.authorize({ redirect_uri: undefined }),
      400,
      'Invalid redirect: null does not match one of the registered values.',
    );
    await page(
      await client.authorize({ redirect_uri: 'no uri' }),
      400,
      'Invalid redirect: no uri does not match one of the registered values.',
    );
    for (const redirect_uri of [undefined, demo.redirectUri]) {
      await page(
        await client.authorize({ client_id: 'bare', redirect_uri }),
        400,
        'At least one redirect_uri must be registered with the client.',
      );
    }

    t.match(
      (await client.authorize({ client_id: 'one', redirect_uri: undefined })).headers.get('location'),
      /^https:\/\/one\.example\.test\/back\?a=1&code=/,
    );
    t.match(
      (await client.authorize({ client_id: 'one', redirect_uri: 'https://one.example.test/back?b=2&a=1' })).headers.get(
        'location',
      ),
      /back\?b=2&a=1&code=/,
    );
    for (const uri of [
      'https://one.example.test/back',
      'https://one.example.test:444/back?a=1',
      'https://two.example.test/back?a=1',
    ]) {
      t.equal((await client.authorize({ client_id: 'one', redirect_uri: uri })).status, 400, uri);
    }
    client.policy({ redirectUriMatching: 'exact', redirectUriRequired: 'always' });
    t.equal(
      (await client.authorize({ client_id: 'one', redirect_uri: 'https://one.example.test/back?b=2&a=1' })).status,
      400,
    );
    t.equal((await client.authorize({ client_id: 'one', redirect_uri: undefined })).status, 400);
  },
);

t.test(
  'refusals by redirect: response type, scope [tinyemail.authorize.redirected-errors] [tinyemail.authorize.scope-omitted]',
  async (t) => {
    const client = visit();
    const sent = async (parameters: Record<string, string | undefined>): Promise<string | null> =>
      (await client.authorize({ state: 's/ t', ...parameters })).headers.get('location');
    t.equal(
      await sent({ response_type: 'token' }),
      `${demo.redirectUri}?error=unsupported_response_type&error_description=Unsupported%20response%20types:%20%5Btoken%5D&state=s/%20t`,
    );
    t.equal(
      await sent({ scope: 'everything' }),
      `${demo.redirectUri}?error=invalid_scope&error_description=Invalid%20scope:%20everything&state=s/%20t&scope=import_customers`,
    );
    t.match((await client.pair({ scope: '' })).body, /"scope":"import_customers"\}$/, 'without a scope, all of them');
    client.policy({ scopeWhenOmitted: 'refused' });
    t.match(await sent({ scope: undefined }), /error=invalid_scope/);
    client.policy({ authorizeRefusals: 'page' });
    t.equal((await client.authorize({ response_type: 'token' })).status, 400);
  },
);

t.test(
  'consent: form, success, denial [tinyemail.authorize.consent] [tinyemail.authorize.undecided] [tinyemail.authorize.all-scopes-refused] [tinyemail.authorize.success] [tinyemail.authorize.state] [tinyemail.authorize.denied]',
  async (t) => {
    const denied = `${demo.redirectUri}?error=access_denied&error_description=User%20denied%20access&state=s`;
    const client = visit();
    const { url, page } = await client.consentPage({ state: 's', scope: 'import_customers' });
    t.match(page, /<button[^>]*name="authorize" value="Authorize">Allow/);
    t.match(
      page,
      /type="radio" name="scope.import_customers" value="true"[\s\S]*type="radio" name="scope.import_customers" value="false"/,
    );
    t.same(Object.keys(hiddenFields(page)), ['_csrf', 'user_oauth_approval']);
    t.same(Object.keys(hiddenFields(page, 1)), ['_csrf']);
    t.match(page, /name="user_oauth_approval" value="false">Deny/);

    const allowed = await client.submit(url, {
      ...hiddenFields(page),
      'scope.import_customers': 'true',
      authorize: 'Authorize',
    });
    t.equal(allowed.status, 303);
    t.match(allowed.headers.get('location'), /callback\?code=[0-9A-Za-z]{6}&state=s$/);
    t.equal(
      (await client.submit(url, hiddenFields(page))).headers.get('location'),
      allowed.headers.get('location'),
      'a second click changes nothing',
    );

    for (const fields of [
      { user_oauth_approval: 'false' },
      { user_oauth_approval: 'true', 'scope.import_customers': 'false' },
      { user_oauth_approval: 'maybe', 'scope.import_customers': 'true' },
      { user_oauth_approval: undefined, authorize: 'Authorize' },
    ]) {
      const another = visit();
      const shown = await another.consentPage({ state: 's' });
      const sent = await another.submit(shown.url, { ...hiddenFields(shown.page), ...fields });
      t.equal(sent.headers.get('location'), denied);
      t.equal(another.entry().reason, 'authorize.denied');
    }
    const plain = visit();
    const whole = await plain.consentPage({ state: 's' });
    t.match(
      (await plain.submit(whole.url, hiddenFields(whole.page))).headers.get('location'),
      '?code=',
      'one consent for all scopes',
    );
    const direct = await visit()
      .policy({ passwordAtAuthorize: true })
      .authorize({ username: demo.username, password: demo.password, client_secret: demo.secret });
    t.match(
      [direct.headers.get('content-type'), await direct.text()],
      ['application/json;charset=UTF-8', /^\{"code":"[0-9A-Za-z]{6}"\}$/],
      'with passwordAtAuthorize, the code in the body',
    );
    client.policy({ interaction: auto('deny'), redirectStatus: 302, echoState: false });
    const old = await client.authorize({ state: 's' });
    t.equal(old.status, 302);
    t.equal(old.headers.get('location'), denied.replace('&state=s', ''));
  },
);

t.test(
  'the token answer [tinyemail.token.members] [tinyemail.token.headers] [tinyemail.token.format] [tinyemail.token.stock-format] [tinyemail.token.access-lifetime] [tinyemail.token.refresh-lifetime] [tinyemail.code.format]',
  async (t) => {
    const client = visit();
    const code = await client.code();
    t.match(code, /^[0-9A-Za-z]{6}$/);
    const answer = await client.exchange(code);
    t.equal(answer.status, 200);
    t.same(pick(answer, ...Object.keys(noStore)), noStore);
    const { body, access, refresh } = await tokens(answer);
    t.equal(
      body,
      `{"access_token":"${access}","token_type":"bearer","refresh_token":"${refresh}","expires_in":43200,"scope":"import_customers"}`,
    );
    for (const each of [access, refresh]) t.match(each, /^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/);

    client.advance(43_199);
    t.equal((await client.api(customers, access)).status, 200);
    client.advance(1);
    t.equal((await client.api(customers, access)).status, 401);
    client.advance(2_592_000 - 43_200 - 1);
    t.equal((await client.refresh(refresh)).status, 200);
    client.advance(1);
    t.equal((await client.refresh(refresh)).status, 401);
  },
);

t.test('the same client, user and scopes get the same live token [tinyemail.token.reused]', async (t) => {
  const client = visit();
  const first = await client.pair();
  client.advance(100.5);
  const second = await client.pair();
  t.same([second.access, second.refresh], [first.access, first.refresh]);
  t.match(second.body, /"expires_in":43099,/);
  const graces = await client.policy({ interaction: auto('allow', 'grace@example.test') }).pair();
  t.not(graces.access, first.access, 'another person has another one');

  client.policy({ interaction: auto() }).advance(43_200);
  const third = await client.pair();
  t.not(third.access, first.access, 'an expired one is not returned again');
  t.equal(third.refresh, first.refresh, 'its refresh token is, while it is valid');
  client.advance(2_592_000);
  t.not((await client.pair()).refresh, first.refresh);

  client.policy({ accessTokenReused: false });
  const [a, b] = [await client.pair(), await client.pair()];
  t.not(a.access, b.access);
  client.policy({
    accessTokenReused: true,
    refreshTokenIssued: false,
    interaction: auto('allow', 'grace@example.test'),
  });
  client.advance(43_200);
  const alone = await client.pair();
  t.equal(alone.body, (await client.pair()).body, 'without a refresh token too');
  t.notMatch(alone.body, /refresh_token/);
});

t.test(
  'a refresh keeps its token and ends the old access token [tinyemail.refresh.keeps] [tinyemail.refresh.ends-access]',
  async (t) => {
    const client = visit();
    const first = await client.pair();
    const second = await tokens(await client.refresh(first.refresh));
    t.equal(second.refresh, first.refresh);
    t.not(second.access, first.access);
    t.equal((await client.api(customers, first.access)).status, 401);
    t.equal(client.entry().reason, 'bearer.revoked');
    t.match(client.entry().explanation, /\(a refresh replaced it\)$/);

    client.realm.accessTokens.delete(second.access);
    t.equal((await client.refresh(first.refresh)).status, 200, 'an access token that is forgotten needs no ending');

    client.policy({ refreshRotation: 'rotate', refreshRevokesAccessToken: false });
    const third = await tokens(await client.refresh(first.refresh));
    t.not(third.refresh, first.refresh);
    t.equal((await client.refresh(third.refresh)).status, 200);
    t.equal((await client.api(customers, third.access)).status, 200);
    await refused(
      t,
      await client.refresh(first.refresh),
      400,
      'invalid_grant',
      `Invalid refresh token: ${first.refresh}`,
    );
  },
);

t.test(
  'a code expires, and the first attempt spends it [tinyemail.code.lifetime] [tinyemail.code.first-try] [tinyemail.code.replay] [tinyemail.error.code-unknown]',
  async (t) => {
    const client = visit();
    const slow = await client.code();
    client.advance(600);
    await refused(t, await client.exchange(slow), 400, 'invalid_grant', `Invalid authorization code: ${slow}`);
    await refused(t, await client.exchange('none'), 400, 'invalid_grant', 'Invalid authorization code: none');

    for (const spoilt of [{ redirect_uri: 'http://localhost:3000/else' }, other]) {
      const code = await client.code();
      t.not((await client.exchange(code, spoilt)).status, 200);
      await refused(t, await client.exchange(code), 400, 'invalid_grant', `Invalid authorization code: ${code}`);
      t.equal(client.entry().reason, 'code.replayed');
    }
    const used = await client.code();
    const { access } = await tokens(await client.exchange(used));
    await refused(t, await client.exchange(used), 400, 'invalid_grant', `Invalid authorization code: ${used}`);
    t.equal((await client.api(customers, access)).status, 200, 'its tokens stay valid');

    client.policy({ failedExchangeSpendsCode: false, codeSeconds: 365 * 86_400, replayRevokesTokens: true });
    const code = await client.code();
    client.advance(364 * 86_400);
    t.equal((await client.exchange(code, { redirect_uri: 'http://localhost:3000/else' })).status, 400);
    const bought = await tokens(await client.exchange(code));
    await client.exchange(code);
    t.equal((await client.api(customers, bought.access)).status, 401);
  },
);

t.test(
  'where parameters and credentials may stand [tinyemail.token.places] [tinyemail.token.order] [tinyemail.token.redirect-uri] [tinyemail.error.redirect-differs]',
  async (t) => {
    const client = visit();
    const grant = async (): Promise<Record<string, string>> => ({
      grant_type: 'authorization_code',
      code: await client.code(),
      redirect_uri: demo.redirectUri,
    });
    const authorization = basic(demo.id, demo.secret);
    t.equal((await client.token({ ...(await grant()), ...credentials }, inQuery)).status, 200, 'query');
    t.equal((await client.token({ ...(await grant()), ...credentials })).status, 200, 'form');
    t.equal((await client.token(await grant(), { headers: { authorization } })).status, 200, 'form and Basic');
    t.equal(
      (await client.token(await grant(), { ...inQuery, headers: { authorization } })).status,
      200,
      'query and Basic',
    );
    t.equal(
      (await client.token({ ...(await grant()), ...credentials }, { headers: { authorization } })).status,
      200,
      'equal credentials in Basic and in parameters',
    );
    client.policy({ clientCredentialsTwice: 'refused', unreadBody: 'refused' });
    t.equal((await client.token({ ...(await grant()), ...credentials }, { headers: { authorization } })).status, 400);
    t.equal(
      (await client.token({ ...(await grant()), ...credentials }, { place: 'json' })).status,
      400,
      'JSON is not read',
    );
    t.equal(
      client.entry().explanation,
      'the body has the Content-Type "application/json"; accepted: "application/x-www-form-urlencoded", "multipart/form-data"',
    );

    await client.token({ grant_type: 'authorization_code', ...credentials, client_secret: 'wrong' });
    t.equal(client.entry().reason, 'client.secret-wrong', 'the client comes before the missing code');

    await refused(
      t,
      await client.token({ ...(await grant()), ...credentials, redirect_uri: undefined }),
      400,
      'invalid_grant',
      'Redirect URI mismatch.',
    );
    t.equal(
      client.entry().explanation,
      'redirect_uri was not sent; the authorization request had "http://localhost:3000/callback" (RFC 6749 §4.1.3)',
    );
    await refused(
      t,
      await client.token({ ...(await grant()), ...credentials, redirect_uri: `${demo.redirectUri}?more=1` }),
      400,
      'invalid_grant',
      'Redirect URI mismatch.',
    );
    await refused(
      t,
      await client.token({ ...(await grant()), ...credentials, redirect_uri: 'no uri' }),
      400,
      'invalid_grant',
      'Redirect URI mismatch.',
    );
    client.policy({ redirectUriAtToken: 'optional', redirectUriAtTokenMatching: 'ignore-query' });
    t.equal((await client.token({ ...(await grant()), ...credentials, redirect_uri: undefined })).status, 200);
    t.equal(
      (await client.token({ ...(await grant()), ...credentials, redirect_uri: `${demo.redirectUri}?more=1` })).status,
      200,
    );

    const one = visit({ clients: [{ id: 'one', secret: 's', redirectUris: [demo.redirectUri] }] });
    const code = await one.code({ client_id: 'one', redirect_uri: undefined });
    t.equal(
      (await one.token({ grant_type: 'authorization_code', code, client_id: 'one', client_secret: 's' })).status,
      200,
      'a redirect_uri that was not in the authorization request is not required',
    );
  },
);

t.test('a public client needs no secret', async (t) => {
  const client = visit({ clients: [{ id: 'app', redirectUris: [demo.redirectUri] }] });
  const code = await client.code({ client_id: 'app' });
  t.equal((await client.exchange(code, { client_id: 'app', client_secret: undefined })).status, 200);
  t.same(client.entry().notes, ['client authentication: none']);
});

t.test(
  'token errors: the client [tinyemail.error.headers] [tinyemail.error.form-client] [tinyemail.error.basic-client] [tinyemail.error.no-client] [tinyemail.error.code-other-client] [tinyemail.error.refresh-other-client] [tinyemail.error.grant-unauthorized]',
  async (t) => {
    const client = visit({ clients: [{ id: 'bare', secret: 's', grants: ['authorization_code'] }] });
    const form = 'Form realm="oauth2/client", error="invalid_client", error_description="Bad client credentials"';
    const refresh = { grant_type: 'refresh_token', refresh_token: 'none' };
    await refused(
      t,
      await client.token({ ...refresh, ...credentials, client_secret: 'wrong' }),
      401,
      'invalid_client',
      'Bad client credentials',
      form,
    );
    await refused(
      t,
      await client.token({ ...refresh, ...credentials, client_id: 'nobody' }, inQuery),
      401,
      'invalid_client',
      'Bad client credentials',
      form,
    );
    for (const id of [demo.id, 'nobody']) {
      await refused(
        t,
        await client.token(refresh, { headers: { authorization: basic(id, 'wrong') } }),
        401,
        'invalid_client',
        'Bad client credentials',
        'Basic realm="oauth2/client"',
      );
    }
    const full = 'Full authentication is required to access this resource';
    await refused(
      t,
      await client.token(refresh),
      401,
      'unauthorized',
      full,
      `Form realm="oauth2/client", error="unauthorized", error_description="${full}"`,
    );
    await refused(t, await client.exchange(await client.code(), other), 401, 'invalid_client', 'Client ID mismatch');
    const pair = await client.pair();
    await refused(
      t,
      await client.refresh(pair.refresh, other),
      400,
      'invalid_grant',
      `Wrong client for this refresh token: ${pair.refresh}`,
    );
    await refused(
      t,
      await client.refresh(pair.refresh, { client_id: 'bare', client_secret: 's' }),
      401,
      'invalid_client',
      'Unauthorized grant type: refresh_token',
    );
  },
);

t.test(
  'token errors: other reasons [tinyemail.error.refresh-unknown] [tinyemail.error.refresh-expired] [tinyemail.error.grant-unknown] [tinyemail.error.grant-missing] [tinyemail.error.code-missing] [tinyemail.error.refresh-missing] [tinyemail.error.scope] [tinyemail.error.method] [tinyemail.error.escaped] [tinyemail.error.internal]',
  async (t) => {
    const client = visit();
    await refused(t, await client.refresh('none'), 400, 'invalid_grant', 'Invalid refresh token: none');
    const markup = `<b a="1">'&`;
    const escaped = 'Invalid refresh token: &lt;b a=&quot;1&quot;&gt;&#39;&amp;';
    await refused(t, await client.refresh(markup), 400, 'invalid_grant', escaped);
    await refused(
      t,
      await client.token({ ...credentials, grant_type: 'magic' }),
      400,
      'unsupported_grant_type',
      'Unsupported grant type',
    );
    await refused(t, await client.token(credentials), 400, 'invalid_request', 'Missing grant type');
    await refused(
      t,
      await client.token({ ...credentials, grant_type: 'authorization_code' }),
      400,
      'invalid_request',
      'An authorization code must be supplied.',
    );
    await refused(
      t,
      await client.token({ ...credentials, grant_type: 'refresh_token' }),
      400,
      'invalid_request',
      'refresh_token parameter not provided',
    );
    const pair = await client.pair();
    await refused(
      t,
      await client.refresh(pair.refresh, { scope: 'everything' }),
      400,
      'invalid_scope',
      'Invalid scope: everything',
      null,
      { scope: 'import_customers' },
    );
    client.advance(2_592_000);
    await refused(
      t,
      await client.refresh(pair.refresh),
      401,
      'invalid_token',
      `Invalid refresh token (expired): ${pair.refresh}`,
    );

    const got = await client.token(credentials, { ...inQuery, method: 'GET' });
    await refused(t, got, 405, 'method_not_allowed', 'Request method &#39;GET&#39; not supported');
    client.policy({
      tokenMethods: ['GET', 'POST'],
      errors: { 'grant.unsupported': { description: 'Unsupported grant type: magic' } },
    });
    await refused(
      t,
      await client.token({ ...credentials, grant_type: 'magic' }, { ...inQuery, method: 'GET' }),
      400,
      'unsupported_grant_type',
      'Unsupported grant type: magic',
    );

    client.policy({ errors: { 'grant.missing': { status: 405 } } });
    t.equal((await client.token(credentials)).headers.get('allow'), null, 'a policy may answer 405 to anything');

    const code = await client.code();
    Object.assign(client.realm, {
      generate: {
        ...client.realm.generate,
        accessToken: () => {
          throw new Error('no chance left');
        },
      },
    });
    await refused(t, await client.exchange(code), 500, 'server_error', 'Internal Server Error');
  },
);

t.test(
  'the API and its tokens [tinyemail.api.places] [tinyemail.api.unknown] [tinyemail.api.expired] [tinyemail.api.missing] [tinyemail.api.scope] [tinyemail.api.key] [tinyemail.api.rate]',
  async (t) => {
    const client = visit({ resources: [{ method: 'GET', path: '/v1/closed', scopes: ['closed'], body: {} }] });
    const { access } = await client.pair();
    const says = async (
      response: Response,
      status: number,
      error: string,
      error_description: string,
      challenge: string | null,
      more: object = {},
    ): Promise<void> => {
      t.equal(response.status, status);
      t.equal(await response.text(), JSON.stringify({ error, error_description, ...more }));
      t.same(pick(response, ...Object.keys(noStore), 'www-authenticate'), {
        ...noStore,
        'www-authenticate': challenge,
      });
    };
    const challenge = (error: string, description: string): string =>
      `Bearer realm="oauth2-resource", error="${error}", error_description="${description}"`;
    const beyond = (error: string, description: string): string =>
      challenge(error, description).replace('realm="oauth2-resource", ', '');
    const full = 'Full authentication is required to access this resource';
    t.equal((await client.api(`${customers}?access_token=${access}`)).status, 200, 'query');
    const form = await client.api('/audiences', undefined, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `access_token=${access}&name=x`,
    });
    t.equal(form.status, 200, 'form body');

    await says(
      await client.api(customers, 'none'),
      401,
      'invalid_token',
      'Invalid access token: none',
      challenge('invalid_token', 'Invalid access token: none'),
    );
    await says(
      await client.api(`${customers}?access_token=a%26b`),
      401,
      'invalid_token',
      'Invalid access token: a&amp;b',
      challenge('invalid_token', 'Invalid access token: a&b'),
    );
    await says(await client.api(customers), 401, 'unauthorized', full, challenge('unauthorized', full));
    await says(
      await client.api(customers, undefined, { headers: { authorization: basic('a', 'b') } }),
      401,
      'unauthorized',
      full,
      challenge('unauthorized', full),
    );
    await says(
      await client.api(customers, undefined, { headers: { 'x-api-key': 'key' } }),
      401,
      'invalid_token',
      'Invalid access token: key',
      challenge('invalid_token', 'Invalid access token: key'),
    );
    t.equal((await client.api(customers, undefined, { headers: { 'x-api-key': access } })).status, 200);
    await says(
      await client.api('/closed', access),
      403,
      'insufficient_scope',
      'Insufficient scope for this resource',
      `${beyond('insufficient_scope', 'Insufficient scope for this resource')}, scope="closed"`,
      { scope: 'closed' },
    );
    client.policy({ callsPerSecond: 1 });
    await client.api(customers, access);
    await says(await client.api(customers, access), 429, 'too_many_requests', 'Too many requests.', null);
    client.policy({ callsPerSecond: Infinity }).advance(43_200);
    await says(
      await client.api(customers, access),
      401,
      'invalid_token',
      `Access token expired: ${access}`,
      challenge('invalid_token', `Access token expired: ${access}`),
    );
    client.policy({ accessTokenExpiryChecked: false });
    t.equal((await client.api(customers, access)).status, 200);
  },
);

t.test(
  "the API's calls [tinyemail.api.customer-get] [tinyemail.api.customer-put] [tinyemail.api.bad-request] [tinyemail.api.method] [tinyemail.api.campaign] [tinyemail.api.contacts] [tinyemail.api.ids] [tinyemail.api.members-from-1] [tinyemail.api.last] [tinyemail.api.paging] [tinyemail.api.audiences] [tinyemail.api.sender-details] [tinyemail.api.relay]",
  async (t) => {
    const client = visit();
    const { access } = await client.pair();
    const get = async (path: string): Promise<Record<string, unknown>> =>
      JSON.parse(await (await client.api(path, access)).text()) as Record<string, unknown>;
    const send = (method: string, path: string, body: unknown): Promise<Response> =>
      client.api(path, access, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

    const customer = await get(customers);
    t.equal(customer.email, 'reader@example.test');
    t.equal(typeof customer.lastPurchasePrice, 'string');
    t.same(Object.keys(customer), [
      'email',
      'firstName',
      'lastName',
      'source',
      'status',
      'birthday',
      'tags',
      'currency',
      'country',
      'province',
      'city',
      'address1',
      'address2',
      'phone',
      'postalCode',
      'company',
      'lastPurchaseOrder',
      'lastPurchasePrice',
      'latestOrderId',
      'lastPurchaseDate',
      'unsubscribedAt',
    ]);
    t.equal(
      await (
        await send('PUT', '/account/customer', {
          updateMembers: [{ email: 'a@example.test' }, { email: 'b@example.test' }],
        })
      ).text(),
      '{"numberOfCreatedMembers":2,"numberOfUpdatedMembers":0}',
    );
    t.equal(
      await (
        await send('PUT', '/account/customer', {
          updateMembers: [{ email: 'reader@example.test' }, { email: 'b@example.test' }],
        })
      ).text(),
      '{"numberOfCreatedMembers":1,"numberOfUpdatedMembers":1}',
    );
    t.match(
      await get('/account/customer/nobody@example.test'),
      { email: 'nobody@example.test', status: 'Subscribed' },
      'every address is a customer, because nothing is stored',
    );
    const broken = await client.api('/account/customer', access, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"updateMembers"',
    });
    t.same([broken.status, await broken.text()], [400, '{"message":"The request body cannot be read."}']);
    for (const body of [{}, [], { updateMembers: [{}] }, { updateMembers: [null] }]) {
      const bad = await send('PUT', '/account/customer', body);
      t.equal(bad.status, 400);
      t.equal(await bad.text(), '{"message":"updateMembers must be a list of objects, each with an email"}');
    }
    const campaigns = await get('/campaign?page=0&size=20');
    t.match(campaigns, {
      campaigns: { last: true, totalElements: 1, totalPages: 1, first: true, numberOfElements: 1, empty: false },
    });
    const { content } = campaigns.campaigns as { content: readonly unknown[] };
    t.equal(content.length, 1);
    t.match(content[0], {
      id: '1',
      campaign: { name: 'Welcome', subject: 'Welcome', previewText: String },
      status: 'COMPLETED',
      contactIds: ['1'],
      ...{ sent: 1, delivered: 1, deliveredProgress: 100, open: 1, totalOpen: 1, clicked: 0, unsubscribed: 0 },
    });
    t.match(
      await get('/campaign?page=1'),
      {
        campaigns: { content: [], last: true, totalElements: 1, number: 1, size: 20, numberOfElements: 0, empty: true },
      },
      'a page after the last is empty',
    );
    t.same(await get('/contacts'), { contacts: [{ id: '1', name: 'Readers', numberOfMembers: 1 }] });
    for (const first of ['', '?page=1', '?page=0', '?page=x']) {
      t.match(
        await get(`/contacts/1/members${first}`),
        { members: { content: [{ email: 'reader@example.test' }], last: true, number: 0, size: 20 } },
        `members are counted from 1: ${first}`,
      );
    }
    t.match(await get('/contacts/1/members?page=2&size=5'), { members: { content: [], number: 1, size: 5 } });
    t.match(await get('/contacts/1/members?size=0'), { members: { size: 20 } }, 'no size below 1');
    t.match(await get('/contacts/1/members?size=9999'), { members: { size: 2000 } }, 'and a largest one');
    t.same(await get('/audiences'), { contacts: [{ id: '1', name: 'Readers' }] });
    t.equal(await (await send('POST', '/audiences', { name: 'New', members: [] })).text(), '{"id":"2","name":"New"}');
    t.equal(await (await send('POST', '/audiences', [])).text(), '{"id":"2"}');
    t.equal(await (await send('PUT', '/audiences/2', { assignMembers: [], unAssignMembers: [] })).text(), '{"id":"2"}');
    t.match(await get('/sender-details'), { senderDetailses: [{ id: '1', emailConfirmed: true }] });

    const wrong = await client.api('/audiences', access, { method: 'DELETE' });
    t.equal(wrong.status, 405);
    t.equal(wrong.headers.get('allow'), 'GET, POST');
    t.equal(
      (await client.fetch('/relay/v1/email/campaign', { method: 'POST', headers: { 'x-relay-access-token': 'x' } }))
        .status,
      404,
    );
    t.equal((await client.api('/campaign', access, { method: 'HEAD' })).status, 200);
  },
);
