import { readFileSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { defaultScenario } from '../../src/world/scenario/default-scenario.js';
import { readFixture } from '../../src/world/scenario/parse-file.js';
import { demo, knownNames } from '../support.js';
import type { Test } from 'tap';
import type { ProviderUrls, World } from '../../src/client/index.js';

const folder = 'fixtures/scenarios/';
const server = await start();
t.teardown(() => server.close());

/** The providers of the scenarios in this test. */
type PlayedProvider = 'mailup' | 'tinyemail' | 'dottedsign';

/** Differences between the providers that a client must know. */
const vendors: Readonly<Record<PlayedProvider, { readonly scope: string; readonly call: string }>> = {
  mailup: { scope: '', call: '/ConsoleService.svc/Console/Authentication/Info' },
  tinyemail: { scope: 'import_customers', call: '/account/customer/reader%40example.test' },
  dottedsign: { scope: 'third_party sign_tasks.general.read sign_tasks.general.write', call: '/members/me' },
};
const everywhere = Object.keys(vendors) as PlayedProvider[];

interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  readonly scope: string | undefined;
}

type Connected = 'connected' | 'denied' | 'connect again' | 'misconfigured' | 'ignored';
type Called = 'served' | 'connect again' | 'forbidden' | 'slow down' | 'misconfigured';

/** A small client that handles every refusal. The naive clients below each lack one check. */
class Client {
  readonly provider: PlayedProvider;
  readonly urls: ProviderUrls;
  readonly verifier = 'a-verifier-of-at-least-forty-three-characters-0123';
  tokens: Tokens | undefined;
  requests = 0;
  refusal = '';
  #state: string | undefined = 'a state';

  constructor(provider: PlayedProvider, urls: ProviderUrls) {
    this.provider = provider;
    this.urls = urls;
  }

  authorizeUrl(): string {
    const challenge = createHash('sha256').update(this.verifier).digest('base64url');
    const { scope } = vendors[this.provider];
    return `${this.urls.authorizeUrl}?${new URLSearchParams({ client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri, state: String(this.#state), ...(scope === '' ? {} : { scope }), code_challenge: challenge, code_challenge_method: 'S256' }).toString()}`;
  }

  async callback(url: string): Promise<Connected> {
    const { searchParams } = new URL(url);
    // The state is used once, so a repeated callback is ignored.
    if (this.#state === undefined) return 'ignored';
    if (searchParams.get('state') !== null && searchParams.get('state') !== this.#state) return 'ignored';
    this.#state = undefined;
    if (searchParams.has('error')) return 'denied';
    return this.redeem({
      grant_type: 'authorization_code',
      code: String(searchParams.get('code')),
      redirect_uri: demo.redirectUri,
      code_verifier: this.verifier,
    });
  }

  async redeem(parameters: Record<string, string>): Promise<Connected> {
    this.requests += 1;
    const answer = await fetch(this.urls.tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${demo.id}:${demo.secret}`)}` },
      body: new URLSearchParams(parameters),
    });
    const body = (await answer.json()) as {
      access_token: string;
      refresh_token?: string;
      scope?: string;
      error?: string;
    };
    if (!answer.ok) {
      this.refusal = String(body.error);
      return this.refusal === 'invalid_client' ? 'misconfigured' : 'connect again';
    }
    this.tokens = { access: body.access_token, refresh: body.refresh_token ?? this.tokens?.refresh, scope: body.scope };
    return 'connected';
  }

  async call(path: string = vendors[this.provider].call, method = 'GET'): Promise<Called> {
    const status = await this.ask(path, method);
    if (status !== 401) return outcome(status);
    const refreshed = await this.refresh();
    if (refreshed !== 'connected') return refreshed === 'misconfigured' ? 'misconfigured' : 'connect again';
    return outcome(await this.ask(path, method));
  }

  async refresh(): Promise<Connected> {
    const token = this.tokens?.refresh;
    return token === undefined ? 'connect again' : this.redeem({ grant_type: 'refresh_token', refresh_token: token });
  }

  async ask(path: string = vendors[this.provider].call, method = 'GET'): Promise<number> {
    this.requests += 1;
    const answer = await fetch(this.urls.apiUrl + path, {
      method,
      headers: { authorization: `Bearer ${String(this.tokens?.access)}` },
    });
    await answer.text();
    return answer.status;
  }
}

function outcome(status: number): Called {
  if (status === 429) return 'slow down';
  if (status === 403) return 'forbidden';
  return status === 401 ? 'connect again' : 'served';
}

interface Stage {
  readonly world: World;
  readonly provider: PlayedProvider;
  /** A client without tokens. */
  readonly client: () => Promise<Client>;
  /** A client with tokens. */
  readonly connected: () => Promise<Client>;
}

interface ScenarioCase {
  readonly at?: readonly PlayedProvider[];
  readonly play: (t: Test, stage: Stage) => Promise<void>;
}

/** The target of the redirect, or the text of the page if there is none. */
async function redirect(client: Client): Promise<string> {
  const answer = await fetch(client.authorizeUrl(), { redirect: 'manual' });
  return answer.headers.get('location') ?? (await answer.text());
}

const lastReason = async (world: World): Promise<string | undefined> => (await world.journal.list()).at(-1)?.reason;

/** The built-in scenarios without faults, with the claims of their descriptions. */
const scenarioCases: Readonly<Record<string, ScenarioCase>> = {
  default: {
    async play(t, { world, provider, client }) {
      const asks = await client();
      const { redirectTo } = await world.authorize(asks.authorizeUrl(), { username: 'grace@example.test' });
      t.equal(await asks.callback(redirectTo), 'connected');
      t.equal(await asks.call(), 'served');
      t.equal((await world.users.list({ provider })).length, 2);
    },
  },
  'happy-path': {
    async play(t, { provider, connected }) {
      const client = await connected();
      t.equal(await client.call(), 'served');
      t.equal(await client.refresh(), 'connected');
      t.equal(await client.call(), 'served');
      t.equal(
        client.tokens?.scope === undefined,
        provider === 'mailup',
        'a client that needs `scope` in the answer fails at MailUp',
      );
    },
  },
  'expired-code': {
    async play(t, { world, provider, client }) {
      const asks = await client();
      t.equal(await asks.callback(await redirect(asks)), 'connect again');
      t.equal(await lastReason(world), 'code.expired');
      t.equal(asks.refusal, 'invalid_grant');
      await world.providers.policy({ provider, code: '10m' });
      const again = await client();
      t.equal(
        await again.callback(await redirect(again)),
        'connected',
        'the admin call in the description makes the next code valid',
      );
    },
  },
  'short-lived-access-token': {
    async play(t, { world, connected }) {
      const [client, naive] = [await connected(), await connected()];
      t.equal(await client.ask(), 200);
      t.match(await world.clock.advance('next-expiry'), {
        expired: [{ kind: 'access' }],
        now: '2026-01-01T00:01:00.000Z',
      });
      t.equal(await naive.ask(), 401, 'a client that does not refresh is refused');
      t.equal(await client.call(), 'served');
    },
  },
  'revoked-mid-session': {
    async play(t, { world, provider, connected }) {
      const client = await connected();
      t.equal(await client.call(), 'served');
      t.ok((await world.tokens.revoke({ provider })) >= 2);
      t.equal(await client.call(), 'connect again');
      t.equal(client.refusal, 'invalid_grant', 'a refresh is refused too');
      t.equal(client.requests, 4, 'the client made four requests: code, call, call, refresh');
    },
  },
  'refresh-token-expired': {
    async play(t, { world, connected }) {
      const client = await connected();
      t.equal(await client.call(), 'served', 'the access token is valid for a minute');
      await world.clock.advance('next-expiry');
      t.equal(await client.call(), 'connect again');
      t.equal(await lastReason(world), 'refresh.expired');
      t.equal(await client.refresh(), 'connect again', 'a retry is refused too');
    },
  },
  'consent-denied': {
    async play(t, { client }) {
      const asks = await client();
      const url = await redirect(asks);
      t.equal(new URL(url).searchParams.get('error'), 'access_denied');
      t.equal(await asks.callback(url), 'denied');
      t.equal(asks.requests, 0, 'a client that does not check error would exchange "null"');
    },
  },
  'unregistered-redirect-uri': {
    async play(t, { world, client }) {
      const asks = await client();
      const page = await redirect(asks);
      t.match(page, /<html/, 'there is no redirect, so the client gets no callback');
      t.match(page, /https:\/\/app\.example\.test\/callback/, 'the page shows the registered redirect_uri');
      t.equal(await lastReason(world), 'authorize.redirect-uri-unregistered');
    },
  },
  'wrong-client-secret': {
    async play(t, { world, provider, client }) {
      const asks = await client();
      t.equal(await asks.callback(await redirect(asks)), 'misconfigured');
      t.equal(await lastReason(world), 'client.secret-wrong');
      const minted = await world.tokens.mint({ provider, clientId: demo.id, userId: demo.username });
      const holder = await client();
      holder.tokens = { access: 'dead', refresh: String(minted.refreshToken), scope: undefined };
      t.equal(await holder.refresh(), 'misconfigured');
      t.match(
        await world.tokens.get({ provider, token: String(minted.refreshToken) }),
        { status: 'live' },
        'the refresh token is still valid, so the client must not discard it',
      );
    },
  },
  'no-refresh-token': {
    async play(t, { world, connected }) {
      const client = await connected();
      t.equal(client.tokens?.refresh, undefined);
      t.equal(await client.call(), 'served');
      await world.clock.advance('next-expiry');
      t.equal(await client.call(), 'connect again');
      t.equal(client.requests, 3, 'the client made three requests: code, call, call');
      t.equal(
        await client.redeem({ grant_type: 'refresh_token', refresh_token: 'undefined' }),
        'connect again',
        '"undefined" is not a token',
      );
    },
  },
  'clock-skew': {
    async play(t, { world, connected }) {
      const [client, naive] = [await connected(), await connected()];
      t.equal(await client.call(), 'served');
      await world.clock.advance('6m');
      t.equal(await naive.ask(), 401, 'four minutes before expires_in is over');
      t.equal(await client.call(), 'served', 'the client refreshes after a 401, whatever its own clock shows');
    },
  },
  'code-replayed': {
    async play(t, { world, client }) {
      const asks = await client();
      const url = await redirect(asks);
      t.equal(await asks.callback(url), 'connected');
      t.equal(await asks.callback(url), 'ignored');
      t.equal(await asks.ask(), 200, 'a callback that comes twice is exchanged once');

      const naive = await client();
      const again = await redirect(naive);
      t.equal(await naive.callback(again), 'connected');
      await naive.redeem({
        grant_type: 'authorization_code',
        code: String(new URL(again).searchParams.get('code')),
        redirect_uri: demo.redirectUri,
        code_verifier: naive.verifier,
      });
      t.equal(await lastReason(world), 'code.replayed');
      t.not(await naive.ask(), 200, 'a client that exchanges twice loses its tokens');
    },
  },
  'second-account': {
    async play(t, { world, provider, connected }) {
      const first = await world.tokens.mint({ provider, clientId: demo.id, userId: 'ada@example.test' });
      const client = await connected();
      t.match(
        await world.tokens.get({ provider, token: String(client.tokens?.access) }),
        { userId: 'grace@example.test' },
        'the tokens are of another user than expected',
      );
      t.not(client.tokens?.access, first.accessToken);
      if (provider === 'tinyemail') return;
      const answer = await fetch(client.urls.apiUrl + vendors[provider].call, {
        headers: { authorization: `Bearer ${String(client.tokens?.access)}` },
      });
      t.match(
        await answer.text(),
        /Grace Hopper.*Second account|Second account.*Grace Hopper/,
        'the API shows the user of the tokens',
      );
    },
  },
  'narrower-scope': {
    at: ['tinyemail', 'dottedsign'],
    async play(t, { provider, connected }) {
      const client = await connected();
      t.equal(
        client.tokens?.scope ?? '',
        provider === 'dottedsign' ? 'sign_tasks.general.read' : '',
        'the token answer shows the granted scope',
      );
      const refused =
        provider === 'dottedsign' ? (['/sign_tasks', 'POST'] as const) : ([vendors.tinyemail.call, 'GET'] as const);
      t.equal(await client.call(...refused), 'forbidden');
      t.equal(client.requests, 2, 'a 403 is not answered with a refresh');
      await client.refresh();
      t.equal(await client.call(...refused), 'forbidden', 'a refresh does not help');
      if (provider === 'dottedsign') t.equal(await client.call('/sign_tasks/list'), 'served');
    },
  },
  'reused-refresh-token': {
    async play(t, { world, connected }) {
      const client = await connected();
      const first = client.tokens?.refresh;
      t.equal(await client.refresh(), 'connected');
      t.not(client.tokens?.refresh, first);
      t.equal(await client.refresh(), 'connected', 'the newest refresh token works');
      t.equal(await client.redeem({ grant_type: 'refresh_token', refresh_token: String(first) }), 'connect again');
      t.equal(await lastReason(world), 'refresh.replaced');
      t.equal(await client.refresh(), 'connect again', 'the newest refresh token is revoked too');
      t.equal(await client.call(), 'connect again');
    },
  },
  'suspended-account': {
    async play(t, { connected }) {
      const client = await connected();
      t.equal(await client.call(), 'forbidden');
      t.equal(client.requests, 2, 'code and call: no refresh');
      t.equal(await client.refresh(), 'connected', 'a refresh succeeds');
      t.equal(await client.call(), 'forbidden', 'the API still refuses');
    },
  },
  'too-many-calls': {
    async play(t, { world, connected }) {
      const client = await connected();
      const statuses = [];
      for (let i = 0; i < 6; i += 1) statuses.push(await client.ask());
      t.same(statuses, [200, 200, 200, 200, 200, 429]);
      t.equal(await client.call(), 'slow down');
      await world.clock.advance('1s');
      t.equal(await client.call(), 'served', 'the call succeeds after a pause');
    },
  },
  'strict-oauth': {
    async play(t, { world, client, connected }) {
      t.equal(await (await connected()).call(), 'served', 'a correct client works');
      const naive = await client();
      const url = naive.authorizeUrl().replace(/&code_challenge.*/, '');
      const refused = await fetch(url, { redirect: 'manual' });
      t.notMatch(refused.headers.get('location') ?? '', /code=/, 'without PKCE there is no code');
      t.equal(await lastReason(world), 'pkce.challenge-missing');
      const { searchParams } = new URL(await redirect(naive));
      t.equal(searchParams.get('state'), 'a state');
      t.equal(
        (
          await fetch(
            `${naive.urls.tokenUrl}?${new URLSearchParams({ grant_type: 'authorization_code', code: String(searchParams.get('code')) }).toString()}`,
          )
        ).ok,
        false,
        'a GET with only the code in the query gets no tokens',
      );
    },
  },
  'mailup-as-of-2016': {
    at: ['mailup'],
    async play(t, { world, connected }) {
      const client = await connected();
      const { refresh } = client.tokens!;
      await world.clock.advance('15m');
      t.equal(await client.ask(), 401, 'a client with a built-in lifetime of an hour is refused');
      t.equal(await client.call(), 'served');
      t.equal(client.tokens?.refresh, refresh, 'the refresh token is the same');
      for (let i = 0; i < 4; i += 1) await client.ask();
      t.equal(await client.ask(), 403, 'too many calls are refused with 403');
    },
  },
  'dottedsign-self-hosted': {
    at: ['dottedsign'],
    async play(t, { world, connected }) {
      const client = await connected();
      await world.clock.advance('49h');
      t.equal(await client.ask(), 200, 'an expired token is served');
      const answer = await fetch(`${client.urls.apiUrl}/members/me`);
      t.equal(answer.status, 400, 'no token is no 401');
      t.match(await answer.json(), { error_code: 400_002 });
    },
  },
  'empty-account': {
    async play(t, { provider, connected }) {
      const { urls, tokens } = await connected();
      const calls = {
        mailup: '/ConsoleService.svc/Console/User/Lists',
        tinyemail: '/contacts',
        dottedsign: '/sign_tasks/list',
      } as const;
      const answer = await fetch(urls.apiUrl + calls[provider], {
        headers: { authorization: `Bearer ${String(tokens?.access)}` },
      });
      t.equal(answer.status, 200);
      t.match(await answer.text(), /\[\]/);
      t.equal((await fetch(urls.apiUrl + calls[provider])).ok, false, 'the token is still checked');
    },
  },
};

for (const [name, { at = everywhere, play }] of Object.entries(scenarioCases)) {
  t.test(`${name} does what its description says`, async (t) => {
    for (const provider of at) {
      t.test(provider, async (t) => {
        await using world = await server.newWorld();
        t.equal((await world.play(name)).scenario, name);
        const urls = (await world.info()).providers[provider];
        const client = async (): Promise<Client> => new Client(provider, urls);
        const connected = async (): Promise<Client> => {
          const made = await client();
          t.equal(await made.callback(await redirect(made)), 'connected');
          return made;
        };
        await play(t, { world, provider, client, connected });
      });
    }
  });
}

t.test('the file of the default scenario equals the one in code', async (t) => {
  t.same(
    readFixture(readFileSync(`${folder}default.yaml`, 'utf8'), 'default.yaml', knownNames).scenario,
    defaultScenario,
  );
});

t.test('every built-in scenario is valid, extends default, and describes the bug that it finds', async (t) => {
  const listed = await server.scenarios();
  t.same(
    listed.map(({ name }) => name).sort(),
    readdirSync(folder)
      .map((file) => file.replace('.yaml', ''))
      .sort(),
  );
  t.ok(listed.length >= 15);
  await using world = await server.newWorld();
  for (const { name, description } of listed.filter((each) => each.name !== 'default')) {
    t.match(description, /^\S[\s\S]{30,}\nCatches [\s\S]{40,}/, name);
    t.equal(
      readFixture(readFileSync(`${folder}${name}.yaml`, 'utf8'), name, knownNames).scenario?.extends,
      'default',
      name,
    );
    await world.play(name);
  }
});

t.test('every scenario without faults has a case here', async (t) => {
  const names = (await server.scenarios()).map(({ name }) => name);
  const without: string[] = [];
  for (const name of names) if (((await server.scenario(name)).faults ?? []).length === 0) without.push(name);
  t.same(without.sort(), Object.keys(scenarioCases).sort());
});
