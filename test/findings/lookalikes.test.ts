import t from 'tap';
import { ruleIds } from '../../src/findings/rules/index.js';
import { demo, startServer } from '../support.js';
import { Browser } from '../journeys/browserless.js';
import { Stage, challengeOf, fresh } from './stage.js';
import type { RuleId } from '../../src/findings/rules/index.js';
import type { Fault } from '../../src/faults/kinds/index.js';
import type { Call, Callback, Change } from './stage.js';

interface Case {
  readonly title: string;
  readonly provider?: 'mailup' | 'tinyemail';
  /** Left out: the rule is silent. */
  readonly speaks?: 'error' | 'warning' | 'note';
  readonly play: (stage: Stage) => Promise<unknown>;
}

const noPkce: Change = { code_challenge: undefined, code_challenge_method: undefined };
const plain: Change = { ...noPkce, state: undefined };
const credentials = { client_id: demo.id, client_secret: demo.secret };
const person = { username: demo.username, password: demo.password };
const basic = (id: string, secret: string): { headers: Record<string, string> } => ({
  headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
});
const ignored = (): void => {};
const twoDays = 172_800;

/** An exchange from one of several workers, which wait for nobody. */
const exchangeBeside = ({ code, redirectUri, verifier }: Callback): Call => ({
  method: 'POST',
  form: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
  ...basic(demo.id, demo.secret),
});

/** An exchange whose answer a fault spoils, and another one. */
async function exchangedTwice(c: Stage, fault: Fault): Promise<void> {
  c.fault({ match: { endpoint: 'token' }, times: 1, fault });
  const callback = await c.authorize();
  for (let i = 0; i < 2; i += 1) await c.exchange(callback);
}

/** A refresh whose answer a fault spoils, and another one with the old token. */
async function refreshedTwice(c: Stage, fault: Fault): Promise<void> {
  const { refresh_token } = await c.signIn();
  c.fault({ match: { endpoint: 'token' }, times: 1, fault });
  for (let i = 0; i < 2; i += 1) await c.refresh(refresh_token);
}

/** Several calls with one token, each with a pause before it. */
async function calls(c: Stage, accessToken: unknown, ...pausesMs: readonly number[]): Promise<void> {
  for (let i = 0; i <= pausesMs.length; i += 1) await c.call(accessToken);
  c.spread(...pausesMs);
}

/** Calls that go out together, and share one connection. */
const queued = (c: Stage, accessToken: unknown, times: number): Promise<unknown> =>
  Promise.all(Array.from({ length: times }, () => c.call(accessToken)));

const withSecret = (c: Stage, secret: string): void => {
  c.realm.clients.set(demo.id, { ...c.realm.clients.get(demo.id)!, secret });
};
const withRedirectUri = (c: Stage, uri: string): void => {
  c.realm.clients.set(demo.id, { ...c.realm.clients.get(demo.id)!, redirectUris: [uri] });
};

/** A refresh from each of several workers, which wait for nobody. */
const refreshBeside = (c: Stage, refreshToken: unknown): Call => ({
  method: 'POST',
  form: { grant_type: 'refresh_token', refresh_token: String(refreshToken) },
  ...basic(demo.id, demo.secret),
});
const bearer = (token: unknown): Call => ({ headers: { authorization: `Bearer ${String(token)}` } });
const revokeAll = (c: Stage): void => {
  for (const token of c.realm.refreshTokens.values()) token.revokedAt = c.world.clock.now();
};

/** Signs in by the pages, whose tampered redirect can be had again. */
async function byPages(
  c: Stage,
  change: Change,
  after: (browser: Browser, page: string) => Promise<unknown>,
): Promise<void> {
  c.policy({ interaction: { mode: 'manual' } });
  const verifier = fresh();
  const browser = new Browser();
  const query = new URLSearchParams({
    client_id: demo.id,
    response_type: 'code',
    redirect_uri: demo.redirectUri,
    state: fresh(),
    ...change,
  } as Record<string, string>);
  const { url } = await browser.signIn(`${c.urls.authorizeUrl}?${query.toString()}`, demo);
  const page = c.world.journal.entries().find(({ endpoint }) => endpoint === 'consent')!.url;
  await after(browser, new URL(page, c.urls.baseUrl).href);
  await c.exchange(
    { url, code: String(url.searchParams.get('code')), verifier, redirectUri: demo.redirectUri },
    { code_verifier: undefined },
  );
}

const cases: Readonly<Record<RuleId, readonly Case[]>> = {
  'no-csrf-protection': [
    { title: 'a state alone', provider: 'tinyemail', play: (c) => c.signIn(noPkce) },
    { title: 'PKCE alone', play: (c) => c.signIn({ state: undefined }) },
    {
      title: "the direct code of MailUp's old endpoint",
      provider: 'mailup',
      play: (c) => c.authorize({ ...plain, ...person }),
    },
    {
      title: 'a value of its own in the redirect_uri, at MailUp',
      provider: 'mailup',
      play: (c) => c.signIn({ ...plain, redirect_uri: `${demo.redirectUri}?csrf=${fresh()}` }),
    },
    {
      title: 'a request that was refused',
      play: (c) => c.authorize({ ...plain, redirect_uri: 'http://localhost:3000/elsewhere' }),
    },
    {
      title: 'a look at the headers alone',
      play: (c) =>
        c.send(c.urls.authorizeUrl, {
          method: 'HEAD',
          query: { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri },
        }),
    },
    {
      title: 'a request whose answer never came',
      speaks: 'error',
      play: async (c) => {
        c.fault({ match: {}, fault: { kind: 'cut' } });
        await c.authorize(plain).catch(ignored);
      },
    },
    {
      title: 'a request that is posted',
      speaks: 'error',
      play: (c) =>
        c.send(c.urls.authorizeUrl, {
          method: 'POST',
          form: { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri },
        }),
    },
    {
      title: 'not even a redirect_uri at MailUp',
      provider: 'mailup',
      speaks: 'note',
      play: async (c) => {
        withRedirectUri(c, demo.redirectUri);
        await c.authorize({ ...plain, redirect_uri: undefined });
      },
    },
    {
      title: 'nothing at MailUp, which offers nothing',
      provider: 'mailup',
      speaks: 'note',
      play: (c) => c.signIn(plain),
    },
    {
      title: 'PKCE alone at tinyEmail, which ignores it',
      provider: 'tinyemail',
      speaks: 'warning',
      play: (c) => c.signIn({ state: undefined }),
    },
  ],
  'state-reused': [
    {
      title: 'a browser that loads one URL three times, and finishes once',
      provider: 'tinyemail',
      async play(c) {
        const state = fresh();
        for (let i = 0; i < 2; i += 1) await c.authorize({ ...noPkce, state });
        await c.signIn({ ...noPkce, state });
      },
    },
    {
      title: 'something of the application in the state, beside PKCE',
      play: async (c) => {
        for (let i = 0; i < 2; i += 1) await c.signIn({ state: 'the page where it began' });
      },
    },
    {
      title: 'one state at MailUp, which returns none',
      provider: 'mailup',
      play: async (c) => {
        for (let i = 0; i < 2; i += 1) await c.signIn({ state: 'a constant and useless state' });
      },
    },
    {
      title: 'no state at all',
      provider: 'tinyemail',
      play: async (c) => {
        for (let i = 0; i < 2; i += 1) await c.signIn(plain);
      },
    },
    {
      title: 'one state in two different URLs',
      provider: 'tinyemail',
      speaks: 'error',
      async play(c) {
        const state = fresh();
        for (const nonce of ['1', '2']) await c.authorize({ ...noPkce, state, nonce });
      },
    },
  ],
  'state-not-checked': [
    {
      title: 'a client that refuses the callback',
      provider: 'tinyemail',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'altered' } });
        await c.authorize(noPkce);
      },
    },
    {
      title: 'a redirect with parameters that nobody knows',
      provider: 'tinyemail',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', extra: { session: '1' } } });
        await c.signIn(noPkce);
      },
    },
    {
      title: 'the right state twice',
      provider: 'tinyemail',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'doubled' } });
        await c.signIn(noPkce);
      },
    },
    {
      title: 'a state at MailUp, which returns none',
      provider: 'mailup',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'altered' } });
        await c.signIn();
      },
    },
    {
      title: 'a client that sent no state',
      provider: 'tinyemail',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'altered' } });
        await c.signIn(plain);
      },
    },
    {
      title: 'a page that is loaded again, and redirects rightly then',
      provider: 'tinyemail',
      async play(c) {
        c.fault({ match: {}, times: 1, fault: { kind: 'tamper', state: 'altered' } });
        await byPages(c, {}, (browser, page) => browser.open(page));
      },
    },
    {
      title: 'a missing state on a redirect from the pages',
      provider: 'tinyemail',
      speaks: 'error',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'missing' } });
        await byPages(c, {}, async () => undefined);
      },
    },
    {
      title: 'an altered state that PKCE makes harmless',
      speaks: 'warning',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'altered' } });
        await c.signIn();
      },
    },
    {
      title: 'an exchange that fails',
      provider: 'tinyemail',
      speaks: 'error',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'altered' } });
        await c.exchange(await c.authorize(noPkce), { redirect_uri: 'http://127.0.0.1:3000/callback' });
      },
    },
  ],
  'state-too-short': [
    {
      title: 'a state of sixteen characters',
      provider: 'tinyemail',
      play: (c) => c.signIn({ ...noPkce, state: '0123456789abcdef' }),
    },
    { title: 'a word beside PKCE', play: (c) => c.signIn({ state: 'home' }) },
    { title: 'a word at MailUp, which returns none', provider: 'mailup', play: (c) => c.signIn({ state: 'home' }) },
  ],
  'pkce-plain': [
    { title: 'S256', play: (c) => c.signIn() },
    {
      title: 'plain where the provider knows nothing else',
      play: async (c) => {
        c.policy({ pkceMethods: ['plain'] });
        await c.authorize({ code_challenge_method: 'plain' });
      },
    },
    {
      title: 'plain where it is ignored',
      provider: 'tinyemail',
      play: (c) => c.authorize({ code_challenge_method: 'plain' }),
    },
    {
      title: 'no method, which means plain',
      speaks: 'warning',
      play: (c) => c.authorize({ code_challenge_method: undefined }),
    },
  ],
  'pkce-constant': [
    {
      title: 'a browser that loads one URL twice',
      async play(c) {
        const [state, verifier] = [fresh(), fresh()];
        const same = { state, code_challenge: challengeOf(verifier) };
        await c.authorize(same);
        await c.exchange({ ...(await c.authorize(same)), verifier });
      },
    },
    {
      title: 'one challenge where it is ignored',
      provider: 'tinyemail',
      play: async (c) => {
        for (let i = 0; i < 2; i += 1) await c.signIn({ code_challenge: challengeOf('constant') });
      },
    },
  ],
  'verifier-equals-state': [
    {
      title: 'the same where PKCE is ignored',
      provider: 'tinyemail',
      async play(c) {
        const verifier = fresh();
        await c.exchange({
          ...(await c.authorize({ state: verifier, code_challenge: challengeOf(verifier) })),
          verifier,
        });
      },
    },
    {
      title: 'neither state nor verifier',
      play: async (c) => c.exchange(await c.authorize({ state: undefined }), { code_verifier: undefined }),
    },
  ],
  'code-replayed': [
    {
      title: 'another try after the answer was lost',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'drop' } });
        const callback = await c.authorize();
        await c.exchange(callback).catch(ignored);
        await c.exchange(callback);
      },
    },
    {
      title: 'another try after half an answer',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'truncate' } });
        const callback = await c.authorize();
        await c.exchange(callback).catch(ignored);
        await c.exchange(callback);
      },
    },
    {
      title: 'another try after the first was refused',
      async play(c) {
        const callback = await c.authorize();
        await c.exchange(callback, {}, basic(demo.id, 'wrong'));
        await c.exchange(callback);
      },
    },
    {
      title: 'another try while a fault keeps the first waiting',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'delay', for: '80ms' } });
        const call = exchangeBeside(await c.authorize());
        await Promise.all([c.sendBeside(c.urls.tokenUrl, call), c.sendBeside(c.urls.tokenUrl, call)]);
        c.world.journal
          .entries()
          .slice(-1)
          .forEach((entry) => {
            Object.assign(entry, { realAt: entry.realAt + 100 });
          });
      },
    },
    {
      title: 'two exchanges that a fault lets in at once',
      speaks: 'error',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'hold', until: 2 } });
        const call = exchangeBeside(await c.authorize());
        await Promise.all([c.sendBeside(c.urls.tokenUrl, call), c.sendBeside(c.urls.tokenUrl, call)]);
      },
    },
    {
      title: 'another try after an answer that calls itself HTML',
      play: (c) => exchangedTwice(c, { kind: 'patch', headers: { 'content-type': 'text/html' } }),
    },
    {
      title: 'another try after tokens of a type that nobody knows',
      play: (c) => exchangedTwice(c, { kind: 'patch', set: { token_type: 'mac' } }),
    },
    {
      title: 'another try after tokens whose lifetime is text',
      speaks: 'error',
      play: (c) => exchangedTwice(c, { kind: 'patch', set: { expires_in: '3600' } }),
    },
    {
      title: 'a callback that comes twice at MailUp, which returns no state',
      provider: 'mailup',
      play: (c) => deliveredTwice(c),
    },
    { title: 'a callback that comes twice', provider: 'tinyemail', speaks: 'error', play: (c) => deliveredTwice(c) },
  ],
  'code-exchanged-late': [
    {
      title: 'a code that is dead when it is born',
      play: async (c) => {
        c.policy({ codeSeconds: 0 });
        await c.signIn();
      },
    },
    {
      title: 'another try after the first, in time, found no answer',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'cut' } });
        const callback = await c.authorize();
        await c.exchange(callback).catch(ignored);
        c.advance(660);
        await c.exchange(callback);
      },
    },
    {
      title: 'a late exchange that a fault delayed',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'delay', for: '1ms' } });
        const callback = await c.authorize();
        c.advance(660);
        await c.exchange(callback);
      },
    },
    {
      title: 'an exchange in the last second',
      async play(c) {
        const callback = await c.authorize();
        c.advance(599);
        await c.exchange(callback);
      },
    },
    {
      title: 'a code that was made to expire',
      async play(c) {
        const callback = await c.authorize();
        for (const code of c.realm.codes.values()) code.expiresAt = c.world.clock.now();
        await c.exchange(callback);
      },
    },
    {
      title: 'a clock that is ahead at the provider',
      async play(c) {
        c.world.clock.skewMs = 3_600_000;
        await c.exchange(await c.authorize());
      },
    },
    {
      title: 'a redirect that a fault had altered',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', extra: { session: '1' } } });
        const callback = await c.authorize();
        c.advance(660);
        await c.exchange(callback);
      },
    },
  ],
  'redirect-uri-differs': [
    { title: 'the same in both steps', play: (c) => c.signIn() },
    {
      title: 'none in the second step at MailUp, which asks for none',
      provider: 'mailup',
      play: async (c) => c.exchange(await c.authorize(), { redirect_uri: undefined }),
    },
    {
      title: "the callback's own query at MailUp, which does not mind",
      provider: 'mailup',
      speaks: 'note',
      play: async (c) => c.exchange(await c.authorize(), { redirect_uri: `${demo.redirectUri}?code=1` }),
    },
    {
      title: 'none in the second step',
      speaks: 'error',
      play: async (c) => c.exchange(await c.authorize(), { redirect_uri: undefined }),
    },
    {
      title: 'another one for a code whose redirect was not seen',
      speaks: 'error',
      async play(c) {
        const callback = await c.authorize();
        c.world.journal.clear();
        await c.exchange(callback, { redirect_uri: 'http://127.0.0.1:3000/callback' });
      },
    },
  ],
  'redirect-uri-insecure': [
    {
      title: 'https',
      play: async (c) => {
        withRedirectUri(c, 'https://client.example.com/callback');
        await c.signIn({ redirect_uri: 'https://client.example.com/callback' });
      },
    },
    { title: 'a loopback address', play: (c) => c.signIn({ redirect_uri: 'http://127.0.0.1:3000/callback' }) },
    {
      title: 'a scheme of its own',
      play: async (c) => {
        withRedirectUri(c, 'com.example.app:/callback');
        await c.signIn({ redirect_uri: 'com.example.app:/callback' });
      },
    },
    {
      title: 'none at all',
      provider: 'mailup',
      play: async (c) => {
        withRedirectUri(c, demo.redirectUri);
        await c.authorize({ redirect_uri: undefined });
      },
    },
    {
      title: 'a name of a test network',
      speaks: 'note',
      play: async (c) => {
        withRedirectUri(c, 'http://app:3000/callback');
        await c.signIn({ redirect_uri: 'http://app:3000/callback' });
      },
    },
  ],
  'callback-silent': [
    {
      title: 'a code that is dead when it is born',
      play: async (c) => {
        c.policy({ codeSeconds: 0 });
        await c.authorize();
      },
    },
    {
      title: 'a code that still lives',
      play: async (c) => {
        await c.authorize();
        c.advance(599);
      },
    },
    {
      title: 'a callback that was tampered with',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'missing' } });
        await c.authorize();
        c.advance(660);
      },
    },
    {
      title: 'an exchange that failed',
      play: async (c) => {
        await c.exchange(await c.authorize(), { redirect_uri: undefined });
        c.advance(660);
      },
    },
    {
      title: 'a person who said no',
      play: async (c) => {
        c.policy({ interaction: { mode: 'auto', user: demo.username, decision: 'deny' } });
        await c.authorize();
        c.advance(660);
      },
    },
    {
      title: 'a page that nobody answered',
      play: async (c) => {
        c.policy({ interaction: { mode: 'manual' } });
        await c.authorize();
        c.advance(660);
      },
    },
    {
      title: 'nothing after the pages',
      speaks: 'warning',
      async play(c) {
        c.policy({ interaction: { mode: 'manual' } });
        const query = new URLSearchParams({
          client_id: demo.id,
          response_type: 'code',
          redirect_uri: demo.redirectUri,
          state: fresh(),
        });
        await new Browser().signIn(`${c.urls.authorizeUrl}?${query.toString()}`, demo);
        c.advance(660);
      },
    },
  ],
  'secret-in-url': [
    {
      title: 'credentials in the body',
      play: async (c) => c.exchange(await c.authorize(), credentials, { headers: {} }),
    },
    {
      title: 'a member of an API call that is called password',
      play: async (c) =>
        c.call((await c.signIn()).access_token, undefined, {
          ...bearer((await c.signIn()).access_token),
          query: { password: 'x' },
        }),
    },
    {
      title: 'everything in the query, as tinyEmail documents it',
      provider: 'tinyemail',
      speaks: 'note',
      play: async (c) => c.exchange(await c.authorize(), {}, { headers: {}, query: credentials }),
    },
    {
      title: "the secret in MailUp's authorization URL, as its samples have it",
      provider: 'mailup',
      speaks: 'note',
      play: (c) => c.authorize({ client_secret: demo.secret }),
    },
    {
      title: "name and password at MailUp's old endpoint",
      provider: 'mailup',
      speaks: 'note',
      play: (c) => c.authorize({ ...plain, ...person }),
    },
    {
      title: 'the secret in an authorization URL that nobody wants there',
      speaks: 'error',
      play: (c) => c.authorize({ client_secret: demo.secret }),
    },
    {
      title: 'a password in an authorization URL that nobody wants there',
      speaks: 'error',
      play: (c) => c.authorize({ password: demo.password }),
    },
    {
      title: 'credentials in a query that is not read',
      speaks: 'error',
      play: async (c) => {
        c.policy({ tokenParametersIn: ['body'] });
        await c.exchange(await c.authorize(), {}, { headers: {}, query: credentials });
      },
    },
  ],
  'token-in-url': [
    { title: 'a token in the header', play: async (c) => c.call((await c.signIn()).access_token) },
    {
      title: 'a refresh in the query, as tinyEmail documents it',
      provider: 'tinyemail',
      speaks: 'note',
      play: async (c) =>
        c.token(
          {},
          { query: { grant_type: 'refresh_token', refresh_token: String((await c.signIn()).refresh_token) } },
        ),
    },
    {
      title: 'a token in a query that is not read',
      provider: 'mailup',
      speaks: 'error',
      play: async (c) =>
        c.call('', undefined, { headers: {}, query: { access_token: String((await c.signIn()).access_token) } }),
    },
    {
      title: 'a token to revoke',
      speaks: 'warning',
      play: async (c) =>
        c.send(`${c.urls.baseUrl}/v1/oauth/revoke`, {
          method: 'POST',
          query: { token: String((await c.signIn()).access_token) },
          ...basic(demo.id, demo.secret),
        }),
    },
    {
      title: 'a token to ask about',
      speaks: 'warning',
      play: async (c) =>
        c.send(`${c.urls.baseUrl}/v1/oauth/token/info`, {
          query: { access_token: String((await c.signIn()).access_token) },
        }),
    },
  ],
  'credentials-twice': [
    { title: 'client_id beside Basic', play: async (c) => c.exchange(await c.authorize(), { client_id: demo.id }) },
    {
      title: 'an API call with a member client_secret',
      play: async (c) => c.call('', undefined, { ...basic(demo.id, demo.secret), query: { client_secret: 'x' } }),
    },
    {
      title: "both, as MailUp's samples do",
      provider: 'mailup',
      speaks: 'note',
      play: (c) => c.token({ grant_type: 'password', ...person, ...credentials }),
    },
    {
      title: 'a header without a scheme, and both, at MailUp',
      provider: 'mailup',
      speaks: 'note',
      play: (c) =>
        c.token(
          { grant_type: 'password', ...person, ...credentials },
          { headers: { authorization: Buffer.from(`${demo.id}:${demo.secret}`).toString('base64') } },
        ),
    },
    {
      title: 'both where that is refused',
      speaks: 'error',
      play: async (c) => {
        c.policy({ clientCredentialsTwice: 'refused' });
        await c.exchange(await c.authorize(), credentials);
      },
    },
  ],
  'basic-not-encoded': [
    {
      title: 'a secret that is form-encoded',
      play: async (c) => {
        withSecret(c, 'p+q/r s');
        await c.exchange(await c.authorize(), {}, basic(demo.id, 'p%2Bq%2Fr+s'));
      },
    },
    { title: 'a wrong secret', play: async (c) => c.exchange(await c.authorize(), {}, basic(demo.id, 'p+q/r')) },
    {
      title: 'an id that is encoded and a secret that is not',
      speaks: 'warning',
      play: async (c) => {
        withSecret(c, 'p+q/r');
        await c.exchange(await c.authorize(), {}, basic('understudy%2Dclient', 'p+q/r'));
      },
    },
  ],
  'wrong-content-type': [
    {
      title: 'JSON at DottedSign, which takes it',
      async play(c) {
        const { code, redirectUri, verifier } = await c.authorize();
        await c.token(
          {},
          {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              grant_type: 'authorization_code',
              code,
              redirect_uri: redirectUri,
              code_verifier: verifier,
              ...credentials,
              count: 1,
              list: [],
              nothing: null,
            }),
          },
        );
      },
    },
    {
      title: 'no body and everything in the query',
      provider: 'tinyemail',
      play: async (c) =>
        c.token(
          {},
          {
            body: '',
            query: {
              grant_type: 'authorization_code',
              code: (await c.authorize()).code,
              redirect_uri: demo.redirectUri,
            },
          },
        ),
    },
    {
      title: 'text where a form should be',
      speaks: 'error',
      play: (c) => c.token({}, { headers: {}, body: 'grant_type=authorization_code' }),
    },
  ],
  'unknown-parameter': [
    {
      title: 'what OpenID Connect knows',
      play: (c) => c.signIn({ nonce: fresh(), prompt: 'consent', login_hint: demo.username }),
    },
    {
      title: "DottedSign's own name for a person",
      play: (c) => c.token({ grant_type: 'password', email: demo.username, password: demo.password }),
    },
    {
      title: 'an unknown parameter of an API call',
      play: async (c) => c.call((await c.signIn()).access_token, '/members/me?redirect_url=1'),
    },
    {
      title: 'something of another provider',
      speaks: 'note',
      play: (c) => c.signIn({ include_granted_scopes: 'true' }),
    },
    { title: 'a short word', speaks: 'note', play: (c) => c.signIn({ kode: '1' }) },
    { title: 'another short word', speaks: 'note', play: (c) => c.signIn({ mode: '1' }) },
    { title: 'a short word that lacks a letter', speaks: 'warning', play: (c) => c.signIn({ scpe: '1' }) },
    { title: 'letters of another convention', speaks: 'warning', play: (c) => c.signIn({ clientId: '1' }) },
  ],
  'password-grant-used': [
    { title: 'client credentials', play: async (c) => c.token({ grant_type: 'client_credentials' }) },
    {
      title: 'a provider that does not offer it',
      provider: 'tinyemail',
      speaks: 'error',
      play: (c) => c.token({ grant_type: 'password', ...person }),
    },
  ],
  'stale-refresh-token': [
    {
      title: 'the one refresh token that tinyEmail keeps',
      provider: 'tinyemail',
      play: async (c) => {
        const { refresh_token } = await c.signIn(noPkce);
        for (let i = 0; i < 3; i += 1) await c.refresh(refresh_token);
      },
    },
    {
      title: 'the old one after the answer with the newer was lost',
      provider: 'mailup',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'drop' } });
        await c.refresh(refresh_token).catch(ignored);
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'the old one after an answer without a newer',
      provider: 'mailup',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'patch', remove: ['refresh_token'] } });
        await c.refresh(refresh_token);
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'the old one after an answer that dripped',
      provider: 'mailup',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'drip', every: '1ms' } });
        await c.refresh(refresh_token, {}, { patienceMs: 20 }).catch(ignored);
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'the old one after an empty newer one',
      provider: 'mailup',
      play: (c) => refreshedTwice(c, { kind: 'patch', set: { refresh_token: '' } }),
    },
    {
      title: 'the old one after an answer that calls itself HTML',
      provider: 'mailup',
      play: (c) => refreshedTwice(c, { kind: 'patch', headers: { 'content-type': 'text/html' } }),
    },
    {
      title: 'the old one, which DottedSign lets live until the newer is used',
      speaks: 'warning',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        for (let i = 0; i < 2; i += 1) await c.refresh(refresh_token);
      },
    },
  ],
  'parallel-refresh': [
    {
      title: 'one after the other',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        for (let i = 0; i < 2; i += 1) await c.refresh(refresh_token);
      },
    },
    {
      title: "two people's tokens at once",
      async play(c) {
        const [first, second] = [await c.signIn(), await c.signIn()];
        c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold', atMost: '50ms' } });
        await Promise.all(
          [first, second].map(({ refresh_token }) => c.sendBeside(c.urls.tokenUrl, refreshBeside(c, refresh_token))),
        );
      },
    },
    {
      title: 'another try of a client that gave up',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'hang' } });
        await c.refresh(refresh_token, {}, { patienceMs: 20 }).catch(ignored);
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'two that come within a millisecond, and are answered in it',
      speaks: 'error',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold', until: 2 } });
        await Promise.all([1, 2].map(() => c.sendBeside(c.urls.tokenUrl, refreshBeside(c, refresh_token))));
        for (const entry of c.world.journal.entries()) Object.assign(entry, { realAt: 0, durationMs: 0 });
      },
    },
    {
      title: 'two that wait while they are judged',
      speaks: 'error',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold' } });
        for (let i = 0; i < 2; i += 1) {
          void c.sendBeside(c.urls.tokenUrl, refreshBeside(c, refresh_token)).catch(ignored);
        }
        while (c.world.journal.entries().filter(({ fault }) => fault !== undefined).length < 2) {
          await new Promise(setImmediate);
        }
        t.teardown(() => {
          c.world.faults.clear();
        });
      },
    },
    {
      title: 'two at once where the token is kept',
      provider: 'tinyemail',
      speaks: 'warning',
      async play(c) {
        const { refresh_token } = await c.signIn(noPkce);
        c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold', atMost: '50ms' } });
        await Promise.all([1, 2].map(() => c.sendBeside(c.urls.tokenUrl, refreshBeside(c, refresh_token))));
      },
    },
  ],
  'refresh-after-refusal': [
    {
      title: 'another try after the client was refused',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        await c.refresh(refresh_token, {}, basic(demo.id, 'wrong'));
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'a new sign-in after the refusal',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        revokeAll(c);
        await c.refresh(refresh_token);
        await c.refresh((await c.signIn()).refresh_token);
      },
    },
    {
      title: 'ten at once with a dead token',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        revokeAll(c);
        await c.tenAtOnce(c.urls.tokenUrl, refreshBeside(c, refresh_token));
      },
    },
    {
      title: 'another try after a refusal that a fault made up',
      speaks: 'error',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'oauth-error', error: 'invalid_grant' } });
        await c.refresh(refresh_token);
        await c.refresh(refresh_token);
        c.spread(150);
      },
    },
    {
      title: 'an expired token, which tinyEmail calls invalid_token',
      provider: 'tinyemail',
      speaks: 'error',
      async play(c) {
        const { refresh_token } = await c.signIn(noPkce);
        c.advance(31 * 86_400);
        await c.refresh(refresh_token);
        await c.refresh(refresh_token);
        c.spread(150);
      },
    },
    {
      title: 'a token that a new sign-in has answered once more',
      provider: 'tinyemail',
      async play(c) {
        const { refresh_token } = await c.signIn(noPkce);
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'oauth-error', error: 'invalid_grant' } });
        await c.refresh(refresh_token);
        t.equal((await c.signIn(noPkce)).refresh_token, refresh_token);
        await c.refresh(refresh_token);
        c.spread(150, 0, 150);
      },
    },
    {
      title: 'three that wait for one connection',
      speaks: 'note',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        revokeAll(c);
        await Promise.all([1, 2, 3].map(() => c.refresh(refresh_token)));
      },
    },
  ],
  'refresh-storm': [
    { title: 'four in a row', play: async (c) => storm(c, 5, async () => undefined) },
    {
      title: 'one when half of the life is over',
      play: async (c) =>
        storm(c, 8, async () => {
          c.advance(twoDays / 2);
        }),
    },
    {
      title: 'one after each call that found its token revoked',
      play: async (c) =>
        storm(c, 8, async (token) => {
          c.realm.accessTokens.get(String(token))!.revokedAt = 0;
          await c.call(token);
        }),
    },
    {
      title: 'one after each call that failed otherwise',
      play: async (c) => {
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'status', status: 500 } });
        await storm(c, 8, (token) => c.call(token));
      },
    },
    {
      title: 'one after each call that found no answer',
      play: async (c) => {
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'cut' } });
        await storm(c, 8, (token) => c.call(token).catch(ignored));
      },
    },
    {
      title: 'one after each 401 that a fault made up',
      speaks: 'note',
      play: async (c) => {
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'status', status: 401 } });
        await storm(c, 8, (token) => c.call(token));
      },
    },
    {
      title: 'a narrower token for each job',
      play: async (c) =>
        storm(
          c,
          8,
          async () => undefined,
          (i) => ({ scope: i % 2 === 0 ? 'files.general.read' : 'files.general.write' }),
        ),
    },
    {
      title: 'answers that name no expires_in',
      speaks: 'note',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'patch', remove: ['expires_in'] } });
        await storm(c, 8, async () => undefined);
      },
    },
    {
      title: 'answers that name neither expires_in nor a token of the realm',
      play: async (c) => {
        c.fault({
          match: { endpoint: 'token' },
          fault: { kind: 'patch', set: { access_token: 'made-up' }, remove: ['expires_in'] },
        });
        await storm(c, 8, async () => undefined);
      },
    },
  ],
  'expired-token-resent': [
    {
      title: 'ten calls at once with an expired token',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        await c.tenAtOnce(`${c.urls.apiUrl}/members/me`, bearer(access_token));
      },
    },
    {
      title: 'a refresh after the 401',
      play: async (c) => {
        const { access_token, refresh_token } = await c.signIn();
        c.advance(twoDays);
        await c.call(access_token);
        await c.call((await c.refresh(refresh_token)).body.access_token);
      },
    },
    {
      title: 'other calls after a 403',
      play: async (c) => {
        const { access_token } = await c.signIn({ scope: 'files.general.read' });
        await c.call(access_token, '/sign_tasks/list');
        await c.call(access_token);
      },
    },
    {
      title: 'two calls that wait side by side',
      async play(c) {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'hold', until: 2, atMost: '50ms' } });
        await Promise.all([1, 2].map(() => c.sendBeside(`${c.urls.apiUrl}/members/me`, bearer(access_token))));
        c.spread(-5);
      },
    },
    {
      title: 'two calls on connections that are not known',
      async play(c) {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        for (let i = 0; i < 4; i += 1) await c.call(access_token);
        for (const entry of c.world.journal.entries()) Object.assign(entry, { connection: undefined });
      },
    },
    {
      title: 'another connection, some time later',
      speaks: 'error',
      async play(c) {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        for (let i = 0; i < 2; i += 1) await c.sendBeside(`${c.urls.apiUrl}/members/me`, bearer(access_token));
        c.spread(150);
      },
    },
    {
      title: 'a made-up token, which MailUp answers with 400',
      provider: 'mailup',
      speaks: 'error',
      play: (c) => calls(c, 'made-up', 150),
    },
    { title: 'pauses that no queue makes', speaks: 'error', play: (c) => calls(c, 'made-up', 30, 30, 30, 30) },
    {
      title: 'pauses that a queue may make',
      speaks: 'note',
      play: (c) => calls(c, 'made-up', 15, 15, 15, 15, 15, 15, 15, 15),
    },
    { title: 'five calls that wait for one connection', speaks: 'note', play: (c) => queued(c, 'made-up', 5) },
    { title: 'two calls that wait for one connection', play: (c) => queued(c, 'made-up', 2) },
    {
      title: 'calls that go on while another request is under way',
      speaks: 'note',
      play: async (c) => {
        await calls(c, 'made-up', 150, 150, 150);
        Object.assign(c.world.journal.entries()[0]!, { durationMs: undefined });
      },
    },
    {
      title: 'one token in the hands of two sessions, each of which finds out by itself',
      provider: 'tinyemail',
      async play(c) {
        const [one, other] = [await c.signIn(noPkce), await c.signIn(noPkce)];
        t.equal(one.access_token, other.access_token);
        c.advance(31 * 86_400);
        await calls(c, one.access_token, 150);
      },
    },
    {
      title: 'one token in the hands of two sessions, sent for the third time',
      provider: 'tinyemail',
      speaks: 'error',
      async play(c) {
        for (let i = 0; i < 2; i += 1) await c.signIn(noPkce);
        const { access_token } = await c.signIn(noPkce);
        c.advance(31 * 86_400);
        await calls(c, access_token, 150, 150, 150);
      },
    },
    {
      title: 'a call that failed otherwise and is tried again, while another one was refused',
      async play(c) {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        c.fault({ match: { endpoint: 'resource' }, times: 1, fault: { kind: 'status', status: 503 } });
        await calls(c, access_token, 0, 150);
      },
    },
    {
      title: 'a call that was tried again before, and was refused then',
      speaks: 'error',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        c.fault({ match: { endpoint: 'resource' }, times: 1, fault: { kind: 'status', status: 503 } });
        await calls(c, access_token, 150, 150);
      },
    },
    {
      title: 'a good token that a fault refused',
      speaks: 'warning',
      play: async (c) => {
        const { access_token } = await c.signIn();
        refuse(c);
        await calls(c, access_token, 150);
      },
    },
    {
      title: 'a good token that a fault refused after a refresh',
      play: async (c) => {
        const { access_token } = (await c.refresh((await c.signIn()).refresh_token)).body;
        refuse(c);
        await calls(c, access_token, 150);
      },
    },
    {
      title: 'an expired token whose answer a fault delayed',
      speaks: 'error',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'delay', for: '1ms' } });
        await calls(c, access_token, 150);
      },
    },
    {
      title: 'a token that a new sign-in has answered once more',
      provider: 'tinyemail',
      async play(c) {
        const { access_token } = await c.signIn(noPkce);
        refuse(c, 1);
        await c.call(access_token);
        t.equal((await c.signIn(noPkce)).access_token, access_token);
        await c.call(access_token);
        c.spread(150, 0, 150);
      },
    },
  ],
  'expiry-not-anticipated': [
    { title: 'one expiry', play: async (c) => expiries(c, 1) },
    {
      title: 'one refresh in time among them',
      play: async (c) => {
        await expiries(c, 2);
        await storm(c, 1, async () => undefined);
      },
    },
    {
      title: 'answers that name no expires_in',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'patch', remove: ['expires_in'] } });
        await expiries(c, 2);
      },
    },
    {
      title: 'one answer among them that names no expires_in',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, skip: 2, times: 1, fault: { kind: 'patch', remove: ['expires_in'] } });
        await expiries(c, 3);
      },
    },
    {
      title: 'tokens that came from elsewhere',
      play: async (c) => {
        const tokens = [await c.signIn(), await c.signIn()];
        c.world.journal.clear();
        c.advance(twoDays);
        for (const { access_token } of tokens) await c.call(access_token);
      },
    },
    {
      title: 'a refresh token that came from elsewhere',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        c.world.journal.clear();
        await c.refresh(refresh_token);
        await expiries(c, 2);
      },
    },
    {
      title: 'a journal that has forgotten the beginning',
      play: async (c) => {
        await expiries(c, 2);
        c.world.journal.dropped = 1;
      },
    },
    {
      title: 'expiries that passed in real time as well',
      speaks: 'warning',
      async play(c) {
        await expiries(c, 2);
        // a second more than they live: the instants and the durations of answers are read from two clocks
        for (const entry of c.world.journal.entries()) {
          (entry as { realAt: number }).realAt += entry.id * (twoDays + 1) * 1000;
        }
      },
    },
  ],
  'scope-assumed': [
    {
      title: 'a call within the scopes',
      play: async (c) =>
        c.call((await c.signIn({ scope: 'sign_tasks.general.read' })).access_token, '/sign_tasks/list'),
    },
    {
      title: 'a token that came from elsewhere',
      play: async (c) => {
        const { access_token } = await c.signIn({ scope: 'files.general.read' });
        c.world.journal.clear();
        await c.call(access_token, '/sign_tasks/list');
      },
    },
    {
      title: 'a refusal that a fault made up',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'oauth-error', error: 'insufficient_scope' } });
        await c.call(access_token);
      },
    },
    {
      title: 'an answer that tells no scope',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'patch', remove: ['scope'] } });
        await c.call((await c.signIn({ scope: 'files.general.read' })).access_token, '/sign_tasks/list');
      },
    },
    {
      title: 'a refresh for more than was granted',
      speaks: 'warning',
      play: async (c) =>
        c.refresh((await c.signIn({ scope: 'files.general.read' })).refresh_token, { scope: 'files.general.write' }),
    },
  ],
  'retry-after-ignored': [
    { title: 'two calls a millisecond apart', play: (c) => limited(c, ignored) },
    {
      title: 'two calls that each wait for their own',
      play: async (c) => {
        const { access_token } = await c.signIn();
        limit(c, 2);
        await calls(c, access_token, 50, 1950, 50);
      },
    },
    {
      title: 'a call that waits, and finds its token renewed and another one limited',
      async play(c) {
        const { access_token, refresh_token } = await c.signIn();
        c.fault({
          match: { endpoint: 'resource' },
          fault: [{ kind: 'rate-limit', retryAfter: 2 }, { kind: 'rate-limit', retryAfter: 2 }, { kind: 'pass' }],
        });
        await c.call(access_token);
        const { body } = await c.refresh(refresh_token);
        for (let i = 0; i < 2; i += 1) await c.call(body.access_token);
        c.spread(0, 50, 1950);
      },
    },
    {
      title: 'a call that failed otherwise and is tried again, while another one waits',
      async play(c) {
        const { access_token } = await c.signIn();
        c.fault({
          match: { endpoint: 'resource' },
          fault: [
            { kind: 'cut' },
            { kind: 'status', status: 500 },
            { kind: 'rate-limit', retryAfter: 2 },
            { kind: 'pass' },
          ],
        });
        for (let i = 0; i < 6; i += 1) await c.call(access_token).catch(ignored);
        c.spread(0, 0, 250, 250, 1500);
      },
    },
    {
      title: 'a call too early, and one in time',
      speaks: 'error',
      play: async (c) => {
        const { access_token } = await c.signIn();
        limit(c, 2);
        await calls(c, access_token, 500, 2000);
      },
    },
    {
      title: 'five calls that wait for one connection',
      speaks: 'note',
      play: async (c) => {
        const { access_token } = await c.signIn();
        limit(c, 5);
        await queued(c, access_token, 5);
      },
    },
    {
      title: "another person's refresh and a new code",
      async play(c) {
        const [one, other, callback] = [await c.signIn(), await c.signIn(), await c.authorize()];
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'rate-limit', retryAfter: 2 } });
        await c.refresh(one.refresh_token);
        await c.refresh(other.refresh_token);
        await c.exchange(callback);
        c.spread(150, 150);
      },
    },
    {
      title: 'the same refresh after a moment',
      speaks: 'error',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'rate-limit', retryAfter: 2 } });
        for (let i = 0; i < 2; i += 1) await c.refresh(refresh_token);
        c.spread(150);
      },
    },
    {
      title: 'a client whose test moves the clock',
      play: (c) =>
        limited(c, () => {
          c.advance(2);
        }),
    },
    {
      title: 'a client that waits',
      play: async (c) => {
        await limited(c, ignored);
        c.spread(1990);
      },
    },
    {
      title: 'ten calls at once',
      play: async (c) => {
        const { access_token } = await c.signIn();
        limit(c, 10);
        await c.tenAtOnce(`${c.urls.apiUrl}/members/me`, bearer(access_token));
      },
    },
    {
      title: "another person's token",
      play: async (c) => {
        const [one, other] = [await c.signIn(), await c.signIn()];
        limit(c, 1);
        await c.call(one.access_token);
        await c.call(other.access_token);
      },
    },
    {
      title: 'a date, which is in no clock of this world',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.fault({
          match: { endpoint: 'resource' },
          times: 1,
          fault: { kind: 'status', status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } },
        });
        await c.call(access_token);
        await c.call(access_token);
      },
    },
    {
      title: 'a hint on an answer that is no failure',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.fault({
          match: { endpoint: 'resource' },
          times: 1,
          fault: { kind: 'patch', headers: { 'retry-after': '60' } },
        });
        await c.call(access_token);
        await c.call(access_token);
      },
    },
  ],
  'no-backoff': [
    { title: 'two tries', play: (c) => failing(c, 3) },
    {
      title: 'pauses that grow',
      play: async (c) => {
        await failing(c, 5);
        c.spread(10, 20, 40, 80);
      },
    },
    {
      title: 'pauses that grow a little slower',
      play: async (c) => {
        await failing(c, 4);
        c.spread(20, 40, 80);
      },
    },
    {
      title: 'short pauses that grow',
      play: async (c) => {
        await failing(c, 4);
        c.spread(10, 20, 40);
      },
    },
    {
      title: 'five tries in a row, which may have waited for one connection',
      speaks: 'note',
      play: async (c) => {
        await failing(c, 5);
        c.spread(2, 2, 2, 2);
      },
    },
    {
      title: 'seven tries with a pause that never grows',
      speaks: 'warning',
      play: async (c) => {
        await failing(c, 7);
        c.spread(30, 30, 30, 30, 30, 30);
      },
    },
    {
      title: 'pauses long enough',
      play: async (c) => {
        await failing(c, 5);
        c.spread(150, 150, 150, 150);
      },
    },
    {
      title: 'pauses in virtual time',
      play: (c) =>
        failing(c, 5, () => {
          c.advance(1);
        }),
    },
    {
      title: 'ten calls at once',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'status', status: 503 } });
        await c.tenAtOnce(`${c.urls.apiUrl}/members/me`, bearer(access_token));
      },
    },
    {
      title: 'four tries that end well',
      play: async (c) => {
        const { access_token } = await c.signIn();
        for (let i = 0; i < 5; i += 1) await c.call(access_token);
      },
    },
    {
      title: 'two short runs with a success between',
      play: async (c) => {
        const { access_token } = await c.signIn();
        const down = { kind: 'status', status: 503 } as const;
        c.fault({ match: { endpoint: 'resource' }, fault: [down, down, { kind: 'pass' }, down, down] });
        for (let i = 0; i < 6; i += 1) await c.call(access_token);
      },
    },
  ],
};

/** Refreshes in a row, each with the newest token. */
async function storm(
  c: Stage,
  times: number,
  between: (accessToken: unknown) => Promise<unknown>,
  change: (i: number) => Change = () => ({}),
): Promise<void> {
  let { access_token, refresh_token } = await c.signIn();
  for (let i = 0; i < times; i += 1) {
    await between(access_token);
    ({ access_token, refresh_token } = (await c.refresh(refresh_token, change(i))).body);
  }
}

/** Expiries that are found out by a 401. */
async function expiries(c: Stage, times: number): Promise<void> {
  let { access_token, refresh_token } = await c.signIn();
  for (let i = 0; i < times; i += 1) {
    c.advance(twoDays);
    await c.call(access_token);
    ({ access_token, refresh_token } = (await c.refresh(refresh_token)).body);
  }
}

/** The API refuses good tokens. */
const refuse = (c: Stage, times = 10): void => {
  c.fault({ match: { endpoint: 'resource' }, times, fault: { kind: 'oauth-error', error: 'invalid_token' } });
};

/** Two sign-ins, of which the second gets the callback of the first. */
async function deliveredTwice(c: Stage): Promise<void> {
  c.fault({ match: { endpoint: 'authorize' }, skip: 1, times: 1, fault: { kind: 'replay' } });
  for (let i = 0; i < 2; i += 1) await c.exchange(await c.authorize(noPkce), { code_verifier: undefined });
}

const limit = (c: Stage, times: number): void => {
  c.fault({ match: { endpoint: 'resource' }, times, fault: { kind: 'rate-limit', retryAfter: 2 } });
};

async function limited(c: Stage, between: () => void): Promise<void> {
  const { access_token } = await c.signIn();
  limit(c, 1);
  await c.call(access_token);
  between();
  await c.call(access_token);
}

async function failing(c: Stage, times: number, between: () => void = ignored): Promise<void> {
  const { access_token } = await c.signIn();
  c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'status', status: 503 } });
  for (let i = 0; i < times; i += 1) {
    await c.call(access_token);
    between();
  }
}

const server = await startServer();
t.teardown(() => server.close());

for (const id of ruleIds) {
  for (const { title, provider = 'dottedsign', speaks, play } of cases[id]) {
    t.test(
      `${id} ${speaks === undefined ? 'is silent about' : `gives a${speaks === 'error' ? 'n' : ''} ${speaks} for`} ${title}`,
      async (t) => {
        const stage = new Stage(server, provider);
        t.teardown(() => {
          stage.close();
        });
        await play(stage);
        t.same(stage.gravity(id), speaks === undefined ? [] : [speaks]);
        t.ok(stage.world.journal.size > 0, 'something was seen');
      },
    );
  }
}
