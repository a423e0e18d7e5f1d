// The scenario `strict-oauth` keeps every refusal of the RFCs that the providers do not make.
import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { demo, startServer } from '../support.js';
import { StrictClient, client, form, right, verifier } from './strict-client.js';
import type { Reason } from '../../src/core/errors.js';

const server = await startServer();
t.teardown(() => server.close());

/** The reason of the journal tells that the rule refused, and not another one. */
type Refusal = readonly [rule: string, reason: Reason, ask: (it: StrictClient) => Promise<Response>];

const refusals: readonly Refusal[] = [
  [
    'RFC 6749 §3.1: a parameter of the authorization is sent once',
    'request.parameter-repeated',
    (it) => it.authorize({}, '&state=again'),
  ],
  [
    'RFC 6749 §3.2: a parameter of a token request is sent once',
    'request.parameter-repeated',
    async (it) => it.token(`${form(await it.exchange())}&grant_type=authorization_code`),
  ],
  [
    'RFC 6749 §3.2: an unknown parameter is sent once too',
    'request.parameter-repeated',
    async (it) => it.token(`${form(await it.exchange())}&x=1&x=2`),
  ],
  [
    'RFC 6749 §4.1.3: the parameters are in a form',
    'request.content-type-unsupported',
    async (it) => it.token(form(await it.exchange()), { headers: { 'content-type': 'text/plain' } }),
  ],
  [
    'RFC 6749 §2.3.1: the secret of the client is not in the URL',
    'request.secret-in-url',
    async (it) =>
      it.token(form(await it.exchange({ client_id: undefined, client_secret: undefined })), {
        query: `?${form(client)}`,
      }),
  ],
  [
    'RFC 6749 §2.3: a client authenticates in one way',
    'client.credentials-twice',
    async (it) => it.token(form(await it.exchange()), { headers: right }),
  ],
  [
    'RFC 6749 §3.2.1: a code without client authentication is refused',
    'client.missing',
    async (it) => it.token(form(await it.exchange({ client_id: undefined, client_secret: undefined }))),
  ],
  [
    'RFC 6749 §2.3.1: Basic has its scheme',
    'client.missing',
    async (it) =>
      it.token(form(await it.exchange({ client_id: undefined, client_secret: undefined })), {
        headers: { authorization: right.authorization.slice('Basic '.length) },
      }),
  ],
  [
    'RFC 9700 §2.1: redirect_uri is exact, the query too',
    'authorize.redirect-uri-unregistered',
    (it) => it.authorize({ redirect_uri: `${demo.redirectUri}?x=1` }),
  ],
  [
    'RFC 9700 §2.1: redirect_uri is exact, the path too',
    'authorize.redirect-uri-unregistered',
    (it) => it.authorize({ redirect_uri: `${demo.redirectUri}/` }),
  ],
  [
    'RFC 9700 §2.1: redirect_uri is sent',
    'authorize.redirect-uri-missing',
    (it) => it.authorize({ redirect_uri: undefined }),
  ],
  [
    'RFC 6749 §4.1.3: redirect_uri is sent again with the code',
    'code.redirect-uri-missing',
    async (it) => it.token(form(await it.exchange({ redirect_uri: undefined }))),
  ],
  [
    'RFC 6749 §4.1.3: redirect_uri is the same with the code',
    'code.redirect-uri-differs',
    async (it) => it.token(form(await it.exchange({ redirect_uri: `${demo.redirectUri}?code=x` }))),
  ],
  [
    'RFC 9700 §2.1.1: PKCE is used',
    'pkce.challenge-missing',
    (it) => it.authorize({ code_challenge: undefined, code_challenge_method: undefined }),
  ],
  [
    'RFC 9700 §2.1.1: PKCE is S256',
    'pkce.method-unsupported',
    (it) => it.authorize({ code_challenge: verifier, code_challenge_method: 'plain' }),
  ],
  [
    'RFC 7636 §4.5: the verifier is sent',
    'pkce.verifier-missing',
    async (it) => it.token(form(await it.exchange({ code_verifier: undefined }))),
  ],
  [
    'RFC 7636 §4.6: the verifier fits',
    'pkce.verifier-mismatch',
    async (it) => it.token(form(await it.exchange({ code_verifier: 'w'.repeat(43) }))),
  ],
  ['RFC 6749 §3.3: scopes have one blank between them', 'scope.malformed', (it) => it.authorize({ scope: 'a  b' })],
  ['RFC 6749 §3.3: an unknown scope is refused', 'scope.unknown', (it) => it.authorize({ scope: 'unheard.of' })],
  [
    'RFC 6749 §4.1.2: a code is spent once',
    'code.replayed',
    async (it) => {
      const again = form(await it.exchange());
      await it.token(again);
      return it.token(again);
    },
  ],
  [
    'RFC 9700 §4.3.2: no bearer token in the URL',
    'bearer.missing',
    async (it) => it.call({}, `?access_token=${await it.accessToken()}`),
  ],
  [
    'RFC 6750 §2: a bearer token in one place',
    'bearer.twice',
    async (it) => {
      const token = await it.accessToken();
      return it.call({ authorization: `Bearer ${token}` }, `?access_token=${token}`);
    },
  ],
  [
    'RFC 6750 §2.1: a bearer token has no quotes',
    'bearer.malformed',
    async (it) => it.call({ authorization: `Bearer "${await it.accessToken()}"` }),
  ],
  [
    'RFC 6749 §3.2: the token endpoint takes POST',
    'request.method-not-allowed',
    async (it) => it.fetch(`${it.provider.endpoints.token[0]}?${form(await it.exchange())}`),
  ],
];

for (const provider of providers) {
  t.test(`${provider.name} refuses what the RFCs refuse under strict-oauth`, async (t) => {
    const it = await StrictClient.at(server, provider);
    for (const [rule, reason, ask] of refusals) {
      const answer = await ask(it);
      t.equal(it.entry().reason, reason, `${rule} (${answer.status})`);
      t.notMatch(answer.headers.get('location') ?? '', /[?&#]code=/, rule);
      t.notMatch(await answer.text(), /access_token"/, rule);
    }
  });

  t.test(`${provider.name} grants what the RFCs grant under strict-oauth`, async (t) => {
    const it = await StrictClient.at(server, provider);
    const back = new URL((await it.authorize()).headers.get('location') ?? '');
    t.equal(back.searchParams.get('state'), 's'.repeat(24), 'the state comes back');
    const inBody = await it.token(form(await it.exchange()));
    t.equal(inBody.status, 200);
    const byBasic = await it.exchange({ client_id: undefined, client_secret: undefined });
    t.equal((await it.token(form(byBasic), { headers: right })).status, 200);
    t.equal((await it.call({ authorization: `Bearer ${await it.accessToken()}` })).status, 200);
  });

  t.test(`${provider.name} forbids caching of the answers of the token endpoint under strict-oauth`, async (t) => {
    const it = await StrictClient.at(server, provider);
    const caching = ({ headers }: Response): unknown => [headers.get('cache-control'), headers.get('pragma')];
    const issued = await it.token(form(await it.exchange()));
    t.equal(issued.status, 200);
    t.same(caching(issued), ['no-store', 'no-cache'], 'RFC 6749 §5.1');
    const refused = await it.token(form(await it.exchange({ code: 'unknown' })));
    t.equal(refused.status, 400);
    t.same(caching(refused), ['no-store', 'no-cache'], 'RFC 6749 §5.2');
  });

  t.test(`${provider.name} revokes the tokens of a replayed code under strict-oauth`, async (t) => {
    const it = await StrictClient.at(server, provider);
    const exchange = form(await it.exchange());
    const { access_token } = (await (await it.token(exchange)).json()) as { access_token: string };
    await it.token(exchange);
    t.equal((await it.call({ authorization: `Bearer ${access_token}` })).status, 401);
  });
}
