import t from 'tap';
import { allReports } from '../../src/findings/all-reports.js';
import { formats } from '../../src/findings/formats/index.js';
import { formatNames } from '../../src/findings/formats/names.js';
import { judge } from '../../src/findings/report.js';
import { rules, ruleIds } from '../../src/findings/rules/index.js';
import { escapeBidi } from '../../src/input/printable.js';
import { atOnce, demo, startServer } from '../support.js';
import { mistakesIn, outcomeOf, parseXml } from './junit-structure.js';
import { sarifValidator } from './sarif-schema.js';
import { Stage } from './stage.js';
import type { CheckedExpectation } from '../../src/findings/expectations.js';
import type { Report } from '../../src/findings/report.js';
import type { Finding } from '../../src/findings/finding.js';
import type { RequestLine } from '../../src/findings/request-line.js';
import type { XmlNode } from './junit-structure.js';

const server = await startServer();
t.teardown(() => server.close());

/** Text that needs escaping in some format: markup, tables, mentions, control characters, a lone surrogate. */
const hostile =
  'https://evil.example www.evil.example a]]>"\'&<b onload=x>|`*_[x](javascript:y) @everyone\r\n# h \u0000\u001b\ud800 <!-- \u202e\u2066';

const requests = [1, 2].map((entry) => ({
  entry,
  at: '2026-01-01T00:00:00.000Z',
  method: 'POST',
  path: `/v1/oauth/token${entry === 2 ? hostile : ''}`,
  status: entry === 1 ? 400 : null,
  reason: entry === 1 ? 'code.replayed' : null,
}));
const [line] = requests as [RequestLine, RequestLine];

const finding: Finding = {
  rule: 'code-replayed',
  severity: 'error',
  verdict: `Bad ${hostile}`,
  clause: 'RFC 6749 §4.1.2',
  advice: `Do not ${hostile}`,
  provider: 'mailup',
  clientId: hostile,
  userIds: ['ada', 'bob', 'cem', `dora ${hostile}`],
  evidence: [1, 2],
  requests,
  count: 30,
  cases: [
    {
      says: `It came ${hostile}`,
      userIds: ['ada'],
      evidence: [1, 2],
      requests: requests.map((request) => ({ ...request, role: `the code ${hostile}` })),
      family: 'f',
    },
  ],
};
const expectation: CheckedExpectation = {
  source: 'scenario',
  expectation: { match: { path: hostile }, count: { atLeast: 1, atMost: 2 } },
  passed: false,
  actual: 0,
  expected: { atLeast: 1, atMost: 2 },
  matched: [{ entry: 2, request: line }],
  nearMisses: [{ entry: 1, request: line, differences: [{ field: 'path', expected: hostile, actual: null }] }],
};

const report: Report = {
  world: 'a-world',
  scenario: null,
  at: '2026-01-01T00:00:00.000Z',
  judged: { entries: 2, dropped: 7, note: `A part ${hostile}` },
  summary: { error: 1, warning: 1, note: 1, suppressed: 1, hidden: 0, expectationsPassed: 3, expectationsFailed: 1 },
  findings: [
    finding,
    { ...finding, rule: 'state-too-short', severity: 'warning', count: 1, evidence: [1], clientId: null },
    { ...finding, rule: 'unknown-parameter', severity: 'note' },
  ],
  suppressed: [{ ...finding, rule: 'pkce-plain', reason: `known ${hostile}` }],
  unused: [{ rule: 'no-backoff', reason: `gone ${hostile}` }],
  expectations: [
    expectation,
    {
      ...expectation,
      source: 'verify',
      expectation: { match: {}, count: 1 },
      passed: true,
      actual: 1,
      expected: { atLeast: 1, atMost: 1 },
      nearMisses: [],
    },
    { ...expectation, expectation: { match: {}, count: { atMost: 2 } }, passed: true, nearMisses: [] },
    {
      ...expectation,
      expectation: { match: {}, count: { atLeast: 2 }, order: [{ endpoint: 'token' }, { endpoint: 'resource' }] },
      passed: true,
      expected: { atLeast: 2, atMost: null },
      nearMisses: [],
    },
    {
      ...expectation,
      expectation: { order: [{ endpoint: 'token' }, { endpoint: 'resource' }] },
      passed: true,
      nearMisses: [],
    },
    { ...expectation, expectation: { match: {} }, passed: true, nearMisses: [] },
  ],
};
const empty: Report = {
  ...report,
  judged: { entries: 1, dropped: 0 },
  findings: [],
  suppressed: [],
  unused: [],
  expectations: [],
  summary: { error: 0, warning: 0, note: 0, suppressed: 0, hidden: 0, expectationsPassed: 0, expectationsFailed: 0 },
};

const unused: Report = { ...empty, judged: { entries: 0, dropped: 0 } };

/** The report of a client with several mistakes. */
async function realReport(): Promise<Report> {
  const stage = new Stage(server, 'dottedsign', {
    suppress: [{ rule: 'redirect-uri-differs', reason: 'a proxy rewrites it' }],
    expect: [{ match: { endpoint: 'token' }, count: 3 }, { match: { endpoint: 'revoke' } }],
  });
  t.teardown(() => {
    stage.close();
  });
  const callback = await stage.authorize({ code_challenge_method: 'plain', nonce: undefined, 'odd<name>': '1' });
  await stage.exchange(callback, { redirect_uri: 'http://127.0.0.1:3000/callback' });
  await stage.signIn({ state: undefined, code_challenge: undefined, code_challenge_method: undefined });
  return atOnce(judge(stage.world));
}

const reports: Readonly<Record<string, Report>> = {
  'hostile text': report,
  'nothing at all': empty,
  'a real run': await realReport(),
};

t.test('every format writes every report, and ends with a line break', async (t) => {
  for (const [title, each] of Object.entries(reports)) {
    for (const name of formatNames) t.match(formats[name].write(each, 'error'), /\S\n$/, `${name} of ${title}`);
  }
});

t.test('no format for people has characters that reverse the words around them', async (t) => {
  for (const name of formatNames.filter((each) => each !== 'json')) {
    const written = formats[name].write(report, 'error');
    const said = name === 'sarif' ? JSON.stringify(JSON.parse(written)) : written;
    t.notMatch(said, /\p{Bidi_Control}/u, name);
    t.match(said, '\\u202e', name);
  }
});

t.test('JSON is the report itself', async (t) => {
  t.same(JSON.parse(formats.json.write(report, 'error')), report);
});

function suitesOf(
  each: Report,
  failOn: Parameters<typeof formats.junit.write>[1] = 'error',
): { attributes: XmlNode['attributes']; cases: XmlNode[] }[] {
  return parseXml(formats.junit.write(each, failOn)).children.map(({ attributes, children }) => ({
    attributes,
    cases: children.filter(({ name }) => name === 'testcase'),
  }));
}
t.test('JUnit is well-formed XML in the structure that CI systems read', async (t) => {
  for (const [title, each] of Object.entries(reports)) {
    const text = formats.junit.write(each, 'error');
    t.same(mistakesIn(parseXml(text), 'testsuites'), [], title);
    for (const { attributes, cases } of suitesOf(each)) {
      const count = (outcome: string): string => String(cases.filter((one) => outcomeOf(one) === outcome).length);
      t.match(attributes, {
        tests: String(cases.length),
        failures: count('failure'),
        skipped: count('skipped'),
        errors: '0',
      });
    }
  }
});

t.test(
  'JUnit has a passing test case for each rule without findings, and a failing one for findings at or above failOn',
  async (t) => {
    const [findings, expectations] = suitesOf(report);
    t.equal(findings!.cases.length, ruleIds.length, 'one test case for each rule');
    t.same(
      [findings!.attributes.failures, findings!.attributes.skipped],
      ['1', '1'],
      'the error is a failure, the suppressed finding is skipped',
    );
    t.same([expectations!.attributes.tests, expectations!.attributes.failures], ['6', '1']);
    t.equal(suitesOf(report, 'warning')[0]!.attributes.failures, '2');
    t.equal(suitesOf(report, 'note')[0]!.attributes.failures, '3');
    t.same(
      suitesOf(report, 'never').map(({ attributes }) => attributes.failures),
      ['0', '0'],
    );
    t.same(
      suitesOf(empty).map(({ attributes }) => [attributes.tests, attributes.failures]),
      [
        [String(ruleIds.length), '0'],
        ['0', '0'],
      ],
    );
  },
);

t.test('SARIF is valid against the published schema of 2.1.0', async (t) => {
  const validate = sarifValidator();
  for (const [title, each] of Object.entries(reports)) {
    validate(JSON.parse(formats.sarif.write(each, 'error')));
    t.same(validate.errors ?? [], [], title);
  }
  t.notOk(validate({ version: '2.1.0', runs: [{}] }), 'the validator is awake');
});

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly {
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  }[];
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly suppressions?: unknown;
    readonly locations: readonly {
      readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
    }[];
  }[];
}
const runOf = (text: string): Run => (JSON.parse(text) as { runs: Run[] }).runs[0]!;
const uriOf = ({ results }: Run, i: number): string => results[i]!.locations[0]!.physicalLocation.artifactLocation.uri;

t.test('SARIF has the rule, the severity, the evidence and the suppressions', async (t) => {
  const run = runOf(formats.sarif.write(report, 'error'));
  t.same(
    run.tool.driver.rules.map(({ id }) => id),
    [...ruleIds, 'expectation', 'requests'],
  );
  for (const { ruleId, ruleIndex } of run.results) t.equal(run.tool.driver.rules[ruleIndex]!.id, ruleId);
  t.same(
    run.results.map(({ level }) => level),
    ['error', 'warning', 'note', 'error', 'error', 'none', 'none', 'none', 'none', 'none'],
  );
  t.equal(uriOf(run, 0), 'w/a-world/__admin/journal/1');
  t.same(run.results[3]!.suppressions, [
    { kind: 'external', status: 'accepted', justification: escapeBidi(report.suppressed[0]!.reason) },
  ]);
  t.equal(run.invocations[0]!.toolExecutionNotifications[0]!.message.text, escapeBidi(String(report.judged.note)));
  const never = runOf(formats.sarif.write({ ...report, world: 'default' }, 'never'));
  t.equal(never.results[4]!.level, 'note');
  t.equal(uriOf(never, 0), '__admin/journal/1');
});

t.test('Markdown has the verdicts, and escapes text of a client', async (t) => {
  const text = formats.markdown.write(report, 'error');
  t.match(
    text,
    /^## ❌ Understudy: 1 error, 1 warning, 1 note, 1 failed expectation in 2 requests \(world a-world\)\n/,
  );
  t.match(formats.markdown.write(empty, 'error'), /^## ✅ Understudy: no findings in 1 request/);
  t.match(formats.markdown.write(report, 'never'), /^## ✅ .*; the run does not fail \(never\)\n/);
  t.match(
    formats.markdown.write({ ...report, expectations: [{ ...expectation, actual: 5 }] }, 'error'),
    /found 5, too many, expected 1 to 2/,
  );
  t.match(formats.markdown.write(empty, 'never'), /^## ✅ Understudy: no findings in 1 request \(world [^)]*\)\n/);
  for (const { rule } of [...report.findings, ...report.suppressed, ...report.unused]) t.match(text, `\`${rule}\``);
  t.notMatch(
    text,
    /<b|<!--|[^\\]\[x\]\(|@everyone|[^\\]\*_|https:\/\/|www\./,
    'no tag, no link, no mention, no emphasis',
  );
  const table = text.split('\n').filter((line) => line.startsWith('| '));
  t.equal(table.length, 4);
  t.ok(
    table.every((line) => line.replaceAll(/\\./g, '').split('|').length === 6),
    'four cells in each row',
  );
  t.notMatch(text, /^# h/m, 'no heading of its own');
  t.match(text, /… and 29 more/);
});

t.test('text has one line for each request, and no control characters', async (t) => {
  const text = formats.text.write(report, 'error');
  t.match(text, /^FAILED: 1 error, 1 warning, 1 note, 1 failed expectation in 2 requests \(world a-world\)\n/);
  t.match(text, /, users ada, bob, cem and 1 more, 30 times\n/);
  t.match(text, /\n {6}entry 1: POST \/v1\/oauth\/token → 400 code\.replayed \(the code .*\)\n/);
  t.match(text, /\n {6}entry 2: POST .* → no answer \(the code .*\)\n/);
  t.match(text, /\n {2}not met \(scenario\): /);
  t.match(text, /\n *entry 1: POST \/v1\/oauth\/token → 400 code\.replayed: matches\n/);
  t.match(text, /\nsuppressed:\n {2}pkce-plain, /);
  t.match(text, /\nunused suppressions:\n {2}no-backoff: gone/);
  t.notMatch(text, /[^\n\P{Cc}]/u, 'no control character');
  t.notMatch(text, /^# h/m, 'text of a client makes no line of its own');
  t.match(formats.text.write(empty, 'error'), /^PASSED: no findings in 1 request \(world [^)]*\)\n$/);
});

interface SarifRun {
  readonly results: readonly { readonly ruleIndex: number }[];
  readonly tool: { readonly driver: { readonly rules: readonly object[] } };
}

t.test('a report on no request has nothing that passed', async (t) => {
  const met = { ...expectation, passed: true };
  const none: Report = { ...unused, expectations: [met] };
  t.match(formats.text.write(none, 'error'), /^NOTHING WAS REPORTED ON: there was no request \(world /);
  t.match(formats.markdown.write(none, 'error'), /^## ⚠️ Understudy: NOTHING WAS REPORTED ON/);
  const xml = formats.junit.write(none, 'error');
  t.equal(xml.match(/<testcase/g)?.length, 2);
  t.equal(xml.match(/<skipped/g)?.length, 1, 'an expectation that is met');
  const failure =
    /<testcase [^>]*name="requests"[^>]*><failure message="NOTHING WAS REPORTED ON[^"]*" type="requests">/;
  t.match(xml, failure);
  t.notMatch(formats.text.write(none, 'error'), / matches\n/, 'entries are for expectations that were not met');
  t.match(formats.sarif.write(none, 'error'), /"NOTHING WAS REPORTED ON: there was no request"/);
  t.match(formats.text.write({ ...none, expectations: [expectation] }, 'error'), /^FAILED: /);
  const all = allReports([unused], 0);
  t.match(formats.text.writeAll(all, 'error'), /^all worlds: NOTHING WAS REPORTED ON/);
  t.match(formats.markdown.writeAll(all, 'error'), /^# ⚠️ Understudy: NOTHING WAS REPORTED ON/);
  const failed = { ruleId: 'requests', level: 'error', message: { text: /^NOTHING WAS REPORTED ON/ } };
  for (const failOn of ['error', 'never'] as const) {
    const allXml = formats.junit.writeAll(all, failOn);
    t.same(mistakesIn(parseXml(allXml), 'testsuites'), []);
    t.match(allXml, failure);
    for (const written of [formats.sarif.write(unused, failOn), formats.sarif.writeAll(all, failOn)]) {
      const [run] = (JSON.parse(written) as { runs: SarifRun[] }).runs;
      t.match(run?.results, [failed]);
      t.match(run?.tool.driver.rules[Number(run.results[0]?.ruleIndex)], { id: 'requests' });
    }
  }
  for (const written of [formats.junit.writeAll(all, 'error', true), formats.junit.write(unused, 'error', true)]) {
    t.match(written, /failures="0" errors="0" skipped="1"/, 'a run that may pass without a request');
  }
  t.match(JSON.parse(formats.sarif.writeAll(all, 'error', true)), { runs: [{ results: [] }] });
});

t.test('Markdown has one line for each request', async (t) => {
  t.match(
    formats.markdown.write(report, 'error'),
    /\n {2}- entry 1: POST \/v1\/oauth\/token → 400 code\.replayed \(the code/,
  );
});

t.test('every format writes the reports on all worlds', async (t) => {
  const all = allReports([{ ...report, endedAt: '2026-01-01T00:00:00.000Z' }, empty, unused], 3);
  t.match(all, {
    judged: { worlds: 2, entries: 3, dropped: 7 },
    forgotten: 3,
    summary: { error: 1, warning: 1, note: 1, suppressed: 1, expectationsPassed: 3, expectationsFailed: 1 },
  });
  t.same(JSON.parse(formats.json.writeAll(all, 'error')), all);
  t.same(mistakesIn(parseXml(formats.junit.writeAll(all, 'error')), 'testsuites'), []);
  const { runs } = JSON.parse(formats.sarif.writeAll(all, 'error')) as { runs: { properties: object }[] };
  t.match(runs, [{ properties: { worlds: ['a-world', empty.world], entries: 3, dropped: 7 } }]);
  t.match(
    formats.markdown.writeAll(all, 'error'),
    /^# ❌ Understudy: .* in 3 requests \(worlds: 2\)\n\nReports on 3 ended worlds were not kept/,
  );
  t.match(formats.markdown.writeAll(all, 'error'), /\(world a-world, ended at 2026-01-01T00:00:00\.000Z\)/);
  t.match(formats.markdown.writeAll(allReports([empty], 0), 'error'), /^# ✅ Understudy: no findings in 1 request/);
  t.match(formats.text.writeAll(all, 'error'), /\nall worlds: 1 error, .* in 3 requests \(worlds: 2\)\nReports on 3/);
});

t.test('a real report contains the client id, and no secret', async (t) => {
  for (const name of formatNames) {
    const text = formats[name].write(reports['a real run']!, 'error');
    t.match(text, demo.id, name);
    t.notMatch(text, demo.secret, name);
  }
});

t.test('every rule has the texts that the reference page and the reports need', async (t) => {
  t.same(
    rules.map(({ id }) => id),
    ruleIds,
    'one rule for each id, in the same order',
  );
  for (const rule of rules) {
    t.match(
      rule,
      { verdict: /^[A-Z].*\.$/s, clause: /^RFC \d+ §/, advice: /^[A-Z].*\.$/s, spares: /^[A-Z].*\.$/s },
      rule.id,
    );
  }
});
