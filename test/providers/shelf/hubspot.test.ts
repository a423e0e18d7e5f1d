import t from 'tap';
import { client, redirect_uri, seen, serve } from './served.js';

const token = '/oauth/v1/token';
const code = (value: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: value,
  redirect_uri,
  ...client,
});
const scope = 'oauth crm.objects.contacts.read';
const correlation = '"correlationId":"ID"';
/** An answer, with the id that is drawn for each one written as ID. */
const refusal = async (answer: Promise<Response>): Promise<readonly [number, string]> => {
  const [status, text] = await seen(answer);
  return [status, text.replace(/"correlationId":"[0-9a-f-]{36}"/, correlation)];
};
type Json = Record<string, string>;

t.test('HubSpot: tokens, and a refresh token that stays', async (t) => {
  const hubspot = await serve(t, 'hubspot');
  const given = await hubspot.code({ scope });
  t.match(given, /^na1-[0-9a-f]{8}-[0-9a-f-]{27}$/);
  const text = await (await hubspot.post(token, code(given))).text();
  t.match(
    text,
    /^\{"token_type":"bearer","refresh_token":"na1-[0-9a-f-]{36}","access_token":"CN[\w-]{198}","hub_id":1000001,"scopes":\["oauth","crm\.objects\.contacts\.read"\],"user_id":16,"expires_in":1800\}$/,
  );
  const { refresh_token: refresh = '', access_token: access = '' } = JSON.parse(text) as Json;
  const again = { grant_type: 'refresh_token', refresh_token: refresh, ...client };
  const next = (await (await hubspot.post('/oauth/v3/token', again)).json()) as Json;
  t.equal(next.refresh_token, refresh);
  t.not(next.access_token, access);
  await hubspot.world.clock.advance('400d');
  t.equal((await hubspot.post('/oauth/2026-03/token', again)).status, 200, 'it does not expire');
});

t.test('HubSpot: refusals have a status, and no error', async (t) => {
  const hubspot = await serve(t, 'hubspot', { at: '/oauth/1000001/authorize' });
  const refused = (parameters: Record<string, string>): Promise<readonly [number, string]> =>
    refusal(hubspot.post(token, parameters));
  const good = code(await hubspot.code({ scope }));
  const body = (status: string, message: string): readonly [number, string] => [
    400,
    `{"status":"${status}","message":"${message}",${correlation}}`,
  ];
  t.same(await refused(code('x')), body('BAD_AUTH_CODE', 'missing or unknown auth code'));
  t.same(await refused({ ...good, client_id: 'x' }), body('BAD_CLIENT_ID', 'missing or unknown client id'));
  t.same(await refused({ ...good, client_secret: 'x' }), body('BAD_CLIENT_SECRET', 'missing or invalid client secret'));
  t.same(
    await refused({ ...good, redirect_uri: 'http://x.test/' }),
    body('MISMATCH_REDIRECT_URI_AUTH_CODE', 'redirect uri does not match auth code'),
  );
  t.same(await refused({ ...good, grant_type: 'x' }), body('BAD_GRANT_TYPE', 'missing or unknown grant type'));
  t.same(
    await refused({ grant_type: 'refresh_token', refresh_token: 'x', ...client }),
    body('BAD_REFRESH_TOKEN', 'missing or unknown refresh token'),
  );
  const { authorization } = { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` };
  const { grant_type, code: one = '' } = good as { grant_type: string; code?: string };
  t.same(
    await refusal(hubspot.post(token, { grant_type, code: one, redirect_uri }, { authorization })),
    body('BAD_CLIENT_ID', 'missing or unknown client id'),
    'Basic is not read',
  );
});

t.test('HubSpot: introspection and revocation of version 3', async (t) => {
  const hubspot = await serve(t, 'hubspot');
  const { access_token: access = '', refresh_token: refresh = '' } = (await (
    await hubspot.post(token, code(await hubspot.code({ scope })))
  ).json()) as Json;
  const about = (sent: string): Promise<readonly [number, string]> =>
    seen(hubspot.post('/oauth/v3/token/introspect', { token: sent, ...client }));
  t.same(await about(access), [
    200,
    '{"active":true,"token_type":"access_token","client_id":"understudy-client","hub_id":1000001,"scopes":["oauth","crm.objects.contacts.read"],"exp":1767227400,"iat":1767225600}',
  ]);
  t.same(await seen(hubspot.post('/oauth/v3/token/revoke', { token: refresh, ...client })), [200, '{}']);
  t.same(await about(access), [200, '{"active":false}']);
});

t.test('HubSpot: the API', async (t) => {
  const hubspot = await serve(t, 'hubspot');
  const { access_token: access = '' } = (await (
    await hubspot.post(token, code(await hubspot.code({ scope })))
  ).json()) as Json;
  t.same(await seen(hubspot.get(`/oauth/v1/access-tokens/${access}`)), [
    200,
    `{"token":"${access}","user":"user@understudy.example","hub_domain":"understudy.example","scopes":["oauth"],"hub_id":1000001,"app_id":1,"expires_in":1800,"user_id":1,"token_type":"access"}`,
  ]);
  t.match(await (await hubspot.get('/crm/v3/objects/contacts/51', access)).json(), {
    id: '51',
    properties: { hs_object_id: '51' },
    archived: false,
  });
  const plain = (await (await hubspot.post(token, code(await hubspot.code({ scope: 'oauth' })))).json()) as Json;
  t.same(await refusal(hubspot.get('/crm/v3/objects/contacts', plain.access_token)), [
    403,
    `{"status":"error","message":"This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",${correlation},"errors":[{"message":"One or more of the following scopes are required.","context":{"requiredGranularScopes":["crm.objects.contacts.read"]}}],"links":{"scopes":"https://developers.hubspot.com/scopes"},"category":"MISSING_SCOPES"}`,
  ]);
  t.match(await (await hubspot.get('/account-info/v3/details')).json(), { category: 'INVALID_AUTHENTICATION' });
  await hubspot.world.clock.advance('31m');
  t.same(await refusal(hubspot.get('/account-info/v3/details', access)), [
    401,
    `{"status":"error","message":"The OAuth token used to make this call expired 60 second(s) ago.",${correlation},"category":"EXPIRED_AUTHENTICATION","context":{"expire time":["2026-01-01T00:30:00.000Z"]}}`,
  ]);
});
