import t from 'tap';
import { keepTitles } from '../../src/panel/api/provider-titles.js';
import { kinds } from '../../src/faults/kinds/index.js';
import { ruleMistakes } from '../../src/faults/check-rules.js';
import { providers } from '../../src/providers/index.js';
import {
  faultInWords,
  limitsInWords,
  matchInWords,
  previewOf,
  ruleInWords,
} from '../../src/panel/views/faults/fault-words.js';
import {
  faultLines,
  filteredLines,
  isHolding,
  remainingInWords,
  ruleAgain,
} from '../../src/panel/views/faults/fault-state.js';
import { presetRule, presets } from '../../src/panel/views/faults/presets.js';
import type { FaultState } from '../../src/client/index.js';
import type { Rule } from '../../src/faults/rule.js';

t.before(() => {
  keepTitles(providers);
});

void t.test('the requests of a match in words', (t) => {
  t.equal(matchInWords({}), 'requests');
  t.equal(matchInWords({}, true), 'a request');
  t.equal(matchInWords({ endpoint: 'token', grantType: 'refresh_token', provider: 'mailup' }), 'refreshes at MailUp');
  t.equal(
    matchInWords({ endpoint: 'resource', clientId: 'c', userId: 'u', method: 'GET', path: '/v1/*' }),
    'API calls of the client c of the user u with the method GET to /v1/*',
  );
  t.equal(
    matchInWords({ query: { a: '1', b: '2' }, form: { c: '3' }, headers: { d: '4' } }, true),
    'a request with the query a=1, b=2 with the form c=3 with the headers d=4',
  );
  t.end();
});

void t.test('each kind of fault has words of its own', (t) => {
  for (const { name, example } of kinds) t.notMatch(faultInWords(example), 'the fault', name);
  const words = (fault: object): string => faultInWords(fault);
  t.equal(words({ kind: 'oauth-error', error: 'invalid_grant' }), 'are refused with invalid_grant');
  t.equal(words({ kind: 'oauth-error' }), 'are refused with …');
  t.equal(words({ kind: 'rate-limit' }), 'are refused with status 429 and Retry-After 1');
  t.equal(words({ kind: 'delay', for: '2s' }), 'are answered late, by 2s');
  t.equal(words({ kind: 'delay', uniform: ['1s', '2s'] }), 'are answered late, by 1s to 2s');
  t.equal(words({ kind: 'delay', logNormal: { median: '1s' } }), 'are answered late, mostly by about 1s');
  t.equal(words({ kind: 'truncate' }), 'get a body that ends halfway');
  t.equal(words({ kind: 'truncate', at: 20 }), 'get a body that ends after 20 characters');
  t.equal(words({ kind: 'gzip' }), 'get their body as gzip');
  t.equal(words({ kind: 'gzip', broken: true }), 'get a gzip body that cannot be read');
  t.equal(words({ kind: 'drip' }), 'get their body one byte each 100ms');
  t.equal(words({ kind: 'patch' }), 'are answered …');
  t.equal(
    words({ kind: 'patch', set: { a: 1 }, remove: ['b', 'c'], headers: { d: null } }),
    'are answered with a=1 and without b, c and with the headers d=null',
  );
  t.equal(words({ kind: 'redirect', to: '/x' }), 'are redirected to /x with 307');
  t.equal(words({ kind: 'hold' }), 'wait until they are released');
  t.equal(words({ kind: 'hold', until: 2, atMost: '1s' }), 'wait until 2 wait, then go on together, at most 1s');
  t.equal(words({ kind: 'tamper' }), 'come back with …');
  t.equal(
    words({ kind: 'tamper', state: 'altered', code: 'missing', error: 'x', iss: 'wrong', extra: { y: 'z' } }),
    'come back with the state altered and the code missing and the error x and a wrong iss and also y=z',
  );
  t.equal(words({ kind: 'new-kind' }), 'get the fault new-kind');
  t.equal(
    words({ kind: 'status', status: 503, after: true, delay: '2s' }),
    'get status 503, after they had their effect, 2s later',
  );
  t.equal(words([{ kind: 'pass' }, { kind: 'drop' }]), 'pass unchanged; then happen, but their answer is lost');
  t.end();
});

void t.test('the limits of a rule in words', (t) => {
  t.equal(limitsInWords({ skip: 0, times: null }), '');
  t.equal(limitsInWords({ skip: 1, times: 1 }), 'not the first one, once');
  t.equal(
    limitsInWords({ skip: 2, times: 3, probability: 0.125, for: '30s', until: { endpoint: 'token' } }),
    'not the first 2, 3 times, with a probability of 12.5 %, for 30s from the first, until a token request',
  );
  t.equal(ruleInWords({ match: {}, fault: { kind: 'drop' } }), 'Requests happen, but their answer is lost');
  t.equal(ruleInWords({ match: {}, times: 1, fault: { kind: 'pass' } }), 'Requests pass unchanged (once)');
  t.strictSame(['It is so', 'Refused with …', 'a.'].map(previewOf), ['It is so.', 'Refused with …', 'a.']);
  t.equal(previewOf('x'.repeat(5000)).length, 301);
  t.end();
});

const state = (change: Partial<FaultState>): FaultState => ({
  id: 'fault-1',
  match: { endpoint: 'token' },
  skip: 0,
  times: null,
  fault: { kind: 'drop' },
  seen: 0,
  hits: 0,
  remaining: null,
  waiting: 0,
  ended: false,
  ...change,
});

void t.test('rules are found by words, in any order and letter case', (t) => {
  const lines = faultLines([state({}), state({ id: 'other', match: { provider: 'mailup' } })]);
  t.same(
    lines.map(({ what, limits }) => [what, limits]),
    [
      ['Token requests happen, but their answer is lost', ''],
      ['Requests at MailUp happen, but their answer is lost', ''],
    ],
  );
  const ids = (text?: string): string[] => filteredLines(lines, text).map((line) => line.state.id);
  t.same(ids(), ['fault-1', 'other']);
  t.same(ids('LOST mailup'), ['other']);
  t.same(ids('lost nowhere'), []);
  t.end();
});

void t.test('a state tells what is left, and whether it holds requests', (t) => {
  t.equal(remainingInWords(state({})), 'no limit');
  t.equal(remainingInWords(state({ remaining: 2 })), '2');
  t.equal(isHolding(state({})), false);
  t.equal(isHolding(state({ waiting: 1 })), true);
  t.equal(isHolding(state({ fault: [{ kind: 'pass' }, { kind: 'hold', until: 2 }] })), true);
  t.end();
});

void t.test('a state can be added again as a rule', (t) => {
  t.same(ruleAgain(state({})), { match: { endpoint: 'token' }, fault: { kind: 'drop' } });
  const whole = {
    match: {},
    skip: 1,
    times: 2,
    probability: 0.5,
    for: '1s',
    until: { endpoint: 'token' as const },
    fault: { kind: 'pass' as const },
  };
  t.same(ruleAgain(state({ ...whole, hits: 2, remaining: 0, ended: true })), whole);
  const list = [{ kind: 'pass' as const }, { kind: 'drop' as const }];
  t.same(ruleAgain(state({ fault: list, times: 2 })), { match: { endpoint: 'token' }, fault: list });
  t.equal(ruleAgain(state({ fault: list, times: 4 })).times, 4);
  t.end();
});

void t.test('the server accepts each preset, at all providers and at one', (t) => {
  for (const preset of presets) {
    const rules = [presetRule(preset, ''), presetRule(preset, 'mailup')] as Rule[];
    t.same(ruleMistakes(rules, providers), [], preset.title);
    t.match(ruleInWords({ ...presetRule(preset, 'mailup') }), /at MailUp/);
  }
  const until = presets.find(({ rule }) => rule.until !== undefined)!;
  t.match(presetRule(until, 'mailup').until, { provider: 'mailup', grantType: 'refresh_token' });
  t.end();
});
