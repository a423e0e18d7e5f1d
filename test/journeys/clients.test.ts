import t from 'tap';
import { urlsOf } from '../../src/http/urls.js';
import { findProvider } from '../../src/providers/index.js';
import { demo, startServer } from '../support.js';
import { Browser } from './browserless.js';
import { callByHeader, clientId, libraries, secret } from './libraries.js';
import type { TestServer } from '../support.js';
import type { Answer, Setup, Tokens } from './libraries.js';

interface Expected {
  readonly scope: string;
  readonly resource: string;
  readonly served: (body: never) => unknown;
  readonly accessTokenMs: number;
  readonly refused: (accessToken: string) => Answer;
  /** Whether the refresh token stays the same. */
  readonly keepsRefreshToken: boolean;
}

const hour = 3_600_000;

const expectations: Readonly<Record<string, Expected>> = {
  tinyemail: {
    scope: 'import_customers',
    resource: '/account/customer/reader%40example.test',
    served: ({ email }: { email: string }) => email,
    accessTokenMs: 12 * hour,
    refused: (accessToken) => ({
      status: 401,
      challenge: `Bearer realm="oauth2-resource", error="invalid_token", error_description="Access token expired: ${accessToken}"`,
      body: { error: 'invalid_token', error_description: `Access token expired: ${accessToken}` },
    }),
    keepsRefreshToken: true,
  },
  dottedsign: {
    scope: 'third_party sign_tasks.general.read sign_tasks.general.write',
    resource: '/members/me',
    served: ({ data }: { data: { email: string } }) => data.email,
    accessTokenMs: 48 * hour,
    refused: () => ({
      status: 401,
      challenge: 'Bearer realm="Doorkeeper", error="invalid_token", error_description="The access token expired"',
      body: {
        error_code: 401001,
        error_message: 'invalid grant: The access token expired',
        error_key: 'invalid_grant',
      },
    }),
    keepsRefreshToken: false,
  },
};

const served: Readonly<Record<string, string>> = { tinyemail: 'reader@example.test', dottedsign: demo.username };

for (const [name, expected] of Object.entries(expectations)) {
  for (const [title, library] of Object.entries(libraries)) {
    t.test(
      `${title} logs in at ${name}, calls the API, gets 401 for an expired token, refreshes and calls again`,
      async (t) => {
        const server = await startServer();
        t.teardown(() => server.close());
        // the id and the secret change by form-encoding, which some of the libraries do and some do not
        server.policy(name, { basicDecoding: 'any' });
        const { world, setup } = journey(server, name, expected);
        const client = await library(setup);
        t.teardown(() => client.close());
        server.realm(name).clients.set(clientId, {
          id: clientId,
          secret,
          name: title,
          redirectUris: [client.redirectUri],
          grants: ['authorization_code', 'refresh_token'],
          scopes: undefined,
          confidential: true,
        });

        const first = await client.signIn(new Browser());
        const call = await client.call(first.accessToken);
        t.same([call.status, expected.served(call.body as never)], [200, served[name]]);

        world.clock.advance(expected.accessTokenMs - 1);
        t.equal(
          (await client.call(first.accessToken)).status,
          200,
          'the token is valid until the millisecond before its expiry',
        );
        world.clock.advance(1);
        const refused = expected.refused(first.accessToken);
        const { challenge = refused.challenge, ...plain } = await client.call(first.accessToken);
        t.same({ challenge, ...plain }, refused);

        const second = await client.refresh(first.refreshToken);
        t.not(second.accessToken, first.accessToken);
        t.equal(second.refreshToken === first.refreshToken, expected.keepsRefreshToken);
        t.equal((await client.call(second.accessToken)).status, 200);
        t.equal((await client.call(first.accessToken)).status, 401, 'the old token stays invalid');

        const reasons = world.journal
          .entries()
          .map(({ reason }) => reason)
          .filter((reason) => reason !== undefined);
        t.same(
          [...new Set(reasons)].filter((reason) => !reason.startsWith('bearer.')),
          [],
          'no other request was refused',
        );
      },
    );
  }
}

function journey(
  server: TestServer,
  name: string,
  { scope, resource }: Expected,
): { world: ReturnType<TestServer['world']>; setup: Setup } {
  const world = server.world();
  world.clock.frozen = true;
  const urls = urlsOf(findProvider(name)!, server.url, 'default');
  return { world, setup: { urls, scope, resource: urls.apiUrl + resource } };
}

const mailup = findProvider('mailup')!;
const info = '/ConsoleService.svc/Console/Authentication/Info';
const callback = 'http://localhost:3000/callback';
const basic = Buffer.from(`${demo.id}:${demo.secret}`).toString('base64');
const credentials = { client_id: demo.id, client_secret: demo.secret };
const person = { username: demo.username, password: demo.password };

interface TokenCall {
  readonly method: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(
  tokenUrl: string,
  { method, query = {}, form, headers = {} }: TokenCall,
): Promise<{ status: number; text: string }> {
  const search = new URLSearchParams(query).toString();
  const body = form === undefined ? null : new URLSearchParams(form).toString();
  const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(search === '' ? tokenUrl : `${tokenUrl}?${search}`, {
    method,
    body,
    headers: { ...type, ...headers },
  });
  return { status: answer.status, text: await answer.text() };
}

/** Three members, compact, in this order: the C# sample of MailUp searches the text for them. */
const mailupAnswer = /^\{"access_token":"([0-9A-Za-z]{128})","expires_in":3600,"refresh_token":"([0-9A-Za-z]{128})"\}$/;

function tokensIn(text: string): Tokens {
  const [, accessToken = '', refreshToken = ''] = mailupAnswer.exec(text) ?? [];
  return { accessToken, refreshToken };
}

/** The URL as the official samples build it: with the secret, and redirect_uri not encoded. */
const rawLogOn = (authorizeUrl: string): string =>
  `${authorizeUrl}?client_id=${demo.id}&client_secret=${demo.secret}&response_type=code&redirect_uri=${callback}`;

const codeCalls: Readonly<Record<string, (code: string) => TokenCall>> = {
  'GET with code and grant_type alone, as the official samples send it': (code) => ({
    method: 'GET',
    query: { code, grant_type: 'authorization_code' },
  }),
  'GET with the credentials beside the code, as the documentation says': (code) => ({
    method: 'GET',
    query: { code, grant_type: 'authorization_code', ...credentials },
  }),
  'POST with the parameters in the query, an empty form and Basic, as a WordPress plug-in sends it': (code) => ({
    method: 'POST',
    query: { code, redirect_uri: callback, grant_type: 'authorization_code' },
    form: {},
    headers: { authorization: `Basic ${basic}` },
  }),
  "POST of a form whose redirect_uri carries the callback's own query, as omniauth-mailup sends it": (code) => ({
    method: 'POST',
    form: {
      grant_type: 'authorization_code',
      code,
      ...credentials,
      redirect_uri: `${callback}?code=${code}&token_type=bearer`,
    },
  }),
};

const passwordCalls: Readonly<Record<string, TokenCall>> = {
  'credentials in the form and by Basic, as the official samples send it': {
    method: 'POST',
    form: { grant_type: 'password', ...person, ...credentials },
    headers: { authorization: `Basic ${basic}` },
  },
  'a header without the word Basic, as the Objective-C sample sends it': {
    method: 'POST',
    form: { grant_type: 'password', ...person, ...credentials },
    headers: { authorization: basic },
  },
  'credentials by Basic alone, as djangomailup sends it': {
    method: 'POST',
    form: { grant_type: 'password', ...person },
    headers: { authorization: `Basic ${basic}` },
  },
  'credentials in the form alone, where a client lost its header': {
    method: 'POST',
    form: { grant_type: 'password', ...person, ...credentials },
  },
  'everything in the query of a POST without a body, as mailup-lib and pymailup send it': {
    method: 'POST',
    query: { grant_type: 'password', ...person, ...credentials, PageNumber: '0', PageSize: '20' },
  },
  'the query of a POST, Basic, and Accept: application/json, as codemaster-mailup sends it': {
    method: 'POST',
    query: { grant_type: 'password', ...person },
    headers: { authorization: `Basic ${basic}`, accept: 'application/json' },
  },
};

const refreshCalls: Readonly<Record<string, (refreshToken: string) => TokenCall>> = {
  'a form with the credentials, as the official samples send it': (refresh_token) => ({
    method: 'POST',
    form: { ...credentials, refresh_token, grant_type: 'refresh_token' },
  }),
  'a form and Basic without client_id, as fazland sends it': (refresh_token) => ({
    method: 'POST',
    form: { refresh_token, grant_type: 'refresh_token' },
    headers: { authorization: `Basic ${basic}` },
  }),
  'a query and Basic, as codemaster-mailup sends it': (refresh_token) => ({
    method: 'POST',
    query: { refresh_token, grant_type: 'refresh_token' },
    headers: { authorization: `Basic ${basic}` },
  }),
  'everything in the query of a POST, as mailup-lib and pymailup send it': (refresh_token) => ({
    method: 'POST',
    query: { ...credentials, refresh_token, grant_type: 'refresh_token' },
  }),
};

t.test('MailUp accepts each token request that its samples and clients send', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { authorizeUrl, tokenUrl, apiUrl } = urlsOf(mailup, server.url, 'default');
  const world = server.world();
  world.clock.frozen = true;
  const browser = new Browser();
  const newCode = async (): Promise<string> =>
    String((await browser.signIn(rawLogOn(authorizeUrl), demo)).url.searchParams.get('code'));
  const expired = {
    status: 401,
    challenge: null,
    body: {
      ErrorCode: '401',
      ErrorDescription: 'Authorization error: Access token is expired',
      ErrorName: 'Unauthorized',
      ErrorStack: null,
    },
  };

  for (const [title, call] of Object.entries(codeCalls)) {
    t.test(`a code by ${title}`, async (t) => {
      const { status, text } = await ask(tokenUrl, call(await newCode()));
      t.equal(status, 200);
      t.match(text, mailupAnswer);
      const { accessToken, refreshToken } = tokensIn(text);
      t.match(await callByHeader(apiUrl + info, accessToken), {
        status: 200,
        body: { UID: demo.username, Version: '9.0.0' },
      });

      world.clock.advance(hour);
      t.same(await callByHeader(apiUrl + info, accessToken), expired);

      const next = tokensIn(
        (
          await ask(
            tokenUrl,
            refreshCalls['a form with the credentials, as the official samples send it']!(refreshToken),
          )
        ).text,
      );
      t.equal((await callByHeader(apiUrl + info, next.accessToken)).status, 200);
    });
  }

  for (const [title, call] of Object.entries(passwordCalls)) {
    t.test(`a name and password by ${title}`, async (t) => {
      const { status, text } = await ask(tokenUrl, call);
      t.equal(status, 200);
      t.match(text, mailupAnswer);
      t.equal((await callByHeader(apiUrl + info, tokensIn(text).accessToken)).status, 200);
    });
  }

  for (const [title, call] of Object.entries(refreshCalls)) {
    t.test(`a refresh by ${title}`, async (t) => {
      const old = tokensIn(
        (await ask(tokenUrl, passwordCalls['credentials in the form alone, where a client lost its header']!)).text,
      );
      const { status, text } = await ask(tokenUrl, call(old.refreshToken));
      t.equal(status, 200);
      t.match(text, mailupAnswer);
      const next = tokensIn(text);
      t.not(next.refreshToken, old.refreshToken, 'the refresh token is replaced');
      t.equal((await callByHeader(apiUrl + info, next.accessToken)).status, 200);
    });
  }
});

t.test(
  "MailUp's LogOn redirects with code and token_type=bearer, and without the state that it was sent",
  async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    const { authorizeUrl } = urlsOf(mailup, server.url, 'default');
    const ways = {
      'with the secret in the URL and a raw redirect_uri': rawLogOn(authorizeUrl),
      'without the secret and encoded': `${authorizeUrl}?${new URLSearchParams({ client_id: demo.id, response_type: 'code', redirect_uri: callback, state: 'xyz' }).toString()}`,
      'in lower case, as IIS allows': `${authorizeUrl.toLowerCase()}?client_id=${demo.id}&response_type=code&redirect_uri=${callback}`,
    };
    for (const [title, url] of Object.entries(ways)) {
      const arrived = (await new Browser().signIn(url, demo)).url;
      t.equal(arrived.origin + arrived.pathname, callback, title);
      t.same([...arrived.searchParams.keys()], ['code', 'token_type'], title);
      t.equal(arrived.searchParams.get('token_type'), 'bearer');
    }
  },
);

t.test("MailUp's LogOn accepts a multipart POST", async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { authorizeUrl } = urlsOf(mailup, server.url, 'default');
  const body = new FormData();
  for (const [name, value] of Object.entries({
    client_id: demo.id,
    client_secret: demo.secret,
    response_type: 'code',
    redirect_uri: callback,
  })) {
    body.set(name, value);
  }
  const answer = await fetch(authorizeUrl, { method: 'POST', body, redirect: 'manual' });
  t.equal(answer.status, 302);
  t.match(answer.headers.get('location'), /^\/mailup\/Authorization\/OAuth\/Login\?authorization=/);
});

t.test(
  "MailUp's endpoint of 2013 answers the code in the body, for a username and password in the query",
  async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    const { baseUrl, tokenUrl } = urlsOf(mailup, server.url, 'default');
    const authorization = (password: string): Promise<Response> =>
      fetch(
        `${baseUrl}/Authorization/OAuth/Authorization?${new URLSearchParams({ ...credentials, response_type: 'code', username: demo.username, password }).toString()}`,
      );

    const answer = await authorization(demo.password);
    t.equal(answer.status, 200);
    const { code } = (await answer.json()) as { code: string };
    t.match(code, /^[0-9A-Za-z]{32}$/);
    t.equal((await ask(tokenUrl, { method: 'GET', query: { code, grant_type: 'authorization_code' } })).status, 200);

    const refused = await authorization('wrong');
    t.equal(refused.status, 400);
    t.match(await refused.json(), { error: 'invalid_grant' });
  },
);

t.test('simple-oauth2 works at MailUp, which sends no token_type', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const urls = urlsOf(mailup, server.url, 'default');
  server.realm('mailup').clients.set(clientId, {
    id: clientId,
    secret,
    name: 'simple-oauth2',
    redirectUris: [callback],
    grants: ['authorization_code', 'refresh_token'],
    scopes: undefined,
    confidential: true,
  });
  const client = await libraries['simple-oauth2']!({ urls, scope: '', resource: urls.apiUrl + info });
  const first = await client.signIn(new Browser());
  const second = await client.refresh(first.refreshToken);
  t.equal((await client.call(second.accessToken)).status, 200);
});

t.test('a browser sample calls MailUp from another origin', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { tokenUrl, apiUrl } = urlsOf(mailup, server.url, 'default');
  const origin = 'http://sample.example.test';
  const preflight = await fetch(apiUrl + info, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  t.same(
    [
      preflight.status,
      preflight.headers.get('access-control-allow-origin'),
      preflight.headers.get('access-control-allow-methods'),
      preflight.headers.get('access-control-allow-headers'),
    ],
    [204, '*', 'GET', 'authorization,content-type'],
  );
  const refused = await fetch(tokenUrl, { method: 'POST', headers: { origin } });
  t.same(
    [refused.status, refused.headers.get('access-control-allow-origin')],
    [400, '*'],
    'scripts can read refusals too',
  );

  const tinyemail = urlsOf(findProvider('tinyemail')!, server.url, 'default');
  t.equal(
    (await fetch(tinyemail.tokenUrl, { method: 'POST', headers: { origin } })).headers.get(
      'access-control-allow-origin',
    ),
    null,
    'other providers send no CORS headers',
  );
  server.policy('mailup', { cors: false });
  t.equal(
    (await fetch(tokenUrl, { method: 'POST', headers: { origin } })).headers.get('access-control-allow-origin'),
    null,
    'nor does MailUp with cors: false',
  );
});

for (const [name, { authorize, status }] of Object.entries({
  mailup: { authorize: {}, status: 302 },
  tinyemail: {
    authorize: { scope: 'import_customers', grant_type: 'authorization_code', state: 'a b&c=d+é' },
    status: 303,
  },
  dottedsign: { authorize: { scope: 'sign_tasks.general.read', state: 'a b&c=d+é' }, status: 302 },
})) {
  t.test(
    `a headless client is redirected at once at ${name}, with a code or access_denied, if the policy answers the pages`,
    async (t) => {
      const server = await startServer();
      t.teardown(() => server.close());
      const { authorizeUrl, tokenUrl } = urlsOf(findProvider(name)!, server.url, 'default');
      const state = 'state' in authorize ? authorize.state : null;
      const parameters = new URLSearchParams({
        client_id: demo.id,
        response_type: 'code',
        redirect_uri: callback,
        ...authorize,
      });
      const redirected = async (): Promise<URL> => {
        const answer = await fetch(`${authorizeUrl}?${parameters.toString()}`, { redirect: 'manual' });
        t.equal(answer.status, status);
        return new URL(String(answer.headers.get('location')));
      };

      server.policy(name, { interaction: { mode: 'auto', user: 'grace@example.test', decision: 'allow' } });
      const allowed = await redirected();
      t.equal(allowed.searchParams.get('state'), state);
      const { status: exchanged } = await ask(tokenUrl, {
        method: 'POST',
        query: {
          grant_type: 'authorization_code',
          response_type: 'token',
          code: String(allowed.searchParams.get('code')),
          redirect_uri: callback,
          ...credentials,
        },
      });
      t.equal(exchanged, 200);
      t.match(server.lastEntry(), { endpoint: 'token', userId: 'grace@example.test' });

      server.policy(name, { interaction: { mode: 'auto', user: demo.username, decision: 'deny' } });
      const denied = await redirected();
      t.equal(denied.origin + denied.pathname, callback);
      t.same(
        [denied.searchParams.get('error'), denied.searchParams.get('state'), denied.searchParams.has('code')],
        ['access_denied', state, false],
      );

      server.policy(name, { interaction: { mode: 'auto', user: 'nobody@example.test', decision: 'allow' } });
      const broken = await fetch(`${authorizeUrl}?${parameters.toString()}`, { redirect: 'manual' });
      t.match(server.lastEntry(), { reason: 'authorize.user-unknown', explanation: /nobody@example\.test/ });
      t.equal(broken.headers.get('location'), null);
    },
  );
}
