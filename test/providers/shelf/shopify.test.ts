import { createHmac } from 'node:crypto';
import t from 'tap';
import { client, redirect_uri, seen, serve } from './served.js';

const token = '/admin/oauth/access_token';
const code = (value: string): Record<string, string> => ({ grant_type: 'authorization_code', code: value, ...client });
type Json = Record<string, unknown>;

t.test('Shopify: the callback is signed', async (t) => {
  const shopify = await serve(t, 'shopify');
  const { redirectTo, code: given = '' } = await shopify.authorize({
    scope: 'read_products,write_orders',
    state: '15773',
  });
  t.match(given, /^[0-9a-f]{32}$/);
  const { hmac, ...signed } = Object.fromEntries(new URL(redirectTo).searchParams) as Record<string, string>;
  t.same(signed, {
    code: given,
    host: Buffer.from('admin.shopify.com/store/understudy').toString('base64url'),
    shop: 'understudy.myshopify.com',
    state: '15773',
    timestamp: '1767225600',
  });
  const message = `code=${given}&host=${String(signed.host)}&shop=understudy.myshopify.com&state=15773&timestamp=1767225600`;
  t.equal(hmac, createHmac('sha256', client.client_secret).update(message).digest('hex'));
});

t.test('Shopify: the shop is that of the host', async (t) => {
  const shopify = await serve(t, 'shopify');
  const world = shopify.server.world();
  await world.providers.policy({ provider: 'shopify', interaction: { mode: 'auto', user: 'ada@example.test' } });
  const { pathname, search } = shopify.authorizeUrl({ scope: 'read_products', state: '1' });
  const path = pathname.slice(pathname.indexOf('/admin')) + search;
  const { headers } = await shopify.at('anvils.myshopify.com', path);
  const { hmac, ...signed } = Object.fromEntries(new URL(String(headers.location)).searchParams) as Record<
    string,
    string
  >;
  t.match(signed, {
    shop: 'anvils.myshopify.com',
    host: Buffer.from('admin.shopify.com/store/anvils').toString('base64url'),
  });
  const message = Object.entries(signed)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  t.equal(hmac, createHmac('sha256', client.client_secret).update(message).digest('hex'));
});

t.test('Shopify: an offline token has no end and no type; JSON or a form', async (t) => {
  const shopify = await serve(t, 'shopify');
  const login = async (body: (value: string) => string, type: string): Promise<string> => {
    const given = await shopify.code({ scope: 'read_products,write_orders' });
    const headers = { 'content-type': type, accept: 'application/json' };
    return (await fetch(shopify.base + token, { method: 'POST', headers, body: body(given) })).text();
  };
  const expected = /^\{"access_token":"shpat_[0-9a-f]{32}","scope":"read_products,write_orders"\}$/;
  t.match(await login((value) => JSON.stringify({ ...code(value), expiring: '0' }), 'application/json'), expected);
  const form = (value: string): string => new URLSearchParams(code(value)).toString();
  t.match(await login(form, 'application/x-www-form-urlencoded'), expected);
});

t.test('Shopify: the token of a user', async (t) => {
  const shopify = await serve(t, 'shopify');
  const given = await shopify.code({ scope: 'read_products', 'grant_options[]': 'per-user' });
  const answer = (await (await shopify.post(token, code(given))).json()) as Json;
  t.match(answer, {
    expires_in: 86399,
    associated_user_scope: 'read_products',
    associated_user: {
      id: 16,
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'ada@example.test',
      account_owner: true,
    },
  });
  const offline = await shopify.code({ scope: 'read_products', 'grant_options[]': '' });
  t.strictSame(Object.keys((await (await shopify.post(token, code(offline))).json()) as Json), [
    'access_token',
    'scope',
  ]);
});

t.test('Shopify: an app with expiring offline tokens', async (t) => {
  const expiring = 'like: shopify\npolicy: { accessToken: 1h, refreshToken: 90d, refreshTokenIssued: true }';
  const shopify = await serve(t, 'shopify', { name: 'expiring', more: { expiring } });
  const given = await shopify.code({ scope: 'read_products' });
  const first = await (await shopify.post(token, { ...code(given), expiring: '1' })).text();
  t.match(
    first,
    /^\{"access_token":"shpat_\w{32}","scope":"read_products","expires_in":3600,"refresh_token":"shprt_[0-9a-f]{32}","refresh_token_expires_in":7776000\}$/,
  );
  const { refresh_token } = JSON.parse(first) as { refresh_token: string };
  const refresh = { grant_type: 'refresh_token', refresh_token, ...client };
  t.match(await (await shopify.post(token, refresh)).json(), { expires_in: 3600, refresh_token: /^shprt_/ });
  t.match(await seen(shopify.post(token, refresh)), [401, /"error":"invalid_grant"/]);
});

t.test('Shopify: refusals, and the API', async (t) => {
  const shopify = await serve(t, 'shopify');
  const good = code(await shopify.code({ scope: 'write_orders' }));
  const body = (error: string, text: string): readonly [number, string] => [
    400,
    `{"error":"${error}","error_description":"${text}"}`,
  ];
  const used = body('invalid_request', 'The authorization code was not found or was already used');
  t.same(await seen(shopify.post(token, code('x'))), used);
  t.same(
    await seen(shopify.post(token, { ...good, client_secret: 'x' })),
    body('invalid_request', 'Missing or invalid client secret'),
  );
  const { access_token: access } = (await (await shopify.post(token, good)).json()) as { access_token: string };
  t.same(await seen(shopify.post(token, good)), used);
  const shop = await shopify.get('/admin/api/2026-01/shop.json', access);
  t.equal(shop.headers.get('x-shopify-api-version'), '2026-01');
  t.match(await shop.json(), { shop: { myshopify_domain: 'understudy.myshopify.com', shop_owner: 'Ada Lovelace' } });
  t.same(await seen(shopify.get('/admin/api/2026-01/products/632.json', access)), [
    403,
    '{"errors":"[API] This action requires merchant approval for read_products scope."}',
  ]);
  const given = await shopify.code({ scope: 'read_products' });
  const reader = (await (await shopify.post(token, code(given))).json()) as { access_token: string };
  t.match(await (await shopify.get('/admin/api/2026-01/products/632.json', reader.access_token)).json(), {
    product: { id: 632, title: 'Product 632' },
  });
  t.same(await seen(shopify.get('/admin/api/2026-01/shop.json', 'shpat_x')), [
    401,
    '{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}',
  ]);
  const other = await fetch(shopify.authorizeUrl({ redirect_uri: `${redirect_uri}/x` }));
  t.equal(other.status, 400);
});
