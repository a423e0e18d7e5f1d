import t from 'tap';
import { credentials, redirectUri, serve, told, tokensOf } from './served-brand.js';

const offline = { token_access_type: 'offline' };
const invalidGrant = (text: string): [number, string] => [
  400,
  `{"error":"invalid_grant","error_description":"${text}"}`,
];

t.test('only token_access_type=offline buys a refresh token', async (t) => {
  const dropbox = await serve(t, 'dropbox');
  for (const parameters of [{}, { token_access_type: 'online' }]) {
    const online = await dropbox.exchange(await dropbox.code({ scope: 'account_info.read', ...parameters }));
    const { access } = tokensOf(online);
    t.match(access, /^sl\.[\w-]{137}$/);
    t.equal(
      online.text,
      `{"access_token":"${access}","token_type":"bearer","expires_in":14400,"scope":"account_info.read",` +
        '"uid":"41960","account_id":"dbid:AAunderstudy00000000000000000000000"}',
    );
  }
  const code = await dropbox.code(offline);
  t.match(code, /^[\w-]{43}$/);
  const { refresh } = tokensOf(await dropbox.exchange(code));
  t.match(refresh, /^[\w-]{64}$/);
  const unknown = await dropbox.ask({ token_access_type: 'forever' });
  t.equal(unknown.status, 400);
});

t.test('a refresh keeps the refresh token, and answers with three members', async (t) => {
  const dropbox = await serve(t, 'dropbox');
  const { access, refresh } = tokensOf(await dropbox.exchange(await dropbox.code(offline)));
  for (const _ of [1, 2]) {
    const answer = await dropbox.refresh(refresh);
    const { access: newer } = tokensOf(answer);
    t.not(newer, access);
    t.equal(answer.text, `{"access_token":"${newer}","token_type":"bearer","expires_in":14400}`);
  }
  t.same(told(await dropbox.refresh(access)), invalidGrant('refresh token is malformed'));
  await dropbox.world.tokens.revoke({ provider: 'dropbox', token: refresh });
  t.same(told(await dropbox.refresh(refresh)), invalidGrant('refresh token is invalid or revoked'));
});

t.test('parameters and credentials may be in the URL of the POST, as the JavaScript SDK sends them', async (t) => {
  const dropbox = await serve(t, 'dropbox');
  const inUrl = { as: 'query', basic: null } as const;
  const first = await dropbox.exchange(await dropbox.code(offline), credentials, {
    ...inUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const { refresh } = tokensOf(first);
  const second = await dropbox.refresh(refresh, credentials, {
    ...inUrl,
    headers: { 'content-type': 'application/json' },
  });
  t.equal(second.status, 200, 'a refresh is labelled JSON and has no body');
  const inBrowser = await dropbox.refresh(refresh, {}, { headers: { origin: 'http://localhost:1' } });
  t.equal(inBrowser.headers.get('access-control-allow-origin'), '*');
  t.same(told(await dropbox.refresh(refresh, credentials)), [
    400,
    '{"error":"invalid_request","error_description":"Credentials were sent in the header and in the parameters"}',
  ]);
});

t.test('a wrong secret is told inside the error code, with status 400', async (t) => {
  const dropbox = await serve(t, 'dropbox');
  const code = await dropbox.code();
  const wrong = [400, '{"error":"invalid_client: Invalid client_id or client_secret"}'];
  t.same(told(await dropbox.exchange(code, {}, { basic: ['understudy-client', 'no'] })), wrong);
  t.same(told(await dropbox.exchange(code, {}, { basic: ['nobody', 'no'] })), wrong);
  t.same(told(await dropbox.exchange(code, {}, { basic: null })), wrong);
});

t.test('codes are refused in the words of Dropbox', async (t) => {
  const dropbox = await serve(t, 'dropbox');
  const code = await dropbox.code();
  const mismatch = await dropbox.exchange(code, { redirect_uri: 'http://localhost:3000/other' });
  t.same(told(mismatch), invalidGrant('redirect_uri mismatch'));
  tokensOf(await dropbox.exchange(code));
  for (const used of [code, 'unknown']) {
    t.same(told(await dropbox.exchange(used)), invalidGrant("code doesn't exist or has expired"));
  }
});

t.test('errors of the authorization request are on a page; a denial goes back', async (t) => {
  const dropbox = await serve(t, 'dropbox');
  const page = await dropbox.ask({ scope: 'everything' });
  t.same([page.status, page.headers.get('location')], [400, null]);
  await dropbox.answerAs('deny');
  t.equal(
    (await dropbox.back()).href,
    `${redirectUri}?error=access_denied&error_description=` +
      'The%20user%20chose%20not%20to%20give%20your%20app%20access%20to%20their%20Dropbox%20account.&state=xyz',
  );
});

t.test('the API is called by POST, and tells what is wrong with a token', async (t) => {
  const dropbox = await serve(t, 'dropbox');
  const post = { method: 'POST' } as const;
  const { access } = tokensOf(await dropbox.exchange(await dropbox.code({ scope: 'account_info.read' })));
  const account = await dropbox.call('/2/users/get_current_account', access, post);
  t.match(JSON.parse(account.text), {
    account_id: 'dbid:AAunderstudy00000000000000000000000',
    name: { given_name: 'Ada', surname: 'Lovelace', display_name: 'Ada Lovelace' },
    email: 'ada@example.test',
    account_type: { '.tag': 'basic' },
  });
  const json = { ...post, headers: { 'content-type': 'application/json' } };
  const echo = await dropbox.call('/2/check/user', access, { ...json, body: '{"query":"anvil"}' });
  t.equal(echo.text, '{"result":"anvil"}');
  const list = await dropbox.call('/2/files/list_folder', access, { ...json, body: '{"path":""}' });
  t.same(told(list), [
    401,
    '{"error_summary":"missing_scope/..","error":{".tag":"missing_scope","required_scope":"files.metadata.read"}}',
  ]);

  const at = '/2/users/get_current_account';
  const text = (description: string): [number, string, string] => [
    400,
    `Error in call to API function: ${description}`,
    'text/plain; charset=utf-8',
  ];
  const refused = async (token: string | undefined, headers = {}): Promise<unknown> => {
    const answer = await dropbox.call(at, token, { ...post, headers });
    return [...told(answer), answer.headers.get('content-type')];
  };
  t.same(await refused(undefined), text('Must provide HTTP header "Authorization" or URL parameter "authorization".'));
  t.same(
    await refused(undefined, { authorization: 'Basic eDp5' }),
    text('Invalid authorization value in HTTP header "Authorization". Expecting "Bearer <oauth2-access-token>".'),
  );
  t.same(await refused('x'), text('The given OAuth 2 access token is malformed.'));
  t.same(told(await dropbox.call(at, 'sl.x', post)), [
    401,
    '{"error_summary":"invalid_access_token/..","error":{".tag":"invalid_access_token"}}',
  ]);
  await dropbox.world.clock.advance('4h');
  t.same(told(await dropbox.call(at, access, post)), [
    401,
    '{"error_summary":"expired_access_token/..","error":{".tag":"expired_access_token"}}',
  ]);
});

t.test('auth/token/revoke ends the access token, its refresh token and all others of that', async (t) => {
  const dropbox = await serve(t, 'dropbox');
  const { access, refresh } = tokensOf(await dropbox.exchange(await dropbox.code(offline)));
  const { access: newer } = tokensOf(await dropbox.refresh(refresh));
  const post = { method: 'POST' } as const;
  t.same(told(await dropbox.call('/2/auth/token/revoke', access, post)), [200, 'null']);
  for (const token of [access, newer]) {
    t.match((await dropbox.call('/2/users/get_current_account', token, post)).text, /"invalid_access_token/);
  }
  t.same(told(await dropbox.refresh(refresh)), invalidGrant('refresh token is invalid or revoked'));
});
