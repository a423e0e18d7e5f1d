import t from 'tap';
import { reportedRequests } from '../../src/exam/reported-requests.js';
import { SeenRequest, SeenRequests } from '../../src/exam/seen-request.js';
import { noSecretInOutput } from '../../src/exam/checks/life/no-secret-in-output.js';
import type { EntryView } from '../../src/client/index.js';
import type { OrdinaryRun } from '../../src/exam/ordinary-run.js';

const secret = 'a-secret-of-the-client';

/** A token request with the secret as Basic credentials, which the journal has decoded. */
const requestOf = (id: number): SeenRequest =>
  new SeenRequest({
    id,
    at: '2026-01-01T00:00:00.000Z',
    realAt: '2026-01-01T00:00:00.000Z',
    endpoint: 'token',
    grantType: 'refresh_token',
    request: {
      method: 'POST',
      path: '/token',
      query: {},
      headers: { authorization: `Basic client:${secret}` },
      form: { refresh_token: 'a-refresh-token' },
    },
    notes: [],
  } satisfies EntryView);

t.test('of many requests, those that prove the verdict are reported', async (t) => {
  const requests = Array.from({ length: 200 }, (_, i) => requestOf(i + 1));
  const { requests: shown } = reportedRequests(requests, requests.slice(150, 155), 'It asked often.', 'seed');
  const ids = shown.map(({ entry }) => entry);
  t.equal(ids.length, 60);
  t.strictSame(ids.slice(-6), [55, 151, 152, 153, 154, 155]);
  const all = reportedRequests(requests, requests, 'It asked often.', 'seed');
  t.strictSame([all.requests.length, all.requests.at(-1)?.entry], [60, 60]);
});

t.test('a secret in an explanation is a fingerprint, as in the requests', async (t) => {
  const { explanation, requests } = reportedRequests(
    [requestOf(1)],
    [],
    'it threw Error: POST /token?refresh_token=a-refresh-token failed',
    'seed',
  );
  const [fingerprint] = /fp:\w+/.exec(explanation) ?? [];
  t.match(explanation, /^it threw Error: POST \/token\?refresh_token=fp:\w+ failed$/);
  t.match(requests, [{ form: { refresh_token: fingerprint } }]);
});

t.test('a token that only the facts of a refusal name is a fingerprint in its explanation', (t) => {
  const { entry } = requestOf(1);
  const facts = { replacedBy: 'never-sent-token' };
  const refused = new SeenRequest({ ...entry, facts, explanation: 'replaced by a new one (never-sent-token)' });
  const { requests } = reportedRequests([refused], [], 'It failed.', 'seed');
  t.match(requests, [{ explanation: /^replaced by a new one \(fp:\w+\)$/ }]);
  t.end();
});

t.test('a secret of any request of the check is a fingerprint in an explanation', async (t) => {
  const last = new SeenRequest({
    ...requestOf(200).entry,
    request: { ...requestOf(200).entry.request, headers: { authorization: 'Basic client:another-secret' } },
    response: { status: 200, headers: {}, body: { access_token: 'the-last-token' } },
  });
  const requests = [...Array.from({ length: 199 }, (_, i) => requestOf(i + 1)), last];
  const said = 'it threw Error: no use for the-last-token of another-secret';
  const { explanation, requests: shown } = reportedRequests(requests, [], said, 'seed');
  t.notOk(shown.some(({ entry }) => entry === 200));
  t.match(explanation, /^it threw Error: no use for fp:\w+ of fp:\w+$/);
});

t.test('the secret of Basic credentials is found in the output', async (t) => {
  const run = { requests: new SeenRequests([requestOf(1)]), output: `using ${secret}` } as unknown as OrdinaryRun;
  if (!('judge' in noSecretInOutput)) throw new Error('it is a passive check');
  t.match(noSecretInOutput.judge(run), { verdict: 'failed', evidence: [{ id: 1 }] });
  const other = { ...run, output: 'using another one' };
  t.match(noSecretInOutput.judge(other), { verdict: 'passed' });
});
