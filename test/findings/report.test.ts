import { once } from 'node:events';
import { createServer } from 'node:http';
import t from 'tap';
import { run } from '../../src/commands/index.js';
import { UnderstudyError, start } from '../../src/client/index.js';
import { formats } from '../../src/findings/formats/index.js';
import { EndedWorlds, endedLimit } from '../../src/findings/ended-worlds.js';
import { judge } from '../../src/findings/report.js';
import { Journal } from '../../src/world/journal/journal.js';
import { JournalMemory } from '../../src/world/journal/memory.js';
import { VerifiedExpectations } from '../../src/world/journal/verified-expectations.js';
import { atOnce, demo, startServer } from '../support.js';
import { Stage, challengeOf, fresh } from './stage.js';
import type { AddressInfo } from 'node:net';
import type { ProviderName, Report, Scenario, World } from '../../src/client/index.js';

const understudy = await start();
t.teardown(() => understudy.close());
const server = await startServer();
t.teardown(() => server.close());

const auto = { policy: { interaction: { mode: 'auto', user: demo.username } } } as const;
const automatic: Scenario = { extends: 'default', providers: { mailup: auto, tinyemail: auto, dottedsign: auto } };
const basic = `Basic ${Buffer.from(`${demo.id}:${demo.secret}`).toString('base64')}`;

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

async function authorizeUrl(world: World, provider: ProviderName, more: Record<string, string> = {}): Promise<string> {
  const { providers } = await world.info();
  return `${providers[provider].authorizeUrl}?${new URLSearchParams({ client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri, ...more }).toString()}`;
}

async function token(world: World, provider: ProviderName, form: Record<string, string>): Promise<Tokens> {
  const { providers } = await world.info();
  const answer = await fetch(providers[provider].tokenUrl, {
    method: 'POST',
    headers: { authorization: basic },
    body: new URLSearchParams(form),
  });
  return (await answer.json()) as Tokens;
}

/** A correct sign-in, except for the changes in `more`. */
async function signIn(
  world: World,
  provider: ProviderName,
  more: Record<string, string> = { state: fresh() },
): Promise<Tokens> {
  const { code } = await world.authorize(await authorizeUrl(world, provider, more));
  return token(world, provider, {
    grant_type: 'authorization_code',
    code: String(code),
    redirect_uri: demo.redirectUri,
  });
}

async function get(
  world: World,
  path: string,
): Promise<{
  status: number;
  type: string | null;
  text: string;
  problem: { detail: string; errors: { path: string; message: string }[] };
}> {
  const answer = await fetch(`${understudy.url}/w/${world.id}/__admin${path}`);
  const text = await answer.text();
  const type = answer.headers.get('content-type');
  return {
    status: answer.status,
    type,
    text,
    problem: (type?.startsWith('application/problem+json') ? JSON.parse(text) : {}) as never,
  };
}

const rulesOf = ({ findings }: Report): string[] => findings.map(({ rule }) => rule);

t.test('a report has the findings, the world and the number of entries', async (t) => {
  await using world = await understudy.newWorld({
    scenario: automatic,
    clock: { now: '2026-01-01T00:00:00Z', frozen: true },
  });
  await signIn(world, 'tinyemail', {});
  const report = await world.findings();
  t.match(report, {
    world: world.id,
    scenario: null,
    at: '2026-01-01T00:00:00.000Z',
    judged: { entries: 2, dropped: 0 },
    summary: { error: 1, warning: 0, note: 0, suppressed: 0, hidden: 0, expectationsPassed: 0, expectationsFailed: 0 },
    suppressed: [],
    unused: [],
    expectations: [],
  });
  t.notHas(report.judged, 'note');
  t.match(report.findings, [
    {
      rule: 'no-csrf-protection',
      severity: 'error',
      provider: 'tinyemail',
      clientId: demo.id,
      evidence: [1],
      count: 1,
      cases: [{ evidence: [1] }],
    },
  ]);
  t.equal(
    (await world.journal.get(report.findings[0]!.evidence[0]!)).endpoint,
    'authorize',
    'the evidence refers to journal entries',
  );
  t.equal((await understudy.world().findings()).scenario, 'default');
});

t.test('findings are sorted by severity, one for each rule, client and severity, with at most 20 cases', async (t) => {
  const stage = new Stage(server, 'tinyemail');
  t.teardown(() => {
    stage.close();
  });
  for (let i = 0; i < 25; i += 1) {
    await stage.authorize({
      code_challenge: undefined,
      code_challenge_method: undefined,
      state: undefined,
      oddly_named: '1',
    });
  }
  await stage.authorize({ state: undefined });
  t.same(stage.found(), ['error no-csrf-protection', 'warning no-csrf-protection', 'note unknown-parameter']);
  const [error, warning] = stage.report().findings;
  t.same([error!.count, error!.cases.length, error!.evidence.length], [25, 20, 20]);
  t.same([warning!.count, warning!.cases.length], [1, 1]);
});

t.test('each format has its media type', async (t) => {
  await using world = await understudy.newWorld({ scenario: automatic });
  await signIn(world, 'tinyemail', {});
  for (const [format, type, beginning] of [
    ['json', 'application/json', '{'],
    ['junit', 'application/xml', '<?xml'],
    ['sarif', 'application/sarif+json', '{'],
    ['markdown', 'text/markdown', '## ❌'],
  ] as const) {
    const answer = await get(world, `/findings?format=${format}`);
    t.match(answer, { status: 200, type: `${type}; charset=utf-8` });
    t.ok(answer.text.startsWith(beginning), format);
  }
  t.match((await get(world, '/findings?format=junit&failOn=never')).text, 'failures="0"');
  t.match((await get(world, '/findings?format=junit')).text, 'failures="1"');
});

t.test('findings below the severity threshold are hidden and counted', async (t) => {
  await using world = await understudy.newWorld({ scenario: automatic });
  await signIn(world, 'tinyemail', { state: 'short', oddly_named: '1' });
  t.same(rulesOf(await world.findings()), ['state-too-short', 'unknown-parameter']);
  const warnings = await world.findings({ severity: 'warning' });
  t.same([rulesOf(warnings), warnings.summary.hidden], [['state-too-short'], 1]);
  t.same((await world.findings({ severity: 'error' })).summary, {
    error: 0,
    warning: 0,
    note: 0,
    suppressed: 0,
    hidden: 2,
    expectationsPassed: 0,
    expectationsFailed: 0,
  });
});

t.test('a suppressed finding is listed with its reason, and an unused suppression is listed too', async (t) => {
  const suppress: Scenario['suppress'] = [
    { rule: 'state-too-short', reason: 'the demo page', provider: 'tinyemail', clientId: demo.id },
    { rule: 'unknown-parameter', reason: 'elsewhere', provider: 'mailup' },
    { rule: 'unknown-parameter', reason: 'of somebody else', clientId: 'another' },
  ];
  await using world = await understudy.newWorld({ scenario: { ...automatic, suppress } });
  await signIn(world, 'tinyemail', { state: 'short', oddly_named: '1' });
  const report = await world.findings();
  t.same(rulesOf(report), ['unknown-parameter']);
  t.match(report.suppressed, [{ rule: 'state-too-short', reason: 'the demo page', evidence: [1] }]);
  t.same(
    report.unused.map(({ reason }) => reason),
    ['elsewhere', 'of somebody else'],
  );
  const more = await world.findings({ suppress: { 'unknown-parameter': 'ticket 12: a tracker' } });
  t.same([rulesOf(more), more.suppressed.map(({ reason }) => reason)], [[], ['the demo page', 'ticket 12: a tracker']]);
  const twice = await get(world, '/findings?suppress=state-too-short:a&suppress=no-backoff:b');
  t.same(
    (JSON.parse(twice.text) as Report).unused.map(({ reason }) => reason),
    ['b', 'elsewhere', 'of somebody else'],
  );
});

t.test('invalid parameters are refused with suggestions', async (t) => {
  await using world = await understudy.newWorld();
  const bad: Readonly<Record<string, RegExp>> = {
    'format=xunit': /^expected one of json, junit, sarif, markdown, text, got "xunit"; did you mean "junit"\?$/,
    'severity=warn': /^expected one of error, warning, note, got "warn"/,
    'failOn=always': /expected one of error, warning, note, never/,
    'suppress=state-to-short:+why': /^there is no rule "state-to-short"; did you mean "state-too-short"\?$/,
    'suppress=no-backoff': /^expected "rule: reason", got "no-backoff"$/,
    'suppress=no-backoff:': /^expected "rule: reason"/,
    'sevrity=error': /^is not a member here; did you mean "severity"\?$/,
  };
  for (const [query, message] of Object.entries(bad)) {
    const { status, problem } = await get(world, `/findings?${query}`);
    t.equal(status, 400, query);
    t.match(problem.errors[0]!.message, message);
  }
  t.equal((await get(world, '/findings?suppress=a:b&suppress=c:d')).problem.errors.length, 2, 'all mistakes at once');
  const unknown = await understudy
    .world('nowhere')
    .findings()
    .catch((error: unknown) => error as UnderstudyError);
  t.ok(unknown instanceof UnderstudyError && unknown.status === 404);
});

t.test('a report on a journal that dropped entries says so', async (t) => {
  await using world = await understudy.newWorld({ scenario: { ...automatic, journal: { limit: 3 } } });
  for (let i = 0; i < 2; i += 1) await signIn(world, 'tinyemail', {});
  const { judged, findings } = await world.findings();
  t.match(judged, { entries: 3, dropped: 1, note: /has dropped 1: this report covers only the last 3 requests/ });
  t.same(
    findings.map(({ evidence }) => evidence),
    [[3]],
    'dropped entries are not evidence',
  );
  for (const format of ['junit', 'sarif', 'markdown']) {
    t.match((await get(world, `/findings?format=${format}`)).text, /has dropped 1/, format);
  }
});

t.test('a report contains the expectations of the scenario and those of verify calls', async (t) => {
  const expect: Scenario['expect'] = [
    { match: { endpoint: 'token', form: { code: 'never-this-one' } } },
    { match: { endpoint: 'token' }, count: 1 },
    { order: [{ endpoint: 'authorize' }, { endpoint: 'token' }] },
  ];
  await using world = await understudy.newWorld({ scenario: { ...automatic, expect } });
  await world.verify({ match: { endpoint: 'token' }, count: 1 });
  await signIn(world, 'tinyemail');
  await world.verify({ match: { endpoint: 'resource' } });
  await world.expect({ match: { endpoint: 'token' }, count: 1 });
  const { expectations, summary } = await world.findings();
  t.same(
    expectations.map(({ source, passed }) => [source, passed]),
    [
      ['scenario', false],
      ['scenario', true],
      ['scenario', true],
      ['verify', false],
      ['verify', true],
    ],
    'the newest verdict of a repeated expectation counts',
  );
  t.match(expectations[0], {
    actual: 0,
    expected: { atLeast: 1, atMost: null },
    nearMisses: [{ entry: 2, differences: [{ field: 'form.code' }] }],
  });
  t.match(summary, { expectationsPassed: 3, expectationsFailed: 2 });
  t.notMatch(JSON.stringify(expectations), 'never-this-one', 'secrets are fingerprints');
});

t.test('a scenario with unknown names in expectations or suppressions is refused', async (t) => {
  const scenario = {
    expect: [
      { count: 1 },
      { match: { provider: 'mailpu' }, count: { atLeast: 2, atMost: 1 } },
      { match: { reason: 'code.replaid' } },
      { order: [{ fault: 'cut' }, { fault: 'tampr' }] },
    ],
    suppress: [
      { rule: 'no-backof', reason: 'x' },
      { rule: 'no-backoff', reason: 'x', provider: 'mailupp' },
      { rule: 'no-backoff' },
    ],
  };
  const { errors } = (await understudy
    .world()
    .play(scenario as never)
    .catch((error: unknown) => error)) as UnderstudyError;
  t.match(errors, [{ path: 'suppress.2.reason', message: 'is required' }], 'schema errors are reported first');
  const formed = { expect: scenario.expect, suppress: scenario.suppress.slice(0, 2) };
  const { errors: meaning } = (await understudy
    .world()
    .play(formed as never)
    .catch((error: unknown) => error)) as UnderstudyError;
  t.match(Object.fromEntries(meaning.map(({ path, message }) => [path, message])), {
    'expect.0.match': /required/,
    'expect.1.count': /at least 2 and at most 1/,
    'expect.1.match.provider': /did you mean "mailup"/,
    'expect.2.match.reason': /did you mean "code.replayed"/,
    'expect.3.order.1.fault': /did you mean "tamper"/,
    'suppress.0.rule': /^expected one of .*, got "no-backof"; did you mean "no-backoff"\?$/,
    'suppress.1.provider': /did you mean "mailup"/,
  });
});

t.test('the number of remembered verify calls is limited', async (t) => {
  const verified = new VerifiedExpectations();
  const verdict = {
    passed: true,
    actual: 1,
    expected: { atLeast: 1, atMost: null },
    matched: [],
    nearMisses: [],
    dropped: 0,
  };
  for (let count = 0; count < 201; count += 1) verified.record({ match: {}, count }, verdict);
  t.same([verified.list().length, verified.list()[0]!.expectation.count], [200, 1]);
});

t.test(
  'the scenario probe-state-check passes a client that checks the state, and fails before any sign-in',
  async (t) => {
    await using world = await understudy.newWorld({ scenario: 'probe-state-check' });
    t.match(await world.findings(), { findings: [], expectations: [{ passed: false }] }, 'fails without a request');
    const state = fresh();
    const callback = await world.authorize(await authorizeUrl(world, 'tinyemail', { state }));
    t.not(callback.state, state);
    t.match(
      await world.findings(),
      { findings: [], expectations: [{ passed: true }] },
      'a client that refuses the callback passes',
    );
    await signIn(world, 'tinyemail');
    t.match((await world.findings()).findings, [{ rule: 'state-not-checked', severity: 'error' }]);
  },
);

t.test('the scenario probe-parallel-refresh finds two parallel refreshes with one token', async (t) => {
  await using world = await understudy.newWorld({ scenario: 'probe-parallel-refresh' });
  const [one, two] = [await signIn(world, 'mailup'), await signIn(world, 'mailup')];
  t.match((await world.findings()).expectations, [{ passed: false }], 'fails without a request');
  const refresh = ({ refresh_token }: Tokens): Promise<Tokens> =>
    token(world, 'mailup', { grant_type: 'refresh_token', refresh_token });
  await Promise.all([refresh(one), refresh(two)]);
  t.match(
    await world.findings({ severity: 'warning' }),
    { findings: [], expectations: [{ passed: true }] },
    'two users with one refresh each',
  );
  const third = await signIn(world, 'mailup');
  await Promise.all([refresh(third), refresh(third)]);
  const { findings } = await world.findings({ severity: 'warning' });
  t.match(findings, [{ rule: 'parallel-refresh', severity: 'error' }]);
  const [family] = await world.lineage({ id: findings[0]!.cases[0]!.family! });
  t.same(
    family!.tokens
      .find(({ kind, boughtWith }) => kind === 'refresh' && boughtWith === null)!
      .uses.map(({ entry }) => entry),
    findings[0]!.evidence,
    'the evidence equals the uses of the token in the lineage',
  );
});

async function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(['report', ...args], {
    env: { UNDERSTUDY_URL: understudy.url },
    isTerminal: false,
    isInteractive: false,
    onSignal: () => () => {},
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    stopped: Promise.resolve(''),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

t.test('the command prints a report, and its exit code follows --fail-on', async (t) => {
  await using world = await understudy.newWorld({ scenario: automatic });
  const at = [`--world=${world.id}`];
  t.match(await command(...at), {
    code: 2,
    out: /^## ⚠️ Understudy: NOTHING WAS REPORTED ON: there was no request/,
    err: /^understudy: the world "[^"]+" of http:\S+ got no request, so there is nothing to judge; --all-worlds reports/,
  });
  t.equal((await command(...at, '--fail-on', 'never')).code, 2, 'it is no success with any threshold');
  await signIn(world, 'tinyemail', { state: 'short' });
  t.match(
    await command(...at),
    { code: 0, out: /^## ✅ Understudy: 1 warning in 2 requests[\s\S]*`state-too-short`/ },
    'a warning is below the default of --fail-on',
  );
  t.match(await command(...at, '--fail-on', 'warning'), { code: 1, out: /^## ❌/ });
  t.match(await command(...at, '--fail-on', 'warning', '--suppress', 'state-too-short: the demo page'), {
    code: 0,
    out: /the demo page/,
  });
  t.match(await command(...at, '--severity', 'error', '--format', 'json', '--url', `${understudy.url}/`), {
    code: 0,
    out: /"hidden": 1/,
  });
  t.match(await command(...at, '--format', 'junit', '--fail-on', 'note'), { code: 1, out: /<failure/ });
  await signIn(world, 'tinyemail', {});
  t.match(await command(...at, '--format', 'sarif'), { code: 1, out: /"no-csrf-protection"/ });
  t.equal((await command(...at, '--fail-on', 'never')).code, 0);
});

t.test('a finding names the users, and what each request did, also one that was refused', async (t) => {
  await using world = await understudy.newWorld({ scenario: automatic });
  const { code } = await world.authorize(await authorizeUrl(world, 'mailup', { state: fresh() }));
  const exchange = { grant_type: 'authorization_code', code: String(code), redirect_uri: demo.redirectUri };
  await token(world, 'mailup', exchange);
  await token(world, 'mailup', exchange);
  const { findings } = await world.findings();
  t.match(
    findings.find(({ rule }) => rule === 'code-replayed'),
    {
      userIds: [demo.username],
      cases: [
        {
          userIds: [demo.username],
          requests: [
            { role: 'the code was exchanged here', at: /^\d{4}-.*Z$/ },
            { role: 'the same code was sent', reason: 'code.replayed' },
          ],
        },
      ],
    },
  );
  t.match((await command(`--world=${world.id}`, '--format', 'text')).out, /, user ada@example\.test, once\n/);
});

t.test('a finding says that a fault refused the token, if it did', async (t) => {
  const c = new Stage(server, 'mailup');
  t.teardown(() => {
    c.close();
  });
  const { refresh_token } = await c.signIn();
  c.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'oauth-error', error: 'invalid_grant' } });
  for (let i = 0; i < 3; i += 1) await c.refresh(refresh_token);
  c.spread(150, 150);
  const finding = c.report().findings.find(({ rule }) => rule === 'refresh-after-refusal');
  t.match(finding?.cases[0]?.requests, [{ role: 'a fault refused it' }, { role: 'the same token was sent' }]);
});

t.test('a report says how many requests were refused, and why', async (t) => {
  await using world = await understudy.newWorld();
  t.match(await command(`--world=${world.id}`, '--format', 'text'), { code: 2, out: /^NOTHING WAS REPORTED ON: / });
  const { providers } = await world.info();
  const typed = { 'content-type': 'application/x-www-form-urlencoded' };
  await fetch(providers.mailup.tokenUrl, { method: 'POST', headers: typed, body: 'body.txt' });
  const secret = fresh();
  for (const token of ['undefined', secret]) {
    await fetch(`${providers.mailup.apiUrl}/ConsoleService.svc/Console/Authentication/Info`, {
      headers: { authorization: `Bearer ${token}` },
    });
  }
  const { refused } = await world.findings();
  t.match(refused, {
    count: 3,
    more: 0,
    reasons: [
      {
        count: 2,
        request: { entry: 2, at: /^\d{4}-/, status: 400 },
        entries: [2, 3],
        userIds: [],
        description: 'The access token is unknown.',
        explanation: /the text "undefined"/,
      },
      { count: 1, request: { entry: 1, method: 'POST', path: '/Authorization/OAuth/Token', status: 400 } },
    ],
  });
  const { code, out } = await command(`--world=${world.id}`, '--format', 'text');
  t.equal(code, 0, 'refusals alone do not fail a run');
  t.match(out, /\n3 of 3 requests were refused \(see the journal\):\n {2}2 × GET \S+ → 400 \S+: .*"undefined"/);
  for (const format of ['markdown', 'junit', 'sarif', 'json']) {
    const text = (await command(`--world=${world.id}`, '--format', format)).out;
    t.match(text, format === 'json' ? /"refused"/ : /3 of 3 requests were refused/, format);
    t.notMatch(text, secret, format);
  }
  t.match((await command(`--world=${world.id}`)).out, /^## ⚠️ Understudy: /, 'no tick where every request was refused');
});

t.test('a report names five reasons of refusals and counts the others', async (t) => {
  const stage = new Stage(server, 'dottedsign');
  t.teardown(() => {
    stage.close();
  });
  await stage.signIn();
  t.notHas(stage.report(), 'refused', 'nothing was refused');
  stage.fault({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'status', status: 500 } });
  await stage.token({});
  t.notHas(stage.report(), 'refused', 'the scenario wants the answer of a fault');
  await stage.token({});
  await stage.token({ grant_type: 'odd' });
  await stage.token({ grant_type: 'authorization_code' });
  await stage.refresh('odd');
  await stage.token({ grant_type: 'client_credentials' }, { headers: {} });
  await stage.call('odd');
  t.match(stage.report().refused, { count: 6, more: 1, reasons: { length: 5 } });
  t.match(formats.text.write(stage.report(), 'error'), /\n {2}… and 1 more reason\n/);
  t.match(formats.markdown.write(stage.report(), 'error'), /\n… and 1 more\n/);
});

t.test('the command fails if an expectation was not met', async (t) => {
  await using world = await understudy.newWorld({
    scenario: { ...automatic, expect: [{ match: { endpoint: 'token' } }] },
  });
  t.match(await command(`--world=${world.id}`), {
    code: 1,
    out: /^## ❌ Understudy: no findings, 1 failed expectation in 0 requests/,
  });
  await signIn(world, 'tinyemail');
  t.equal((await command(`--world=${world.id}`)).code, 0);
});

t.test('the command reports an error in one line', async (t) => {
  const other = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.teardown(() => other.close());
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--url', 'http://127.0.0.1:8080/w/mine/'], /names a world; use --url http:\/\/127\.0\.0\.1:8080 --world mine/],
    [
      ['--format', 'xunit'],
      /^understudy: --format is "xunit"; expected one of json, junit, sarif, markdown, text; did you mean "junit"\?$/,
    ],
    [['--fail-on', 'errors'], /--fail-on is "errors".*did you mean "error"/],
    [['--severity', 'all'], /--severity is "all"/],
    [['--fail-on', 'note', '--severity', 'error'], /--fail-on note includes findings that --severity error omits/],
    [['--wrold', 'x'], /unknown option '--wrold'; did you mean "--world"/],
    [['--world', 'nowhere'], /answered 404: There is no world "nowhere"/],
    [
      ['--suppress', 'no-bakoff: x'],
      /answered 400: suppress there is no rule "no-bakoff"; did you mean "no-backoff"\?/,
    ],
    [['--url', 'http://127.0.0.1:1'], /did not answer/],
    [['--url', 'not a url'], /^understudy: --url is "not a url"; expected a URL such as http/],
    [['--url', `${understudy.url}/mailup`], /answered 404/],
    [
      ['--url', `http://127.0.0.1:${(other.address() as AddressInfo).port}`],
      /answered 200: this is not the admin API of Understudy/,
    ],
  ];
  for (const [args, message] of wrong) {
    const { code, out, err } = await command(...args);
    t.match({ code, out, err: err.split('\n') }, { code: 2, out: '', err: [message] }, args.join(' '));
  }
});

t.test('findings of a world survive its end', async (t) => {
  const own = await start();
  t.teardown(() => own.close());
  const all = (...args: string[]): ReturnType<typeof command> => command('--url', own.url, '--all-worlds', ...args);
  t.match(await all(), {
    code: 2,
    err: /^understudy: no world of http:\S+ got a request, so there is nothing to judge$/,
  });

  const badSignIn = async (world: World): Promise<void> => {
    const { providers } = await world.info();
    const query = { client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri };
    const { code } = await world.authorize(
      `${providers.tinyemail.authorizeUrl}?${new URLSearchParams(query).toString()}`,
    );
    await fetch(providers.tinyemail.tokenUrl, {
      method: 'POST',
      headers: { authorization: basic },
      body: new URLSearchParams({ grant_type: 'authorization_code', code: code!, redirect_uri: demo.redirectUri }),
    });
  };
  const dropped = await own.newWorld({ id: 'dropped', scenario: automatic });
  await badSignIn(dropped);
  await own.newWorld({ id: 'unused' });
  await dropped.drop();
  const reset = await own.newWorld({ id: 'reset', scenario: automatic });
  await badSignIn(reset);
  await reset.reset();
  const alive = await own.newWorld({ id: 'alive', scenario: automatic });
  await badSignIn(alive);

  const report = await own.findings();
  t.same(
    report.worlds.map(({ world }) => world),
    ['dropped', 'reset', 'alive'],
    'ended worlds first; those without a request are left out',
  );
  t.match(report, {
    judged: { worlds: 3, entries: 6, dropped: 0 },
    forgotten: 0,
    summary: { error: 3 },
    worlds: [{ endedAt: /^\d{4}-/ }, { endedAt: /^\d{4}-/ }, { endedAt: undefined }],
  });
  const { requests, evidence } = report.worlds[0]!.findings.find(({ rule }) => rule === 'no-csrf-protection')!;
  t.same(
    requests,
    [
      {
        entry: 1,
        at: requests[0]?.at,
        method: 'GET',
        path: '/api/authorization-server/oauth/authorize',
        status: 303,
        reason: null,
      },
    ],
    'the path is without provider, world and query',
  );
  t.same(
    evidence,
    requests.map(({ entry }) => entry),
  );
  t.match(await all('--format', 'text'), {
    code: 1,
    out: /entry 1: GET \/api\/authorization-server\/oauth\/authorize → 303\n[\s\S]*all worlds: 3 errors/,
  });
  t.match(await all('--format', 'text', '--suppress', 'no-csrf-protection: known'), { code: 0, out: /suppressed:/ });
  t.equal((await all('--severity', 'error', '--fail-on', 'never', '--format', 'json')).code, 0);
  t.match(await all('--world', 'alive'), { code: 2, err: /--all-worlds and --world alive exclude each other/ });
  t.match(await command('--help'), { code: 0, out: /--all-worlds {2,}Report on every world/ });
});

t.test('the findings of the last 1000 ended worlds are kept', async (t) => {
  const small = await startServer();
  t.teardown(() => small.close());
  const ended = new EndedWorlds();
  const stage = new Stage(small, 'tinyemail');
  t.teardown(() => {
    stage.close();
  });
  ended.add(stage.world);
  t.same(await ended.list(), [], 'a world without a request is left out');
  await stage.authorize({ state: undefined });
  const [entry] = stage.world.journal.entries();
  const another = (i: number): typeof stage.world => {
    const world = small.worlds.open({ id: `ended-${i}` });
    small.realm('tinyemail', world.id);
    world.journal.open({ ...entry!, weight: 0 });
    return world;
  };
  for (let i = 0; i < endedLimit + 5; i += 1) ended.add(another(i));
  t.equal((await ended.list()).length, endedLimit);
  for (let i = 0; i < 3; i += 1) {
    ended.add(another(i));
    await ended.list();
  }
  t.equal((await ended.list()).length, endedLimit);
  t.equal(ended.forgotten, 8);
  const broken = Object.assign(another(-1), {
    isCurrent() {
      throw new Error('broken');
    },
  });
  ended.add(broken);
  t.equal((await ended.list()).length, endedLimit - 1, 'a world that cannot be judged is counted');
  t.equal(ended.forgotten, 10, 'and so is the one that made room for it');
});

t.test('the command sends the admin token', async (t) => {
  const guarded = await start({ adminToken: 'only-for-tests' });
  t.teardown(() => guarded.close());
  t.match(await command('--url', guarded.url), { code: 2, err: /answered 401/ });
  const wrong = await command('--url', guarded.url, '--admin-token', 's3cr3t\ntoken');
  t.match(wrong, { code: 2, err: /the admin token must consist of visible ASCII characters/ });
  t.notMatch(wrong.err, /s3cr3t/);
  t.match(await command('--url', guarded.url, '--admin-token', 'only-for-tests'), { code: 2, err: /got no request/ });
  await fetch(`${guarded.url}/mailup/Authorization/OAuth/Token`);
  t.equal((await command('--url', guarded.url, '--admin-token', 'only-for-tests')).code, 0);
});

t.test('a report on 1000 entries takes at most 50 times as long as their serialisation', async (t) => {
  const stage = new Stage(server, 'dottedsign');
  t.teardown(() => {
    stage.close();
  });
  let { access_token, refresh_token } = await stage.signIn();
  for (let i = 0; i < 20; i += 1) {
    const verifier = fresh();
    await stage.exchange({ ...(await stage.authorize({ code_challenge: challengeOf(verifier) })), verifier });
    await stage.call(access_token);
    ({ access_token, refresh_token } = (await stage.refresh(refresh_token)).body);
  }
  const entries = stage.world.journal.entries();
  const journal = new Journal(1000, new JournalMemory());
  for (let i = 0; i < 1000; i += 1) journal.open({ ...entries[i % entries.length]!, id: i + 1, realAt: i * 200 });
  const world = Object.assign(Object.create(stage.world) as typeof stage.world, {
    journal,
    opened: () => stage.world.opened(),
    registeredSecrets: () => stage.world.registeredSecrets(),
    isIssued: (value: string) => stage.world.isIssued(value),
    isCurrent: () => true,
  });
  const timed = (work: () => unknown): number => {
    const times = Array.from({ length: 9 }, () => {
      // processor time: on a busy machine other programs take turns with the longer of the two
      const from = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(from);
      return user + system;
    });
    return Math.min(...times);
  };
  const writing = timed(() => JSON.stringify(journal.entries()));
  const judging = timed(() => atOnce(judge(world)));
  t.equal(atOnce(judge(world)).judged.entries, 1000);
  t.ok(judging < writing * 50, `${judging / writing} times as long`);
  t.comment(`${(judging / 1e3).toFixed(1)} ms, ${(judging / writing).toFixed(1)} times as long as JSON.stringify`);
});
