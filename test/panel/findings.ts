import t from 'tap';
import { parse } from 'yaml';
import {
  cameInWords,
  expectationInWords,
  rangeInWords,
  valueInWords,
} from '../../src/panel/views/findings/expectation-words.js';
import { emptyWords, overviewOf, select, usersInWords, valuesOf } from '../../src/panel/views/findings/overview.js';
import { reportPath } from '../../src/panel/views/findings/report-query.js';
import {
  addSuppression,
  asCall,
  asCommand,
  asScenario,
  readSuppressions,
  removeSuppression,
  writeSuppressions,
} from '../../src/panel/views/findings/suppressions.js';
import type { AllReports, Finding, Report } from '../../src/client/index.js';

const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: 'code-replayed',
  severity: 'error',
  verdict: 'A code was sent again.',
  clause: 'RFC 6749 §4.1.2',
  advice: 'Use a code once.',
  provider: 'mailup',
  clientId: 'app',
  userIds: [],
  evidence: [1],
  requests: [],
  count: 1,
  cases: [{ says: 'One code was sent 2 times.', userIds: [], evidence: [1], requests: [] }],
  ...more,
});

const report = (more: Partial<Report> = {}): Report => ({
  world: 'default',
  scenario: null,
  at: '2026-11-21T12:00:00Z',
  judged: { entries: 3, dropped: 0 },
  summary: {
    error: 0,
    warning: 0,
    note: 0,
    suppressed: 0,
    hidden: 0,
    expectationsPassed: 0,
    expectationsFailed: 0,
  },
  findings: [],
  suppressed: [],
  unused: [],
  expectations: [],
  ...more,
});

t.test('suppressions are read from lines and written as lines', async (t) => {
  t.strictSame(readSuppressions(undefined), []);
  t.strictSame(readSuppressions('code-replayed: ticket 12: later\n\n : x\ntoken-in-url'), [
    { rule: 'code-replayed', reason: 'ticket 12: later' },
    { rule: 'token-in-url', reason: '' },
  ]);
  const one = addSuppression([], { rule: 'a', reason: ' two\nlines ' });
  t.equal(writeSuppressions(one), 'a: two lines');
  const two = addSuppression(addSuppression(one, { rule: 'b', reason: 'x' }), { rule: 'a', reason: 'newer' });
  t.equal(writeSuppressions(two), 'b: x\na: newer', 'a rule has one reason');
  t.strictSame(removeSuppression(two, 'a'), [{ rule: 'b', reason: 'x' }]);
});

t.test('suppressions can be taken into a scenario, a command and a test', async (t) => {
  const suppressions = [
    { rule: 'token-in-url', reason: "the link's only way: ticket 214" },
    { rule: 'pkce-plain', reason: 'old' },
  ];
  t.strictSame(parse(asScenario(suppressions)), { suppress: suppressions });
  t.equal(
    asCommand(suppressions),
    'npx understudy report \\\n' +
      String.raw`  --suppress 'token-in-url: the link'\''s only way: ticket 214'` +
      " \\\n  --suppress 'pkce-plain: old'",
  );
  t.equal(
    asCall(suppressions),
    "await world.findings({\n  suppress: {\n    'token-in-url': 'the link\\'s only way: ticket 214',\n" +
      "    'pkce-plain': 'old',\n  },\n});",
  );
});

t.test('a report is asked for with worlds, format and each suppression', async (t) => {
  t.equal(reportPath({ suppressions: [], isOnAllWorlds: false }), '/findings');
  t.equal(
    reportPath({
      suppressions: [
        { rule: 'a', reason: 'b c' },
        { rule: 'd', reason: 'e' },
      ],
      isOnAllWorlds: true,
      format: 'junit',
    }),
    '/findings?worlds=all&format=junit&suppress=a%3A+b+c&suppress=d%3A+e',
  );
});

t.test('the reports of all worlds are put together, each part with its world', async (t) => {
  const refused = { count: 1, reasons: [], more: 0 };
  const one = report({ findings: [finding()], unused: [{ rule: 'a', reason: 'x' }], refused });
  const two = report({
    world: 'w2',
    endedAt: '2026-11-21T12:00:00Z',
    findings: [finding({ rule: 'pkce-plain' })],
    unused: [
      { rule: 'a', reason: 'x' },
      { rule: 'b', reason: 'y' },
    ],
  });
  const all: AllReports = {
    judged: { worlds: 2, entries: 7, dropped: 4 },
    forgotten: 0,
    summary: one.summary,
    worlds: [one, two],
  };
  const overview = overviewOf(all);
  t.strictSame(
    overview.findings.map(({ world, isEnded, item }) => [world, isEnded, item.rule]),
    [
      ['default', false, 'code-replayed'],
      ['w2', true, 'pkce-plain'],
    ],
  );
  t.strictSame(overview.refused, [{ world: 'default', isEnded: false, item: refused }]);
  t.strictSame(overview.unused, ['a'], 'a suppression is unused if no world needs it');
  t.strictSame([overview.entries, overview.dropped], [7, 4]);
  t.strictSame(overviewOf(two).unused, ['a', 'b']);
  t.strictSame(overviewOf({ ...all, worlds: [] }).unused, []);
});

t.test('findings are selected by severity, provider, client, rule and text', async (t) => {
  const list = overviewOf(
    report({
      findings: [
        finding(),
        finding({ severity: 'note', rule: 'pkce-plain', provider: 'dottedsign', clientId: null }),
        finding({ severity: 'warning', clientId: '<script>alert(1)</script>' }),
      ],
    }),
  ).findings;
  const count = (filter: Parameters<typeof select>[1]): number => select(list, filter).length;
  t.equal(count({}), 3);
  t.equal(count({ severity: 'note' }), 1);
  t.equal(count({ provider: 'mailup' }), 2);
  t.equal(count({ client: 'app' }), 1);
  t.equal(count({ rule: 'pkce-plain' }), 1);
  t.equal(count({ text: '2 TIMES' }), 3);
  t.equal(count({ text: '<SCRIPT>' }), 1);
  t.equal(count({ text: 'nowhere' }), 0);
  t.strictSame(valuesOf(list, 'clientId'), ['<script>alert(1)</script>', 'app']);
  t.strictSame(valuesOf(list, 'provider'), ['dottedsign', 'mailup']);
});

t.test('no finding is told from no test', async (t) => {
  t.equal(emptyWords({ entries: 12 }, false), 'No findings. 12 requests were judged.');
  t.equal(emptyWords({ entries: 1 }, true), 'No findings. 1 request was judged.');
  t.equal(emptyWords({ entries: 0 }, false), 'Nothing was tested: no request came to this world.');
  t.equal(emptyWords({ entries: 0 }, true), 'Nothing was tested: no request came to any world.');
});

t.test('an expectation is told in words', async (t) => {
  const match = { endpoint: 'token', grantType: 'refresh_token', form: { scope: 'a' } } as const;
  const order = [{ endpoint: 'token' }, { endpoint: 'resource', status: 200 }] as const;
  t.equal(expectationInWords({ match }), 'endpoint token, grantType refresh_token, form {"scope":"a"}');
  t.equal(expectationInWords({ match: {} }), 'any request');
  t.equal(expectationInWords({ order: [...order] }), 'endpoint token, then endpoint resource, status 200');
  t.equal(
    expectationInWords({ match: { status: 200 }, order: [...order] }),
    'status 200; in order: endpoint token, then endpoint resource, status 200',
  );
  t.equal(expectationInWords({}), 'nothing');
  t.equal(cameInWords({ expectation: { order: [...order] }, actual: 1 }), '1 of 2 steps');
  t.equal(cameInWords({ expectation: {}, actual: 0 }), '0 of 0 steps');
  t.equal(cameInWords({ expectation: { match }, actual: 4 }), '4');
  t.strictSame(
    [
      { atLeast: 1, atMost: null },
      { atLeast: 0, atMost: 0 },
      { atLeast: 2, atMost: 2 },
      { atLeast: 0, atMost: 3 },
      { atLeast: 1, atMost: 3 },
    ].map(rangeInWords),
    ['at least 1', 'none', 'exactly 2', 'at most 3', '1 to 3'],
  );
  t.strictSame([undefined, null, 'a', 4].map(valueInWords), ['nothing', 'nothing', 'a', '4']);
});

t.test('users are named, at most three', async (t) => {
  t.equal(usersInWords([]), '');
  t.equal(usersInWords(['ada']), 'user ada');
  t.equal(usersInWords(['ada', 'bob', 'cy', 'di', 'eve']), 'users ada, bob, cy and 2 more');
});

t.test('findings are selected by user', async (t) => {
  const { findings } = overviewOf(report({ findings: [finding({ userIds: ['ada'] }), finding()] }));
  t.equal(select(findings, { user: 'ada' }).length, 1);
  t.equal(select(findings, { text: 'ADA' }).length, 1);
  t.strictSame(valuesOf(findings, 'userIds'), ['ada']);
});
