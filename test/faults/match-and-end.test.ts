import t from 'tap';
import { start } from '../../src/client/index.js';
import { demo } from '../support.js';
import type { Test } from 'tap';
import type { FaultRule, World } from '../../src/client/index.js';

const server = await start();
t.teardown(() => server.close());
const provider = 'dottedsign';
const down = { kind: 'status', status: 503 } as const;

async function fresh(t: Test): Promise<World> {
  const world = await server.newWorld({ seed: 1, clock: { now: '2026-01-01T00:00:00Z', frozen: true } });
  t.teardown(() => world.drop().catch(() => undefined));
  return world;
}

/** Sends a token request that the provider refuses, and returns the status. */
async function token(
  world: World,
  form: Record<string, string> | string = {},
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<number> {
  const { tokenUrl } = (await world.info()).providers[provider];
  const body = typeof form === 'string' ? form : new URLSearchParams(form);
  return (await fetch(tokenUrl + query, { method: 'POST', body, headers })).status;
}

async function api(world: World, path = '/members/me', headers: Record<string, string> = {}): Promise<number> {
  const { apiUrl } = (await world.info()).providers[provider];
  const { accessToken } = await world.tokens.mint({ provider, clientId: demo.id, userId: demo.username });
  return (await fetch(apiUrl + path, { headers: { authorization: `Bearer ${accessToken}`, ...headers } })).status;
}

t.test('match compares form parameters, query parameters and headers, all that are given', async (t) => {
  const world = await fresh(t);
  const rule = async (match: FaultRule['match']): Promise<string> => {
    await world.faults.clear();
    return (await world.faults.add({ match, fault: down })).id;
  };

  await rule({ form: { refresh_token: 'one', client_id: 'x' } });
  t.not(await token(world, { refresh_token: 'one' }), 503);
  t.not(await token(world, { refresh_token: 'two', client_id: 'x' }), 503);
  t.equal(await token(world, { refresh_token: 'one', client_id: 'x', more: 'y' }), 503);
  t.not(await token(world, {}, { query: '?refresh_token=one&client_id=x' }), 503, 'a query is no form');
  t.not(await token(world, 'refresh_token=one&refresh_token=one&client_id=x'), 503, 'a repeated parameter is a list');

  await rule({ form: { client_id: '7', flag: 'true' } });
  const json = { 'content-type': 'application/json' };
  t.equal(
    await token(world, '{"client_id":7,"flag":true}', { headers: json }),
    503,
    'JSON values are compared as text',
  );
  t.not(await token(world, '["client_id"]', { headers: json }), 503);
  t.not(await token(world, 'null', { headers: json }), 503);

  await rule({ query: { page: '2' } });
  t.equal(await api(world, '/members/me?page=2&x=1'), 503);
  t.equal(await api(world, '/members/me?page=22'), 200);
  t.equal(await api(world, '/members/me?page=2&page=2'), 200);
  t.equal(await api(world), 200);

  const id = await rule({ endpoint: 'resource', headers: { 'X-Tenant': 'a b' } });
  t.equal(await api(world, '/members/me', { 'x-tenant': 'a b' }), 503, 'the letter case of a name does not matter');
  t.equal(await api(world, '/members/me', { 'x-tenant': 'A B' }), 200, 'the letter case of a value does');
  t.match(await world.faults.get(id), {
    match: { headers: { 'X-Tenant': 'a b' } },
    seen: 1,
    hits: 1,
  });

  await rule({ form: { constructor: 'x', toString: 'y' }, query: { valueOf: '' } });
  t.not(await token(world), 503, 'what every object inherits is no parameter');
});

t.test('faults and journal match the same requests', async (t) => {
  const world = await fresh(t);
  const matches: FaultRule['match'][] = [
    { form: { a: '1' } },
    { query: { a: '1' } },
    { headers: { 'User-Agent': 'ua' } },
    { form: { a: '' } },
  ];
  await world.faults.addAll(matches.map((match) => ({ match, fault: { kind: 'pass' } })));
  const requests: (readonly [Record<string, string> | string, { query?: string; headers?: Record<string, string> }])[] =
    [
      [{ a: '1' }, {}],
      ['a=1&a=2', {}],
      [{ a: '' }, { query: '?a=%31' }],
      ['a', { query: '?a' }],
      [{}, { headers: { 'user-agent': 'ua' } }],
      ['{"a":1}', { headers: { 'content-type': 'application/json' } }],
      ['plain', { headers: { 'content-type': 'text/plain' } }],
    ];
  for (const [i, match] of matches.entries()) {
    await world.journal.clear();
    await world.faults.clear();
    const { id } = await world.faults.add({ match, fault: { kind: 'pass' } });
    for (const [form, more] of requests) await token(world, form, more);
    const { hits } = await world.faults.get(id);
    t.equal((await world.verify({ match, count: hits })).passed, true, `${i}: ${hits}`);
    t.ok(hits > 0, `${JSON.stringify(match)} matches a request`);
  }
});

t.test('for: a rule ends a time after the first request that it applies to, by the clock of the world', async (t) => {
  const world = await fresh(t);
  const { id, ...added } = await world.faults.add({
    match: { endpoint: 'token' },
    skip: 1,
    for: '30s',
    fault: down,
  });
  t.match(added, { for: '30s', ended: false, endsAt: undefined });
  t.not(await token(world), 503, 'skipped');
  await world.clock.advance('1h');
  t.match(await world.faults.get(id), { ended: false }, 'the time has not begun');
  t.equal(await token(world), 503);
  t.match(await world.faults.get(id), { endsAt: '2026-01-01T01:00:30.000Z', ended: false });
  await world.clock.advance('29s');
  t.equal(await token(world), 503);
  const snapshot = await world.snapshot.take();
  await world.clock.advance('1s');
  t.match(await world.faults.get(id), { ended: true, hits: 2 }, 'the list says so without a request');
  t.not(await token(world), 503);
  await world.clock.set({ now: '2026-01-01T01:00:10Z' });
  t.not(await token(world), 503, 'an ended rule stays ended, whatever the clock says');

  await world.snapshot.restore(snapshot);
  t.match(await world.faults.get(id), { endsAt: '2026-01-01T01:00:30.000Z', ended: false, hits: 2, for: '30s' });
  t.equal(await token(world), 503);
  await world.clock.advance('1s');
  await world.snapshot.restore(await world.snapshot.take());
  t.match(await world.faults.get(id), { ended: true });
  t.not(await token(world), 503);

  await world.clock.set({ now: '9999-12-31T00:00:00Z' });
  await world.faults.add({ id: 'long', match: {}, for: '36500d', fault: down });
  t.equal(await token(world), 503);
  t.equal((await world.faults.get('long')).endsAt, '9999-12-31T23:59:59.999Z');
});

t.test('for and times: the earlier end counts', async (t) => {
  const world = await fresh(t);
  await world.faults.add({ match: { endpoint: 'token' }, times: 1, for: '1m', fault: down });
  t.equal(await token(world), 503);
  t.not(await token(world), 503);
});

t.test('until: a rule ends when a matching request arrives', async (t) => {
  const world = await fresh(t);
  const { id } = await world.faults.add({
    match: { provider, endpoint: 'resource' },
    until: { endpoint: 'token', form: { grant_type: 'refresh_token' } },
    fault: { kind: 'oauth-error', error: 'invalid_token' },
  });
  t.equal(await api(world), 401);
  await token(world, { grant_type: 'password' });
  t.equal(await api(world), 401, 'another request does not end it');
  const snapshot = await world.snapshot.take();
  await token(world, { grant_type: 'refresh_token' });
  t.match(await world.faults.get(id), { ended: true, hits: 2, until: { endpoint: 'token' } });
  t.equal(await api(world), 200);
  await world.snapshot.restore(snapshot);
  t.equal(await api(world), 401);
  await token(world, { grant_type: 'refresh_token' });
  t.equal(await api(world), 200, 'a restored rule ends too');

  await world.faults.clear();
  await world.faults.add({ match: {}, until: { path: '/v1/MEMBERS/*' }, fault: down });
  t.equal(await api(world), 503, 'DottedSign compares letter case');
  await world.faults.clear();
  await world.faults.add({ match: {}, until: { path: '/v1/members/*', method: 'GET' }, fault: down });
  t.equal(await api(world), 200, 'the request that ends a rule is not affected by it');
});

t.test('until releases the requests that the rule holds', async (t) => {
  const world = await fresh(t);
  const { id } = await world.faults.add({
    match: { endpoint: 'resource' },
    until: { endpoint: 'token' },
    fault: { kind: 'hold' },
  });
  const held = api(world);
  while ((await world.faults.get(id)).waiting === 0) await new Promise(setImmediate);
  await token(world);
  t.equal(await held, 200);
});

t.test('the mistakes of a rule say what is wrong, where, and what was expected', async (t) => {
  const world = await fresh(t);
  const refused = async (rule: unknown, path: string, message: RegExp): Promise<void> => {
    const error: unknown = await world.faults
      .add({ match: {}, fault: down, ...(rule as object) })
      .catch((e: unknown) => e);
    t.match(error, { status: 400, errors: [{ path, message }] }, JSON.stringify(rule));
  };
  await refused({ match: { headers: { '': 'x' } } }, 'match.headers', /"" is not the name of a header/);
  await refused({ match: { headers: { 'a b': 'x' } } }, 'match.headers', /"a b" is not the name of a header/);
  await refused({ for: 'soon' }, 'for', /expected: a duration .*got "soon"/);
  await refused({ for: '0s' }, 'for', /above 0, got "0s"/);
  await refused({ for: 'never' }, 'for', /never is no limit; leave `for` out/);
  await refused({ for: '40000d' }, 'for', /longer than 36500 days/);
  await refused({ for: 30 }, 'for', /expected a duration such as 30s, got a number \(30\)/);
  await refused({ until: {} }, 'until', /every request that `match` matches/);
  await refused({ match: { endpoint: 'token' }, until: { endpoint: 'token' } }, 'until', /would never apply/);
  await refused({ until: { endpoint: 'tokens' } }, 'until.endpoint', /did you mean "token"/);
  await refused({ until: { provider: 'mailpu' } }, 'until.provider', /did you mean "mailup"/);
  await refused(
    { until: { provider: 'mailup', endpoint: 'revoke' } },
    'until.endpoint',
    /mailup has no endpoint revoke/,
  );
  await refused({ until: 'token' }, 'until', /expected an object/);
  await refused({ match: { form: { a: 1 } } }, 'match.form.a', /expected a string/);
  await refused({ match: { form: 'a=1' } }, 'match.form', /expected an object/);
  await refused({ match: { header: { a: '1' } } }, 'match.header', /did you mean "headers"/);
  await refused({ fault: { kind: 'status', status: 500, after: 'yes' } }, 'fault.after', /expected a boolean/);
  await refused({ fault: { kind: 'status', status: 500, delay: '1h' } }, 'fault.delay', /at most 10m: .*got "1h"/);
  await refused({ fault: { kind: 'random-bytes', length: 0 } }, 'fault.length', /./);
  await refused({ fault: { kind: 'random-bytes', length: 1e9 } }, 'fault.length', /./);
  await refused({ fault: { kind: 'gzip', brokn: true } }, 'fault.brokn', /did you mean "broken"/);
  await refused(
    { match: { endpoint: 'authorize' }, fault: { kind: 'oauth-error', error: 'access_denied', after: true } },
    'fault',
    /oauth-error with after has no meaning at the endpoint authorize; it has one at token, revoke/,
  );
});

t.test('for, until, after and the new members of match stand in a scenario, and extend another one', async (t) => {
  const world = await fresh(t);
  const faults: FaultRule[] = [
    {
      id: 'outage',
      match: { endpoint: 'token', form: { grant_type: 'refresh_token' }, headers: { Accept: '*/*' } },
      for: '30s',
      until: { endpoint: 'resource' },
      fault: { kind: 'status', status: 502, after: true, delay: '1ms' },
    },
  ];
  await world.play({
    extends: 'maintenance-page',
    faults: [{ id: 'maintenance', match: {}, fault: { kind: 'pass' } }, ...faults],
  });
  t.match(
    (await world.faults.list()).map(({ id }) => id),
    ['maintenance', 'outage'],
  );
  t.match(await world.faults.get('outage'), faults[0]!);
  await world.faults.remove('maintenance');
  t.equal(await token(world, { grant_type: 'refresh_token' }), 502);
  await world.reset();
  t.match(await world.faults.get('outage'), { hits: 0, ended: false, endsAt: undefined }, 'a reset starts again');
});

t.test('at a page the client is known by the id of the authorization alone', async (t) => {
  const world = await fresh(t);
  const { authorizeUrl } = (await world.info()).providers[provider];
  const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri });
  const sent = await fetch(`${authorizeUrl}?${query.toString()}`, { redirect: 'manual' });
  const login = new URL(sent.headers.get('location') ?? '', server.url);
  // the page of a very long request has nothing but the id in its URL
  login.search = `?authorization=${login.searchParams.get('authorization')!}`;
  const status = async (clientId: string): Promise<number> => {
    await world.faults.clear();
    await world.faults.add({ match: { endpoint: 'login', clientId }, fault: down });
    return (await fetch(login)).status;
  };
  t.equal(await status('another-client'), 200);
  t.equal(await status(demo.id), 503);
});
