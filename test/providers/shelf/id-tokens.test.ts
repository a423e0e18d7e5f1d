// The ID tokens of the shelf: each is checked with the key that its provider's discovery document names.
import { createPublicKey, verify } from 'node:crypto';
import t from 'tap';
import { basic, client, redirect_uri, serve } from './served.js';
import type { JsonWebKey } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;

interface Place {
  readonly discovery?: string;
  readonly token: string;
  /** The authorization endpoint, if it is not the first one. */
  readonly at?: string;
  /** Claims beside aud and nonce. */
  readonly claims: Json;
}

const username = 'ada@example.test';
const tid = '9188040d-6c67-4c5b-b112-36a304b66dad';

const places: Readonly<Record<string, Place>> = {
  google: { token: '/token', claims: { azp: client.client_id, email: username, exp: 1_767_229_199 } },
  microsoft: {
    discovery: `/${tid}/v2.0/.well-known/openid-configuration`,
    at: `/${tid}/oauth2/v2.0/authorize`,
    token: `/${tid}/oauth2/v2.0/token`,
    claims: { tid, oid: username, preferred_username: username, ver: '2.0' },
  },
  salesforce: { token: '/services/oauth2/token', claims: { exp: 1_767_225_720 } },
  slack: {
    at: '/openid/connect/authorize',
    token: '/api/openid.connect.token',
    claims: { 'https://slack.com/user_id': 'U0ADA', exp: 1_767_225_900 },
  },
  xero: { token: '/connect/token', claims: { preferred_username: username, nbf: 1_767_225_600 } },
  quickbooks: {
    discovery: '/.well-known/openid_configuration',
    token: '/oauth2/v1/tokens/bearer',
    claims: { realmid: '9341452000000001', aud: [client.client_id] },
  },
  paypal: { token: '/v1/oauth2/token', claims: { user_id: /ada@example.test$/ } },
};

const decoded = (text: string | undefined): Json =>
  JSON.parse(Buffer.from(String(text), 'base64url').toString()) as Json;

for (const [name, { discovery = '/.well-known/openid-configuration', token, at, claims }] of Object.entries(places)) {
  t.test(`${name}: an ID token has the issuer, the claims and the key of discovery`, async (t) => {
    const brand = await serve(t, name, at === undefined ? {} : { at });
    const code = await brand.code({ scope: 'openid', nonce: 'n-1' });
    const exchange = { grant_type: 'authorization_code', code, redirect_uri };
    const answer = (await (await brand.post(token, exchange, { authorization: basic })).json()) as Json;
    const [head, body, signature] = String(answer.id_token).split('.');
    const found = (await (await brand.get(discovery)).json()) as Json;
    t.match(decoded(body), { aud: client.client_id, iss: found.issuer, nonce: 'n-1', ...claims });

    const { keys } = (await (await fetch(String(found.jwks_uri))).json()) as { keys: (JsonWebKey & { kid: string })[] };
    const key = keys.find(({ kid }) => kid === decoded(head).kid);
    t.ok(key, 'the key of the header');
    const publicKey = createPublicKey({ key: key!, format: 'jwk' });
    const isGood = (text: string): boolean =>
      verify('sha256', Buffer.from(text), publicKey, Buffer.from(String(signature), 'base64url'));
    t.equal(isGood(`${String(head)}.${String(body)}`), true);
    t.equal(isGood(`${String(head)}.${String(body).slice(1)}`), false);
  });
}
