import { createServer } from 'node:http';
import { once } from 'node:events';
import t from 'tap';
import { AuthorizeError, World as ClientWorld, authorize, start } from '../../src/client/index.js';
import { demo } from '../support.js';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { Understudy, World } from '../../src/client/index.js';

const server = await start();
t.teardown(() => server.close());

async function fresh(t: Test): Promise<World> {
  const world = await server.newWorld({ seed: 1 });
  t.teardown(() => world.drop().catch(() => undefined));
  return world;
}

interface Application {
  readonly url: string;
  /** The requests that it got, as `GET /callback with the cookie sid=1`. */
  readonly seen: string[];
  /** Where `/connect` sends the browser. */
  leadsTo: string;
}

/** An application: `/connect` gives a cookie and redirects, `/callback` accepts only that cookie. */
async function application(t: Test): Promise<Application> {
  const seen: string[] = [];
  const listening = createServer((request, response) => {
    const { pathname, searchParams } = new URL(String(request.url), 'http://localhost');
    const cookie = request.headers.cookie ?? '';
    seen.push(`${String(request.method)} ${pathname}${cookie === '' ? '' : ` with ${cookie}`}`);
    if (pathname === '/connect') {
      response.writeHead(302, { location: made.leadsTo, 'set-cookie': 'sid=one; Path=/; HttpOnly' }).end();
    } else if (pathname === '/callback' && cookie === 'sid=one') {
      const answer = searchParams.get('code') === null ? 'nobody' : 'somebody';
      response.writeHead(302, { location: `/home?as=${answer}` }).end();
    } else if (pathname === '/home') {
      response.end(`logged in as ${String(searchParams.get('as'))}`);
    } else {
      response.writeHead(403).end('no session');
    }
  });
  await once(listening.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => listening.close());
  const made: Application = {
    url: `http://localhost:${(listening.address() as AddressInfo).port}`,
    seen,
    leadsTo: 'about:blank',
  };
  return made;
}

/** The world with a client whose callback is that of the application, and its authorization URL. */
async function registered(world: World, { url }: Application, more: Record<string, string> = {}): Promise<string> {
  const provider = 'dottedsign';
  await world.clients.update({ provider, id: demo.id, redirectUris: [`${url}/callback`] });
  const { authorizeUrl } = (await world.info()).providers[provider];
  const query = { client_id: demo.id, response_type: 'code', redirect_uri: `${url}/callback`, state: 's', ...more };
  return `${authorizeUrl}?${new URLSearchParams(query).toString()}`;
}

async function failure(visit: Promise<unknown>): Promise<AuthorizeError> {
  const error: unknown = await visit.catch((reason: unknown) => reason);
  if (!(error instanceof AuthorizeError)) throw new Error(`expected an AuthorizeError, got ${String(error)}`);
  return error;
}

for (const [name, visit] of [
  ['of a world', (world: World, url: string) => world.authorize(url)],
  ['alone', (_world: World, url: string) => authorize(url)],
] as const) {
  t.test(`authorize ${name} goes from the application to the provider and back, with its cookies`, async (t) => {
    const world = await fresh(t);
    const app = await application(t);
    app.leadsTo = await registered(world, app);
    const result = await visit(world, `${app.url}/connect`);
    t.match(result, { code: /^[\w-]+$/, state: 's', error: undefined });
    t.match(result.redirectTo, `${app.url}/callback?code=`);
    t.match(result.page, { url: `${app.url}/home?as=somebody`, status: 200, body: 'logged in as somebody' });
    t.same(app.seen, ['GET /connect', 'GET /callback with sid=one', 'GET /home with sid=one']);
  });
}

t.test('from an authorization URL, the callback is not requested', async (t) => {
  const world = await fresh(t);
  const app = await application(t);
  const result = await world.authorize(await registered(world, app));
  t.match(result, { code: String, page: undefined });
  t.same(app.seen, []);
});

t.test('a person who denies comes back to the application too', async (t) => {
  const world = await fresh(t);
  const app = await application(t);
  app.leadsTo = await registered(world, app);
  const result = await world.authorize(`${app.url}/connect`, { decision: 'deny' });
  t.match(result, { code: undefined, error: 'access_denied', page: { body: 'logged in as nobody' } });
});

t.test('response_mode=form_post is sent to the application as a form', async (t) => {
  const world = await fresh(t);
  const app = await application(t);
  app.leadsTo = await registered(world, app, { response_mode: 'form_post' });
  const result = await world.authorize(`${app.url}/connect`);
  t.match(result, { code: /^[\w-]+$/, state: 's' });
  t.equal(app.seen[1], 'POST /callback with sid=one');
});

t.test('a redirect to the host of a real provider is answered by the world', async (t) => {
  for (const world of [await fresh(t), server.world()]) {
    const app = await application(t);
    const own = new URL(await registered(world, app));
    const { baseUrl, origin } = await world.providers.describe('dottedsign');
    app.leadsTo = origin + own.href.slice(baseUrl.length);
    t.match(app.leadsTo, /^https:\/\/[\w.]+dottedsign\.com\//);
    const result = await world.authorize(`${app.url}/connect`);
    t.match(result, { code: /^[\w-]+$/, page: { body: 'logged in as somebody' } });
    await world.reset();
  }
});

t.test('authorize of a world refuses the authorization request of another world, and sends it nothing', async (t) => {
  const [asked, other] = [await fresh(t), await fresh(t)];
  const app = await application(t);
  for (const [world, id] of [
    [other, other.id],
    [server.world(), 'default'],
  ] as const) {
    app.leadsTo = await registered(world, app);
    for (const url of [`${app.url}/connect`, app.leadsTo]) {
      t.equal(
        (await failure(asked.authorize(url))).message,
        `the visit ended without a page: it leads to the world "${id}", and authorize was called on the world ` +
          `"${asked.id}"; give the application the URLs of this one`,
      );
    }
    t.same(await world.journal.list(), []);
    t.match(await authorize(app.leadsTo), { code: String }, 'alone, it visits every world');
  }
  app.leadsTo = await registered(asked, app);
  t.match((await failure(server.world().authorize(app.leadsTo))).message, `it leads to the world "${asked.id}", and`);
  await server.world().reset();
});

t.test('a request whose URL does not tell its world, as behind a proxy, is visited', async (t) => {
  const world = await fresh(t);
  const app = await application(t);
  const url = new URL(await registered(world, app));
  const interaction = { mode: 'auto', user: 'ada@example.test', decision: 'allow' } as const;
  await world.providers.policy({ provider: 'dottedsign', interaction });
  const proxy = createServer((request, response) => {
    void fetch(world.baseUrl + String(request.url), { redirect: 'manual' }).then(({ status, headers }) => {
      response.writeHead(status, { location: String(headers.get('location')) }).end();
    });
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => proxy.close());
  url.port = String((proxy.address() as AddressInfo).port);
  url.pathname = url.pathname.replace(`/w/${world.id}`, '');
  t.match(await world.authorize(url), { code: String });
});

t.test('without a world, nothing is sent to a real provider', async (t) => {
  const app = await application(t);
  app.leadsTo = 'https://services.mailup.com/Authorization/OAuth/LogOn?client_id=x&response_type=code';
  for (const url of [`${app.url}/connect`, app.leadsTo]) {
    const error = await failure(authorize(url));
    t.match(error.message, /it leads to https:\/\/services\.mailup\.com, which is the real mailup; give the/);
    t.match(error, { status: undefined, page: '', reason: undefined });
  }
});

t.test('below understudy run, authorize alone knows the server', async (t) => {
  const app = await application(t);
  const world = server.world();
  const own = new URL(await registered(world, app));
  const { baseUrl, origin } = await world.providers.describe('dottedsign');
  app.leadsTo = origin + own.href.slice(baseUrl.length);
  process.env.UNDERSTUDY_URL = server.url;
  t.teardown(() => delete process.env.UNDERSTUDY_URL);
  t.match(await authorize(`${app.url}/connect`), { code: String, page: { status: 200 } });
});

t.test('a redirect to an unknown host is refused before a request', async (t) => {
  const world = await fresh(t);
  const app = await application(t);
  app.leadsTo = 'https://login.example.test/authorize?client_id=x&response_type=code';
  t.match(
    (await failure(world.authorize(`${app.url}/connect`))).message,
    /it leads to https:\/\/login\.example\.test, which is neither the application, nor the server, nor this machine/,
  );
});

t.test('an application that does not send the browser to the provider is named', async (t) => {
  const world = await fresh(t);
  const app = await application(t);
  t.match(await failure(world.authorize(`${app.url}/callback`)), {
    status: 403,
    page: 'no session',
    message: /^the application did not send the browser to the provider; the page answered 403: no session$/,
  });
});

t.test('a signal ends the visit at once, with its own reason', async (t) => {
  const world = await fresh(t);
  const silent = createServer();
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const url = `http://localhost:${(silent.address() as AddressInfo).port}/connect`;
  const enough = new Error('enough');
  for (const visit of [world.authorize.bind(world), authorize]) {
    const controller = new AbortController();
    silent.once('request', () => {
      controller.abort(enough);
    });
    await t.rejects(visit(url, { signal: controller.signal }), enough);

    let asked = 0;
    silent.once('request', () => (asked += 1));
    await t.rejects(visit(url, { signal: AbortSignal.abort(enough) }), enough);
    t.equal(asked, 0, 'nothing is requested for a signal that has aborted');
    silent.removeAllListeners('request');
  }
});

t.test('a world that cannot be asked for its providers ends the visit before the application is asked', async (t) => {
  const app = await application(t);
  const admin = createServer((request, response) => {
    if (String(request.url).startsWith('/broken/')) response.writeHead(500).end('broken');
  });
  await once(admin.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    admin.closeAllConnections();
    admin.close();
  });
  const base = `http://127.0.0.1:${(admin.address() as AddressInfo).port}`;
  const controller = new AbortController();
  const enough = new Error('enough');
  admin.once('request', () => {
    controller.abort(enough);
  });
  const silent = new ClientWorld(`${base}/silent`, 'default', undefined);
  await t.rejects(silent.authorize(`${app.url}/connect`, { signal: controller.signal }), enough);
  const broken = new ClientWorld(`${base}/broken`, 'default', undefined);
  await t.rejects(broken.authorize(`${app.url}/connect`), { status: 500, message: /^GET \/providers answered 500/ });
  t.same(app.seen, [], 'it could be the host of a provider that is not known');
});

/** A signal as a program with jsdom has it: of a class that Node does not know. */
class OtherSignal {
  reason: unknown;
  readonly #listeners = new Set<() => void>();

  get aborted(): boolean {
    return this.reason !== undefined;
  }

  addEventListener(_: string, listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_: string, listener: () => void): void {
    this.#listeners.delete(listener);
  }

  abort(reason: unknown): void {
    this.reason = reason;
    for (const listener of this.#listeners) listener();
  }
}

t.test('a signal and a URL can be of another class, as in programs with jsdom', async (t) => {
  const world = await fresh(t);
  const app = await application(t);
  const { href } = new URL(`${app.url}/connect`);
  app.leadsTo = await registered(world, app);
  const { code } = await world.authorize({ href } as URL, { signal: new OtherSignal() as unknown as AbortSignal });
  t.ok(code);

  const signal = new OtherSignal();
  const silent = createServer(() => {
    signal.abort('enough');
  });
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const url = `http://localhost:${(silent.address() as AddressInfo).port}/connect`;
  const reason: unknown = await authorize(url, { signal: signal as unknown as AbortSignal }).catch(
    (thrown: unknown) => thrown,
  );
  t.equal(reason, 'enough');
});

t.test('a refusal says reason, expected and received', async (t) => {
  const other: Understudy = await start({ adminToken: 'let-me-in' });
  t.teardown(() => other.close());
  const world = await fresh(t);
  const app = await application(t);
  const wrong = `${app.url}/elsewhere`;
  app.leadsTo = await registered(world, app, { redirect_uri: wrong });
  for (const visit of [() => world.authorize(`${app.url}/connect`), () => authorize(app.leadsTo)]) {
    const error = await failure(visit());
    t.match(error, {
      status: 200,
      reason: /^authorize\./,
      expected: `"${app.url}/callback"`,
      received: `"${wrong}"`,
    });
    t.ok(error.message.startsWith(`the page answered 200: ${String(error.reason)}: redirect_uri differs`));
    t.ok(error.message.endsWith(`\n  expected "${app.url}/callback"\n  received "${wrong}"`));
  }
  const url = await registered(world, app);
  const wrongPassword = await failure(world.authorize(url, { password: 'wrong' }));
  t.match(wrongPassword, { reason: 'password.wrong', expected: undefined, received: undefined });

  t.match(await failure(authorize(`${other.url}/mailup/Authorization/OAuth/LogOn?client_id=x&response_type=code`)), {
    status: 400,
    reason: undefined,
    message: /^the page answered 400: .*client/,
  });
});

t.test('what was expected can be words; an error without a refusal has no reason', async (t) => {
  const world = await fresh(t);
  const app = await application(t);
  const url = new URL(await registered(world, app));
  url.searchParams.delete('client_id');
  t.match(await failure(world.authorize(url)), {
    reason: 'authorize.client-missing',
    expected: 'The id of a registered client',
    received: 'Nothing was sent',
  });
  await world.faults.add({ match: { endpoint: 'authorize' }, fault: { kind: 'status', status: 502, body: 'gone' } });
  app.leadsTo = await registered(world, app);
  await world.journal.clear();
  t.match(await failure(world.authorize(`${app.url}/connect`)), {
    status: 502,
    reason: undefined,
    message: 'the page answered 502: gone',
  });
});
