import { createHash } from 'node:crypto';
import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, auto, basic, credentials, hiddenFields, location, other, pick, tokens, withHost } from './visit.js';
import type { Test } from 'tap';
import type { RealmSetup } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const visit = (setup?: RealmSetup): Visit => new Visit(server, 'dottedsign', setup);

const me = '/members/me';
const grantInvalid =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
const clientFailed =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.';
const redirectInvalid = 'The requested redirect uri is malformed or doesn&#39;t match client redirect URI.';
const opened =
  'sign_tasks.general.read sign_tasks.general.write files.general.read files.general.write groups.general.read groups.general.write groups.seals.read groups.seals.write groups.sign_tasks.read third_party';

const challenge = (error: string, description: string): string =>
  `Bearer realm="Doorkeeper", error="${error}", error_description="${description}"`;
const triple = (error_code: number, error_key: string): object => ({
  error_code,
  error_message: error_key.replaceAll('_', ' '),
  error_key,
});

/** Asserts a refusal of the token endpoint and its neighbours to the byte. */
async function refused(
  t: Test,
  response: Response,
  status: number,
  error: string,
  error_description: string,
  more: object = {},
): Promise<void> {
  t.equal(response.status, status, error);
  t.equal(await response.text(), JSON.stringify({ error, error_description, ...more }));
  t.same(pick(response, 'cache-control', 'content-type', 'pragma', 'www-authenticate'), {
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    pragma: null,
    'www-authenticate': challenge(error, error_description),
  });
}
const noGrant = (t: Test, response: Response): Promise<void> =>
  refused(t, response, 400, 'invalid_grant', grantInvalid, triple(401_001, 'invalid_grant'));
const noClient = (t: Test, response: Response): Promise<void> =>
  refused(t, response, 401, 'invalid_client', clientFailed, triple(400_005, 'invalid_client'));
const missing = (t: Test, response: Response, name: string): Promise<void> =>
  refused(
    t,
    response,
    400,
    'invalid_request',
    `Missing required parameter: ${name}.`,
    triple(400_004, 'invalid_request'),
  );

t.test(
  'addressing: two Hosts with bare paths, and no web site [dottedsign.host] [dottedsign.sandbox-site]',
  async (t) => {
    for (const host of ['api.dottedsign.com', 'api.sandbox.dottedsign.com']) {
      t.equal((await withHost(server, host, '/v1/members/me')).status, 401, host);
    }
    const bare = await withHost(
      server,
      'api.sandbox.dottedsign.com',
      `/v1/oauth/authorize?client_id=${demo.id}&response_type=code&redirect_uri=${demo.redirectUri}`,
    );
    t.match(bare.headers.location, /^\/login\?authorization=/);
    t.match(bare.headers['set-cookie'], /Path=\/; HttpOnly; SameSite=Lax/);
    t.equal((await withHost(server, 'sandbox.dottedsign.com', '/v1/members/me')).status, 404);
  },
);

t.test(
  "the requests of the customer's document: one of several redirect URIs in both steps, 401 Unauthorized, refresh [dottedsign.authorize.request] [dottedsign.authorize.several-redirect-uris] [dottedsign.token.code] [dottedsign.token.refresh] [dottedsign.api.unauthorized]",
  async (t) => {
    const redirectUris = ['https://one.example.test/back', 'https://two.example.test/back'];
    const client = visit({ clients: [{ id: 'several', secret: 's', redirectUris }] });
    const own = { client_id: 'several', client_secret: 's' };
    for (const redirect_uri of redirectUris) {
      const sent = await client.fetch(
        `/v1/oauth/authorize?client_id=several&response_type=code&redirect_uri=${redirect_uri}`,
      );
      t.ok(sent.headers.get('location')!.startsWith(`${redirect_uri}?code=`), redirect_uri);
      const answer = await client.token({
        ...own,
        grant_type: 'authorization_code',
        code: location(sent).searchParams.get('code')!,
        redirect_uri,
      });
      t.equal(answer.status, 200);
    }
    const [first, second] = redirectUris;
    const code = await client.code({ client_id: 'several', redirect_uri: first });
    await noGrant(t, await client.token({ ...own, grant_type: 'authorization_code', code, redirect_uri: second }));
    t.equal(
      client.entry().explanation,
      'redirect_uri differs: the host is "two.example.test"; in the authorization request: "one.example.test"',
    );

    for (const redirect_uri of [undefined, 'https://three.example.test/back']) {
      t.ok((await (await client.authorize({ client_id: 'several', redirect_uri })).text()).includes(redirectInvalid));
    }
    const single = visit({ clients: [{ id: 'single', secret: 's', redirectUris: [demo.redirectUri] }] });
    t.ok(
      (await (await single.authorize({ client_id: 'single', redirect_uri: undefined })).text()).includes(
        redirectInvalid,
      ),
      'a single registered redirect_uri must be sent too',
    );
    single.policy({ redirectUriRequired: 'when-several', redirectUriAtToken: 'optional' });
    t.equal(
      (
        await single.token({
          grant_type: 'authorization_code',
          client_id: 'single',
          client_secret: 's',
          code: await single.code({ client_id: 'single', redirect_uri: undefined }),
        })
      ).status,
      200,
    );

    const pair = await tokens(await client.exchange(await client.code()));
    t.equal((await client.api(me, pair.access)).status, 200);
    client.advance(172_800);
    const dead = await client.api(me, pair.access);
    t.same([dead.status, dead.statusText], [401, 'Unauthorized']);
    const next = await tokens(
      await client.token({ ...credentials, grant_type: 'refresh_token', refresh_token: pair.refresh }),
    );
    t.equal((await client.api(me, next.access)).status, 200);
  },
);

t.test(
  'grants, ids, scopes, no CORS [dottedsign.grants] [dottedsign.client.ids] [dottedsign.scopes] [dottedsign.scopes.third-party] [dottedsign.authorize.embedded-signing] [dottedsign.authorize.scope-omitted] [dottedsign.cors]',
  async (t) => {
    const [base64url, hex] = ['A'.repeat(21) + '-_' + 'z'.repeat(20), '0123456789abcdef'.repeat(4)];
    const client = visit({
      clients: [
        { id: base64url, secret: hex, redirectUris: [demo.redirectUri] },
        { id: hex, secret: base64url, redirectUris: [demo.redirectUri] },
      ],
    });
    for (const [client_id, client_secret] of [
      [base64url, hex],
      [hex, base64url],
    ] as const) {
      t.equal((await client.exchange(await client.code({ client_id }), { client_id, client_secret })).status, 200);
    }
    await refused(
      t,
      await client.token({ ...credentials, grant_type: 'password', email: demo.username, password: demo.password }),
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
    );

    t.equal(
      (JSON.parse((await client.pair()).body) as { scope: string }).scope,
      opened,
      'without a scope, all scopes open to the client',
    );
    t.match(
      (await client.pair({ scope: 'third_party sign_tasks.general.read sign_tasks.general.write' })).body,
      /"scope":"third_party sign_tasks\.general\.read sign_tasks\.general\.write"/,
    );
    const embedded = await client.authorize({ scope: 'embedded_signing' });
    t.match(await embedded.text(), /The requested scope is invalid, unknown, or malformed\./);
    t.equal(client.entry().reason, 'scope.not-allowed');
    t.match(
      await (
        await client.token({ ...credentials, grant_type: 'client_credentials', scope: 'embedded_signing' })
      ).text(),
      /"scope":"embedded_signing"/,
    );
    client.policy({ scopeWhenOmitted: 'refused' });
    t.match(await (await client.authorize()).text(), /The parameter scope is missing\./);

    const headers = { origin: 'https://app.example.test' };
    t.equal((await client.api(me, 'x', { headers })).headers.get('access-control-allow-origin'), null);
    t.equal(
      (await client.policy({ cors: true }).api(me, 'x', { headers })).headers.get('access-control-allow-origin'),
      '*',
    );
  },
);

t.test(
  "the self-hosted edition's paths and password grant [dottedsign.self-hosted.paths] [dottedsign.self-hosted.password] [dottedsign.self-hosted.refresh-path] [dottedsign.error.password] [dottedsign.token.for-app]",
  async (t) => {
    const client = visit({
      policy: { grants: ['authorization_code', 'refresh_token', 'client_credentials', 'password'] },
    });
    const sent = await client.fetch(client.authorizeUrl({}, '/oauth/authorize'));
    const code = location(sent).searchParams.get('code')!;
    const pair = await tokens(
      await client.token(
        { ...credentials, grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri },
        { path: '/oauth/token' },
      ),
    );
    t.equal(
      (await client.fetch('/api/v1/members/me', { headers: { authorization: `Bearer ${pair.access}` } })).status,
      200,
    );
    const again = await client.token(
      { ...credentials, grant_type: 'refresh_token', refresh_token: pair.refresh },
      { path: '/oauth/token/refresh' },
    );
    t.equal(again.status, 200);

    const person = {
      ...credentials,
      grant_type: 'password',
      email: demo.username,
      password: demo.password,
      provider: 'ldap',
    };
    const answer = await client.token(person, { place: 'json' });
    t.same(
      Object.keys(JSON.parse(await answer.text()) as object),
      ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'created_at'],
      'no for_app',
    );
    t.equal(client.entry().userId, demo.username);
    await noGrant(t, await client.token({ ...person, password: 'wrong' }));
    await noGrant(t, await client.token({ ...person, email: undefined, username: demo.username }));
    t.equal(client.entry().explanation, 'email was not sent');
    client.policy({ passwordGrantUsername: 'username' });
    t.equal((await client.token({ ...person, username: demo.username })).status, 200);
  },
);

t.test(
  'login, and refusals on a page with status 200 [dottedsign.authorize.login] [dottedsign.authorize.login-first] [dottedsign.authorize.login-page] [dottedsign.authorize.errors] [dottedsign.authorize.errors-newer] [dottedsign.authorize.errors-redirected]',
  async (t) => {
    const client = visit().policy({ interaction: { mode: 'manual' } });
    const sent = await client.authorize();
    t.equal(sent.status, 302);
    t.match(sent.headers.get('location'), /\/dottedsign\/login\?authorization=/);
    const page = await (await client.fetch(server.url + sent.headers.get('location')!)).text();
    t.match(page, /name="authenticity_token"[\s\S]*name="username"[\s\S]*name="password"/);

    const bad = [
      [{ client_id: 'nobody' }, 401, clientFailed],
      [{ client_id: undefined }, 400, 'Missing required parameter: client_id.'],
      [{ redirect_uri: 'http://localhost:3000/else' }, 400, redirectInvalid],
      [{ response_type: 'token' }, 400, 'The authorization server does not support this response type.'],
      [{ response_type: undefined }, 400, 'Missing required parameter: response_type.'],
      [{ scope: 'everything' }, 400, 'The requested scope is invalid, unknown, or malformed.'],
    ] as const;
    for (const [parameters, , text] of bad) {
      const first = await client.authorize({ state: 's', ...parameters });
      t.same(first.status, 302, text);
      t.match(first.headers.get('location'), /\/dottedsign\/login\?authorization=&/, 'the login page comes first');
      t.match(client.entry().notes.join(), /after it the request will be refused: /, 'the journal knows already');
    }
    client.policy({ loginPage: 'after-the-checks' });
    for (const [parameters, , text] of bad) {
      const answer = await client.authorize({ state: 's', ...parameters });
      t.same([answer.status, answer.headers.get('location')], [200, null], text);
      t.ok((await answer.text()).includes(text), text);
    }
    client.policy({ refusalPageStatus: 'as-the-error' });
    for (const [parameters, status, text] of bad) t.equal((await client.authorize(parameters)).status, status, text);

    client.policy({ authorizeRefusals: 'redirect' });
    const redirected = location(await client.authorize({ state: 's', scope: 'everything' }));
    t.same(Object.fromEntries(redirected.searchParams), {
      error: 'invalid_scope',
      error_description: 'The requested scope is invalid, unknown, or malformed.',
      error_code: '400008',
      error_message: 'invalid scope',
      error_key: 'invalid_scope',
      state: 's',
    });
    t.same(
      [...location(await client.authorize({ response_type: 'token' })).searchParams.keys()],
      ['error', 'error_description'],
    );
  },
);

t.test(
  'consent: form, approval, denial, and skipped while a token lives [dottedsign.authorize.consent] [dottedsign.authorize.approve] [dottedsign.authorize.deny] [dottedsign.authorize.consent-skipped] [dottedsign.authorize.undecided]',
  async (t) => {
    const client = visit();
    const { url, page } = await client.consentPage({ state: 's"<', scope: 'third_party' });
    const hidden = hiddenFields(page);
    t.same(Object.keys(hidden), [
      'authenticity_token',
      'client_id',
      'redirect_uri',
      'state',
      'response_type',
      'response_mode',
      'scope',
      'code_challenge',
      'code_challenge_method',
    ]);
    t.match(hidden, {
      client_id: demo.id,
      redirect_uri: demo.redirectUri,
      state: 's&quot;&lt;',
      response_type: 'code',
      response_mode: 'query',
      scope: 'third_party',
    });
    t.match(page, /<button[^>]*name="commit" value="Authorize">Allow/);
    t.match(page, /name="commit" value="Deny">Deny/);
    t.same(Object.keys(hiddenFields(page, 1)), Object.keys(hidden), 'the form of Deny repeats the request');
    t.match(page, '<input name="_method" value="delete" hidden>', 'and asks for DELETE');

    client.policy({ consentFormFields: 'ignored' });
    for (const undecided of [{}, { commit: 'Authorize' }]) {
      const again = await client.submit(url, { authenticity_token: hidden.authenticity_token, ...undecided });
      t.same([again.status, (await again.text()).includes('Allow')], [200, true], 'without a client it is no request');
    }
    const allowed = await client.submit(url, {
      ...hidden,
      client_id: 'nobody',
      scope: 'everything',
      redirect_uri: 'https://evil.example.test/',
      state: 'forged',
      commit: 'Authorize',
    });
    t.equal(allowed.status, 302);
    t.match(
      allowed.headers.get('location'),
      /^http:\/\/localhost:3000\/callback\?code=[A-Za-z0-9_-]{43}&state=s%22%3C$/,
      'changed fields of the form are ignored',
    );
    const { access } = await tokens(await client.exchange(location(allowed).searchParams.get('code')!));

    const skipped = await client.authorize({ scope: 'third_party', state: 'again' });
    t.match(skipped.headers.get('location'), /callback\?code=[\w-]{43}&state=again$/, 'no consent page');
    t.same(client.entry().notes, ['consent skipped: a token of this client, user and scopes is not revoked']);
    t.match(
      (await client.authorize({ scope: 'third_party files.general.read' })).headers.get('location'),
      /\?authorization=/,
      'other scopes',
    );
    t.equal(
      (await client.policy({ consent: 'always' }).authorize({ scope: 'third_party' })).headers
        .get('location')!
        .includes('?authorization='),
      true,
    );
    client.policy({ consent: 'skipped-while-a-token-lives' });
    t.equal((await client.api(me, access)).status, 200);
    client.advance(172_800);
    t.match(
      (await client.authorize({ scope: 'third_party' })).headers.get('location'),
      /\/login\?authorization=/,
      'an expired token does not count, and the session has expired',
    );

    const challenged = visit({ users: [{ id: 'u1', username: demo.username, name: 'Ada' }] });
    const own = await challenged.consentPage({ code_challenge: 'c'.repeat(43), code_challenge_method: 'plain' });
    t.match(hiddenFields(own.page), { state: '', code_challenge: 'c'.repeat(43), code_challenge_method: 'plain' });
    t.equal(challenged.entry().userId, 'u1');

    const another = visit();
    const shown = await another.consentPage({ state: 's' });
    const denied = await another.submit(shown.url, { ...hiddenFields(shown.page, 1), _method: 'delete' });
    t.equal(denied.status, 302);
    t.equal(
      denied.headers.get('location'),
      `${demo.redirectUri}?error=access_denied&error_description=The+resource+owner+or+authorization+server+denied+the+request.&state=s`,
    );
  },
);

t.test(
  'redirect URIs: compared as Ruby compares URIs, with any port of a loopback address [dottedsign.authorize.redirect-match]',
  async (t) => {
    const client = visit({
      clients: [
        {
          id: 'c',
          secret: 's',
          redirectUris: [
            'https://c.example.test/back?a=1&b=2',
            'http://127.0.0.1:3000/x',
            'http://[::1]/x',
            'http://localhost:3000/x',
            'app.example:/x',
            'https://c.example.test',
            'app.example:opaque',
          ],
        },
      ],
    });
    const works = async (redirect_uri: string): Promise<boolean> =>
      (await client.authorize({ client_id: 'c', redirect_uri })).status === 302;
    for (const uri of [
      'https://c.example.test/back?b=2&a=1',
      'http://127.0.0.1:61234/x',
      'http://[::1]:4000/x',
      'http://localhost:3000/x',
      'app.example:/x',
      'app.example:///x',
      'APP.example:/x',
      'http://127.0.0.1/x',
      'http://127.0.0.1:3000/x?code=a&state=b',
      'http://127.0.0.1:3000/x?q=a b',
      'https://C.EXAMPLE.test:443/back?b=2&a=1',
      'https://c.example.test?x=1',
      'https://c.example.test/?x=1',
      'https://c.example.test:/back?a=1&b=2',
    ]) {
      t.equal(await works(uri), true, uri);
    }
    for (const uri of [
      'https://c.example.test/back?a=1',
      'https://c.example.test/back?a=1&b=2&c=3',
      'https://c.example.test/back/?a=1&b=2',
      'http://127.0.0.2:3000/x',
      'http://localhost:4000/x',
      'http://user@127.0.0.1:3000/x',
      'https://127.0.0.1:3000/x',
      'http://127.0.0.1:3000/x#f',
      '/x',
      'http://127.0.0.1:3000/é',
      'http://127.0.0.1:3000/x?é',
      'http://127.1:3000/x',
      'http://127.0.0.01:3000/x',
      'http://127.0.0.1:3000/x y',
      'http://127.0.0.1:3000/x\n',
      'http://127.0.0.1:3000/x%zz',
      'http://127.0.0.1:3000/[x]',
      'https://c.example.test/%2e%2e/back?a=1&b=2',
      'https://c.example.test/back?a=1&&b=2',
      'https://c.example.test:8443',
      'https://c.example.test.',
      'https://evil.example\\@c.example.test',
      'https://c.example.test\\.evil.example',
      'https://c.example.test@evil.example',
      'https://c.example.test:443@evil.example/',
      'https://me:pw@c.example.test/',
      'https://c.example.test%00.evil.example/',
      'https://c.example.test%2eevil.example/',
      '//c.example.test',
      'https:c.example.test',
      'https:/c.example.test',
      'https:///c.example.test',
      'app.example:opaque',
      'localhost:/x',
      'javascript:/x',
    ]) {
      t.equal(await works(uri), false, uri);
    }
    client.policy({ redirectUriMatching: 'exact' });
    t.equal(await works('http://127.0.0.1:61234/x'), false);
    const none = visit({ clients: [{ id: 'none', secret: 's' }] });
    t.equal((await none.authorize({ client_id: 'none' })).status, 200);
    t.equal(
      none.entry().explanation,
      'redirect_uri "http://localhost:3000/callback" was sent; the client has no registered redirect URI',
    );
  },
);

t.test('PKCE, plain and S256 [dottedsign.authorize.pkce]', async (t) => {
  const client = visit();
  const code_verifier = 'v'.repeat(128);
  const s256 = createHash('sha256').update(code_verifier).digest('base64url');
  t.equal(
    (
      await client.exchange(await client.code({ code_challenge: s256, code_challenge_method: 'S256' }), {
        code_verifier,
      })
    ).status,
    200,
  );
  t.equal(
    (
      await client.exchange(await client.code({ code_challenge: code_verifier, code_challenge_method: 'plain' }), {
        code_verifier,
      })
    ).status,
    200,
  );
  t.match(await (await client.authorize({ code_challenge: code_verifier })).text(), /must be plain or S256/);
  t.equal(client.entry().reason, 'pkce.method-missing');
  client.policy({ pkceMethodOmitted: 'plain' });
  t.equal(
    (await client.exchange(await client.code({ code_challenge: code_verifier }), { code_verifier })).status,
    200,
    'RFC 7636 has plain as the default',
  );
  await noGrant(
    t,
    await client.exchange(await client.code({ code_challenge: s256, code_challenge_method: 'S256' }), {
      code_verifier: s256,
    }),
  );
  t.match(
    await (await client.policy({ pkceMethods: ['S256'] }).authorize({ code_challenge: code_verifier })).text(),
    /must be plain or S256/,
  );
  t.equal((await client.policy({ pkce: 'required' }).authorize()).status, 200);
  t.equal(client.entry().reason, 'pkce.challenge-missing');
  t.equal((await client.policy({ pkce: 'ignored' }).exchange(await client.code(), { code_verifier })).status, 200);
});

t.test(
  'the token answer [dottedsign.token.members] [dottedsign.token.type] [dottedsign.token.headers] [dottedsign.rails-headers] [dottedsign.token.format] [dottedsign.token.access-lifetime] [dottedsign.token.access-lifetime-cloud]',
  async (t) => {
    const client = visit();
    const code = await client.code({ scope: 'third_party' });
    t.match(code, /^[A-Za-z0-9_-]{43}$/);
    client.advance(0.9);
    const answer = await client.exchange(code);
    t.equal(answer.status, 200);
    const { body, access, refresh } = await tokens(answer);
    t.equal(
      body,
      `{"access_token":"${access}","token_type":"Bearer","expires_in":172800,"refresh_token":"${refresh}","scope":"third_party","created_at":1767225600}`,
    );
    for (const each of [access, refresh]) t.match(each, /^[A-Za-z0-9_-]{43}$/);
    t.same(pick(answer, 'cache-control', 'content-type', 'pragma', 'www-authenticate'), {
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      pragma: null,
      'www-authenticate': null,
    });
    t.match(answer.headers.get('etag'), /^W\/"[0-9a-f]{32}"$/);

    const rails = {
      'x-frame-options': 'SAMEORIGIN',
      'x-xss-protection': '1; mode=block',
      'x-content-type-options': 'nosniff',
      'x-download-options': 'noopen',
      'x-permitted-cross-domain-policies': 'none',
      'referrer-policy': 'strict-origin-when-cross-origin',
      vary: 'Accept',
    };
    const ids = new Set<string | null>();
    for (const any of [
      answer,
      await client.exchange('none'),
      await client.api(me),
      await client.authorize({ client_id: 'nobody' }),
      await client.exchange('none', { client_secret: 'wrong' }),
    ]) {
      t.same(pick(any, ...Object.keys(rails)), rails);
      t.match(any.headers.get('x-runtime'), /^\d+\.\d{6}$/);
      t.match(any.headers.get('x-request-id'), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      ids.add(any.headers.get('x-request-id'));
    }
    t.equal(ids.size, 5);

    t.match((await client.policy({ accessTokenSeconds: 7200 }).pair()).body, /"expires_in":7200,/);
    const blank = visit({ clients: [{ id: 'blank', secret: 's', redirectUris: [demo.redirectUri], scopes: [] }] });
    const without = await tokens(
      await blank.exchange(await blank.code({ client_id: 'blank' }), { client_id: 'blank', client_secret: 's' }),
    );
    t.same(
      Object.keys(JSON.parse(without.body) as object),
      ['access_token', 'token_type', 'expires_in', 'refresh_token', 'created_at'],
      'a blank scope is left out',
    );
  },
);

t.test(
  'where parameters and credentials may stand [dottedsign.token.json] [dottedsign.token.places] [dottedsign.token.client-places]',
  async (t) => {
    const client = visit();
    const authorization = basic(demo.id, demo.secret);
    const grant = async (): Promise<Record<string, string>> => ({
      grant_type: 'authorization_code',
      code: await client.code(),
      redirect_uri: demo.redirectUri,
    });
    for (const place of ['body', 'json', 'query'] as const) {
      t.equal((await client.token({ ...(await grant()), ...credentials }, { place })).status, 200, place);
      t.equal(
        (await client.token(await grant(), { place, headers: { authorization } })).status,
        200,
        `${place} and Basic`,
      );
    }
    const charset = { 'content-type': 'application/json;charset=UTF-8', accept: 'application/json' };
    t.equal(
      (await client.token({ ...(await grant()), ...credentials }, { place: 'json', headers: charset })).status,
      200,
    );
    t.equal(
      (await client.token({ ...(await grant()), ...credentials }, { headers: { authorization } })).status,
      200,
      'equal credentials in both places',
    );
    t.equal(
      (
        await client
          .policy({ clientCredentialsTwice: 'refused' })
          .token({ ...(await grant()), ...credentials }, { headers: { authorization } })
      ).status,
      400,
    );

    const json = (body: string): Promise<Response> =>
      client.fetch('/v1/oauth/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await missing(t, await json(''), 'grant_type');
    await missing(t, await json('{"grant_type":null}'), 'grant_type');
    t.equal((await json('{"grant_type":7,"code":true}')).status, 400, 'numbers and booleans are text');
    t.equal(
      client.entry().explanation,
      'grant_type was "7"; supported: "authorization_code", "refresh_token", "client_credentials"',
    );
    await missing(t, await json('[1]'), 'grant_type');
    client.policy({ parameterSyntax: 'plain' });
    t.equal((await json('[1]')).status, 400);
    t.equal(client.entry().explanation, 'the body could not be read: an object of parameters was expected');
    t.equal((await client.policy({ tokenBodyTypes: ['form'] }).token(credentials, { place: 'json' })).status, 400);
  },
);

t.test(
  "client_credentials acts for the application's creator, without a refresh token [dottedsign.token.client-credentials] [dottedsign.token.no-refresh-token]",
  async (t) => {
    const client = visit();
    const answer = await client.token({
      ...credentials,
      grant_type: 'client_credentials',
      scope: 'sign_tasks.general.read',
    });
    const { body, access } = await tokens(answer);
    t.equal(
      body,
      `{"access_token":"${access}","token_type":"Bearer","expires_in":172800,"scope":"sign_tasks.general.read","created_at":1767225600}`,
    );
    t.match(await (await client.api(me, access)).json(), { data: { email: demo.username } });
    t.equal(client.entry().userId, undefined);
    client.realm.users.clear();
    t.match(
      await (await client.api(me, access)).json(),
      { data: { email: '', name: '' } },
      'without users, the answer has no user',
    );
    t.notMatch((await visit().policy({ refreshTokenIssued: false }).pair()).body, /refresh_token/);
  },
);

t.test(
  'token errors, in the order of the checks [dottedsign.error.headers] [dottedsign.error.order] [dottedsign.error.grant-missing] [dottedsign.error.grant-unknown] [dottedsign.error.code-missing] [dottedsign.error.redirect-uri-missing] [dottedsign.error.client] [dottedsign.error.grant] [dottedsign.error.standard-members]',
  async (t) => {
    const client = visit();
    const wrong = { client_id: 'nobody', client_secret: 'wrong' };
    const code = { grant_type: 'authorization_code', code: 'none', redirect_uri: 'http://nowhere' };
    await missing(t, await client.token(wrong), 'grant_type');
    await refused(
      t,
      await client.token({ ...wrong, grant_type: 'magic' }),
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
    );
    await missing(t, await client.token({ ...wrong, ...code, code: undefined, redirect_uri: undefined }), 'code');
    await missing(t, await client.token({ ...wrong, ...code, redirect_uri: undefined }), 'redirect_uri');
    await noClient(t, await client.token({ ...wrong, ...code }));
    await noClient(t, await client.token({ ...credentials, client_secret: 'wrong', ...code }));
    await noClient(t, await client.token(code));
    await noGrant(t, await client.token({ ...credentials, ...code }));

    await noGrant(t, await client.exchange(await client.code(), other));
    await noGrant(t, await client.exchange(await client.code(), { redirect_uri: 'http://localhost:3000/else' }));
    client.policy({ tokenChecksFirst: 'client' });
    await noClient(t, await client.token({ ...wrong, grant_type: 'authorization_code' }));
  },
);

t.test(
  'token errors: refresh, scope, JSON, method [dottedsign.error.refresh-before-client] [dottedsign.error.refresh-wrong-secret] [dottedsign.error.refresh-other-client] [dottedsign.error.refresh-missing] [dottedsign.error.scope] [dottedsign.error.json] [dottedsign.error.method]',
  async (t) => {
    const client = visit();
    const { refresh } = await client.pair({ scope: 'third_party' });
    await noGrant(t, await client.refresh('none', { client_secret: 'wrong' }));
    await noClient(t, await client.refresh(refresh, { client_secret: 'wrong' }));
    await noGrant(t, await client.refresh(refresh, other));
    await missing(t, await client.token({ ...credentials, grant_type: 'refresh_token' }), 'refresh_token');
    const scope = ['The requested scope is invalid, unknown, or malformed.', triple(400_008, 'invalid_scope')] as const;
    await refused(t, await client.refresh(refresh, { scope: 'files.general.read' }), 400, 'invalid_scope', ...scope);
    await refused(
      t,
      await client.token({ ...credentials, grant_type: 'client_credentials', scope: 'everything' }),
      400,
      'invalid_scope',
      ...scope,
    );
    t.match(await (await client.refresh(refresh, { scope: 'third_party' })).text(), /"scope":"third_party"/);

    const empty = async (response: Response, status: number, charset: string): Promise<void> => {
      t.equal(response.status, status);
      t.equal(await response.text(), '');
      t.equal(response.headers.get('content-type'), `text/html; charset=${charset}`);
    };
    await empty(
      await client.fetch('/v1/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{',
      }),
      400,
      'UTF-8',
    );
    for (const path of ['/v1/oauth/token', '/oauth/token', '/v1/oauth/revoke', '/v1/oauth/introspect']) {
      await empty(await client.fetch(path), 404, 'UTF-8');
    }
    client.policy({ tokenMethods: ['GET', 'POST'] });
    await missing(t, await client.fetch('/v1/oauth/token'), 'grant_type');
  },
);

t.test('a code expires, and works once [dottedsign.code.lifetime] [dottedsign.code.replay]', async (t) => {
  const client = visit();
  const inTime = await client.code();
  const late = await client.code();
  client.advance(599);
  const { access } = await tokens(await client.exchange(inTime));
  client.advance(1);
  await noGrant(t, await client.exchange(late));
  await noGrant(t, await client.exchange(inTime));
  t.equal((await client.api(me, access)).status, 200, 'its tokens stay valid');
  const code = await client.policy({ replayRevokesTokens: true }).code();
  const bought = await tokens(await client.exchange(code));
  await client.exchange(code);
  t.equal((await client.api(me, bought.access)).status, 401);
});

t.test(
  'the old pair is revoked when the new access token is first used [dottedsign.refresh.lifetime] [dottedsign.refresh.pair] [dottedsign.refresh.first-use]',
  async (t) => {
    const client = visit();
    const first = await client.pair();
    client.advance(20 * 365 * 86_400);
    client.policy({ accessTokenExpiryChecked: false });
    const second = await tokens(await client.refresh(first.refresh));
    t.not(second.access, first.access);
    t.not(second.refresh, first.refresh);
    t.equal((await client.api(me, first.access)).status, 200, 'the old access token lives');
    const third = await tokens(await client.refresh(first.refresh));
    t.not(third.refresh, second.refresh, 'the old refresh token works again');
    const refreshedAt = client.entry().id;

    t.equal((await client.api(me, third.access)).status, 200);
    await noGrant(t, await client.refresh(first.refresh));
    const replaced = `; it was replaced (entry ${refreshedAt}) by a new one (${third.refresh}), which was never used`;
    t.ok(
      client
        .entry()
        .explanation?.endsWith(`(the new access token was used)${replaced}: perhaps the client never got it`),
    );
    t.match(client.entry().facts, { replacedBy: third.refresh, replacedAtEntry: refreshedAt, newTokenUsedAt: null });
    const body =
      '{"error_code":401001,"error_message":"invalid grant: The access token was revoked","error_key":"invalid_grant"}';
    t.equal(await (await client.api(me, first.access)).text(), body);
    t.match(client.entry().explanation, /\(the new access token was used\)$/);
    t.equal((await client.api(me, second.access)).status, 200, 'the branch that was not retired lives');
    t.equal((await client.refresh(third.refresh)).status, 200);
    const kept = client.realm.refreshTokens.get(third.refresh)!;
    await noGrant(t, await client.refresh(first.refresh));
    t.match(client.entry().explanation, /, which was first used at \d{4}-.*Z$/);
    client.realm.refreshTokens.delete(third.refresh);
    await noGrant(t, await client.refresh(first.refresh));
    t.ok(client.entry().explanation?.endsWith(`; it was replaced by a new one (${third.refresh})`), 'no longer known');
    client.realm.refreshTokens.set(third.refresh, kept);
    client.policy({ refreshRotation: 'rotate' });
    await client.refresh(third.refresh);
    await noGrant(t, await client.refresh(third.refresh));
  },
);

t.test(
  'the API and its tokens [dottedsign.api.error-format] [dottedsign.api.error-codes] [dottedsign.api.expired] [dottedsign.api.revoked] [dottedsign.api.unknown] [dottedsign.api.scope] [dottedsign.api.scope-words] [dottedsign.api.scope-challenge] [dottedsign.api.query-token] [dottedsign.api.self-hosted] [dottedsign.api.expiry-unchecked] [dottedsign.api.empty-body] [dottedsign.api.rate]',
  async (t) => {
    const client = visit();
    const { access } = await client.pair({ scope: 'third_party' });
    const says = async (response: Response, status: number, challenged: string | null, body: string): Promise<void> => {
      t.equal(response.status, status);
      t.equal(await response.text(), body);
      t.equal(response.headers.get('www-authenticate'), challenged);
    };
    const lacking = 'Access to this resource requires scope "sign_tasks.general.read".';
    const dead = (text: string): [number, string, string] => [
      401,
      challenge('invalid_token', text),
      `{"error_code":401001,"error_message":"invalid grant: ${text}","error_key":"invalid_grant"}`,
    ];
    t.equal((await client.api(`${me}?access_token=${access}`)).status, 200);
    await says(await client.api(me, 'none'), ...dead('The access token is invalid'));
    await says(await client.api(me), ...dead('The access token is invalid'));
    await says(
      await client.api('/sign_tasks/list', access),
      403,
      null,
      `{"error_code":403001,"error_message":"doorkeeper_forbidden: ${lacking.replaceAll('"', '\\"')}","error_key":"doorkeeper_forbidden"}`,
    );
    client.policy({ scopeChallenge: true });
    t.equal(
      (await client.api('/sign_tasks/list', access)).headers.get('www-authenticate'),
      challenge('insufficient_scope', lacking.replaceAll('"', '\\"')),
    );
    client.policy({ unknownPaths: 'explained' });
    await says(
      await client.api('/nowhere', access),
      404,
      null,
      '{"error_code":404001,"error_message":"not found","error_key":"not_found"}',
    );
    await says(
      await client.api(me, access, { method: 'DELETE' }),
      404,
      null,
      '{"error_code":404001,"error_message":"not found","error_key":"not_found"}',
    );
    client.policy({ callsPerSecond: 1 });
    await client.api(me, access);
    await says(
      await client.api(me, access),
      429,
      null,
      '{"error_code":429001,"error_message":"rate limit","error_key":"rate_limit"}',
    );
    client.policy({ callsPerSecond: Infinity });
    client.realm.users.set(demo.username, { ...client.realm.user(demo.username)!, suspended: true });
    await says(
      await client.api(me, access),
      403,
      null,
      '{"error_code":403002,"error_message":"not allow for this action","error_key":"invalid_action"}',
    );
    client.realm.users.set(demo.username, { ...client.realm.user(demo.username)!, suspended: false });

    client.advance(172_800);
    await says(await client.api(me, access), ...dead('The access token expired'));
    client.policy({ accessTokenExpiryChecked: false });
    t.equal((await client.api(me, access)).status, 200);
    client.policy({
      errors: {
        'bearer.missing': { status: 400, error: 'invalid_token' },
        'bearer.unknown': { status: 400, error: 'invalid_member' },
        'resource.unknown': { error: 'made_up' },
      },
    });
    await says(
      await client.api(me),
      400,
      null,
      '{"error_code":400002,"error_message":"invalid token: The access token is invalid","error_key":"invalid_token"}',
    );
    await says(
      await client.api(me, 'none'),
      400,
      null,
      '{"error_code":400003,"error_message":"invalid member: The access token is invalid","error_key":"invalid_member"}',
    );
    await says(
      await client.api('/nowhere', access),
      404,
      null,
      '{"error_code":404000,"error_message":"made up","error_key":"made_up"}',
    );
  },
);

t.test(
  "the API's calls [dottedsign.api.sign-tasks] [dottedsign.api.links] [dottedsign.api.paging] [dottedsign.api.members-me] [dottedsign.api.self-hosted-calls]",
  async (t) => {
    const client = visit({
      resources: [
        { method: 'GET', path: '/api/v1/groups', status: 201, headers: { 'x-stub': 'yes' }, body: 'plain text' },
        { method: 'GET', path: '/empty', status: 204 },
      ],
    });
    const { access } = await client.pair();
    const data = async (path: string, method = 'GET'): Promise<object> => {
      const { data, ...rest } = JSON.parse(
        await (await client.fetch(path, { method, headers: { authorization: `Bearer ${access}` } })).text(),
      ) as { data: object };
      t.same(rest, {}, path);
      return data;
    };
    t.match(await data('/v1/sign_tasks/list?page=1&per_page=10'), { tasks: [{ task_id: 1 }] });
    t.match(await data('/v1/sign_tasks', 'POST'), { task_id: 2 });
    t.same(
      await data('/v1/sign_tasks/list?page=2&per_page=10'),
      { tasks: [], total: 1 },
      'a page after the last is empty',
    );
    t.match(await data('/v1/sign_tasks/list?page=1&per_page=10'), { tasks: [{ task_id: 1 }] });
    t.match(await data('/v1/sign_tasks/list?page=0&per_page=0'), { tasks: [{ task_id: 1 }] });
    t.match(await data('/v1/sign_tasks/read?task_id=7'), { task_id: 7 });
    t.match(await data('/v1/sign_tasks/read'), { task_id: 1 });
    t.same(await data('/v1/templates/list'), { templates: [] });
    t.match(await data('/v1/sign_tasks/share_link?task_ids=1&expires_in=60'), { share_link: /^https:/ });
    t.match(await data('/v1/sign_tasks/download_link?task_id=7&file_types=pdf'), {
      task: { task_id: 7, attachment: { attachment_compressed: { audit_trail: /^https:/, share_link: /^https:/ } } },
    });
    t.match(await data('/v1/sign_tasks/download_link'), { task: { task_id: 1 } });
    t.same(await data('/v1/sign_tasks/audit_trails'), { audit_trails: [] });
    t.match(await data('/api/v1/sign_tasks/9'), { task_id: 9 });
    t.match(await data('/api/v1/sign_tasks', 'POST'), { task_id: 2 });
    t.same(await data('/api/v1/templates'), { templates: [] });
    t.match(await data('/api/v1/developer/tasks'), { tasks: [{ task_id: 1 }] });
    const member = await data('/api/v1/members/me');
    t.same(Object.keys(member), [
      'id',
      'group_id',
      'name',
      'email',
      'phone_code',
      'phone_number',
      'unconfirmed_email',
      'created_at',
      'language',
      'icon_url',
      'is_registered',
      'is_admin',
      'confirmed',
      'preference',
      'profile',
      'current_permission',
    ]);
    t.match(member, { name: 'Ada Lovelace', email: demo.username, created_at: 1_767_225_600 });

    const stub = await client.fetch('/api/v1/groups', { headers: { authorization: `Bearer ${access}` } });
    t.same(
      [stub.status, stub.headers.get('x-stub'), await stub.text()],
      [201, 'yes', 'plain text'],
      "a stub at the provider's whole path",
    );
    t.equal((await client.api('/empty', access)).status, 204);
    t.equal((await client.api('/empty')).status, 401, 'a stub too wants a token');
    t.equal(
      (await client.fetch('/api/v1/members/login', { method: 'POST', headers: { authorization: `Bearer ${access}` } }))
        .status,
      404,
    );
  },
);

t.test('revocation [dottedsign.neighbours] [dottedsign.revoke.own] [dottedsign.revoke.unauthorized]', async (t) => {
  const client = visit({ clients: [{ id: 'app', redirectUris: [demo.redirectUri] }] });
  const revoke = (
    token: string,
    parameters: Record<string, string | undefined> = credentials,
    path = '/oauth/revoke',
  ): Promise<Response> => client.token({ ...parameters, token }, { path });
  const done = async (response: Response): Promise<void> => {
    t.equal(response.status, 200);
    t.equal(await response.text(), '{}');
    t.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
  };
  const first = await client.pair();
  await done(await revoke(first.access));
  t.equal((await client.api(me, first.access)).status, 401);
  await noGrant(t, await client.refresh(first.refresh));
  const second = await client.pair();
  await done(await revoke(second.refresh, credentials, '/v1/oauth/revoke'));
  t.equal((await client.api(me, second.access)).status, 401, 'the access token goes with its refresh token');
  await done(await revoke('unknown'));
  const own = await tokens(await client.token({ ...credentials, grant_type: 'client_credentials' }));
  await done(await revoke(own.access));

  const third = await client.pair();
  for (const wrong of [{}, other, { ...credentials, client_secret: 'wrong' }, { client_id: demo.id }]) {
    const response = await revoke(third.access, wrong);
    t.equal(response.status, 403);
    t.equal(
      await response.text(),
      '{"error":"unauthorized_client","error_description":"You are not authorized to revoke this token"}',
    );
    t.same(pick(response, 'cache-control', 'www-authenticate'), {
      'cache-control': 'no-cache',
      'www-authenticate': null,
    });
  }
  t.equal((await client.api(me, third.access)).status, 200);
  const code = await client.code({ client_id: 'app' });
  const { access } = await tokens(await client.exchange(code, { client_id: 'app', client_secret: undefined }));
  await done(await revoke(access, { client_id: 'app' }));
});

t.test(
  'introspection and token info [dottedsign.introspect.live] [dottedsign.introspect.dead] [dottedsign.introspect.unauthorized] [dottedsign.token-info.live] [dottedsign.token-info.bad]',
  async (t) => {
    const client = visit();
    const pair = await client.pair({ scope: 'third_party' });
    const introspect = async (token: string, path = '/oauth/introspect'): Promise<string> =>
      (await client.token({ ...credentials, token }, { path })).text();
    const live = `{"active":true,"scope":"third_party","client_id":"${demo.id}","token_type":"Bearer","exp":1767398400,"iat":1767225600}`;
    t.equal(await introspect(pair.access), live);
    t.equal(await introspect(pair.access, '/v1/oauth/introspect'), live);
    t.equal(await introspect(pair.refresh), live, 'a refresh token is described as its access token');
    client.policy({ refreshTokenIntrospectedAs: 'itself' });
    t.equal(
      await introspect(pair.refresh),
      live.replace('"exp":1767398400,', ''),
      'a refresh token without an expiry has no exp',
    );
    t.equal(await introspect('unknown'), '{"active":false}');
    await refused(
      t,
      await client.token({ token: pair.access }, { path: '/oauth/introspect' }),
      400,
      'invalid_request',
      'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
      triple(400_004, 'invalid_request'),
    );

    const info = (token?: string): Promise<Response> =>
      client.fetch('/oauth/token/info', { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
    client.advance(100);
    t.equal(
      await (await info(pair.access)).text(),
      `{"resource_owner_id":1,"scope":["third_party"],"expires_in":172700,"application":{"uid":"${demo.id}"},"created_at":1767225600}`,
    );
    const own = await tokens(
      await client
        .policy({ accessTokenSeconds: Infinity })
        .token({ ...credentials, grant_type: 'client_credentials', scope: 'third_party' }),
    );
    t.equal(
      own.body,
      `{"access_token":"${own.access}","token_type":"Bearer","scope":"third_party","created_at":1767225700}`,
      'a token without an expiry has no expires_in',
    );
    t.equal(
      await (await info(own.access)).text(),
      `{"resource_owner_id":null,"scope":["third_party"],"expires_in":null,"application":{"uid":"${demo.id}"},"created_at":1767225700}`,
    );
    const bad = { state: 'unauthorized', app_code: 4000, ...triple(400_002, 'invalid_token') };
    for (const token of [undefined, 'unknown']) {
      await refused(t, await info(token), 401, 'invalid_token', 'The access token is invalid', bad);
    }
    t.equal((await client.fetch('/oauth/token/info', { method: 'POST' })).status, 404);

    await client
      .refresh(pair.refresh)
      .then(tokens)
      .then(({ access }) => info(access));
    t.equal(await introspect(pair.refresh), '{"active":false}', 'looking at the new token counts as its first use');
    client.advance(172_800);
    t.equal(await introspect(pair.access), '{"active":false}');
    await refused(
      t,
      await info((await visit().pair()).access),
      401,
      'invalid_token',
      'The access token is invalid',
      bad,
    );
    client.policy({ refreshRotation: 'rotate', interaction: auto() });
    const rotated = await client.pair();
    await client.refresh(rotated.refresh);
    t.equal(await introspect(rotated.refresh), '{"active":false}');
  },
);
