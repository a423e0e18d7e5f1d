import t from 'tap';
import { issueTokens } from '../../src/core/issue.js';
import { openGrant } from '../../src/core/realm.js';
import { happensWith, kinds } from '../../src/faults/kinds/index.js';
import { providers } from '../../src/providers/index.js';
import { defaultScenario } from '../../src/world/scenario/default-scenario.js';
import { demo, startServer } from '../support.js';
import { observers } from './observers.js';
import type { Test } from 'tap';
import type { Fault } from '../../src/faults/kinds/index.js';
import type { FaultEndpoint } from '../../src/faults/fault.js';
import type { Scenario } from '../../src/world/scenario/schema/scenario.js';
import type { World } from '../../src/world/world.js';
import type { Observation, Observer, Probe } from './observers.js';

const dottedsign = providers.find(({ name }) => name === 'dottedsign')!;

interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly at?: FaultEndpoint;
  /** Assertions on what a client observes. `right` is the answer without the fault. */
  readonly sees: (t: Test, seen: Observation, right: Observation) => void;
}

const noAnswer =
  (end: Observation['end']): Case['sees'] =>
  (t, seen) => {
    t.match(seen, { end, status: undefined, body: '' });
  };
/** Node's clients do not tell a FIN from an RST. */
const endsInOrder: Case['sees'] = (t, seen) => {
  t.match(seen, { end: /closed|reset/, status: undefined, body: '' });
};
const isEncoded = ({ body }: Observation): boolean => body.charCodeAt(0) === 0x1f;
const members = (observation: Observation): Record<string, unknown> =>
  JSON.parse(observation.body) as Record<string, unknown>;
const query = (observation: Observation): URLSearchParams => new URL(observation.headers.location!).searchParams;

const cases: readonly Case[] = [
  {
    name: "oauth-error is an error in the provider's format",
    fault: { kind: 'oauth-error', error: 'invalid_grant' },
    sees: (t, seen) => {
      t.match(seen, { status: 400, headers: { 'www-authenticate': /invalid_grant/, 'x-runtime': /./ } });
      t.match(members(seen), {
        error: 'invalid_grant',
        error_description: /authorization grant is invalid/,
        error_code: 401_001,
      });
    },
  },
  {
    name: 'status is the given status, headers and body, without headers of the provider',
    fault: { kind: 'status', status: 502, headers: { 'X-Proxy': 'yes' }, body: '<html>Bad Gateway</html>' },
    sees: (t, seen) => {
      t.match(seen, {
        status: 502,
        body: '<html>Bad Gateway</html>',
        headers: { 'x-proxy': 'yes', 'content-type': 'text/html; charset=utf-8' },
      });
      t.notOk('x-runtime' in seen.headers);
    },
  },
  {
    name: 'status without a body is empty',
    fault: { kind: 'status', status: 200 },
    sees: (t, seen) => {
      t.match(seen, { status: 200, body: '', headers: { 'content-length': '0', 'content-type': undefined } });
    },
  },
  {
    name: 'status writes an object as JSON',
    fault: { kind: 'status', status: 418, body: { tea: true } },
    sees: (t, seen) => {
      t.match(seen, { status: 418, body: '{"tea":true}', headers: { 'content-type': /^application\/json/ } });
    },
  },
  {
    name: 'status writes text as text',
    fault: { kind: 'status', status: 500, body: 'Oops' },
    sees: (t, seen) => {
      t.match(seen, { status: 500, body: 'Oops', headers: { 'content-type': /^text\/plain/ } });
    },
  },
  {
    name: 'rate-limit is a 429 with Retry-After',
    fault: { kind: 'rate-limit', retryAfter: 7 },
    sees: (t, seen) => {
      t.match(seen, { status: 429, headers: { 'retry-after': '7', 'x-runtime': /./ }, body: /"error_code":429001/ });
    },
  },
  {
    name: 'rate-limit has a default Retry-After of 1 second',
    fault: { kind: 'rate-limit' },
    sees: (t, seen) => {
      t.equal(seen.headers['retry-after'], '1');
    },
  },
  {
    name: 'delay sends the right answer',
    fault: { kind: 'delay', for: '20ms' },
    sees: (t, seen, right) => {
      t.equal(seen.body, right.body);
    },
  },
  {
    name: 'delay may be uniform',
    fault: { kind: 'delay', uniform: ['1ms', '9ms'] },
    sees: (t, seen, right) => {
      t.equal(seen.body, right.body);
    },
  },
  {
    name: 'delay may be log-normal',
    fault: { kind: 'delay', logNormal: { median: '2ms', sigma: 1, max: '10ms' } },
    sees: (t, seen, right) => {
      t.equal(seen.body, right.body);
    },
  },
  { name: 'hang sends nothing and keeps the connection open', fault: { kind: 'hang' }, sees: noAnswer('silence') },
  { name: 'cut resets the connection', fault: { kind: 'cut' }, sees: noAnswer('reset') },
  { name: 'drop resets the connection', fault: { kind: 'drop' }, sees: noAnswer('reset') },
  { name: 'cut may be late', fault: { kind: 'cut', delay: '20ms' }, sees: noAnswer('reset') },
  { name: 'drop may be late', fault: { kind: 'drop', delay: '20ms' }, sees: noAnswer('reset') },
  { name: 'hang may begin after the effect', fault: { kind: 'hang', after: true }, sees: noAnswer('silence') },
  { name: 'close ends the connection in order', fault: { kind: 'close' }, sees: endsInOrder },
  { name: 'close may come after the effect', fault: { kind: 'close', after: true }, sees: endsInOrder },
  { name: 'close may be late', fault: { kind: 'close', delay: '20ms' }, sees: endsInOrder },
  {
    name: 'close may come after the redirect back was made',
    at: 'authorize',
    fault: { kind: 'close', after: true },
    sees: endsInOrder,
  },
  {
    name: 'random-bytes is not HTTP',
    fault: { kind: 'random-bytes' },
    sees: (t, seen) => {
      t.match(seen, { status: undefined, body: '', end: /nonsense|reset/ });
    },
  },
  {
    name: 'random-bytes may come after the effect',
    fault: { kind: 'random-bytes', length: 9, after: true },
    sees: (t, seen) => {
      t.match(seen, { status: undefined, body: '', end: /nonsense|reset/ });
    },
  },
  {
    name: 'bad-chunk is half a body, then a chunk without a size',
    fault: { kind: 'bad-chunk' },
    sees: (t, seen) => {
      t.match(seen, { status: 200, end: 'short', headers: { 'transfer-encoding': 'chunked' } });
    },
  },
  {
    name: 'gzip is the right answer, compressed',
    fault: { kind: 'gzip' },
    sees: (t, seen, right) => {
      t.match(seen, { status: 200, end: 'complete', headers: { 'content-encoding': 'gzip' } });
      if (!isEncoded(seen)) t.equal(seen.body, right.body, 'the client has decoded it');
    },
  },
  {
    name: 'gzip may be broken',
    fault: { kind: 'gzip', broken: true },
    sees: (t, seen) => {
      t.match(seen, { status: 200, headers: { 'content-encoding': 'gzip' } });
      t.ok(seen.end === 'short' || isEncoded(seen), 'a client that decodes it fails');
    },
  },
  {
    name: 'status may come after the effect',
    fault: { kind: 'status', status: 502, body: 'Bad Gateway', after: true },
    sees: (t, seen) => {
      t.match(seen, { status: 502, body: 'Bad Gateway' });
      t.notOk('x-runtime' in seen.headers);
    },
  },
  {
    name: 'status may be late',
    fault: { kind: 'status', status: 504, delay: '20ms' },
    sees: (t, seen) => {
      t.match(seen, { status: 504, body: '' });
    },
  },
  {
    name: "oauth-error may come after the effect, in the provider's format",
    fault: { kind: 'oauth-error', error: 'server_error', after: true },
    sees: (t, seen) => {
      t.match(seen, { status: 500, headers: { 'x-runtime': /./ } });
      t.match(members(seen), { error: 'server_error' });
    },
  },
  {
    name: 'rate-limit may come late and after the effect',
    fault: { kind: 'rate-limit', retryAfter: 7, after: true, delay: '20ms' },
    sees: (t, seen) => {
      t.match(seen, { status: 429, headers: { 'retry-after': '7', 'x-runtime': /./ } });
    },
  },
  {
    name: 'redirect may come after the effect',
    fault: { kind: 'redirect', to: '/elsewhere', after: true },
    sees: (t, seen) => {
      t.match(seen, { status: 307, headers: { location: /elsewhere$/ } });
    },
  },
  {
    name: 'replay may come after the effect',
    fault: { kind: 'replay', after: true },
    sees: (t, seen) => {
      t.match(seen, { status: 400, body: /unsupported_grant_type/ });
    },
  },
  {
    name: 'truncate is half a body, shorter than its Content-Length',
    fault: { kind: 'truncate' },
    sees: (t, seen, right) => {
      t.match(seen, { status: 200, end: 'short', headers: { 'content-length': String(right.body.length) } });
      if (seen.body !== '') t.equal(seen.body, right.body.slice(0, Math.floor(right.body.length / 2)));
    },
  },
  {
    name: 'truncate may end before the first character',
    fault: { kind: 'truncate', at: 0 },
    sees: (t, seen) => {
      t.match(seen, { status: 200, end: 'short', body: '' });
    },
  },
  {
    name: 'truncate ends before the last character at the latest',
    fault: { kind: 'truncate', at: 100_000 },
    sees: (t, seen) => {
      t.equal(seen.end, 'short');
    },
  },
  {
    name: 'garble has the right length and is not JSON',
    fault: { kind: 'garble' },
    sees: (t, seen, right) => {
      t.match(seen, { status: 200, end: 'complete', headers: { 'content-type': right.headers['content-type']! } });
      t.equal(seen.body.length, right.body.length);
      t.throws(() => members(seen), SyntaxError);
    },
  },
  {
    name: 'drip sends one byte at a time',
    fault: { kind: 'drip', every: '1ms' },
    sees: (t, seen, right) => {
      t.match(seen, { status: 200, end: 'complete', body: right.body });
      if (seen.pieces !== undefined) t.ok(seen.pieces > right.body.length / 4, `came in ${seen.pieces} pieces`);
    },
  },
  {
    name: 'patch sets, retypes and removes members and headers',
    fault: {
      kind: 'patch',
      set: { expires_in: '3600', extra: [1] },
      remove: ['refresh_token'],
      headers: { 'Cache-Control': 'public', 'X-Runtime': null },
    },
    sees: (t, seen, right) => {
      const { refresh_token: _, ...rest } = members(right);
      t.same(members(seen), { ...rest, expires_in: '3600', extra: [1] });
      t.match(seen.headers, {
        'cache-control': 'public',
        'x-runtime': undefined,
        'content-type': right.headers['content-type']!,
      });
    },
  },
  {
    name: 'redirect is a 307',
    fault: { kind: 'redirect', to: 'https://elsewhere.example/token' },
    sees: (t, seen) => {
      t.match(seen, { status: 307, body: '', headers: { location: 'https://elsewhere.example/token' } });
    },
  },
  {
    name: "redirect may lead to one of the provider's own paths",
    fault: { kind: 'redirect', to: '/oauth/token', status: 302 },
    sees: (t, seen) => {
      t.match(seen, { status: 302, headers: { location: /^\/w\/[^/]+\/dottedsign\/oauth\/token$/ } });
    },
  },
  {
    name: 'replay sends the previous answer',
    fault: { kind: 'replay' },
    sees: (t, seen) => {
      t.match(seen, { status: 400, body: /unsupported_grant_type/, headers: { 'x-runtime': /./ } });
    },
  },
  {
    name: 'hold releases the requests when their number is reached',
    fault: { kind: 'hold', until: 1 },
    sees: (t, seen, right) => {
      t.equal(seen.body, right.body);
    },
  },
  {
    name: 'hold releases the requests after atMost',
    fault: { kind: 'hold', until: 2, atMost: '10ms' },
    sees: (t, seen, right) => {
      t.equal(seen.body, right.body);
    },
  },
  {
    name: 'pass sends the right answer',
    fault: { kind: 'pass' },
    sees: (t, seen, right) => {
      t.equal(seen.body, right.body);
    },
  },

  {
    name: 'tamper alters the state',
    at: 'authorize',
    fault: { kind: 'tamper', state: 'altered' },
    sees: (t, seen, right) => {
      t.same(
        [...query(seen)],
        [
          ['code', query(right).get('code')],
          ['state', 's 1~'],
        ],
      );
    },
  },
  {
    name: 'tamper leaves the state out',
    at: 'authorize',
    fault: { kind: 'tamper', state: 'missing' },
    sees: (t, seen) => {
      t.same([...query(seen).keys()], ['code']);
    },
  },
  {
    name: 'tamper sends the state twice',
    at: 'authorize',
    fault: { kind: 'tamper', state: 'doubled' },
    sees: (t, seen) => {
      t.same(query(seen).getAll('state'), ['s 1', 's 1']);
    },
  },
  {
    name: 'tamper leaves the code out',
    at: 'authorize',
    fault: { kind: 'tamper', code: 'missing' },
    sees: (t, seen) => {
      t.same([...query(seen)], [['state', 's 1']]);
    },
  },
  {
    name: 'tamper may remove all parameters',
    at: 'authorize',
    fault: { kind: 'tamper', state: 'missing', code: 'missing' },
    sees: (t, seen) => {
      t.equal(seen.headers.location, demo.redirectUri);
    },
  },
  {
    name: 'tamper sends the code twice',
    at: 'authorize',
    fault: { kind: 'tamper', code: 'doubled' },
    sees: (t, seen, right) => {
      t.same(query(seen).getAll('code'), [query(right).get('code'), query(right).get('code')]);
    },
  },
  {
    name: 'tamper sends error alone',
    at: 'authorize',
    fault: { kind: 'tamper', error: 'server_error' },
    sees: (t, seen) => {
      t.same(
        [...query(seen)],
        [
          ['error', 'server_error'],
          ['state', 's 1'],
        ],
      );
    },
  },
  {
    name: 'tamper adds a wrong iss and unknown parameters',
    at: 'authorize',
    fault: { kind: 'tamper', iss: 'wrong', extra: { session_state: 'a b' } },
    sees: (t, seen) => {
      t.match(seen.headers.location, /&iss=https%3A%2F%2Fissuer\.invalid&session_state=a%20b$/);
    },
  },
  {
    name: "tamper sends another user's code",
    at: 'authorize',
    fault: { kind: 'tamper', code: 'foreign' },
    sees: (t, seen, right) => {
      t.match(query(seen).get('code'), /^[\w-]{43}$/);
      t.not(query(seen).get('code'), query(right).get('code'));
    },
  },
];

/** Gives the same tokens each time: a fixed seed and a frozen clock. */
const scenario: Scenario = {
  ...defaultScenario,
  seed: 7,
  clock: { now: '2026-01-01T00:00:00Z', frozen: true },
  providers: {
    ...defaultScenario.providers,
    dottedsign: {
      ...defaultScenario.providers!.dottedsign,
      policy: { refreshRotation: 'rotate', interaction: { mode: 'auto', user: demo.username } },
    },
  },
};

/** Issues a refresh token of the user Ada. */
function mint(world: World): string {
  const realm = world.realm(dottedsign);
  const at = realm.now();
  const grant = openGrant(realm, {
    type: 'authorization_code',
    client: realm.clients.get(demo.id)!,
    user: realm.user(demo.username),
    scopes: ['third_party'],
    at,
  });
  return issueTokens(realm, { grant, grantType: 'authorization_code', scopes: grant.scopes, at }).refreshToken!.token;
}

t.test('every kind of fault, as each client observes it', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());

  const probeOf = (id: string, at: FaultEndpoint, refreshToken: string): Probe => {
    const base = `${server.url}/w/${id}/dottedsign/v1/oauth`;
    const challenge = new URLSearchParams({
      response_type: 'code',
      client_id: demo.id,
      redirect_uri: demo.redirectUri,
      state: 's 1',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    if (at === 'authorize') return { method: 'GET', url: `${base}/authorize?${challenge.toString()}` };
    return {
      method: 'POST',
      url: `${base}/token`,
      form: {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: demo.id,
        client_secret: demo.secret,
      },
    };
  };

  /** Creates a world for one case, with one answered request, and then adds the fault. */
  const prepare = async (
    id: string,
    { at = 'token', fault }: Pick<Case, 'at' | 'fault'>,
  ): Promise<{ probe: Probe; refreshToken: string }> => {
    const world = server.worlds.open({ id, scenario });
    const refreshToken = mint(world);
    const probe = probeOf(id, at, refreshToken);
    if (at === 'token') {
      await fetch(probe.url, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'nonsense', client_id: demo.id, client_secret: demo.secret }),
      });
    }
    world.faults.add([{ id: 'it', match: { provider: 'dottedsign', endpoint: at }, times: 1, fault }]);
    return { probe, refreshToken };
  };

  const observeAll = async (observer: Observer, label: string) => {
    const prepared: Awaited<ReturnType<typeof prepare>>[] = [];
    for (const [i, one] of cases.entries()) prepared.push(await prepare(`${label}-${i}`, one));
    const right: Probe[] = [];
    for (const at of ['token', 'authorize'] as const) {
      right.push((await prepare(`${label}-right-${at}`, { at, fault: { kind: 'pass' } })).probe);
    }
    return {
      observer,
      label,
      prepared,
      seen: await observer.observe([...right, ...prepared.map(({ probe }) => probe)]),
    };
  };

  for (const { observer, label, prepared, seen } of await Promise.all(
    observers.map((observer, i) => observeAll(observer, `client-${i}`)),
  )) {
    for (const [i, one] of cases.entries()) {
      await t.test(`${observer.name}: ${one.name}`, async (t) => {
        const world = server.world(`${label}-${i}`);
        const observation = seen[i + 2]!;
        one.sees(t, observation, seen[one.at === 'authorize' ? 1 : 0]!);
        t.match(world.faults.get('it'), { seen: 1, hits: 1, remaining: 0 });
        checkJournal(t, world, one, observation);
        checkEffect(t, world, one, prepared[i]!.refreshToken);
      });
    }
  }

  t.test('every kind has a case', async (t) => {
    t.same(
      kinds.map(({ name }) => name).filter((name) => !cases.some(({ fault }) => fault.kind === name)),
      [],
    );
  });
});

function checkJournal(t: Test, world: World, { fault }: Case, seen: Observation): void {
  const entry = world.journal.entries().at(-1)!;
  t.same(entry.fault, { id: 'it', kind: fault.kind, ...(happensWith(fault) ? {} : { replaced: true }) });
  t.type(entry.durationMs, 'number', 'the entry is complete');
  t.equal(entry.status, seen.status);
  // Some clients discard an incomplete body.
  if (seen.end === 'complete' && seen.headers['content-encoding'] === undefined) {
    t.equal(entry.responseBody ?? '', seen.body, 'the journal keeps what was sent');
  }
  if (entry.endpoint === 'token') {
    t.match(entry, { clientId: demo.id, grantType: 'refresh_token', userId: demo.username });
  }
}

/** If the kind lets the effect happen, a new refresh token has replaced the old one; otherwise nothing has changed. */
function checkEffect(t: Test, world: World, { fault, at }: Case, refreshToken: string): void {
  const happens = happensWith(fault);
  const realm = world.realm(dottedsign);
  if (at === 'authorize') t.equal(realm.codes.size > 0, happens);
  else {
    const old = realm.refreshTokens.get(refreshToken)!;
    t.equal(old.replacedBy !== undefined, happens);
    t.equal(realm.refreshTokens.size, happens ? 2 : 1);
    t.equal(old.replacedBy !== undefined && realm.refreshTokens.has(old.replacedBy), happens);
  }
}
