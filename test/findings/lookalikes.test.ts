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
  /** Severity of the expected finding; without it, the rule must give none. */
  readonly severity?: 'error' | 'warning' | 'note';
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

/** A code exchange, to be sent on a new connection. */
const exchangeCall = ({ code, redirectUri, verifier }: Callback): Call => ({
  method: 'POST',
  form: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
  ...basic(demo.id, demo.secret),
});

/** Two exchanges of one code; a fault applies to the first. */
async function exchangedTwice(c: Stage, fault: Fault): Promise<void> {
  c.fault({ match: { endpoint: 'token' }, times: 1, fault });
  const callback = await c.authorize();
  for (let i = 0; i < 2; i += 1) await c.exchange(callback);
}

/** Two refreshes with one token; a fault applies to the first. */
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

/** Calls that are started together and queue for one connection. */
const queued = (c: Stage, accessToken: unknown, times: number): Promise<unknown> =>
  Promise.all(Array.from({ length: times }, () => c.call(accessToken)));

const withSecret = (c: Stage, secret: string): void => {
  c.realm.clients.set(demo.id, { ...c.realm.clients.get(demo.id)!, secret });
};
const withRedirectUri = (c: Stage, uri: string): void => {
  c.realm.clients.set(demo.id, { ...c.realm.clients.get(demo.id)!, redirectUris: [uri] });
};

/** A refresh, to be sent on a new connection. */
const refreshCall = (c: Stage, refreshToken: unknown): Call => ({
  method: 'POST',
  form: { grant_type: 'refresh_token', refresh_token: String(refreshToken) },
  ...basic(demo.id, demo.secret),
});
/** Signs in, and sends two refreshes with the same token before the first is answered. */
async function refreshTwiceAtOnce(c: Stage, change: Change = {}, seconds = 0): Promise<void> {
  const { refresh_token } = await c.signIn(change);
  c.advance(seconds);
  c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold', atMost: '50ms' } });
  await Promise.all([1, 2].map(() => c.sendOnNewConnection(c.urls.tokenUrl, refreshCall(c, refresh_token))));
}

const bearer = (token: unknown): Call => ({ headers: { authorization: `Bearer ${String(token)}` } });
const revokeAll = (c: Stage): void => {
  for (const token of c.realm.refreshTokens.values()) token.revokedAt = c.world.clock.now();
};

/** Signs in with the pages. `after` can load the consent page again, for another redirect. */
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
  });
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
    {
      title: 'a state after &amp;, where the provider separates at a semicolon',
      play: (c) =>
        c.send(
          `${c.urls.authorizeUrl}?client_id=${demo.id}&amp;response_type=code&amp;` +
            `redirect_uri=${encodeURIComponent(demo.redirectUri)}&amp;state=${fresh()}`,
        ),
    },
    {
      title: 'a state after &amp;, where the provider does not read it',
      provider: 'tinyemail',
      play: (c) => {
        const redirectUri = encodeURIComponent(demo.redirectUri);
        const query = `client_id=${demo.id}&response_type=code&redirect_uri=${redirectUri}&amp;state=${fresh()}`;
        return c.send(`${c.urls.authorizeUrl}?${query}`);
      },
    },
    { title: 'a state alone', provider: 'tinyemail', play: (c) => c.signIn(noPkce) },
    { title: 'PKCE alone', play: (c) => c.signIn({ state: undefined }) },
    {
      title: "the direct code of MailUp's old endpoint",
      provider: 'mailup',
      play: (c) => c.authorize({ ...plain, ...person }),
    },
    {
      title: 'a random value in the query of the redirect_uri, at MailUp',
      provider: 'mailup',
      play: (c) => c.signIn({ ...plain, redirect_uri: `${demo.redirectUri}?csrf=${fresh()}` }),
    },
    {
      title: 'a constant in the query of the redirect_uri, at MailUp',
      provider: 'mailup',
      severity: 'note',
      play: async (c) => {
        const value = fresh();
        for (const shown of [value, value]) {
          await c.signIn({ ...plain, redirect_uri: `${demo.redirectUri}?tenant=${shown}&x=${fresh().slice(0, 8)}` });
        }
      },
    },
    {
      title: 'a short value in the query of the redirect_uri, at MailUp',
      provider: 'mailup',
      severity: 'note',
      play: (c) => c.signIn({ ...plain, redirect_uri: `${demo.redirectUri}?tenant=1` }),
    },
    {
      title: 'a long value that the registered redirect URI of MailUp has',
      provider: 'mailup',
      severity: 'note',
      play: async (c) => {
        const redirect_uri = `${demo.redirectUri}?tenant=${fresh()}`;
        c.realm.clients.set(demo.id, { ...c.realm.clients.get(demo.id)!, redirectUris: [redirect_uri] });
        await c.signIn({ ...plain, redirect_uri });
      },
    },
    {
      title: 'a request that was refused',
      play: (c) => c.authorize({ ...plain, redirect_uri: 'http://localhost:3000/elsewhere' }),
    },
    {
      title: 'a HEAD request',
      play: (c) =>
        c.send(c.urls.authorizeUrl, {
          method: 'HEAD',
          query: { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri },
        }),
    },
    {
      title: 'a request without an answer',
      severity: 'error',
      play: async (c) => {
        c.fault({ match: {}, fault: { kind: 'cut' } });
        await c.authorize(plain).catch(ignored);
      },
    },
    {
      title: 'a POST request',
      provider: 'tinyemail',
      severity: 'error',
      play: (c) => {
        c.policy({ authorizePost: 'a-request' });
        return c.send(c.urls.authorizeUrl, {
          method: 'POST',
          form: { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri },
        });
      },
    },
    {
      title: 'a request without state and redirect_uri, at MailUp',
      provider: 'mailup',
      severity: 'note',
      play: async (c) => {
        withRedirectUri(c, demo.redirectUri);
        await c.authorize({ ...plain, redirect_uri: undefined });
      },
    },
    {
      title: 'neither state nor PKCE at MailUp, which supports neither',
      provider: 'mailup',
      severity: 'note',
      play: (c) => c.signIn(plain),
    },
    {
      title: 'PKCE alone at tinyEmail, which ignores it',
      provider: 'tinyemail',
      severity: 'warning',
      play: (c) => c.signIn({ state: undefined }),
    },
  ],
  'state-reused': [
    {
      title: 'a browser that loads one URL three times, and completes one sign-in',
      provider: 'tinyemail',
      async play(c) {
        const state = fresh();
        for (let i = 0; i < 2; i += 1) await c.authorize({ ...noPkce, state });
        await c.signIn({ ...noPkce, state });
      },
    },
    {
      title: 'application data as the state, with PKCE',
      play: async (c) => {
        for (let i = 0; i < 2; i += 1) await c.signIn({ state: 'the page where it began' });
      },
    },
    {
      title: 'a constant state at MailUp, which does not return it',
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
      title: 'one state in two different authorization URLs',
      provider: 'tinyemail',
      severity: 'error',
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
      title: 'a redirect with an unknown parameter',
      provider: 'tinyemail',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', extra: { session: '1' } } });
        await c.signIn(noPkce);
      },
    },
    {
      title: 'a redirect with the right state twice',
      provider: 'tinyemail',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'doubled' } });
        await c.signIn(noPkce);
      },
    },
    {
      title: 'a state at MailUp, which does not return it',
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
      title: 'a page that is loaded again after an altered redirect, and then starts over',
      provider: 'tinyemail',
      severity: 'error',
      async play(c) {
        c.fault({ match: {}, times: 1, fault: { kind: 'tamper', state: 'altered' } });
        await byPages(c, {}, (browser, page) => browser.open(page));
      },
    },
    {
      title: 'an altered state on a redirect from the pages of DottedSign, where the login comes first',
      severity: 'error',
      async play(c) {
        c.fault({ match: {}, times: 1, fault: { kind: 'tamper', state: 'altered' } });
        await byPages(c, {}, async () => undefined);
      },
    },
    {
      title: 'a missing state on a redirect from the pages',
      provider: 'tinyemail',
      severity: 'error',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'missing' } });
        await byPages(c, {}, async () => undefined);
      },
    },
    {
      title: 'an altered state with PKCE',
      severity: 'warning',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'altered' } });
        await c.signIn();
      },
    },
    {
      title: 'an exchange that is refused, after an altered state',
      provider: 'tinyemail',
      severity: 'error',
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
    { title: 'a short state with PKCE', play: (c) => c.signIn({ state: 'home' }) },
    {
      title: 'a short state at MailUp, which does not return it',
      provider: 'mailup',
      play: (c) => c.signIn({ state: 'home' }),
    },
  ],
  'pkce-plain': [
    { title: 'S256', play: (c) => c.signIn() },
    {
      title: 'plain at a provider that supports only plain',
      play: async (c) => {
        c.policy({ pkceMethods: ['plain'] });
        await c.authorize({ code_challenge_method: 'plain' });
      },
    },
    {
      title: 'plain at a provider that ignores PKCE',
      provider: 'tinyemail',
      play: (c) => c.authorize({ code_challenge_method: 'plain' }),
    },
    {
      title: 'no method, which means plain',
      severity: 'warning',
      play: async (c) => {
        c.policy({ pkceMethodOmitted: 'plain' });
        await c.authorize({ code_challenge_method: undefined });
      },
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
      title: 'a constant challenge at a provider that ignores PKCE',
      provider: 'tinyemail',
      play: async (c) => {
        for (let i = 0; i < 2; i += 1) await c.signIn({ code_challenge: challengeOf('constant') });
      },
    },
  ],
  'verifier-equals-state': [
    {
      title: 'the state as the verifier at a provider that ignores PKCE',
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
  'parameter-repeated': [
    { title: 'each parameter once', play: (c) => c.signIn() },
    {
      title: 'a parameter twice at tinyEmail, which takes the first',
      provider: 'tinyemail',
      severity: 'note',
      play: (c) => c.send(`${c.urls.tokenUrl}?scope=a&scope=b`, { method: 'POST' }),
    },
    {
      title: 'a form parameter twice at DottedSign, which takes the last',
      severity: 'note',
      play: (c) =>
        c.send(c.urls.tokenUrl, {
          method: 'POST',
          body: 'grant_type=password&grant_type=password',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
    },
    {
      title: 'a parameter in the body and in the query',
      severity: 'note',
      play: (c) => c.token({ grant_type: 'password' }, { query: { grant_type: 'password' } }),
    },
    {
      title: 'a list by name',
      play: (c) => c.send(`${c.urls.tokenUrl}?ids[]=a&ids[]=b`, { method: 'POST' }),
    },
    {
      title: 'a list in JSON',
      play: (c) =>
        c.send(c.urls.tokenUrl, {
          method: 'POST',
          body: '{"scope":["a","b"]}',
          headers: { 'content-type': 'application/json' },
        }),
    },
    { title: 'a call of the API', play: (c) => c.send(`${c.urls.apiUrl}/members/me?a=1&a=2`) },
  ],
  'verifier-too-short': [
    { title: 'a verifier of 43 characters', play: (c) => c.signIn() },
    { title: 'no verifier', play: (c) => c.signIn(noPkce) },
    {
      title: 'a short verifier at a provider that ignores PKCE',
      provider: 'tinyemail',
      severity: 'warning',
      play: async (c) => c.exchange(await c.authorize(), { code_verifier: 'abc' }),
    },
  ],
  'code-replayed': [
    {
      title: 'a retry after the answer was lost',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'drop' } });
        const callback = await c.authorize();
        await c.exchange(callback).catch(ignored);
        await c.exchange(callback);
      },
    },
    {
      title: 'a retry after a truncated answer',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'truncate' } });
        const callback = await c.authorize();
        await c.exchange(callback).catch(ignored);
        await c.exchange(callback);
      },
    },
    {
      title: 'a retry after the client was refused',
      async play(c) {
        const callback = await c.authorize();
        await c.exchange(callback, {}, basic(demo.id, 'wrong'));
        await c.exchange(callback);
      },
    },
    {
      title: 'a retry while a fault delays the first request',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'delay', for: '80ms' } });
        const call = exchangeCall(await c.authorize());
        await Promise.all([c.sendOnNewConnection(c.urls.tokenUrl, call), c.sendOnNewConnection(c.urls.tokenUrl, call)]);
        c.world.journal
          .entries()
          .slice(-1)
          .forEach((entry) => {
            Object.assign(entry, { realAt: entry.realAt + 100 });
          });
      },
    },
    {
      title: 'two exchanges that a fault releases together',
      severity: 'error',
      async play(c) {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'hold', until: 2 } });
        const call = exchangeCall(await c.authorize());
        await Promise.all([c.sendOnNewConnection(c.urls.tokenUrl, call), c.sendOnNewConnection(c.urls.tokenUrl, call)]);
      },
    },
    {
      title: 'a retry after an answer with the Content-Type text/html',
      play: (c) => exchangedTwice(c, { kind: 'patch', headers: { 'content-type': 'text/html' } }),
    },
    {
      title: 'a retry after an answer with an unknown token_type',
      play: (c) => exchangedTwice(c, { kind: 'patch', set: { token_type: 'mac' } }),
    },
    {
      title: 'a retry after an answer with expires_in as text',
      severity: 'error',
      play: (c) => exchangedTwice(c, { kind: 'patch', set: { expires_in: '3600' } }),
    },
    {
      title: 'a callback that is delivered twice, at MailUp, which returns no state',
      provider: 'mailup',
      play: (c) => signInTwiceWithSameCallback(c),
    },
    {
      title: 'a callback that is delivered twice',
      provider: 'tinyemail',
      severity: 'error',
      play: (c) => signInTwiceWithSameCallback(c),
    },
  ],
  'code-exchanged-late': [
    {
      title: 'a code with a lifetime of 0 s',
      play: async (c) => {
        c.policy({ codeSeconds: 0 });
        await c.signIn();
      },
    },
    {
      title: 'a late retry after an exchange in time that got no answer',
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
      title: 'an exchange within ten minutes',
      async play(c) {
        const callback = await c.authorize();
        c.advance(599);
        await c.exchange(callback);
      },
    },
    {
      title: 'a code that the test expired',
      async play(c) {
        const callback = await c.authorize();
        for (const code of c.realm.codes.values()) code.expiresAt = c.world.clock.now();
        await c.exchange(callback);
      },
    },
    {
      title: 'a clock skew of the provider',
      async play(c) {
        c.world.clock.skewMs = 3_600_000;
        await c.exchange(await c.authorize());
      },
    },
    {
      title: 'a redirect that a fault altered',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', extra: { session: '1' } } });
        const callback = await c.authorize();
        c.advance(660);
        await c.exchange(callback);
      },
    },
  ],
  'redirect-uri-differs': [
    { title: 'the same redirect_uri in both requests', play: (c) => c.signIn() },
    {
      title: 'no redirect_uri in the token request at MailUp, which does not require it',
      provider: 'mailup',
      play: async (c) => c.exchange(await c.authorize(), { redirect_uri: undefined }),
    },
    {
      title: 'a redirect_uri with the query of the callback, at MailUp, which accepts it',
      provider: 'mailup',
      severity: 'note',
      play: async (c) => c.exchange(await c.authorize(), { redirect_uri: `${demo.redirectUri}?code=1` }),
    },
    {
      title: 'no redirect_uri in the token request',
      severity: 'error',
      play: async (c) => c.exchange(await c.authorize(), { redirect_uri: undefined }),
    },
    {
      title: 'another redirect_uri for a code whose authorization is not in the journal',
      severity: 'error',
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
      title: 'a private-use URI scheme',
      play: async (c) => {
        withRedirectUri(c, 'com.example.app:/callback');
        await c.signIn({ redirect_uri: 'com.example.app:/callback' });
      },
    },
    {
      title: 'no redirect_uri',
      provider: 'mailup',
      play: async (c) => {
        withRedirectUri(c, demo.redirectUri);
        await c.authorize({ redirect_uri: undefined });
      },
    },
    {
      title: 'a single-label host name',
      severity: 'note',
      play: async (c) => {
        withRedirectUri(c, 'http://app:3000/callback');
        await c.signIn({ redirect_uri: 'http://app:3000/callback' });
      },
    },
  ],
  'callback-silent': [
    ...(['mailup', 'tinyemail', undefined] as const).map((provider) => ({
      title: `Back to a page and Allow again, at ${provider ?? 'dottedsign'}`,
      ...(provider === undefined ? {} : { provider }),
      play: async (c: Stage) => {
        await byPages(c, { state: fresh() }, async (browser, page) => {
          const again = await browser.open(page);
          if (again.text.includes('Allow')) await browser.press(again, 'Allow');
        });
        t.ok(c.world.journal.entries().length > 3, 'the pages were used');
        c.advance(660);
      },
    })),
    {
      title: 'Back to the login page after the end: the second code has a used state',
      provider: 'tinyemail',
      play: async (c) => {
        const state = fresh();
        await c.exchange(await c.authorize({ ...noPkce, state }));
        await c.authorize({ ...noPkce, state });
        c.advance(660);
      },
    },
    {
      title: 'Back after a denial: the state is used',
      provider: 'tinyemail',
      play: async (c) => {
        const state = fresh();
        c.policy({ interaction: { mode: 'auto', user: demo.username, decision: 'deny' } });
        await c.authorize({ ...noPkce, state });
        c.policy({ interaction: { mode: 'auto', user: demo.username, decision: 'allow' } });
        await c.authorize({ ...noPkce, state });
        c.advance(660);
      },
    },
    {
      title: 'Back at the consent page: one authorization with two codes, and the second is exchanged',
      provider: 'tinyemail',
      play: async (c) => {
        const state = fresh();
        await c.authorize({ ...noPkce, state });
        await c.exchange(await c.authorize({ ...noPkce, state }));
        c.advance(660);
      },
    },
    {
      title: 'a second authorization with another state that is not exchanged',
      provider: 'tinyemail',
      severity: 'warning',
      play: async (c) => {
        await c.exchange(await c.authorize(noPkce));
        await c.authorize(noPkce);
        c.advance(660);
      },
    },
    {
      title: 'PKCE with one state for application data, and the second code is not exchanged',
      severity: 'warning',
      play: async (c) => {
        const state = fresh();
        await c.exchange(await c.authorize({ state }));
        await c.authorize({ state });
        c.advance(660);
      },
    },
    {
      title: 'a code with a lifetime of 0 s',
      play: async (c) => {
        c.policy({ codeSeconds: 0 });
        await c.authorize();
      },
    },
    {
      title: 'a code that has not expired',
      play: async (c) => {
        await c.authorize();
        c.advance(599);
      },
    },
    {
      title: 'a callback that a fault altered',
      async play(c) {
        c.fault({ match: {}, fault: { kind: 'tamper', state: 'missing' } });
        await c.authorize();
        c.advance(660);
      },
    },
    {
      title: 'an exchange that was refused',
      play: async (c) => {
        await c.exchange(await c.authorize(), { redirect_uri: undefined });
        c.advance(660);
      },
    },
    {
      title: 'a denied consent',
      play: async (c) => {
        c.policy({ interaction: { mode: 'auto', user: demo.username, decision: 'deny' } });
        await c.authorize();
        c.advance(660);
      },
    },
    {
      title: 'an unanswered consent page',
      play: async (c) => {
        c.policy({ interaction: { mode: 'manual' } });
        await c.authorize();
        c.advance(660);
      },
    },
    {
      title: 'no exchange after a sign-in with the pages',
      severity: 'warning',
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
      title: 'a query parameter named password in an API call',
      play: async (c) =>
        c.call((await c.signIn()).access_token, undefined, {
          ...bearer((await c.signIn()).access_token),
          query: { password: 'x' },
        }),
    },
    {
      title: 'all parameters in the query, as tinyEmail documents it',
      provider: 'tinyemail',
      severity: 'note',
      play: async (c) => c.exchange(await c.authorize(), {}, { headers: {}, query: credentials }),
    },
    {
      title: 'the secret and the password in the Token URL of MailUp, whose documents put only the code there',
      provider: 'mailup',
      severity: 'warning',
      play: (c) => c.token({}, { headers: {}, query: { grant_type: 'password', ...person, ...credentials } }),
    },
    {
      title: 'the code alone in the Token URL of MailUp, as in its samples',
      provider: 'mailup',
      play: async (c) => {
        const { code } = await c.authorize(plain);
        await c.send(c.urls.tokenUrl, { query: { grant_type: 'authorization_code', code } });
      },
    },
    {
      title: 'the password in the token URL of tinyEmail, which documents only the secret there',
      provider: 'tinyemail',
      severity: 'warning',
      play: (c) => c.token({}, { query: { grant_type: 'password', ...person } }),
    },
    {
      title: 'the secret in the authorization URL of MailUp, as in its samples',
      provider: 'mailup',
      severity: 'note',
      play: (c) => c.authorize({ client_secret: demo.secret }),
    },
    {
      title: 'username and password at the old endpoint of MailUp',
      provider: 'mailup',
      severity: 'note',
      play: (c) => c.authorize({ ...plain, ...person }),
    },
    {
      title: 'the secret in the authorization URL of another provider',
      severity: 'error',
      play: (c) => c.authorize({ client_secret: demo.secret }),
    },
    {
      title: 'a password in the authorization URL of another provider',
      severity: 'error',
      play: (c) => c.authorize({ password: demo.password }),
    },
    {
      title: 'credentials in a query that is not read',
      severity: 'error',
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
      severity: 'note',
      play: async (c) =>
        c.token(
          {},
          { query: { grant_type: 'refresh_token', refresh_token: String((await c.signIn()).refresh_token) } },
        ),
    },
    {
      title: 'a refresh in the Token URL of MailUp, whose documents put only the code there',
      provider: 'mailup',
      severity: 'warning',
      play: async (c) =>
        c.token(
          {},
          { query: { grant_type: 'refresh_token', refresh_token: String((await c.signIn()).refresh_token) } },
        ),
    },
    {
      title: 'a token in a query that is not read',
      provider: 'mailup',
      severity: 'error',
      play: async (c) =>
        c.call('', undefined, { headers: {}, query: { access_token: String((await c.signIn()).access_token) } }),
    },
    {
      title: 'a token in the query of a revocation request',
      severity: 'warning',
      play: async (c) =>
        c.send(`${c.urls.baseUrl}/v1/oauth/revoke`, {
          method: 'POST',
          query: { token: String((await c.signIn()).access_token) },
          ...basic(demo.id, demo.secret),
        }),
    },
    {
      title: 'a token in the query of a token info request',
      severity: 'warning',
      play: async (c) =>
        c.send(`${c.urls.baseUrl}/v1/oauth/token/info`, {
          query: { access_token: String((await c.signIn()).access_token) },
        }),
    },
  ],
  'credentials-twice': [
    { title: 'client_id beside Basic', play: async (c) => c.exchange(await c.authorize(), { client_id: demo.id }) },
    {
      title: 'an API call with a parameter client_secret',
      play: async (c) => c.call('', undefined, { ...basic(demo.id, demo.secret), query: { client_secret: 'x' } }),
    },
    {
      title: 'client_id and client_secret twice, as in the samples of MailUp',
      provider: 'mailup',
      severity: 'note',
      play: (c) => c.token({ grant_type: 'password', ...person, ...credentials }),
    },
    {
      title: 'credentials in the body and in a header without a scheme, at MailUp',
      provider: 'mailup',
      severity: 'note',
      play: (c) =>
        c.token(
          { grant_type: 'password', ...person, ...credentials },
          { headers: { authorization: Buffer.from(`${demo.id}:${demo.secret}`).toString('base64') } },
        ),
    },
    {
      title: 'Basic and client_secret at a provider that refuses both',
      severity: 'error',
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
      title: 'a raw secret at a provider that does not decode the header',
      provider: 'tinyemail',
      play: async (c) => {
        withSecret(c, 'p+q/r');
        await c.exchange(await c.authorize(), {}, basic(demo.id, 'p+q/r'));
      },
    },
    {
      title: 'an id that is encoded and a secret that is not',
      severity: 'warning',
      play: async (c) => {
        c.policy({ basicDecoding: 'any' });
        withSecret(c, 'p+q/r');
        await c.exchange(await c.authorize(), {}, basic('understudy%2Dclient', 'p+q/r'));
      },
    },
  ],
  'wrong-content-type': [
    {
      title: 'JSON at tinyEmail, which takes all parameters from the query',
      provider: 'tinyemail',
      severity: 'warning',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        await c.send(c.urls.tokenUrl, {
          method: 'POST',
          query: { grant_type: 'refresh_token', refresh_token: String(refresh_token) },
          body: '{}',
          headers: { ...basic(demo.id, demo.secret).headers, 'content-type': 'application/json' },
        });
      },
    },
    {
      title: 'JSON at DottedSign, which accepts it',
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
      title: 'an empty body with all parameters in the query',
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
      title: 'a form without the Content-Type of a form',
      severity: 'error',
      provider: 'tinyemail',
      play: (c) => c.token({}, { headers: {}, body: 'grant_type=authorization_code' }),
    },
  ],
  'undefined-value': [
    {
      title: 'the token undefined',
      severity: 'warning',
      play: (c) => c.call('undefined'),
    },
    {
      title: 'the secret null in a Basic header',
      severity: 'warning',
      play: (c) => c.token({ grant_type: 'client_credentials' }, basic(demo.id, 'null')),
    },
    {
      title: 'a placeholder in a parameter',
      severity: 'warning',
      play: (c) => c.refresh('{{refresh_token}}'),
    },
    { title: 'the state undefined beside PKCE', severity: 'warning', play: (c) => c.signIn({ state: 'undefined' }) },
    {
      title: 'a word in a parameter of the API',
      play: async (c) => c.call((await c.signIn()).access_token, undefined, { query: { state: 'none' } }),
    },
    {
      title: 'an Authorization header of another scheme',
      play: (c) => c.token({}, { headers: { authorization: 'Basic' } }),
    },
  ],
  'html-escaped-parameters': [
    {
      title: '&amp; where the provider separates at a semicolon',
      severity: 'warning',
      play: (c) => c.send(`${c.urls.authorizeUrl}?client_id=${demo.id}&amp;response_type=code&amp;state=${fresh()}`),
    },
    {
      title: '&amp;amp; in the body of a token request',
      severity: 'error',
      play: async (c) => {
        const { code, redirectUri } = await c.authorize(noPkce);
        const uri = encodeURIComponent(redirectUri);
        const body = `grant_type=authorization_code&code=${code}&amp;amp;redirect_uri=${uri}`;
        const type = { 'content-type': 'application/x-www-form-urlencoded' };
        await c.token({}, { headers: { ...basic(demo.id, demo.secret).headers, ...type }, body });
      },
    },
    {
      title: 'an encoded &amp; in a value',
      play: (c) => c.signIn({ state: `${fresh()}&amp;x` }),
    },
  ],
  'refused-request-repeated': [
    {
      title: 'a wrong secret on new connections',
      severity: 'note',
      play: async (c) => {
        const call: Call = { method: 'POST', form: { grant_type: 'client_credentials' }, ...basic(demo.id, 'wrong') };
        for (let i = 0; i < 5; i += 1) await c.sendOnNewConnection(c.urls.tokenUrl, call);
      },
    },
    {
      title: 'a wrong secret three times',
      play: async (c) => {
        for (let i = 0; i < 3; i += 1) await c.token({ grant_type: 'client_credentials' }, basic(demo.id, 'wrong'));
      },
    },
    {
      title: 'ten at once',
      play: (c) =>
        c.tenAtOnce(c.urls.tokenUrl, { method: 'POST', form: { grant_type: 'odd' }, ...basic(demo.id, demo.secret) }),
    },
    {
      title: 'another grant each time',
      play: async (c) => {
        for (let i = 0; i < 6; i += 1) await c.token({ grant_type: `odd-${i}` });
      },
    },
    {
      title: 'a wrong secret with another code each time',
      severity: 'note',
      play: async (c) => {
        for (let i = 0; i < 6; i += 1) {
          await c.refresh(fresh(), { scope: undefined, grant_type: 'client_credentials' }, basic(demo.id, 'wrong'));
        }
      },
    },
    {
      title: 'an error that the scenario wants',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'oauth-error', error: 'invalid_client' } });
        for (let i = 0; i < 6; i += 1) await c.token({ grant_type: 'client_credentials' });
      },
    },
  ],
  'unknown-parameter': [
    {
      title: 'parameters of OpenID Connect',
      play: (c) => c.signIn({ nonce: fresh(), prompt: 'consent', login_hint: demo.username }),
    },
    {
      title: "DottedSign's own parameter for the username",
      play: (c) => c.token({ grant_type: 'password', email: demo.username, password: demo.password }),
    },
    {
      title: 'an unknown parameter of an API call',
      play: async (c) => c.call((await c.signIn()).access_token, '/members/me?redirect_url=1'),
    },
    {
      title: 'a parameter of another provider',
      severity: 'note',
      play: (c) => c.signIn({ include_granted_scopes: 'true' }),
    },
    { title: 'a short name with two wrong letters', severity: 'note', play: (c) => c.signIn({ kode: '1' }) },
    { title: 'a short name that resembles a known one', severity: 'note', play: (c) => c.signIn({ mode: '1' }) },
    { title: 'a known name without one letter', severity: 'warning', play: (c) => c.signIn({ scpe: '1' }) },
    { title: 'a known name in camel case', severity: 'warning', play: (c) => c.signIn({ clientId: '1' }) },
  ],
  'password-grant-used': [
    { title: 'the client credentials grant', play: async (c) => c.token({ grant_type: 'client_credentials' }) },
    {
      title: 'the password grant at a provider that does not offer it',
      provider: 'tinyemail',
      severity: 'error',
      play: (c) => c.token({ grant_type: 'password', ...person }),
    },
  ],
  'stale-refresh-token': [
    {
      title: 'the refresh token that tinyEmail does not replace',
      provider: 'tinyemail',
      play: async (c) => {
        const { refresh_token } = await c.signIn(noPkce);
        for (let i = 0; i < 3; i += 1) await c.refresh(refresh_token);
      },
    },
    {
      title: 'the old token after the answer with the new one was lost',
      provider: 'mailup',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'drop' } });
        await c.refresh(refresh_token).catch(ignored);
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'the old token after an answer without a refresh token',
      provider: 'mailup',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'patch', remove: ['refresh_token'] } });
        await c.refresh(refresh_token);
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'the old token after a slow answer that the client did not wait for',
      provider: 'mailup',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'drip', every: '1ms' } });
        await c.refresh(refresh_token, {}, { timeoutMs: 20 }).catch(ignored);
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'the old token after an answer with an empty refresh token',
      provider: 'mailup',
      play: (c) => refreshedTwice(c, { kind: 'patch', set: { refresh_token: '' } }),
    },
    {
      title: 'the old token after an answer with the Content-Type text/html',
      provider: 'mailup',
      play: (c) => refreshedTwice(c, { kind: 'patch', headers: { 'content-type': 'text/html' } }),
    },
    {
      title: 'the old token at DottedSign, where it is valid until the new one is used',
      severity: 'warning',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        for (let i = 0; i < 2; i += 1) await c.refresh(refresh_token);
      },
    },
  ],
  'parallel-refresh': [
    {
      title: 'two refreshes one after the other',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        for (let i = 0; i < 2; i += 1) await c.refresh(refresh_token);
      },
    },
    {
      title: 'parallel refreshes with the tokens of two users',
      async play(c) {
        const [first, second] = [await c.signIn(), await c.signIn()];
        c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold', atMost: '50ms' } });
        await Promise.all(
          [first, second].map(({ refresh_token }) =>
            c.sendOnNewConnection(c.urls.tokenUrl, refreshCall(c, refresh_token)),
          ),
        );
      },
    },
    {
      title: 'a retry after a timeout of the client',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'hang' } });
        await c.refresh(refresh_token, {}, { timeoutMs: 20 }).catch(ignored);
        await c.refresh(refresh_token);
      },
    },
    {
      title: 'two refreshes that arrive and are answered within a millisecond',
      severity: 'error',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold', until: 2 } });
        await Promise.all([1, 2].map(() => c.sendOnNewConnection(c.urls.tokenUrl, refreshCall(c, refresh_token))));
        for (const entry of c.world.journal.entries()) Object.assign(entry, { realAt: 0, durationMs: 0 });
      },
    },
    {
      title: 'two refreshes that still wait when the report is made',
      severity: 'error',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold' } });
        for (let i = 0; i < 2; i += 1) {
          void c.sendOnNewConnection(c.urls.tokenUrl, refreshCall(c, refresh_token)).catch(ignored);
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
      title: 'parallel refreshes at a provider that keeps the refresh token',
      provider: 'tinyemail',
      play: (c) => refreshTwiceAtOnce(c, noPkce),
    },
    {
      title: 'parallel refreshes at a provider that takes a replaced token for a while',
      play(c) {
        c.policy({ refreshRotation: 'rotate', refreshGraceSeconds: 60 });
        return refreshTwiceAtOnce(c);
      },
    },
    {
      title: 'parallel refreshes with a token that is too young to be replaced',
      play(c) {
        c.policy({ refreshRotation: 'rotate', refreshRotationAfterSeconds: 60 });
        return refreshTwiceAtOnce(c);
      },
    },
    {
      title: 'parallel refreshes with a token that is old enough to be replaced',
      severity: 'error',
      play(c) {
        c.policy({ refreshRotation: 'rotate', refreshRotationAfterSeconds: 60 });
        return refreshTwiceAtOnce(c, {}, 61);
      },
    },
    {
      title: 'parallel refreshes of which one is refused, although the policy has a grace now',
      severity: 'error',
      async play(c) {
        c.policy({ refreshRotation: 'rotate' });
        await refreshTwiceAtOnce(c);
        c.policy({ refreshGraceSeconds: 60 });
      },
    },
    {
      title: 'parallel refreshes where a grace has no effect',
      severity: 'error',
      play(c) {
        c.policy({ refreshRotation: 'retire-previous-on-first-use', refreshGraceSeconds: 60 });
        return refreshTwiceAtOnce(c);
      },
    },
  ],
  'refresh-after-refusal': [
    {
      title: 'a revoked token on new connections, one after the other',
      severity: 'note',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        revokeAll(c);
        for (let i = 0; i < 12; i += 1) {
          await c.sendOnNewConnection(c.urls.tokenUrl, refreshCall(c, refresh_token));
        }
        // on a busy machine the client seems to wait
        c.spread(...Array.from({ length: 11 }, () => 5));
      },
    },
    {
      title: 'a retry after the client was refused',
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
      title: 'ten parallel refreshes with a revoked token',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        revokeAll(c);
        await c.tenAtOnce(c.urls.tokenUrl, refreshCall(c, refresh_token));
      },
    },
    {
      title: 'a retry after a refusal by a fault',
      severity: 'error',
      async play(c) {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'oauth-error', error: 'invalid_grant' } });
        await c.refresh(refresh_token);
        await c.refresh(refresh_token);
        c.spread(150);
      },
    },
    {
      title: 'an expired refresh token, which tinyEmail refuses as invalid_token',
      provider: 'tinyemail',
      severity: 'error',
      async play(c) {
        const { refresh_token } = await c.signIn(noPkce);
        c.advance(31 * 86_400);
        await c.refresh(refresh_token);
        await c.refresh(refresh_token);
        c.spread(150);
      },
    },
    {
      title: 'a token that a new sign-in answered again',
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
      title: 'three refreshes that queue for one connection',
      severity: 'note',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        revokeAll(c);
        await Promise.all([1, 2, 3].map(() => c.refresh(refresh_token)));
      },
    },
  ],
  'refresh-storm': [
    {
      title: 'five refreshes one after the other',
      severity: 'note',
      play: async (c) => refreshInARow(c, 5, async () => undefined),
    },
    {
      title: 'three refreshes with a token that tinyEmail keeps, which queue for one connection',
      provider: 'tinyemail',
      severity: 'note',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        await Promise.all([1, 2, 3].map(() => c.refresh(refresh_token)));
      },
    },
    {
      title: 'two refreshes at the same time',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'hold', until: 2 } });
        const call = { method: 'POST', form: { grant_type: 'refresh_token', refresh_token: String(refresh_token) } };
        await Promise.all(
          [1, 2].map(() => c.sendOnNewConnection(c.urls.tokenUrl, { ...call, ...basic(demo.id, demo.secret) })),
        );
      },
    },
    {
      title: 'a refresh after half of the lifetime',
      play: async (c) =>
        refreshInARow(c, 8, async () => {
          c.advance(twoDays / 2);
        }),
    },
    {
      title: 'a refresh after each call with a revoked token',
      play: async (c) =>
        refreshInARow(c, 8, async (token) => {
          c.realm.accessTokens.get(String(token))!.revokedAt = 0;
          await c.call(token);
        }),
    },
    {
      title: 'a refresh after each call that failed with 500',
      play: async (c) => {
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'status', status: 500 } });
        await refreshInARow(c, 8, (token) => c.call(token));
      },
    },
    {
      title: 'a refresh after each call without an answer',
      play: async (c) => {
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'cut' } });
        await refreshInARow(c, 8, (token) => c.call(token).catch(ignored));
      },
    },
    {
      title: 'a refresh after each 401 by a fault',
      severity: 'note',
      play: async (c) => {
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'status', status: 401 } });
        await refreshInARow(c, 8, (token) => c.call(token));
      },
    },
    {
      title: 'a narrower token for each job',
      play: async (c) =>
        refreshInARow(
          c,
          8,
          async () => undefined,
          (i) => ({ scope: i % 2 === 0 ? 'files.general.read' : 'files.general.write' }),
        ),
    },
    {
      title: 'answers without expires_in',
      severity: 'note',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'patch', remove: ['expires_in'] } });
        await refreshInARow(c, 8, async () => undefined);
      },
    },
    {
      title: 'answers without expires_in and with an unknown access token',
      play: async (c) => {
        c.fault({
          match: { endpoint: 'token' },
          fault: { kind: 'patch', set: { access_token: 'made-up' }, remove: ['expires_in'] },
        });
        await refreshInARow(c, 8, async () => undefined);
      },
    },
  ],
  'expired-token-resent': [
    {
      title: 'a dead token on new connections, one after the other',
      severity: 'note',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        for (let i = 0; i < 12; i += 1) {
          await c.sendOnNewConnection(`${c.urls.apiUrl}/members/me`, bearer(access_token));
        }
        // on a busy machine the client seems to wait
        c.spread(...Array.from({ length: 11 }, () => 5));
      },
    },
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
      title: 'two parallel calls',
      async play(c) {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'hold', until: 2, atMost: '50ms' } });
        await Promise.all([1, 2].map(() => c.sendOnNewConnection(`${c.urls.apiUrl}/members/me`, bearer(access_token))));
        c.spread(-5);
      },
    },
    {
      title: 'calls on unknown connections',
      async play(c) {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        for (let i = 0; i < 4; i += 1) await c.call(access_token);
        const unknown = { connection: undefined, connectedAt: undefined };
        for (const entry of c.world.journal.entries()) Object.assign(entry, unknown);
      },
    },
    {
      title: 'a later call on another connection',
      severity: 'error',
      async play(c) {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        for (let i = 0; i < 2; i += 1) await c.sendOnNewConnection(`${c.urls.apiUrl}/members/me`, bearer(access_token));
        c.spread(150);
      },
    },
    {
      title: 'an unknown token, which MailUp refuses with 400',
      provider: 'mailup',
      severity: 'error',
      play: (c) => calls(c, 'made-up', 150),
    },
    {
      title: 'calls with pauses too long for a queue',
      severity: 'error',
      play: (c) => calls(c, 'made-up', 30, 30, 30, 30),
    },
    {
      title: 'calls with pauses that a queue may cause',
      severity: 'note',
      play: (c) => calls(c, 'made-up', 15, 15, 15, 15, 15, 15, 15, 15),
    },
    { title: 'five calls that queue for one connection', severity: 'note', play: (c) => queued(c, 'made-up', 5) },
    { title: 'two calls that queue for one connection', play: (c) => queued(c, 'made-up', 2) },
    {
      title: 'calls during another request',
      severity: 'note',
      play: async (c) => {
        await calls(c, 'made-up', 150, 150, 150);
        Object.assign(c.world.journal.entries()[0]!, { durationMs: undefined });
      },
    },
    {
      title: 'one token of two sessions, sent once by each after its expiry',
      provider: 'tinyemail',
      async play(c) {
        const [one, other] = [await c.signIn(noPkce), await c.signIn(noPkce)];
        t.equal(one.access_token, other.access_token);
        c.advance(31 * 86_400);
        await calls(c, one.access_token, 150);
      },
    },
    {
      title: 'one token of several sessions, sent four times after its expiry',
      provider: 'tinyemail',
      severity: 'error',
      async play(c) {
        for (let i = 0; i < 2; i += 1) await c.signIn(noPkce);
        const { access_token } = await c.signIn(noPkce);
        c.advance(31 * 86_400);
        await calls(c, access_token, 150, 150, 150);
      },
    },
    {
      title: 'a retry after a 503, while another call was refused with 401',
      async play(c) {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        c.fault({ match: { endpoint: 'resource' }, times: 1, fault: { kind: 'status', status: 503 } });
        await calls(c, access_token, 0, 150);
      },
    },
    {
      title: 'another call after a retry that was refused with 401',
      severity: 'error',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        c.fault({ match: { endpoint: 'resource' }, times: 1, fault: { kind: 'status', status: 503 } });
        await calls(c, access_token, 150, 150);
      },
    },
    {
      title: 'a valid token that a fault refused',
      severity: 'warning',
      play: async (c) => {
        const { access_token } = await c.signIn();
        refuseValidTokens(c);
        await calls(c, access_token, 150);
      },
    },
    {
      title: 'a valid token that a fault refused after a refresh',
      play: async (c) => {
        const { access_token } = (await c.refresh((await c.signIn()).refresh_token)).body;
        refuseValidTokens(c);
        await calls(c, access_token, 150);
      },
    },
    {
      title: 'an expired token whose refusal a fault delayed',
      severity: 'error',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.advance(twoDays);
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'delay', for: '1ms' } });
        await calls(c, access_token, 150);
      },
    },
    {
      title: 'a token that a new sign-in answered again',
      provider: 'tinyemail',
      async play(c) {
        const { access_token } = await c.signIn(noPkce);
        refuseValidTokens(c, 1);
        await c.call(access_token);
        t.equal((await c.signIn(noPkce)).access_token, access_token);
        await c.call(access_token);
        c.spread(150, 0, 150);
      },
    },
  ],
  'expiry-not-anticipated': [
    { title: 'a single expiry', play: async (c) => expiries(c, 1) },
    {
      title: 'several expiries and one refresh in time',
      play: async (c) => {
        await expiries(c, 2);
        await refreshInARow(c, 1, async () => undefined);
      },
    },
    {
      title: 'answers without expires_in',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'patch', remove: ['expires_in'] } });
        await expiries(c, 2);
      },
    },
    {
      title: 'several expiries and one answer without expires_in',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, skip: 2, times: 1, fault: { kind: 'patch', remove: ['expires_in'] } });
        await expiries(c, 3);
      },
    },
    {
      title: 'tokens whose issue is not in the journal',
      play: async (c) => {
        const tokens = [await c.signIn(), await c.signIn()];
        c.world.journal.clear();
        c.advance(twoDays);
        for (const { access_token } of tokens) await c.call(access_token);
      },
    },
    {
      title: 'a refresh token whose issue is not in the journal',
      play: async (c) => {
        const { refresh_token } = await c.signIn();
        c.world.journal.clear();
        await c.refresh(refresh_token);
        await expiries(c, 2);
      },
    },
    {
      title: 'a journal without its oldest entries',
      play: async (c) => {
        await expiries(c, 2);
        c.world.journal.dropped = 1;
      },
    },
    {
      title: 'expiries also in real time',
      severity: 'warning',
      async play(c) {
        await expiries(c, 2);
        // One second more than the lifetime: instants and durations come from two clocks.
        for (const entry of c.world.journal.entries()) {
          (entry as { realAt: number }).realAt += entry.id * (twoDays + 1) * 1000;
        }
      },
    },
  ],
  'scope-assumed': [
    {
      title: 'a call within the granted scopes',
      play: async (c) =>
        c.call((await c.signIn({ scope: 'sign_tasks.general.read' })).access_token, '/sign_tasks/list'),
    },
    {
      title: 'a token whose issue is not in the journal',
      play: async (c) => {
        const { access_token } = await c.signIn({ scope: 'files.general.read' });
        c.world.journal.clear();
        await c.call(access_token, '/sign_tasks/list');
      },
    },
    {
      title: 'a refusal by a fault',
      play: async (c) => {
        const { access_token } = await c.signIn();
        c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'oauth-error', error: 'insufficient_scope' } });
        await c.call(access_token);
      },
    },
    {
      title: 'a token answer without scope',
      play: async (c) => {
        c.fault({ match: { endpoint: 'token' }, fault: { kind: 'patch', remove: ['scope'] } });
        await c.call((await c.signIn({ scope: 'files.general.read' })).access_token, '/sign_tasks/list');
      },
    },
    {
      title: 'a refresh for a scope that was not granted',
      severity: 'warning',
      play: async (c) =>
        c.refresh((await c.signIn({ scope: 'files.general.read' })).refresh_token, { scope: 'files.general.write' }),
    },
  ],
  'retry-after-ignored': [
    { title: 'two calls a millisecond apart', play: (c) => limited(c, ignored) },
    {
      title: 'two calls that each wait for their own Retry-After',
      play: async (c) => {
        const { access_token } = await c.signIn();
        limit(c, 2);
        await calls(c, access_token, 50, 1950, 50);
      },
    },
    {
      title: 'a call that waits, with a new token and another call limited meanwhile',
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
      title: 'a retry after a 500, while another call waits',
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
      title: 'one retry too early and one in time',
      severity: 'error',
      play: async (c) => {
        const { access_token } = await c.signIn();
        limit(c, 2);
        await calls(c, access_token, 500, 2000);
      },
    },
    {
      title: 'five calls that queue for one connection',
      severity: 'note',
      play: async (c) => {
        const { access_token } = await c.signIn();
        limit(c, 5);
        await queued(c, access_token, 5);
      },
    },
    {
      title: 'the refresh of another user and a new code',
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
      title: 'the same refresh after 150 ms',
      severity: 'error',
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
      title: 'the token of another user',
      play: async (c) => {
        const [one, other] = [await c.signIn(), await c.signIn()];
        limit(c, 1);
        await c.call(one.access_token);
        await c.call(other.access_token);
      },
    },
    {
      title: 'Retry-After as a date',
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
      title: 'Retry-After on a successful answer',
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
    { title: 'two retries', play: (c) => failing(c, 3) },
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
      title: 'five retries in a row, which may have queued for one connection',
      severity: 'note',
      play: async (c) => {
        await failing(c, 5);
        c.spread(2, 2, 2, 2);
      },
    },
    {
      title: 'seven retries with a constant pause',
      severity: 'warning',
      play: async (c) => {
        await failing(c, 7);
        c.spread(30, 30, 30, 30, 30, 30);
      },
    },
    {
      title: 'retries with long pauses',
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
      title: 'five retries, each on a connection of its own',
      severity: 'note',
      play: async (c) => {
        await failingOnNewConnections(c, 5);
        c.spread(2, 2, 2, 2);
      },
    },
    {
      title: 'twelve retries, each on a connection of its own',
      severity: 'warning',
      play: async (c) => {
        await failingOnNewConnections(c, 12);
        c.spread(...Array.from({ length: 11 }, () => 2));
      },
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
      title: 'four retries and a success',
      play: async (c) => {
        const { access_token } = await c.signIn();
        for (let i = 0; i < 5; i += 1) await c.call(access_token);
      },
    },
    {
      title: 'two short series of retries with a success between',
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
async function refreshInARow(
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

/** Expiries that the client notices by a 401. */
async function expiries(c: Stage, times: number): Promise<void> {
  let { access_token, refresh_token } = await c.signIn();
  for (let i = 0; i < times; i += 1) {
    c.advance(twoDays);
    await c.call(access_token);
    ({ access_token, refresh_token } = (await c.refresh(refresh_token)).body);
  }
}

/** A fault refuses valid tokens at the API. */
const refuseValidTokens = (c: Stage, times = 10): void => {
  c.fault({ match: { endpoint: 'resource' }, times, fault: { kind: 'oauth-error', error: 'invalid_token' } });
};

/** Two sign-ins; the second gets the callback of the first. */
async function signInTwiceWithSameCallback(c: Stage): Promise<void> {
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

async function failingOnNewConnections(c: Stage, times: number): Promise<void> {
  const { access_token } = await c.signIn();
  c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'status', status: 503 } });
  for (let i = 0; i < times; i += 1) {
    await c.sendOnNewConnection(`${c.urls.apiUrl}/members/me`, bearer(access_token));
  }
}

const server = await startServer();
t.teardown(() => server.close());

for (const id of ruleIds) {
  for (const { title, provider = 'dottedsign', severity, play } of cases[id]) {
    t.test(
      `${id} ${severity === undefined ? 'gives no finding for' : `gives a${severity === 'error' ? 'n' : ''} ${severity} for`} ${title}`,
      async (t) => {
        const stage = new Stage(server, provider);
        t.teardown(() => {
          stage.close();
        });
        await play(stage);
        t.same(stage.severities(id), severity === undefined ? [] : [severity]);
        t.ok(stage.world.journal.size > 0, 'the journal has entries');
      },
    );
  }
}
