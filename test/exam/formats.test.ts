import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import t from 'tap';
import { examResultSchema } from '../../scripts/reference-docs.js';
import { checks } from '../../src/exam/checks/index.js';
import { examOutcome, failsExam } from '../../src/exam/failure.js';
import { gradeOf } from '../../src/exam/grade.js';
import { worstOf } from '../../src/exam/verdict.js';
import { examFormats } from '../../src/exam/formats/index.js';
import { examFormatNames } from '../../src/exam/formats/names.js';
import { groupTitles, outcomeText } from '../../src/exam/formats/phrases.js';
import { packageFolder } from '../../src/package.js';
import { mistakesIn, outcomeOf, parseXml } from '../findings/junit-structure.js';
import { sarifValidator } from '../findings/sarif-schema.js';
import { examOf } from './exam-of.js';
import { check, everyKind, hostileResult, request, resultOf } from './made-result.js';
import type { CheckResult, ExamResult } from '../../src/exam/result.js';
import type { FailOn } from '../../src/findings/severity.js';

const result = resultOf(everyKind);
const results: Readonly<Record<string, ExamResult>> = {
  'every kind of check': result,
  'hostile text': hostileResult,
  'no check at all': resultOf([], { score: null, grade: null }),
  'a real exam': await examOf('mailup', {
    flaws: ['state-fresh'],
    only: ['state-sent', 'state-fresh', 'callback-head'],
    expected: new Map([['state-sent', 'a known one']]),
  }),
};
const error = { failOn: 'error' } as const;

t.test('every format writes every result, and ends with a line break', async (t) => {
  t.strictSame(Object.keys(examFormats), examFormatNames);
  for (const [title, each] of Object.entries(results)) {
    for (const name of examFormatNames) t.match(examFormats[name](each, error), /\S\n$/, `${name} of ${title}`);
  }
});

t.test('no format for people has characters that reverse the words around them', async (t) => {
  for (const name of examFormatNames.filter((each) => each !== 'json')) {
    const written = examFormats[name](hostileResult, error);
    const said = name === 'sarif' ? JSON.stringify(JSON.parse(written)) : written;
    t.notMatch(said, /\p{Bidi_Control}/u, name);
    t.match(said, '\\u202e', name);
  }
});

t.test('a run fails by a broken check that is severe enough, unless it is expected', async (t) => {
  const fails = (changes: Parameters<typeof check>[0], failOn: FailOn): boolean => failsExam(check(changes), failOn);
  t.equal(fails({}, 'error'), true);
  t.equal(fails({ verdict: 'unsteady', worst: 'failed' }, 'error'), true);
  t.equal(fails({ verdict: 'unsteady', worst: 'warned' }, 'note'), false);
  t.equal(fails({ verdict: 'unsteady', worst: 'not-seen' }, 'note'), false);
  t.equal(fails({ severity: 'warning' }, 'error'), false);
  t.equal(fails({ severity: 'warning' }, 'note'), true);
  t.equal(fails({}, 'never'), false);
  t.equal(fails({ expected: 'known' }, 'error'), false);
  t.equal(fails({ verdict: 'warned' }, 'note'), false);
  t.equal(fails({ verdict: 'not-seen' }, 'note'), false);
  t.equal(examOutcome(result, 'error'), 'fails');
  t.equal(examOutcome(resultOf([check({ verdict: 'passed' })]), 'note'), 'passes');
});

t.test('an unsteady check counts as the worst of its repetitions, and is reported in any case', async (t) => {
  const good = check({ verdict: 'passed' });
  const graded = (worst: CheckResult['verdict']): unknown => gradeOf([good, check({ verdict: 'unsteady', worst })]);
  t.strictSame(graded('failed'), { score: 50, grade: 'D' });
  t.strictSame(graded('warned'), { score: 75, grade: 'C' });
  t.strictSame(graded('not-seen'), { score: 100, grade: 'A' });
  t.equal(worstOf(['passed', 'not-seen']), 'not-seen');
  t.equal(worstOf(['passed', 'warned', 'failed']), 'failed');
  const mild = resultOf([check({ id: 'mild-one', verdict: 'unsteady', worst: 'not-seen' })]);
  t.match(examFormats.text(mild, error), /^unsteady mild-one \(error\)/);
  t.match(JSON.parse(examFormats.sarif(mild, error)), {
    runs: [{ results: [{ ruleId: 'mild-one', level: 'warning' }] }],
  });
});

t.test('a run fails by a check that is expected to fail and passes by now', async (t) => {
  const stale = resultOf([check({ verdict: 'passed', expected: 'known' })]);
  t.equal(examOutcome(stale, 'error'), 'fails');
  t.equal(examOutcome(stale, 'never'), 'passes');
  t.equal(outcomeText(stale, 'error'), 'the run fails: 1 stale expectation');
});

t.test('the outcome says what fails the run', async (t) => {
  t.equal(outcomeText(result, 'error'), 'the run fails: 2 failures of severity error, 1 stale expectation');
  t.equal(
    outcomeText(result, 'warning'),
    'the run fails: 3 failures of severity warning or above, 1 stale expectation',
  );
  t.equal(outcomeText(result, 'never'), 'the run never fails');
  t.equal(outcomeText(resultOf([]), 'note'), 'the run passes: no failure of severity note or above');
});

t.test('a run that was ended, or whose calls prove nothing, neither passes nor fails in any format', async (t) => {
  const [good, bad] = [check({ verdict: 'passed' }), check()];
  for (const [changes, words] of [
    [{ interrupted: true }, 'the run was ended before it could pass'],
    [{ callsProveNothing: true }, 'the run proves too little to pass'],
  ] as const) {
    const undecided = resultOf([good], changes);
    t.equal(outcomeText(undecided, 'error'), words);
    t.match(examFormats.markdown(undecided, error), /^## ⚪ /);
    t.match(examFormats.html(undecided, error), `<p class="outcome undecided">${words}</p>`);
    const failing = resultOf([good, bad], changes);
    t.match(examFormats.markdown(failing, error), /^## ❌ /);
    t.match(examFormats.html(failing, error), '<p class="outcome fails">');
  }
  t.match(examFormats.markdown(resultOf([good]), error), /^## ✅ /);
  t.match(examFormats.html(resultOf([good]), error), '<p class="outcome passes">');
});

t.test('text has what to fix first, the most severe at the top, and the grade last', async (t) => {
  const text = examFormats.text(result, error);
  const heads = [...text.matchAll(/^(?:failed|unsteady|warned) (\S+)/gm)].map(([, id]) => id);
  t.strictSame(heads, ['failed-error', 'failed-warning', 'unsteady-one', 'warned-one']);
  t.match(
    text,
    'failed failed-error (error): Each flow has a state of its own\n  It sent the same state twice.\n' +
      '  - request 2: POST /mailup/token (authorization_code) → 200\n' +
      '  Make a new random state for each flow. (RFC 6749 §10.12)\n',
  );
  t.match(text, '\nexpected failures:\n  known-one: the library does that\n');
  t.match(text, '\nstale expectations: these checks pass by now:\n  stale-one: fixed long ago\n');
  t.match(text, '\nnot seen:\n  unseen-one, unseen-two: no way to disconnect\n');
  t.match(text, '\nnot for this provider:\n  inapplicable-one: the provider has no PKCE\n');
  t.match(
    text,
    '\n10 checks in 2m31s: 3 failed, 1 unsteady, 1 warned, 2 not seen, 2 passed, 1 not for this provider\n' +
      'mailup: grade C, score 74 of 100; the run fails: 2 failures of severity error, 1 stale expectation\n',
  );
  t.match(
    examFormats.text(results['no check at all']!, error),
    '0 checks in 2m31s: no check was made\nmailup: no grade: too little was seen; the run passes',
  );
});

t.test('text has lines of at most 120 columns, and no control characters', async (t) => {
  const text = examFormats.text(hostileResult, error);
  t.notMatch(text, /[^\n\P{Cc}]/u);
  t.notMatch(text, /^# h/m, 'text of a client makes no line of its own');
  t.strictSame(
    text.split('\n').filter((line) => line.length > 120),
    [],
  );
  t.match(text, /\n {2}known-one: /);
  t.match(text, '\nnote: The exam was ended before its last check.\n');
});

t.test('a text names at most eight requests of the evidence, with their faults', async (t) => {
  const requests = Array.from({ length: 12 }, (_, i) =>
    request(i + 1, i === 0 ? { status: undefined, fault: 'reset', grantType: undefined } : {}),
  );
  const text = examFormats.text(resultOf([check({ requests, evidence: requests.map(({ entry }) => entry) })]), error);
  t.match(text, '  - request 1: POST /mailup/token → no answer (fault reset)\n');
  t.match(text, '  - request 8: POST');
  t.match(text, '\n  - … and 4 more\n');
  t.notMatch(text, 'request 9');
});

t.test('JSON is the result itself, as the published schema describes it', async (t) => {
  const schema = examResultSchema();
  t.equal(
    readFileSync(join(packageFolder, 'schema/exam-result.schema.json'), 'utf8'),
    schema,
    '`npm run docs` writes it',
  );
  const validate = new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(schema) as object);
  for (const [title, each] of Object.entries(results)) {
    const written = JSON.parse(examFormats.json(each, error)) as object;
    t.strictSame(written, JSON.parse(JSON.stringify(each)), title);
    validate(written);
    t.strictSame(validate.errors ?? [], [], title);
  }
  t.notOk(validate({ ...result, grade: 'G' }), 'the validator is awake');
});

t.test('JUnit has a test suite for each group and a test case for each check', async (t) => {
  for (const [title, each] of Object.entries(results)) {
    t.strictSame(mistakesIn(parseXml(examFormats.junit(each, error)), 'testsuites'), [], title);
  }
  const suites = parseXml(examFormats.junit(result, error)).children;
  t.strictSame(
    suites.map(({ attributes }) => attributes.name),
    ['request', 'callback', 'life', 'end'].map((group) => `understudy.exam.${group}`),
  );
  t.match(suites[0]!.attributes, {
    tests: '6',
    failures: '2',
    skipped: '2',
    time: '7.2',
    timestamp: '2026-11-29T06:51:37',
  });
});

t.test('the time of a JUnit suite is the sum of its checks in seconds, to the millisecond', async (t) => {
  const text = examFormats.junit(resultOf([check({ durationMs: 1100 }), check({ durationMs: 2200 })]), error);
  t.equal(parseXml(text).children[0]!.attributes.time, '3.3');
});

t.test('JUnit fails what fails the run, and skips what was expected or not judged', async (t) => {
  const outcomes = (failOn: FailOn): string[] =>
    parseXml(examFormats.junit(result, { failOn })).children.flatMap(({ children }) =>
      children
        .filter(({ name }) => name === 'testcase')
        .map((each) => `${String(each.attributes.name?.split(':')[0])} ${outcomeOf(each)}`.trim()),
    );
  t.strictSame(outcomes('error'), [
    'failed-warning system-out',
    'failed-error failure',
    'known-one skipped',
    'stale-one failure',
    'passed-one',
    'inapplicable-one skipped',
    'warned-one system-out',
    'unsteady-one failure',
    'unseen-one skipped',
    'unseen-two skipped',
  ]);
  t.match(outcomes('warning'), ['failed-warning failure']);
  t.notMatch(outcomes('never').join(), 'failure');
  const text = examFormats.junit(result, error);
  t.match(text, '<skipped message="expected: the library does that"/>');
  t.match(text, 'message="it passes by now, and was expected to fail: fixed long ago"');
});

t.test('SARIF is valid against the published schema of 2.1.0', async (t) => {
  const validate = sarifValidator();
  for (const [title, each] of Object.entries(results)) {
    validate(JSON.parse(examFormats.sarif(each, error)));
    t.strictSame(validate.errors ?? [], [], title);
  }
  t.notOk(validate({ version: '2.1.0', runs: [{}] }), 'the validator is awake');
});

t.test('SARIF has the checks as rules, what is to be fixed as results, and the expected ones suppressed', async (t) => {
  const { runs } = JSON.parse(examFormats.sarif(result, error)) as { runs: unknown[] };
  const suppressed = { suppressions: [{ kind: 'external', justification: 'the library does that' }] };
  t.match(runs, [
    {
      tool: { driver: { rules: everyKind.map(({ id }) => ({ id })) } },
      invocations: [
        {
          executionSuccessful: true,
          endTimeUtc: '2026-11-29T06:54:08.536Z',
          toolExecutionNotifications: [{ message: { text: 'stale-one passes by now. Expected: fixed long ago' } }],
        },
      ],
      results: [
        { ruleId: 'warned-one', ruleIndex: 0, level: 'warning' },
        { ruleId: 'failed-warning', ruleIndex: 1, level: 'warning', properties: { evidence: [2] } },
        { ruleId: 'failed-error', ruleIndex: 2, level: 'error', message: { text: /^It sent .*\nrequest 2: POST/ } },
        { ruleId: 'unsteady-one', ruleIndex: 3, level: 'error', properties: { verdict: 'unsteady' } },
        { ruleId: 'known-one', ruleIndex: 4, ...suppressed },
      ],
    },
  ]);
  t.equal((runs[0] as { results: unknown[] }).results.length, 5);
  t.match(JSON.parse(examFormats.sarif(hostileResult, error)), {
    runs: [{ invocations: [{ executionSuccessful: false }] }],
  });
});

t.test('Markdown has the grade, what to fix, and the rest collapsed', async (t) => {
  const text = examFormats.markdown(result, error);
  t.match(text, /^## ❌ Understudy exam at mailup: grade C, score 74 of 100\n/);
  t.match(text, '\n| verdict | checks |\n|---|---|\n| 🔴 failed | 3 |\n');
  t.strictSame(
    [...text.matchAll(/^#### \S+ `(.+?)`/gm)].map(([, id]) => id),
    ['failed-error', 'failed-warning', 'unsteady-one', 'warned-one'],
  );
  t.match(text, 'Each flow has a state of its own. **It sent the same state twice.**\n\n- request 2: POST');
  t.strictSame(
    [...text.matchAll(/^<summary>(.+)<\/summary>$/gm)].map(([, title]) => title),
    [
      'expected failures',
      'stale expectations: these checks pass by now',
      '⚪ not seen',
      '⚪ not for this provider',
      '🟢 passed',
    ],
  );
  t.match(text, '\n- `unseen-one`, `unseen-two`: no way to disconnect\n');
  t.match(examFormats.markdown(result, { failOn: 'never' }), /^## ✅ /);
  t.notMatch(examFormats.markdown(results['no check at all']!, error), /###|<details>/);
});

t.test('Markdown escapes text of a client', async (t) => {
  const text = examFormats.markdown(hostileResult, error);
  t.notMatch(
    text,
    /<script|<!--|[^\\]\[x\]\(|@everyone|[^\\]\*_|https:\/\//,
    'no tag, no link, no mention, no emphasis',
  );
  t.notMatch(text, /^# h/m, 'no heading of its own');
  t.match(text, /^> ⚠️ A call works /m);
});

t.test('every group has a title of its own', async (t) => {
  for (const { group } of checks) t.match(groupTitles[group], /^[A-Z]/, group);
  t.equal(new Set(Object.values(groupTitles)).size, Object.keys(groupTitles).length);
});
