// The scenario `strict-oauth` is complete: every field of the policy, and every request that only a provider accepts.
import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { standardPolicy } from '../../src/providers/standard-policy.js';
import { request } from '../raw.js';
import { demo, startServer } from '../support.js';
import { StrictClient, client, form, right, verifier } from './strict-client.js';
import { basic } from './visit.js';
import type { Reason } from '../../src/core/errors.js';
import type { Policy } from '../../src/core/policy.js';

const server = await startServer();
t.teardown(() => server.close());

const formType = 'Content-Type: application/x-www-form-urlencoded';

/** Fields whose value is not the standard's, and why. */
const exceptions: Partial<Readonly<Record<keyof Policy, string>>> = {
  codeSeconds: 'the RFCs leave lifetimes to the server',
  accessTokenSeconds: 'the RFCs leave lifetimes to the server',
  refreshTokenSeconds: 'the RFCs leave lifetimes to the server',
  interaction: 'the scenario needs no person',
  grants: 'client_credentials stays where a provider has it; password does not',
  grantsPerClient: 'client_credentials stays where a provider has it; password does not',
  redirectUriRequired: 'stricter: always',
  redirectUriAtToken: 'stricter: always',
  redirectStatus: 'RFC 9700 §4.12 recommends 303',
  pkce: 'stricter: RFC 9700 §2.1.1',
  pkceMethods: 'stricter: RFC 9700 §2.1.1',
  answerFormat: 'the standard is that form itself',
  issuerInRedirect: 'RFC 9207 is optional',
};

for (const provider of providers) {
  t.test(`${provider.name} has the value of the RFCs in every field of the policy under strict-oauth`, async (t) => {
    const it = await StrictClient.at(server, provider);
    const { policy } = server.realm(provider.name, it.id);
    for (const field of Object.keys(policy) as (keyof Policy)[]) {
      if (exceptions[field] === undefined) t.strictSame(policy[field], standardPolicy[field], field);
    }
    t.match(policy, {
      redirectUriRequired: 'always',
      redirectUriAtToken: 'required',
      redirectStatus: 303,
      pkce: 'required',
      pkceMethods: ['S256'],
      answerFormat: 'rfc',
    });
    t.notOk([...policy.grants, ...policy.grantsPerClient].includes('password'), 'RFC 9700 §2.4');
    const view = (await (await fetch(`${server.url}/w/${it.id}/__admin/providers/${provider.name}`)).json()) as {
      relaxed: unknown[];
    };
    t.strictSame(view.relaxed, [], 'nothing is relaxed');
  });
}

/** Sends a token request with any headers, also repeated ones. Returns the body of the answer. */
async function send({ id, provider }: StrictClient, headers: readonly string[], body: string, path?: string) {
  const target = `/w/${id}/${provider.name}${path ?? provider.endpoints.token[0]}`;
  return (await request(server.url, `POST ${target}`, headers, body)).body;
}

const withoutClient = { client_id: undefined, client_secret: undefined };
const asked = { response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri };

type Lax = readonly [title: string, reason: Reason, ask: (it: StrictClient) => Promise<unknown>];

const lax: readonly Lax[] = [
  [
    'an authorization request as JSON',
    'request.content-type-unsupported',
    (it) =>
      it.fetch(it.provider.endpoints.authorize[0], {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked),
      }),
  ],
  [
    'an authorization request in query and body',
    'authorize.client-missing',
    (it) =>
      it.fetch(`${it.provider.endpoints.authorize[0]}?client_id=${demo.id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form({ ...asked, client_id: undefined }),
      }),
  ],
  ['client_secret in the authorize URL', 'request.secret-in-url', (it) => it.authorize(client)],
  [
    'an account in the authorize URL',
    'request.secret-in-url',
    (it) => it.authorize({ ...client, username: demo.username, password: demo.password }),
  ],
  [
    'HEAD at the authorization endpoint',
    'request.method-not-allowed',
    (it) => it.fetch(`${it.provider.endpoints.authorize[0]}?${form(asked)}`, { method: 'HEAD' }),
  ],
  [
    'Basic and client_secret in the body',
    'client.credentials-twice',
    async (it) => it.token(form(await it.exchange({ client_id: undefined })), { headers: right }),
  ],
  [
    'a Bearer header and credentials in the body',
    'client.credentials-twice',
    async (it) => it.token(form(await it.exchange()), { headers: { authorization: 'Bearer x' } }),
  ],
  [
    'base64 with other characters',
    'client.missing',
    async (it) =>
      it.token(form(await it.exchange(withoutClient)), { headers: { authorization: `${right.authorization}!!` } }),
  ],
  [
    'base64 without its padding',
    'client.missing',
    async (it) =>
      it.token(form(await it.exchange(withoutClient)), {
        headers: { authorization: right.authorization.replace(/=+$/, '') },
      }),
  ],
  [
    'a parameter in body and query',
    'request.parameter-repeated',
    async (it) => it.token(form(await it.exchange()), { query: '?grant_type=authorization_code' }),
  ],
  [
    'two Authorization headers',
    'request.authorization-repeated',
    async (it) => {
      const header = `Authorization: ${right.authorization}`;
      return send(it, [formType, header, header], form(await it.exchange(withoutClient)));
    },
  ],
  [
    'the password grant',
    'grant.unsupported',
    (it) => it.token(form({ ...client, grant_type: 'password', username: demo.username, password: demo.password })),
  ],
  ['a malformed scope', 'scope.malformed', (it) => it.authorize({ scope: 'a  b' })],
  ['an unknown scope', 'scope.unknown', (it) => it.authorize({ scope: 'unheard.of' })],
  [
    'a wider scope at a refresh',
    'scope.wider-than-granted',
    async (it) => {
      const { refresh_token } = JSON.parse(await (await it.token(form(await it.exchange()))).text()) as {
        refresh_token: string;
      };
      return it.token(form({ ...client, grant_type: 'refresh_token', refresh_token, scope: 'unheard.of' }));
    },
  ],
];

for (const provider of providers) {
  t.test(`${provider.name} refuses under strict-oauth what some providers accept`, async (t) => {
    const it = await StrictClient.at(server, provider);
    t.not(right.authorization, right.authorization.replace(/=+$/, ''), 'the header has a padding');
    for (const [title, reason, ask] of lax) {
      const answer = await ask(it);
      const body = answer instanceof Response ? await answer.text() : String(answer);
      t.equal(it.entry().reason, reason, title);
      t.notMatch(body, /access_token"|"code"/, title);
      if (answer instanceof Response) t.notMatch(answer.headers.get('location') ?? '', /[?&]code=/, title);
    }
  });

  t.test(`${provider.name} revokes the tokens of a code that is replayed after a second sign-in`, async (t) => {
    const it = await StrictClient.at(server, provider);
    await it.accessToken();
    const exchange = form(await it.exchange());
    const { access_token } = (await (await it.token(exchange)).json()) as { access_token: string };
    await it.token(exchange);
    t.equal((await it.call({ authorization: `Bearer ${access_token}` })).status, 401);
    t.equal(it.entry().reason, 'bearer.revoked');
  });

  t.test(`${provider.name} replaces a refresh token, and the old one is refused`, async (t) => {
    const it = await StrictClient.at(server, provider);
    const first = (await (await it.token(form(await it.exchange()))).json()) as { refresh_token: string };
    const refresh = form({ ...client, grant_type: 'refresh_token', refresh_token: first.refresh_token });
    const second = (await (await it.token(refresh)).json()) as { refresh_token: string };
    t.not(second.refresh_token, first.refresh_token);
    t.equal((await it.token(refresh)).status, 400);
    t.equal(it.entry().reason, 'refresh.replaced');
  });

  t.test(`${provider.name} answers in the form of the RFCs`, async (t) => {
    const it = await StrictClient.at(server, provider);
    const granted = await it.token(form(await it.exchange()));
    t.equal(granted.headers.get('cache-control'), 'no-store');
    t.match(await granted.json(), { access_token: String, token_type: 'Bearer', expires_in: Number });

    const wrong = await it.token(form(await it.exchange(withoutClient)), {
      headers: { authorization: basic(demo.id, 'wrong') },
    });
    t.equal(wrong.status, 401, 'RFC 6749 §5.2');
    t.match(wrong.headers.get('www-authenticate'), /^Basic /);
    t.match(await wrong.json(), { error: 'invalid_client' });

    const redirected = await it.authorize({ response_type: 'token' });
    t.equal(redirected.status, 303, 'RFC 6749 §4.1.2.1: an error goes back by redirect');
    t.match(redirected.headers.get('location'), /[?&]error=unsupported_response_type(&|$)/);

    const unknown = await it.call({ authorization: 'Bearer unknown' });
    t.equal(unknown.status, 401, 'RFC 6750 §3.1');
    t.match(unknown.headers.get('www-authenticate'), /^Bearer .*error="invalid_token"/);

    const code = await it.code();
    await fetch(`${server.url}/w/${it.id}/__admin/providers/${provider.name}/clients`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'another', secret: 'another', redirectUris: [demo.redirectUri] }),
    });
    const foreign = await it.token(
      form({
        grant_type: 'authorization_code',
        code,
        redirect_uri: demo.redirectUri,
        code_verifier: verifier,
        client_id: 'another',
        client_secret: 'another',
      }),
    );
    t.equal(foreign.status, 400, "RFC 6749 §5.2: another client's code is an invalid grant");
    t.match(await foreign.json(), { error: 'invalid_grant' });
  });

  // RFC 9110 §5.3 lets a server refuse them, as the standard does
  if (provider.policy.authorizationTwice === 'refused') continue;

  t.test(
    `${provider.name} answers to two Authorization headers by the first, with a note [mailup.reading.two-headers] [tinyemail.reading.two-headers] [dottedsign.reading.two-headers]`,
    async (t) => {
      const world = `two-headers-${provider.name}`;
      await fetch(`${server.url}/__admin/worlds/${world}`, { method: 'PUT' });
      const path = `/w/${world}/${provider.name}${provider.endpoints.token[0]}`;
      await request(
        server.url,
        `POST ${path}`,
        [formType, `Authorization: ${right.authorization}`, 'Authorization: Basic eA=='],
        'grant_type=refresh_token&refresh_token=x',
      );
      t.equal(server.lastEntry(world).reason, 'refresh.unknown');
      t.ok(server.lastEntry(world).notes.some((note) => note.startsWith('the request has 2 Authorization headers')));
    },
  );
}

t.test('dottedsign under strict-oauth', async (t) => {
  const dottedsign = providers.find(({ name }) => name === 'dottedsign')!;
  const it = await StrictClient.at(server, dottedsign);
  const [revoke = ''] = dottedsign.endpoints.revoke;
  const [introspect = ''] = dottedsign.endpoints.introspect;
  const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    it.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });

  await t.test('gives client credentials to confidential clients alone', async (t) => {
    await fetch(`${server.url}/w/${it.id}/__admin/providers/dottedsign/clients`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'public', confidential: false, redirectUris: [demo.redirectUri] }),
    });
    const refused = await it.token(form({ grant_type: 'client_credentials', client_id: 'public' }));
    t.match([refused.status, await refused.json()], [400, { error: 'unauthorized_client' }]);
    t.equal(it.entry().reason, 'grant.unauthorized');
    t.equal((await it.token(form({ grant_type: 'client_credentials', ...client }))).status, 200);
  });

  await t.test('introspects for clients alone, and for one way of authentication', async (t) => {
    const token = await it.accessToken();
    const authorization = `Bearer ${await it.accessToken()}`;
    const byBearer = await post(introspect, form({ token }), { authorization });
    t.equal(byBearer.status, 401);
    t.match(byBearer.headers.get('www-authenticate'), /^Basic /);
    const byBoth = await post(introspect, form({ token, ...client }), { authorization });
    t.match([byBoth.status, await byBoth.json()], [400, { error: 'invalid_request' }]);
    t.match(await (await post(introspect, form({ token, ...client }))).json(), { active: true });
  });

  await t.test('refuses credentials twice and wrong ones at revocation as at the token endpoint', async (t) => {
    const token = await it.accessToken();
    for (const path of [revoke, introspect]) {
      const twice = await post(path, form({ token, ...client }), right);
      t.match([twice.status, await twice.json()], [400, { error: 'invalid_request' }]);
    }
    const wrong = await post(revoke, form({ token }), { authorization: basic(demo.id, 'wrong') });
    t.match([wrong.status, await wrong.json()], [401, { error: 'invalid_client' }]);
    t.match(wrong.headers.get('www-authenticate'), /^Basic /);
    t.equal((await post(revoke, form({ token, ...client }))).status, 200);
  });
});

t.test('a preset keeps lifetimes, and fields beside it are set after it', async (t) => {
  await fetch(`${server.url}/__admin/worlds/preset`, { method: 'PUT' });
  const answer = await fetch(`${server.url}/w/preset/__admin/providers/tinyemail/policy`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ preset: 'rfc', refreshRotation: 'keep' }),
  });
  const { policy } = (await answer.json()) as { policy: Record<string, unknown> };
  t.match(policy, { refreshRotation: 'keep', accessToken: '12h', pkce: 'required', answerFormat: 'rfc' });
  t.notOk('preset' in policy);
});

t.test('the letter case of an API path counts under strict-oauth', async (t) => {
  const mailup = providers.find(({ name }) => name === 'mailup')!;
  const it = await StrictClient.at(server, mailup);
  const headers = { authorization: `Bearer ${await it.accessToken()}` };
  const path = `${mailup.endpoints.api[0]}/ConsoleService.svc/Console/Authentication/Info`;
  t.equal((await it.fetch(path, { headers })).status, 200);
  t.equal((await it.fetch(path.toLowerCase(), { headers })).status, 404);
  t.equal((await it.fetch(path.replace('/Info', '/info'), { headers })).status, 404);
});
