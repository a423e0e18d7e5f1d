import { countsOf } from '../../src/admin/exam-counts.js';
import type { CheckResult, ExamResult, ReportedRequest } from '../../src/exam/result.js';

/** Text that needs escaping in some format: markup, tables, mentions, control characters, a lone surrogate. */
export const hostile =
  'https://evil.example a]]>"\'&<script>alert(1)</script></style>|`*_[x](javascript:y) ' +
  '@everyone\r\n# h \u0000\u001b\ud800 <!-- \u202e\u2066';

/** A request of a made result. */
export const request = (entry: number, changes: Partial<ReportedRequest> = {}): ReportedRequest => ({
  entry,
  afterMs: entry * 10,
  endpoint: 'token',
  grantType: 'authorization_code',
  method: 'POST',
  path: '/mailup/token',
  query: {},
  form: { grant_type: 'authorization_code', code: 'fp:7f97e22f87ce' },
  status: 200,
  ...changes,
});

/** A check of a made result. */
export const check = (changes: Partial<CheckResult> = {}): CheckResult => ({
  id: 'state-fresh',
  group: 'request',
  title: 'Each flow has a state of its own',
  clause: 'RFC 6749 §10.12',
  severity: 'error',
  verdict: 'failed',
  explanation: 'Two flows had the same state.',
  advice: 'Make a new random state for each flow.',
  evidence: [2],
  requests: [request(1, { endpoint: 'authorize', method: 'GET', status: 302, location: '/login' }), request(2)],
  durationMs: 1200,
  ...changes,
});

/** A result of checks. */
export const resultOf = (checks: readonly CheckResult[], changes: Partial<ExamResult> = {}): ExamResult => ({
  provider: 'mailup',
  score: 74,
  grade: 'C',
  counts: countsOf(checks),
  checks,
  notes: [],
  interrupted: false,
  callsProveNothing: false,
  seed: 'exam',
  startedAt: '2026-11-29T06:51:37.536Z',
  durationMs: 151_000,
  version: '1.2.3',
  ...changes,
});

/** A check of each kind that reports tell apart. */
export const everyKind: readonly CheckResult[] = [
  check({ id: 'warned-one', verdict: 'warned', group: 'callback' }),
  check({ id: 'failed-warning', severity: 'warning' }),
  check({ id: 'failed-error', explanation: 'It sent the same state twice.' }),
  check({ id: 'unsteady-one', verdict: 'unsteady', worst: 'failed', group: 'life' }),
  check({ id: 'known-one', expected: 'the library does that' }),
  check({ id: 'stale-one', verdict: 'passed', expected: 'fixed long ago' }),
  check({ id: 'passed-one', verdict: 'passed' }),
  check({ id: 'unseen-one', verdict: 'not-seen', explanation: 'no way to disconnect', requests: [], group: 'end' }),
  check({ id: 'unseen-two', verdict: 'not-seen', explanation: 'no way to disconnect', requests: [], group: 'end' }),
  check({ id: 'inapplicable-one', verdict: 'not-applicable', explanation: 'the provider has no PKCE', requests: [] }),
];

const manyParameters = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`parameter-${i}`, i]));

/** A result with hostile text wherever a client can write, and with requests of every kind. */
export const hostileResult = resultOf(
  [
    ...everyKind.map((each) => ({ ...each, explanation: `It sent ${hostile}` })),
    check({
      id: 'long-one',
      explanation: `${'word '.repeat(100)}${hostile}`,
      expected: `known ${hostile}`,
      evidence: Array.from({ length: 12 }, (_, i) => i + 1),
      requests: Array.from({ length: 14 }, (_, i) =>
        request(i + 1, {
          endpoint: i % 2 === 0 ? 'consent' : 'resource',
          path: `/a${hostile}`,
          grantType: i === 1 ? undefined : hostile,
          query: { [hostile]: hostile, list: ['a', 'b'], ...(i === 0 ? manyParameters : {}) },
          form: i === 2 ? undefined : i === 3 ? 'no form' : { text: 'x'.repeat(5000), nested: { a: 1 } },
          status: i === 4 ? undefined : i === 5 ? 401 : 200,
          fault: i === 4 ? 'reset' : undefined,
          explanation: i === 5 ? `refused ${hostile}` : undefined,
          location: i === 6 ? `http://client.example/${hostile}` : undefined,
        }),
      ),
    }),
  ],
  { notes: [`A call works ${hostile}`], interrupted: true, seed: hostile },
);
