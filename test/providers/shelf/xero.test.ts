import { createHash } from 'node:crypto';
import t from 'tap';
import { clientId, credentials, redirectUri, serve, told, tokensOf } from './served-brand.js';

const asked = { scope: 'offline_access accounting.settings' };
const invalidGrant = [400, '{"error":"invalid_grant"}'];
const refused = (title: string, status: number, detail: string): [number, string] => [
  status,
  `{"Type":null,"Title":"${title}","Status":${status},"Detail":"${detail}",` + '"Instance":"UUID","Extensions":{}}',
];

t.test('the scope offline_access buys a refresh token; the callback has the scope', async (t) => {
  const xero = await serve(t, 'xero');
  const online = await xero.exchange(await xero.code({ scope: 'accounting.settings' }));
  const { access } = tokensOf(online);
  t.match(access, /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
  t.equal(
    online.text,
    `{"access_token":"${access}","expires_in":1800,"token_type":"Bearer","scope":"accounting.settings"}`,
  );
  const back = await xero.back(asked);
  t.match(back.search, /^\?code=[\w-]{43}&scope=offline_access%20accounting\.settings&state=xyz$/);
  const offline = await xero.exchange(back.searchParams.get('code')!);
  t.match(
    offline.text,
    /"token_type":"Bearer","refresh_token":"[\w-]{43}","scope":"offline_access accounting.settings"}$/,
  );
});

t.test('a replaced refresh token is good for 30 minutes, and one without use for 60 days', async (t) => {
  const xero = await serve(t, 'xero');
  const first = tokensOf(await xero.exchange(await xero.code(asked)));
  const second = tokensOf(await xero.refresh(first.refresh));
  t.not(second.refresh, first.refresh);
  await xero.world.clock.advance('1799s');
  t.equal((await xero.refresh(first.refresh)).status, 200);
  t.equal((await xero.call('/connections', first.access)).status, 200, 'the old access token is good until it expires');
  await xero.world.clock.advance('1s');
  t.same(told(await xero.refresh(first.refresh)), invalidGrant);
  const third = tokensOf(await xero.refresh(second.refresh));
  await xero.world.clock.advance('60d');
  t.same(told(await xero.refresh(third.refresh)), invalidGrant);
});

t.test('refusals have an error code alone, and a wrong client the status 400', async (t) => {
  const xero = await serve(t, 'xero');
  const code = await xero.code(asked);
  const invalidClient = [400, '{"error":"invalid_client"}'];
  t.same(told(await xero.exchange(code, {}, { basic: [clientId, 'wrong'] })), invalidClient);
  t.same(told(await xero.exchange(code, { ...credentials, client_secret: 'x' }, { basic: null })), invalidClient);
  t.same(told(await xero.exchange(code, { redirect_uri: 'http://localhost:3000/other' })), invalidGrant);
  const { access } = tokensOf(await xero.exchange(code, credentials, { basic: null }));
  t.same(told(await xero.exchange(code)), invalidGrant);
  t.equal((await xero.call('/connections', access)).status, 401, 'a replayed code ends what it bought');
  const late = await xero.code(asked);
  await xero.world.clock.advance('5m');
  t.same(told(await xero.exchange(late)), invalidGrant);
});

t.test('the client credentials grant is for clients that were given it', async (t) => {
  const xero = await serve(t, 'xero');
  const fields = { grant_type: 'client_credentials', scope: 'accounting.settings' };
  t.same(told(await xero.token(fields)), [400, '{"error":"unauthorized_client"}']);
  await xero.world.clients.add({ provider: 'xero', id: 'custom', secret: 's', grants: ['client_credentials'] });
  t.equal((await xero.token(fields, { basic: ['custom', 's'] })).status, 200);
});

t.test('PKCE may be used', async (t) => {
  const xero = await serve(t, 'xero');
  const verifier = 'v'.repeat(43);
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = await xero.code({ ...asked, code_challenge, code_challenge_method: 'S256' });
  t.same(told(await xero.exchange(code, { code_verifier: 'w'.repeat(43) })), invalidGrant);
  t.equal((await xero.exchange(code, { code_verifier: verifier })).status, 200);
});

t.test('revocation of the refresh token ends the pair, and answers without a body', async (t) => {
  const xero = await serve(t, 'xero');
  const { access, refresh } = tokensOf(await xero.exchange(await xero.code(asked)));
  const path = '/connect/revocation';
  t.same(told(await xero.token({ token: refresh, token_type_hint: 'refresh_token' }, { path })), [200, '']);
  t.same(told(await xero.refresh(refresh)), invalidGrant);
  t.same(told(await xero.call('/connections', access)), refused('Unauthorized', 401, 'AuthenticationUnsuccessful'));
});

t.test('the API: connections, the organisation, an invoice by its id, and its errors', async (t) => {
  const xero = await serve(t, 'xero');
  const { access } = tokensOf(await xero.exchange(await xero.code(asked)));
  const [connection] = JSON.parse((await xero.call('/connections', access)).text);
  t.match(connection, { tenantType: 'ORGANISATION', tenantName: 'Understudy Anvils' });
  const { Organisations } = JSON.parse((await xero.call('/api.xro/2.0/Organisation', access)).text);
  t.equal(Organisations[0].OrganisationID, connection.tenantId, 'as xero-node compares them');
  t.same(told(await xero.call(`/connections/${connection.id}`, access, { method: 'DELETE' })), [204, '']);
  const invoice = '/api.xro/2.0/Invoices/220ddca8-3144-4085-9a88-2d72c5133734';
  t.same(told(await xero.call(invoice, access)), refused('Unauthorized', 401, 'AuthorizationUnsuccessful'));
  const wide = tokensOf(await xero.exchange(await xero.code({ scope: 'accounting.transactions' })));
  t.match(JSON.parse((await xero.call(invoice, wide.access)).text), {
    Invoices: [{ InvoiceID: '220ddca8-3144-4085-9a88-2d72c5133734' }],
  });
  await xero.world.clock.advance('30m');
  t.same(
    told(await xero.call('/connections', access)),
    refused('Unauthorized', 401, 'TokenExpired: token expired at 01/01/2026 00:30:00'),
  );
});

t.test('discovery names the endpoints: by path this server, at its real host the host of each', async (t) => {
  const xero = await serve(t, 'xero');
  const { baseUrl } = xero.urls;
  const path = '/.well-known/openid-configuration';
  t.match(JSON.parse((await xero.call(path, undefined)).text), {
    issuer: baseUrl,
    authorization_endpoint: `${baseUrl}/identity/connect/authorize`,
    token_endpoint: `${baseUrl}/connect/token`,
    revocation_endpoint: `${baseUrl}/connect/revocation`,
  });
  const atHost = JSON.parse((await xero.atHost('identity.xero.com', path)).text);
  t.equal(atHost.token_endpoint, 'http://identity.xero.com/connect/token');
  t.match(JSON.parse((await xero.call(`${path}/jwks`, undefined)).text), { keys: [{ alg: 'RS256' }] });
  const { access } = tokensOf(await xero.exchange(await xero.code({ scope: 'openid email' })));
  t.match(JSON.parse((await xero.call('/connect/userinfo', access)).text), {
    given_name: 'Ada',
    email: 'ada@example.test',
  });
});

t.test('an unknown client is told on a page; a denial goes back', async (t) => {
  const xero = await serve(t, 'xero');
  const page = await xero.ask({ ...asked, client_id: 'nobody' });
  t.equal(page.headers.get('location'), null);
  t.match(page.text, /Unknown client or client not enabled/);
  await xero.answerAs('deny');
  t.equal((await xero.back(asked)).href, `${redirectUri}?error=access_denied&state=xyz`);
});
