import t from 'tap';
import { ruleIds } from '../../src/findings/rules/index.js';
import { demo, startServer } from '../support.js';
import { Stage, challengeOf, fresh } from './stage.js';
import type { RuleId } from '../../src/findings/rules/index.js';
import type { Call, Change } from './stage.js';

interface Play {
  readonly title: string;
  readonly provider?: string;
  readonly play: (stage: Stage) => Promise<unknown>;
}

/** A client with one mistake, and the severity of the finding that it must get. */
interface BadClient extends Play {
  readonly found: string;
}

const noPkce: Change = { code_challenge: undefined, code_challenge_method: undefined };
const credentials = { client_id: demo.id, client_secret: demo.secret };
const basic = (id: string, secret: string): Call => ({
  headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
});
const person = { username: demo.username, password: demo.password };

const badClients: Readonly<Record<RuleId, BadClient>> = {
  'no-csrf-protection': {
    title: 'neither state nor PKCE',
    found: 'error',
    play: async (c) => c.exchange(await c.authorize({ ...noPkce, state: undefined }), { code_verifier: undefined }),
  },
  'state-reused': {
    title: 'one state for two sign-ins',
    found: 'error',
    provider: 'tinyemail',
    async play(c) {
      const state = fresh();
      for (let i = 0; i < 2; i += 1) {
        await c.exchange(await c.authorize({ ...noPkce, state }), { code_verifier: undefined });
      }
    },
  },
  'state-not-checked': {
    title: 'an exchange after an altered state',
    found: 'error',
    provider: 'tinyemail',
    async play(c) {
      c.fault({ match: { endpoint: 'authorize' }, fault: { kind: 'tamper', state: 'altered' } });
      await c.signIn();
    },
  },
  'state-too-short': {
    title: 'a state of six digits',
    found: 'warning',
    provider: 'tinyemail',
    play: async (c) => c.exchange(await c.authorize({ ...noPkce, state: '123456' }), { code_verifier: undefined }),
  },
  'pkce-plain': {
    title: 'the verifier as the challenge',
    found: 'warning',
    async play(c) {
      const verifier = fresh();
      await c.exchange({
        ...(await c.authorize({ code_challenge: verifier, code_challenge_method: 'plain' })),
        verifier,
      });
    },
  },
  'pkce-constant': {
    title: 'one verifier for two sign-ins',
    found: 'error',
    async play(c) {
      const verifier = fresh();
      for (let i = 0; i < 2; i += 1) {
        await c.exchange({ ...(await c.authorize({ code_challenge: challengeOf(verifier) })), verifier });
      }
    },
  },
  'parameter-repeated': {
    title: 'a scope twice',
    found: 'warning',
    async play(c) {
      c.policy({ parametersRepeated: 'refused' });
      const query = { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri, state: fresh() };
      await c.send(`${c.urls.authorizeUrl}?${new URLSearchParams(query).toString()}&scope=a&scope=b`);
    },
  },
  'verifier-too-short': {
    title: 'a verifier of forty characters',
    found: 'error',
    async play(c) {
      const verifier = fresh().slice(0, 40);
      await c.exchange({ ...(await c.authorize({ code_challenge: challengeOf(verifier) })), verifier });
    },
  },
  'verifier-equals-state': {
    title: 'the state as the verifier',
    found: 'error',
    async play(c) {
      const verifier = fresh();
      await c.exchange({
        ...(await c.authorize({ state: verifier, code_challenge: challengeOf(verifier) })),
        verifier,
      });
    },
  },
  'code-replayed': {
    title: 'a callback that is handled twice',
    found: 'error',
    async play(c) {
      const callback = await c.authorize();
      await c.exchange(callback);
      await c.exchange(callback);
    },
  },
  'code-exchanged-late': {
    title: 'an exchange after eleven minutes',
    found: 'warning',
    async play(c) {
      const callback = await c.authorize();
      c.advance(660);
      await c.exchange(callback);
    },
  },
  'redirect-uri-differs': {
    title: 'another redirect_uri in the token request',
    found: 'error',
    play: async (c) => c.exchange(await c.authorize(), { redirect_uri: 'http://127.0.0.1:3000/callback' }),
  },
  'redirect-uri-insecure': {
    title: 'a callback over plain HTTP',
    found: 'warning',
    async play(c) {
      const redirectUri = 'http://client.example.com/callback';
      c.realm.clients.set(demo.id, { ...c.realm.clients.get(demo.id)!, redirectUris: [redirectUri] });
      await c.signIn({ redirect_uri: redirectUri });
    },
  },
  'callback-silent': {
    title: 'a code that is not exchanged',
    found: 'warning',
    async play(c) {
      await c.authorize();
      c.advance(600);
    },
  },
  'secret-in-url': {
    title: 'client_secret in the query of the token request',
    found: 'warning',
    play: async (c) => c.exchange(await c.authorize(), {}, { headers: {}, query: credentials }),
  },
  'token-in-url': {
    title: 'access_token in the query of an API call',
    found: 'warning',
    play: async (c) =>
      c.call('', undefined, { headers: {}, query: { access_token: String((await c.signIn()).access_token) } }),
  },
  'credentials-twice': {
    title: 'Basic and client_secret',
    found: 'warning',
    play: async (c) => c.exchange(await c.authorize(), credentials),
  },
  'basic-not-encoded': {
    title: 'an unencoded secret in the Basic header',
    found: 'warning',
    async play(c) {
      const secret = 'p+q/r';
      c.policy({ basicDecoding: 'any' });
      c.realm.clients.set(demo.id, { ...c.realm.clients.get(demo.id)!, secret });
      await c.exchange(await c.authorize(), {}, basic(demo.id, secret));
    },
  },
  'wrong-content-type': {
    title: 'a token request in JSON',
    found: 'error',
    provider: 'tinyemail',
    async play(c) {
      const { code, verifier, redirectUri } = await c.authorize();
      const body = JSON.stringify({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      });
      await c.token(
        {},
        { headers: { ...basic(demo.id, demo.secret).headers, 'content-type': 'application/json' }, body },
      );
    },
  },
  'undefined-value': {
    title: 'the text undefined as state',
    found: 'error',
    provider: 'tinyemail',
    play: (c) => c.signIn({ ...noPkce, state: 'undefined' }),
  },
  'html-escaped-parameters': {
    title: '&amp; between the parameters of the URL',
    found: 'error',
    provider: 'tinyemail',
    async play(c) {
      const query = { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri, state: fresh() };
      const text = new URLSearchParams(query).toString().replaceAll('&state', '&amp;state');
      await c.send(`${c.urls.authorizeUrl}?${text}`);
    },
  },
  'unknown-parameter': {
    title: 'redirect_url beside redirect_uri',
    found: 'warning',
    play: (c) => c.signIn({ redirect_url: demo.redirectUri }),
  },
  'password-grant-used': {
    title: 'the password grant',
    found: 'note',
    provider: 'mailup',
    play: (c) => c.token({ grant_type: 'password', ...person }),
  },
  'stale-refresh-token': {
    title: 'a replaced refresh token',
    found: 'error',
    provider: 'mailup',
    async play(c) {
      const { refresh_token } = await c.signIn({ redirect_uri: `${demo.redirectUri}?csrf=${fresh()}` });
      await c.refresh(refresh_token);
      await c.refresh(refresh_token);
    },
  },
  'parallel-refresh': {
    title: 'two parallel refreshes',
    found: 'error',
    async play(c) {
      const { refresh_token } = await c.signIn();
      c.fault({ match: { endpoint: 'token', grantType: 'refresh_token' }, fault: { kind: 'hold', atMost: '50ms' } });
      const call: Call = {
        method: 'POST',
        form: { grant_type: 'refresh_token', refresh_token: String(refresh_token) },
        ...basic(demo.id, demo.secret),
      };
      await Promise.all([c.sendOnNewConnection(c.urls.tokenUrl, call), c.sendOnNewConnection(c.urls.tokenUrl, call)]);
    },
  },
  'refresh-after-refusal': {
    title: 'a retry after invalid_grant',
    found: 'error',
    async play(c) {
      const { refresh_token } = await c.signIn();
      for (const token of c.realm.refreshTokens.values()) token.revokedAt = c.world.clock.now();
      await c.refresh(refresh_token);
      await c.refresh(refresh_token);
      c.spread(150);
    },
  },
  'refresh-storm': {
    title: 'a refresh before each call',
    found: 'warning',
    async play(c) {
      let { refresh_token } = await c.signIn();
      for (let i = 0; i < 6; i += 1) {
        const { body } = await c.refresh(refresh_token);
        await c.call(body.access_token);
        refresh_token = body.refresh_token;
        c.advance(60);
      }
    },
  },
  'expired-token-resent': {
    title: 'the same token after a 401',
    found: 'error',
    async play(c) {
      const { access_token } = await c.signIn();
      c.advance(172_800);
      await c.call(access_token);
      await c.call(access_token);
      c.spread(150);
    },
  },
  'expiry-not-anticipated': {
    title: 'expiries noticed by a 401',
    found: 'note',
    async play(c) {
      let { access_token, refresh_token } = await c.signIn();
      for (let i = 0; i < 2; i += 1) {
        await c.call(access_token);
        c.advance(172_800);
        await c.call(access_token);
        ({ access_token, refresh_token } = (await c.refresh(refresh_token)).body);
        await c.call(access_token);
      }
    },
  },
  'scope-assumed': {
    title: 'a call beyond the granted scopes',
    found: 'warning',
    play: async (c) => c.call((await c.signIn({ scope: 'files.general.read' })).access_token, '/sign_tasks/list'),
  },
  'retry-after-ignored': {
    title: 'a retry before Retry-After',
    found: 'error',
    async play(c) {
      const { access_token } = await c.signIn();
      c.fault({ match: { endpoint: 'resource' }, times: 1, fault: { kind: 'rate-limit', retryAfter: 2 } });
      await c.call(access_token);
      await c.call(access_token);
      c.spread(150);
    },
  },
  'refused-request-repeated': {
    title: 'a wrong secret twelve times',
    found: 'warning',
    async play(c) {
      for (let i = 0; i < 12; i += 1) await c.token({ grant_type: 'client_credentials' }, basic(demo.id, 'wrong'));
    },
  },
  'no-backoff': {
    title: 'eleven retries without a pause',
    found: 'warning',
    async play(c) {
      const { access_token } = await c.signIn();
      c.fault({ match: { endpoint: 'resource' }, fault: { kind: 'status', status: 503 } });
      for (let i = 0; i < 12; i += 1) await c.call(access_token);
      c.spread(...Array.from({ length: 11 }, () => 2));
    },
  },
};

const server = await startServer();
t.teardown(() => server.close());

async function staged({ provider = 'dottedsign', play }: Play): Promise<Stage> {
  const stage = new Stage(server, provider);
  t.teardown(() => {
    stage.close();
  });
  await play(stage);
  return stage;
}

t.test('a correct client gets no finding', async (t) => {
  for (const provider of ['tinyemail', 'dottedsign']) {
    const stage = await staged({
      title: '',
      provider,
      async play(c) {
        const { access_token, refresh_token } = await c.signIn();
        await c.call(access_token);
        c.advance(3600);
        await c.call((await c.refresh(refresh_token)).body.access_token);
      },
    });
    t.same(stage.found(), [], provider);
  }
});

for (const id of ruleIds) {
  const { title, found, provider = 'dottedsign', play } = badClients[id];
  t.test(`${id}: ${title} gets this finding and no other`, async (t) => {
    const stage = await staged({ title, provider, play });
    t.same(stage.found(), [`${found} ${id}`]);
    const finding = stage.finding();
    t.match(finding, { provider, clientId: demo.id, verdict: /\.$/, clause: /^RFC \d+ §/, advice: /\.$/ });
    const known = new Set(stage.world.journal.entries().map((entry) => entry.id));
    t.ok(
      finding.evidence.length > 0 && finding.evidence.every((entry) => known.has(entry)),
      'the evidence is in the journal',
    );
    t.ok(finding.cases.every(({ says }) => /[.?]$/.test(says)));
  });
}
