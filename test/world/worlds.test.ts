import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import fc from 'fast-check';
import t from 'tap';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { Worlds } from '../../src/world/worlds.js';
import { endOfTime } from '../../src/input/instant.js';
import { VirtualClock } from '../../src/world/clock.js';
import { providers } from '../../src/providers/index.js';
import { adminOf, frozen } from '../admin/calls.js';
import { Browser, hasButton } from '../journeys/browserless.js';
import { demo, startServer, inject } from '../support.js';
import type { Test } from 'tap';
import type { FastifyInstance, InjectOptions } from 'fastify';
import type { WorldInfo } from '../../src/client/documents.js';
import type { Problem } from '../admin/calls.js';
import type { TestServer } from '../support.js';

const pair = { clientId: demo.id, userId: demo.username };
const resources: Readonly<Record<string, string>> = {
  mailup: '/ConsoleService.svc/Console/Authentication/Info',
  tinyemail: '/account/customer/reader%40example.test',
  dottedsign: '/members/me',
};

/** Sends requests to one world over HTTP, and records every answer. */
class Script {
  readonly lines: string[] = [];
  readonly #app: FastifyInstance;
  readonly #world: string;
  /** The newest code and tokens of each provider. */
  readonly #last = new Map<string, { access: string; refresh: string; code: string }>();
  #cookie = '';

  constructor(app: FastifyInstance, world: string) {
    this.#app = app;
    this.#world = world;
  }

  async open(seed: string | undefined): Promise<void> {
    await this.#send({
      method: 'PUT',
      url: `/__admin/worlds/${this.#world}`,
      payload: { clock: frozen, ...(seed === undefined ? {} : { seed }) },
    });
  }

  /** Performs one of the operations below. */
  async play(operation: number, at: number): Promise<void> {
    const provider = providers[at % providers.length]!;
    const { name, endpoints } = provider;
    const held = this.#last.get(name) ?? { access: 'none', refresh: 'none', code: 'none' };
    this.#last.set(name, held);
    const own = `/${name}${endpoints.token[0]}`;
    const bearer = { authorization: `Bearer ${held.access}` };
    const operations: (() => Promise<void>)[] = [
      async () => {
        const minted = await this.#admin('POST', `/providers/${name}/tokens`, pair);
        if (typeof minted.accessToken === 'string') {
          [held.access, held.refresh] = [minted.accessToken, minted.refreshToken as string];
        }
      },
      async () => {
        const { code } = await this.#admin('POST', `/providers/${name}/codes`, {
          ...pair,
          redirectUri: demo.redirectUri,
        });
        if (typeof code === 'string') held.code = code;
      },
      async () => {
        this.#keep(
          held,
          await this.#form(own, { grant_type: 'authorization_code', code: held.code, redirect_uri: demo.redirectUri }),
        );
      },
      async () => {
        this.#keep(held, await this.#form(own, { grant_type: 'refresh_token', refresh_token: held.refresh }));
      },
      async () => {
        await this.#form(own, { grant_type: 'refresh_token', refresh_token: held.refresh, client_secret: 'wrong' });
      },
      async () => {
        await this.#send({
          method: 'GET',
          url: this.#in(`/${name}${endpoints.api[0]}${resources[name]!}`),
          headers: bearer,
        });
      },
      async () => {
        const query = new URLSearchParams({
          response_type: 'code',
          client_id: demo.id,
          redirect_uri: demo.redirectUri,
          state: 'x',
        }).toString();
        const answer = await this.#send({
          method: 'GET',
          url: this.#in(`/${name}${endpoints.authorize[0]}?${query}`),
          headers: { cookie: this.#cookie },
        });
        const cookie = answer.headers['set-cookie'];
        if (cookie !== undefined) this.#cookie = String(cookie).split(';', 1)[0]!;
        const code = new URLSearchParams(String(answer.headers.location).split('?')[1]).get('code');
        if (code !== null) held.code = code;
      },
      async () => {
        await this.#admin('PATCH', `/providers/${name}/policy`, {
          interaction: { mode: 'auto', user: 'grace@example.test' },
        });
      },
      async () => {
        await this.#admin('PATCH', `/providers/${name}/policy`, {
          interaction: { mode: 'manual' },
          accessToken: '10m',
          callsPerSecond: 2,
        });
      },
      async () => {
        await this.#admin('POST', '/clock/advance', { by: '7m' });
      },
      async () => {
        await this.#admin('POST', '/clock/advance', { to: 'next-expiry' });
      },
      async () => {
        await this.#admin('POST', `/providers/${name}/clients`, { id: `client-${this.lines.length}` });
      },
      async () => {
        await this.#admin('POST', `/providers/${name}/tokens/revoke`, { kind: 'refresh' });
      },
      async () => {
        await this.#admin('POST', '/faults', {
          id: `f${this.lines.length}`,
          match: { provider: name },
          probability: 0.5,
          times: 2,
          fault: { kind: 'status', status: 503 },
        });
      },
      async () => {
        await this.#admin('DELETE', `/providers/${name}/users/grace@example.test`);
      },
      async () => {
        await this.#admin('POST', '/reset');
      },
    ];
    await operations[operation % operations.length]!();
  }

  async finish(): Promise<readonly string[]> {
    for (const url of ['/__admin/journal', '/__admin/snapshot', '/__admin/clock', '/__admin/faults']) {
      await this.#send({ method: 'GET', url: this.#in(url) });
    }
    return this.lines;
  }

  #keep(held: { access: string; refresh: string }, answer: Record<string, unknown>): void {
    if (typeof answer.access_token === 'string') held.access = answer.access_token;
    if (typeof answer.refresh_token === 'string') held.refresh = answer.refresh_token;
  }

  #in(path: string): string {
    return `/w/${this.#world}${path}`;
  }

  async #admin(method: 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<Record<string, unknown>> {
    const { body } = await this.#send({
      method,
      url: this.#in(`/__admin${path}`),
      ...(payload === undefined ? {} : { payload }),
    });
    return body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
  }

  async #form(path: string, form: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
    const payload = new URLSearchParams({ client_id: demo.id, client_secret: demo.secret, ...form }).toString();
    const { body, headers } = await this.#send({
      method: 'POST',
      url: this.#in(path),
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    return String(headers['content-type']).includes('json') ? (JSON.parse(body) as Record<string, unknown>) : {};
  }

  async #send(
    options: InjectOptions & { readonly url: string },
  ): Promise<{ body: string; headers: Record<string, number | string | string[] | undefined> }> {
    const { statusCode, headers, body } = await inject(this.#app, options);
    const { date: _date, 'x-runtime': _runtime, ...same } = headers;
    // Removes real times and durations, which differ between runs.
    const decided = body.replaceAll(/"(realAt|beganAt|date|x-runtime)":"[^"]*"|"durationMs":[\d.e+-]+/g, '');
    this.lines.push(
      `${String(options.method)} ${options.url} ${statusCode} ${JSON.stringify(same).replace(/"content-length":"\d+"/, '')} ${decided}`,
    );
    return { body, headers };
  }
}

type Step = readonly [world: number, operation: number, provider: number];

async function play(
  server: TestServer,
  worlds: readonly string[],
  steps: readonly Step[],
  seeded = true,
): Promise<(readonly string[])[]> {
  const scripts = worlds.map((world) => new Script(server.app, world));
  for (const [i, script] of scripts.entries()) await script.open(seeded ? `seed of ${worlds[i]!}` : undefined);
  for (const [world, operation, provider] of steps) await scripts[world]?.play(operation, provider);
  return Promise.all(scripts.map((script) => script.finish()));
}

void t.test(
  'the answers of a world are byte for byte the same with and without requests in another world',
  async (t) => {
    const [together, alone] = [await startServer(), await startServer()];
    t.teardown(() => Promise.all([together.close(), alone.close()]));
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 15 }), fc.nat({ max: 2 })), {
          minLength: 4,
          maxLength: 40,
        }),
        async (steps) => {
          const [a, b] = await play(together, ['a', 'b'], steps);
          const [onlyA] = await play(alone, ['a'], steps);
          const [onlyB] = await play(
            alone,
            ['b'],
            steps.map(([world, ...rest]) => [1 - world, ...rest] as const),
          );
          compared += a!.length + b!.length;
          if (JSON.stringify([a, b]) === JSON.stringify([onlyA, onlyB])) return;
          const differs = (one: readonly string[], other: readonly string[]): string =>
            one
              .map((line, i) => [line, other[i]!] as const)
              .filter(([x, y]) => x !== y)
              .slice(0, 1)
              .map(([x, y]) => `${x}\n${y}`)
              .join('');
          throw new Error(differs(a!, onlyA!) || differs(b!, onlyB!));
        },
      ),
      { numRuns: 20, interruptAfterTimeLimit: 60_000 },
    );
    t.ok(compared > 200, `${compared} answers were compared`);
  },
);

void t.test('randomness', async (t) => {
  const [one, other] = [await startServer(), await startServer()];
  t.teardown(() => Promise.all([one.close(), other.close()]));
  const steps: Step[] = Array.from({ length: 60 }, (_, i) => [0, i % 14, i % 3]);

  void t.test('with a seed gives the same codes, tokens, ids and pages in two servers', async (t) => {
    t.strictSame(await play(one, ['seeded'], steps), await play(other, ['seeded'], steps));
  });

  void t.test('with another seed, or without one, gives others', async (t) => {
    const tokens = async (seed?: string): Promise<string[]> =>
      Promise.all(
        providers.map(async ({ name }) => {
          await inject(one.app, {
            method: 'PUT',
            url: '/__admin/worlds/w',
            payload: seed === undefined ? {} : { seed },
          });
          const { accessToken, refreshToken } = (
            await inject(one.app, { method: 'POST', url: `/w/w/__admin/providers/${name}/tokens`, payload: pair })
          ).json<{ accessToken: string; refreshToken: string }>();
          return accessToken + refreshToken;
        }),
      );
    const all = [await tokens(), await tokens(), await tokens('1'), await tokens('2'), await tokens('1')];
    t.strictSame(all[2], all[4]);
    t.equal(new Set(all.flat()).size, 4 * providers.length);
  });

  void t.test('continues from a snapshot in another server', async (t) => {
    const first = new Script(one.app, 'saved');
    await first.open('a seed');
    for (const [, operation, provider] of steps.slice(0, 30)) await first.play(operation % 9, provider);
    const snapshot = (await inject(one.app, '/w/saved/__admin/snapshot')).json<object>();

    await inject(other.app, { method: 'PUT', url: '/__admin/worlds/saved', payload: {} });
    const restored = await inject(other.app, { method: 'PUT', url: '/w/saved/__admin/snapshot', payload: snapshot });
    t.equal(restored.statusCode, 200, restored.body);
    t.strictSame(
      (await inject(other.app, '/w/saved/__admin/snapshot')).json<object>(),
      snapshot,
      'a restored snapshot gives the same snapshot',
    );
    t.match(restored.json(), { seed: 'a seed', scenario: 'default', clock: frozen });
    // Without pages: they are not part of a snapshot.
    const ways = [0, 1, 2, 3, 4, 5, 9, 10].flatMap((operation) =>
      [0, 1, 2].map((provider) => [operation, provider] as const),
    );
    const next = async (app: FastifyInstance): Promise<readonly string[]> => {
      await inject(app, { method: 'DELETE', url: '/w/saved/__admin/journal' });
      const script = new Script(app, 'saved');
      for (const [operation, provider] of ways) await script.play(operation, provider);
      return script.lines;
    };
    t.strictSame(await next(one.app), await next(other.app));
    const resets = await Promise.all(
      [one, other].map(
        async ({ app }) =>
          (await inject(app, { method: 'POST', url: '/w/saved/__admin/reset' })).json<WorldInfo>().seed,
      ),
    );
    t.strictSame(resets, ['a seed', 'a seed'], 'a reset restores the initial seed');
  });

  void t.test('in a snapshot includes public clients, tokens without expiry and spent codes', async (t) => {
    const call = adminOf(one.url);
    await call('PUT /worlds/kept', { clock: frozen });
    const kept = adminOf(`${one.url}/w/kept`);
    await kept('POST /providers/mailup/clients', { id: 'public', redirectUris: ['http://localhost:1/'], scopes: [] });
    await kept('POST /providers/mailup/tokens', { ...pair, expiresIn: 'never' });
    const { code } = (await kept<{ code: string }>('POST /providers/dottedsign/codes', pair)).body;
    one.realm('dottedsign', 'kept').codes.get(code)!.spentAt = one.world('kept').clock.now();
    await kept('PATCH /clock', { rate: 2, skewSeconds: 3, dateHeader: 'virtual' });
    const before = (await kept<object>('GET /snapshot')).body;
    t.equal((await kept('PUT /snapshot', before)).status, 200);
    t.strictSame((await kept('GET /snapshot')).body, before);
    t.match((await kept('GET /providers/mailup/tokens?kind=access')).body, {
      tokens: [{ expiresAt: null, status: 'live' }],
    });
    t.match((await kept(`GET /providers/dottedsign/codes?code=${code}`)).body, { codes: [{ status: 'spent' }] });
  });
});

const collect = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

function heapBytes(): number {
  for (let i = 0; i < 3; i += 1) collect();
  return process.memoryUsage().heapUsed;
}

void t.test('five thousand worlds, created, used and dropped, leak no memory', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { app, worlds } = server;
  const useSome = async (from: number, to: number): Promise<void> => {
    for (let i = from; i < to; i += 1) {
      worlds.open({ id: `w${i}` });
      const { statusCode } = await inject(app, { method: 'GET', url: `/w/w${i}/mailup/nothing` });
      if (statusCode !== 404) throw new Error(`world ${i} answered ${statusCode}`);
      if (i % 10 === 0) {
        await inject(app, { method: 'POST', url: `/w/w${i}/__admin/providers/dottedsign/tokens`, payload: pair });
      }
    }
  };
  const dropAll = async (from: number, to: number): Promise<void> => {
    for (let i = from; i < to; i += 1) worlds.drop(`w${i}`);
    // waits until the findings of the dropped worlds are kept in place of the worlds
    await inject(app, { method: 'GET', url: '/__admin/findings?worlds=all' });
  };
  await useSome(0, 500);
  await dropAll(0, 500);
  const before = heapBytes();
  await useSome(500, 5500);
  t.equal(worlds.size, 5001);
  const full = heapBytes();
  await dropAll(500, 5500);
  t.equal(worlds.size, 1);
  const kept = (heapBytes() - before) / (full - before);
  // the findings of the last thousand worlds are kept
  t.ok(kept < 0.1, `${(100 * kept).toFixed(1)} % of ${Math.round((full - before) / 5000)} bytes a world were kept`);
});

void t.test('unused worlds are dropped, except for the default world', (t) => {
  const worlds = new Worlds({ providers, idleSeconds: 60 });
  for (const id of ['old', 'used']) worlds.open({ id });
  for (const world of worlds.list()) world.lastUsedAt -= 61_000;
  worlds.use('used');
  worlds.open({ id: 'new' });
  t.equal(worlds.dropIdle(), 1);
  t.strictSame(
    worlds.list().map(({ id }) => id),
    ['default', 'used', 'new'],
  );
  t.equal(worlds.dropIdle(), 0);
  t.end();
});

void t.test('a world may be created empty, and filled over the admin API', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { body } = await adminOf(server.url)<WorldInfo>('PUT /worlds/empty', { scenario: {} });
  const call = adminOf(`${server.url}/w/empty`);
  t.match((await call('GET /providers/mailup/clients')).body, { clients: [], total: 0 });
  await call('POST /providers/mailup/clients', { id: 'c' });
  await call('POST /providers/mailup/users', { id: 'u' });
  const { accessToken } = (
    await call<{ accessToken: string }>('POST /providers/mailup/tokens', { clientId: 'c', userId: 'u' })
  ).body;
  t.equal(
    (
      await fetch(`${body.providers.mailup.apiUrl}${resources.mailup!}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      })
    ).status,
    200,
  );
  const own = new Worlds({ providers, scenario: { seed: 1 } });
  t.equal(own.open({ id: 'x' }).scenarioName, undefined, 'a scenario without a name has none');
});

void t.test('a server drops idle worlds by itself, and limits their number', async (t) => {
  const sweeps: (() => void)[] = [];
  const every: number[] = [];
  const real = globalThis.setInterval;
  const capture = t.capture(globalThis, 'setInterval', (callback: () => void, ms: number) => {
    sweeps.push(callback);
    every.push(ms);
    return real(callback, ms);
  });
  const server = await openServer(configOf({ port: 0, logLevel: 'silent', idleSeconds: 10, worldLimit: 2 }));
  capture.restore();
  t.teardown(() => server.close());
  t.ok(every.includes(10_000), 'as often as a world may be idle, where that is less than a minute');
  const admin = adminOf(server.url);
  t.equal((await admin('PUT /worlds/one', {})).status, 201);
  for (const line of ['POST /worlds', 'PUT /worlds/two']) {
    t.match(await admin<Problem>(line, {}), {
      status: 409,
      body: {
        title: 'Too many worlds',
        detail: '2 worlds exist, which is the limit: drop one, or start with a larger world limit (--world-limit)',
      },
    });
  }
  t.equal((await admin('PUT /worlds/one', {})).status, 200, 'one that exists can be made anew');
  server.worlds.use('one')!.lastUsedAt = -Infinity;
  for (const sweep of sweeps) sweep();
  t.equal((await admin('GET /worlds/one')).status, 404);
  t.equal((await admin('PUT /worlds/two', {})).status, 201);
});

void t.test('a clock', (t) => {
  let real = 1_000_000;
  const clock = new VirtualClock(() => real);
  t.equal(clock.now(), 1_000_000, 'starts at the real time');
  real += 500;
  t.equal(clock.now(), 1_000_500, 'runs at the rate of real time');
  clock.rate = 10;
  real += 100;
  t.equal(clock.now(), 1_001_500, 'faster');
  clock.frozen = true;
  real += 10_000;
  t.equal(clock.now(), 1_001_500, 'does not move while frozen');
  clock.advance(500);
  clock.frozen = false;
  clock.rate = 0.5;
  real += 3;
  t.equal(clock.now(), 1_002_001, 'slower, in whole milliseconds');
  clock.set(5);
  clock.skewMs = -3;
  t.equal(clock.checkedAt(), 2);
  clock.set(endOfTime - 1);
  real += 1_000_000;
  t.equal(clock.now(), endOfTime, 'stops at its latest time');
  t.equal(clock.realNow(), real);
  t.end();
});

void t.test('everything that a client sees follows the virtual clock', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const open = async (
    t: Test,
    id: string,
    clock: object = frozen,
  ): Promise<{ call: ReturnType<typeof adminOf>; urls: WorldInfo['providers']['dottedsign'] }> => {
    const { body } = await adminOf(server.url)<WorldInfo>(`PUT /worlds/${id}`, { clock });
    t.equal(body.id, id);
    return { call: adminOf(`${server.url}/w/${id}`), urls: body.providers.dottedsign };
  };
  const form = async (
    url: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> => {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ client_id: demo.id, client_secret: demo.secret, ...fields }),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  };
  const start = Date.parse(frozen.now) / 1000;

  void t.test('expires_in, created_at, and introspection', async (t) => {
    const { call, urls } = await open(t, 'facts');
    await call('PATCH /providers/dottedsign/policy', { accessToken: '2h' });
    const { code } = (
      await call<{ code: string }>('POST /providers/dottedsign/codes', { ...pair, redirectUri: demo.redirectUri })
    ).body;
    await call('POST /clock/advance', { by: '599s' });
    const { body } = await form(urls.tokenUrl, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: demo.redirectUri,
    });
    t.match(body, { expires_in: 7200, created_at: start + 599 });
    const introspect = async (): Promise<unknown> =>
      (await form(urls.tokenUrl.replace('/token', '/introspect'), { token: String(body.access_token) })).body;
    t.match(await introspect(), { active: true, iat: start + 599, exp: start + 599 + 7200 });
    await call('PATCH /clock', { now: '2026-01-01T02:09:58.999Z' });
    t.match(await introspect(), { active: true });
    await call('POST /clock/advance', { by: '1ms' });
    t.strictSame(await introspect(), { active: false }, 'expired at exactly its expiry');
    await call('PATCH /clock', { now: frozen.now });
    t.match(await introspect(), { active: true }, 'live again after the clock is set back');
  });

  void t.test('a code expires after its lifetime, earlier or later with a skew', async (t) => {
    const { call, urls } = await open(t, 'skew');
    await call('PATCH /providers/dottedsign/policy', { code: '60s' });
    const mint = async (): Promise<string> =>
      (await call<{ code: string }>('POST /providers/dottedsign/codes', { ...pair, redirectUri: demo.redirectUri }))
        .body.code;
    const exchange = async (code: string): Promise<number> =>
      (await form(urls.tokenUrl, { grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri })).status;
    const codes = [await mint(), await mint(), await mint(), await mint()];
    await call('PATCH /clock', { now: '2026-01-01T00:00:31Z', skewSeconds: 30 });
    t.equal(await exchange(codes[0]!), 400, 'with a skew of 30 s, the code has expired');
    await call('PATCH /clock', { skewSeconds: 28.999 });
    t.equal(await exchange(codes[1]!), 200);
    await call('PATCH /clock', { now: '2026-01-01T00:01:30Z', skewSeconds: -31 });
    t.equal(await exchange(codes[2]!), 200, 'with a skew of -31 s, the code has not expired');
    await call('PATCH /clock', { skewSeconds: 0 });
    t.equal(await exchange(codes[3]!), 400);
    t.match((await call<{ entries: object[] }>('GET /journal?reason=code.expired')).body.entries[0], {
      explanation: /code/,
      at: '2026-01-01T00:00:31.000Z',
    });
  });

  void t.test('a login session expires after eight hours, and a waiting page after one', async (t) => {
    const { call, urls } = await open(t, 'pages');
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: demo.id,
      redirect_uri: demo.redirectUri,
      state: 's',
    }).toString();
    const url = `${urls.authorizeUrl}?${query}`;
    const browser = new Browser();
    await browser.signIn(url, demo);
    await call('POST /clock/advance', { by: '7h59m59s' });
    t.ok(hasButton(await browser.open(url), 'Allow'), 'still logged in');
    await call('POST /clock/advance', { by: '1s' });
    const login = await browser.open(url);
    t.ok(hasButton(login, 'Log in'), 'asked again');
    await call('POST /clock/advance', { by: '59m59s' });
    t.equal((await browser.open(login.url)).status, 200);
    await call('POST /clock/advance', { by: '1s' });
    const again = await browser.open(login.url);
    t.ok(hasButton(again, 'Log in'), 'the page has expired, and the login starts over');
    t.not(again.url.searchParams.get('authorization'), login.url.searchParams.get('authorization'));
  });

  void t.test('the Date header shows real time, or virtual time if the world is set so', async (t) => {
    const { call, urls } = await open(t, 'date');
    const date = async (): Promise<number> =>
      Date.parse(String((await form(urls.tokenUrl, { grant_type: 'nothing' })).headers.get('date')));
    t.ok(Math.abs((await date()) - Date.now()) < 60_000);
    await call('PATCH /clock', { dateHeader: 'virtual' });
    t.equal(await date(), start * 1000);
  });

  void t.test('tokens expire by themselves if the clock runs', async (t) => {
    const { call } = await open(t, 'rate', { rate: 1_000_000 });
    await call('POST /providers/dottedsign/tokens', { ...pair, expiresIn: '1m' });
    // One real millisecond is about a quarter of an hour.
    const { body } = await call<{ tokens: { status: string }[] }>('GET /providers/dottedsign/tokens?kind=access');
    t.match(body.tokens, [{ status: 'expired' }]);
    await call('POST /providers/dottedsign/tokens', { ...pair, expiresIn: '36500d' });
    t.match((await call('POST /clock/advance', { to: 'next-expiry' })).body, { total: 1 }, 'the clock ran meanwhile');
  });
});
