import t from 'tap';
import { Browser } from '../journeys/browserless.js';
import { sendRaw } from '../raw.js';
import { demo, startServer } from '../support.js';
import { adminOf, frozen } from './calls.js';
import type { EntryView } from '../../src/client/index.js';
import type { WorldInfo } from '../../src/client/documents.js';
import type { Call } from './calls.js';

const server = await startServer();
t.teardown(() => server.close());
const admin = adminOf(server.url);

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Setup {
  readonly call: Call;
  readonly authorizeUrl: string;
  readonly revokeUrl: string;
  readonly introspectUrl: string;
  /** Sends a form. The default is the token endpoint, with the client. */
  readonly post: (form: Readonly<Record<string, string>>, url?: string) => Promise<Answered>;
  /** Calls the API with a token. */
  readonly use: (token: string) => Promise<number>;
}

async function world(id: string, provider: 'tinyemail' | 'dottedsign', setup: object = {}): Promise<Setup> {
  const { providers } = (
    await admin<WorldInfo>(`PUT /worlds/${id}`, {
      seed: id,
      clock: frozen,
      scenario: { extends: 'default', providers: { [provider]: setup } },
    })
  ).body;
  const { tokenUrl, apiUrl, authorizeUrl } = providers[provider];
  const paths: Readonly<Record<string, string>> = {
    tinyemail: '/v1/contacts',
    dottedsign: '/v1/members/me',
  };
  return {
    call: adminOf(`${server.url}/w/${id}`),
    authorizeUrl,
    revokeUrl: tokenUrl.replace(/token$/, 'revoke'),
    introspectUrl: tokenUrl.replace(/token$/, 'introspect'),
    post: async (form, url = tokenUrl) => {
      const body = new URLSearchParams({ client_id: demo.id, client_secret: demo.secret, ...form });
      const answer = await fetch(url, { method: 'POST', body });
      const text = await answer.text();
      return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Answered['body'] };
    },
    use: async (token) => {
      const origin = new URL(apiUrl).origin;
      const url = `${origin}/w/${id}/${provider}${String(paths[provider])}`;
      return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
    },
  };
}

function authorization(setup: Setup, parameters: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(setup.authorizeUrl);
  url.search = new URLSearchParams({
    client_id: demo.id,
    response_type: 'code',
    redirect_uri: demo.redirectUri,
    state: 'x',
    ...parameters,
  }).toString();
  return url;
}

const entriesOf = async (call: Call): Promise<EntryView[]> =>
  (await call<{ entries: EntryView[] }>('GET /journal')).body.entries;

/** Each entry in short: its endpoint, its reason or status, and its flow. */
const told = async (call: Call): Promise<string[]> =>
  (await entriesOf(call)).map(
    ({ endpoint, reason, fault, status, flow = 'none' }) =>
      `${endpoint} ${reason ?? fault?.kind ?? String(status)}: ${flow}`,
  );

const codeOf = (url: URL): string => String(url.searchParams.get('code'));
const redeem = (code: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: demo.redirectUri,
});

void t.test('the flow of an authorization leads from its request to the uses of its tokens', async (t) => {
  const setup = await world('whole', 'dottedsign');
  const { call, post, use, revokeUrl, introspectUrl } = setup;
  const page = await new Browser().signIn(authorization(setup), demo);
  const code = codeOf(page.url);
  const first = (await post(redeem(code))).body;
  await use(String(first.access_token));
  const second = (await post({ grant_type: 'refresh_token', refresh_token: String(first.refresh_token) })).body;
  await use(String(second.access_token));
  await post({ token: String(second.access_token) }, introspectUrl);
  await post({ token: String(second.refresh_token) }, revokeUrl);
  await use(String(second.access_token));
  await post({ grant_type: 'refresh_token', refresh_token: String(first.refresh_token) });
  await post(redeem(code));
  const entries = await entriesOf(call);
  t.strictSame(new Set(entries.map(({ flow }) => flow)), new Set(['1']), (await told(call)).join('\n'));
  const endpoints = new Set(entries.map(({ endpoint }) => endpoint));
  for (const each of ['authorize', 'login', 'consent', 'token', 'resource', 'introspect', 'revoke'] as const) {
    t.ok(endpoints.has(each), each);
  }
  t.ok(
    ['bearer.revoked', 'code.replayed'].every((reason) => entries.some((entry) => entry.reason === reason)),
    'refused requests are part of it',
  );
});

void t.test('two browsers, two flows; a token that is sent to the wrong place keeps its flow', async (t) => {
  const setup = await world('two', 'dottedsign', {
    policy: { interaction: { mode: 'auto', user: demo.username, decision: 'allow' } },
  });
  const { call, post, use } = setup;
  const codes: string[] = [];
  for (let i = 0; i < 2; i += 1) {
    const { headers } = await fetch(authorization(setup), { redirect: 'manual' });
    codes.push(codeOf(new URL(String(headers.get('location')))));
  }
  const [one, two] = codes as [string, string];
  const { refresh_token: refreshToken, access_token: accessToken } = (await post(redeem(two))).body;
  await post(redeem(one));
  await use(String(refreshToken));
  await post({ grant_type: 'refresh_token', refresh_token: String(accessToken) });
  t.strictSame(await told(call), [
    'authorize 302: 1',
    'authorize 302: 2',
    'token 200: 2',
    'token 200: 1',
    'resource bearer.unknown: 2',
    'token refresh.unknown: 2',
  ]);
});

void t.test(
  'an authorization request that is refused is a flow; unknown codes and tokens belong to none',
  async (t) => {
    const setup = await world('none', 'dottedsign', { policy: { loginPage: 'after-the-checks' } });
    const { call, post, use, revokeUrl } = setup;
    await fetch(authorization(setup, { client_id: 'nobody' }));
    await post(redeem('unknown-code'));
    await post({ grant_type: 'refresh_token', refresh_token: 'unknown-token' });
    await post({ grant_type: 'refresh_token' });
    await use('unknown-token');
    await post({ token: 'unknown-token' }, revokeUrl);
    t.strictSame(await told(call), [
      'authorize authorize.client-unknown: 1',
      'token code.unknown: none',
      'token refresh.unknown: none',
      'token refresh.missing: none',
      'resource bearer.unknown: none',
      'revoke 200: none',
    ]);
  },
);

void t.test('a token request with a password or with the credentials of the client begins a flow', async (t) => {
  const setup = await world('password', 'dottedsign', { policy: { grants: ['password', 'client_credentials'] } });
  const { call, post, use } = setup;
  const login = { grant_type: 'password', email: demo.username, username: demo.username };
  await post({ ...login, password: 'wrong' });
  const issued = (await post({ ...login, password: demo.password })).body;
  const own = (await post({ grant_type: 'client_credentials' })).body;
  await use(String(own.access_token));
  await use(String(issued.access_token));
  const flows = (await entriesOf(call)).map(({ flow }) => flow);
  t.strictSame(flows, ['1', '2', '3', '3', '2'], (await told(call)).join('\n'));
});

void t.test('tokens that no request bought have the flow of their grant', async (t) => {
  const setup = await world('minted', 'tinyemail');
  const { call, post, use } = setup;
  const minted = (
    await call<{ accessToken: string; refreshToken: string }>('POST /providers/tinyemail/tokens', {
      clientId: demo.id,
      userId: demo.username,
    })
  ).body;
  await use(minted.accessToken);
  await post({ grant_type: 'refresh_token', refresh_token: minted.refreshToken });
  const [family] = (await call<{ families: { id: string }[] }>('GET /lineage')).body.families;
  const flows = (await entriesOf(call)).map(({ flow }) => flow);
  t.strictSame(flows, [family?.id, family?.id]);
});

void t.test('a restored world has an empty journal: its tokens have the flow of their grant', async (t) => {
  const setup = await world('restored', 'tinyemail', {
    policy: { interaction: { mode: 'auto', user: demo.username, decision: 'allow' } },
  });
  const { call, post, use } = setup;
  const { headers } = await fetch(authorization(setup), { redirect: 'manual' });
  const { access_token: token } = (await post(redeem(codeOf(new URL(String(headers.get('location'))))))).body;
  const { body: snapshot } = await call<{ realms: { tinyemail: { grants: { id: string }[] } } }>('GET /snapshot');
  const [grant] = snapshot.realms.tinyemail.grants;
  t.notMatch(JSON.stringify(snapshot), /startedBy/);
  await call('PUT /snapshot', snapshot);
  t.equal(await use(String(token)), 200);
  t.strictSame(await told(call), [`resource 200: ${String(grant?.id)}`]);
});

void t.test('the token info endpoint finds the flow of its token', async (t) => {
  const setup = await world('info', 'dottedsign');
  const { call, authorizeUrl } = setup;
  const { accessToken } = (
    await call<{ accessToken: string }>('POST /providers/dottedsign/tokens', {
      clientId: demo.id,
      userId: demo.username,
    })
  ).body;
  const url = authorizeUrl.replace(/authorize$/, 'token/info');
  await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  const [entry] = await entriesOf(call);
  const [family] = (await call<{ families: { id: string }[] }>('GET /lineage')).body.families;
  t.match(entry, { endpoint: 'introspect', status: 200, flow: family?.id });
});

void t.test('a fault that replaces the answer leaves the request in its flow', async (t) => {
  const setup = await world('faults', 'dottedsign', {
    policy: { grants: ['authorization_code', 'refresh_token', 'password'] },
  });
  const { call, post, use } = setup;
  const browser = new Browser();
  const loginPage = await browser.open(authorization(setup));
  const failing = { fault: { kind: 'status', status: 503 }, times: 1 };
  await call('POST /faults', { match: { endpoint: 'login' }, ...failing });
  await browser.open(loginPage.url);
  const page = await browser.signIn(authorization(setup), demo);
  const begun = (await entriesOf(call)).filter(({ endpoint }) => endpoint === 'authorize').map(({ flow }) => flow);
  const [first, second] = begun;
  t.strictSame(begun, ['1', String(second)]);
  const [spoiled] = (await entriesOf(call)).filter(({ fault }) => fault !== undefined);
  t.match(spoiled, { endpoint: 'login', flow: first });
  await call('DELETE /journal');

  const code = codeOf(page.url);
  await call('POST /faults', { match: { endpoint: 'token' }, ...failing });
  await post(redeem(code));
  const { access_token: token, refresh_token: refresh } = (await post(redeem(code))).body;
  await call('POST /faults', { match: { endpoint: 'resource' }, ...failing });
  await use(String(token));
  await call('POST /faults', { match: { endpoint: 'token' }, ...failing });
  await post({ grant_type: 'refresh_token', refresh_token: String(refresh) });
  await call('POST /faults', { match: { endpoint: 'token' }, ...failing });
  await post({ grant_type: 'password', email: demo.username, password: demo.password });
  await call('POST /faults', { match: { endpoint: 'resource' }, ...failing });
  await use('unknown-token');
  const entries = await entriesOf(call);
  t.strictSame(
    entries.map(({ flow }) => flow),
    [second, second, second, second, String(entries[4]?.id), undefined],
    (await told(call)).join('\n'),
  );
});

t.test('a request that is refused has the client and the user of its token or code', async (t) => {
  const setup = await world('refused', 'dottedsign', {
    policy: { interaction: { mode: 'auto', user: demo.username, decision: 'allow' } },
  });
  const back = await fetch(authorization(setup), { redirect: 'manual' });
  const code = String(new URL(String(back.headers.get('location'))).searchParams.get('code'));
  const exchange = { grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri };
  const { body } = await setup.post(exchange);
  await setup.call('POST /providers/dottedsign/tokens/expire', { kind: 'access' });
  t.equal(await setup.use(String(body.access_token)), 401);
  t.equal((await setup.post(exchange)).status, 400);
  const { entries } = (await setup.call<{ entries: EntryView[] }>('GET /journal?order=newest&limit=2')).body;
  const user = entries[0]?.userId;
  t.ok(user);
  for (const entry of entries) t.match(entry, { clientId: demo.id, userId: user, reason: String });
});

t.test('a request of HTTP/1.0 has no host, also in brief', async (t) => {
  await sendRaw(server.url, 'GET /mailup/nothing HTTP/1.0\r\n\r\n');
  const { entries } = (await admin<{ entries: EntryView[] }>('GET /journal?brief=true&order=newest&limit=1')).body;
  t.match(entries, [{ request: { method: 'GET', path: '/mailup/nothing', host: undefined } }]);
});
