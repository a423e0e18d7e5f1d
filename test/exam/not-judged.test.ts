import t from 'tap';
import { NotSeen } from '../../src/exam/judgement.js';
import { SeenRequest, SeenRequests } from '../../src/exam/seen-request.js';
import { hangingAnswerBlocksNobody } from '../../src/exam/checks/token-answer/hanging-answer-blocks-nobody.js';
import { formContentType } from '../../src/exam/checks/token-request/form-content-type.js';
import { tokenInHeader } from '../../src/exam/checks/api/token-in-header.js';
import { exam } from '../../src/library.js';
import { sampleClient } from './sample-client.js';
import type { EntryView } from '../../src/client/index.js';
import type { Check } from '../../src/exam/check.js';
import type { Judgement } from '../../src/exam/judgement.js';
import type { OrdinaryRun } from '../../src/exam/ordinary-run.js';
import type { CheckResult } from '../../src/exam/result.js';
import type { ExamOptions } from '../../src/library.js';
import type { SampleTokens } from './sample-client.js';

t.jobs = 2;

/** The results of the sample client, with other functions. */
async function resultsOf(
  only: readonly string[],
  functions: Partial<Pick<ExamOptions, 'connect' | 'call' | 'disconnect'>>,
): Promise<readonly CheckResult[]> {
  const { checks } = await exam({ provider: 'dottedsign', only, ...sampleClient(), ...functions });
  return checks;
}

void t.test('a client that makes no call after it connected is not judged by its calls', async (t) => {
  const { connect, call } = sampleClient();
  let calls = 0;
  const once: ExamOptions['call'] = async (tools) => {
    calls += 1;
    // the first one is made before it is connected
    if (calls <= 2) await call(tools);
  };
  t.match(await resultsOf(['no-needless-refresh', 'good-token-401'], { connect, call: once }), [
    { verdict: 'not-seen', explanation: 'no call of the API succeeded' },
    { verdict: 'not-seen', explanation: 'the client made no call of the API' },
  ]);
});

void t.test('a client that begins no second flow is not judged by it', async (t) => {
  const { connect, call } = sampleClient();
  let flows = 0;
  const results = await resultsOf(['reconnect-after-disconnect'], {
    connect: async (tools) => {
      flows += 1;
      // the first flow, and that of the check
      if (flows <= 2) await connect(tools);
    },
    call,
    disconnect: () => undefined,
  });
  t.match(results, [{ verdict: 'not-seen', explanation: 'the client began no second flow' }]);
});

void t.test('a second flow without an exchange fails, also if the tokens of the first one work', async (t) => {
  const { connect, call } = sampleClient();
  let flows = 0;
  const results = await resultsOf(['reconnect-after-disconnect'], {
    connect: async (tools) => {
      flows += 1;
      if (flows <= 2) return connect(tools);
      const { urls, client, visit } = tools;
      const query = { response_type: 'code', client_id: client.id, redirect_uri: client.redirectUri };
      await visit(`${urls.authorizeUrl}?${new URLSearchParams(query).toString()}`);
    },
    call,
    disconnect: () => undefined,
  });
  const explanation = 'The second flow does not work: the client exchanged no code.';
  t.match(results, [{ verdict: 'failed', explanation }]);
});

void t.test('a denial that does not reach the client is not judged', async (t) => {
  const { connect, call } = sampleClient();
  let flows = 0;
  const only = ['denied-no-token-request', 'denied-then-allowed'];
  const results = await resultsOf(only, {
    connect: async (tools) => {
      flows += 1;
      if (flows > 1) throw new Error('no further flow');
      await connect(tools);
    },
    call,
  });
  const explanation = 'the denial did not lead back to the client';
  t.match(
    results,
    only.map((id) => ({ id, verdict: 'not-seen', explanation })),
  );
});

void t.test('a check that was not judged shows its requests, and no token in its explanation', async (t) => {
  let token = '';
  const { connect, call } = sampleClient({
    keep: ({ access_token: given }) => {
      if (token !== '') throw new Error(`no place for ${given}`);
      token = given;
    },
  });
  const [result] = await resultsOf(['good-token-401'], { connect, call });
  t.match(result, { verdict: 'not-seen', explanation: /did not connect: it threw Error: no place for fp:\w+$/ });
  t.ok(result?.requests.some(({ grantType }) => grantType === 'authorization_code'));
});

void t.test('a revocation counts only if it revokes a token of the client', async (t) => {
  const revoke = async (token: string | undefined): Promise<readonly CheckResult[]> => {
    let tokens: SampleTokens | undefined;
    const { connect, call } = sampleClient({ keep: (given) => (tokens = given) });
    return resultsOf(['disconnect-revokes'], {
      connect,
      call,
      disconnect: async ({ urls, client }) => {
        const own = { client_id: client.id, client_secret: client.secret };
        const body = new URLSearchParams({ token: token ?? String(tokens?.access_token), ...own });
        const url = urls.tokenUrl.replace(/token$/, 'revoke');
        await fetch(url, { method: 'POST', body });
      },
    });
  };
  t.match(await revoke('undefined'), [
    { verdict: 'failed', explanation: 'The client revoked something else than its tokens.' },
  ]);
  t.match(await revoke(undefined), [{ verdict: 'passed', explanation: 'The client revoked its token.' }]);
});

void t.test('a check that ends before the flow that hangs leaves no error behind', async (t) => {
  let end: (error: Error) => void = () => undefined;
  const hanging = new Promise<never>((_, reject) => (end = reject));
  const over = new Error('the check is over');
  const stage = {
    people: [],
    newBrowser: () => Promise.resolve({}),
    fault: () => Promise.resolve(),
    connect: () => hanging,
    requests: () => Promise.reject(over),
  };
  await t.rejects(examine(hangingAnswerBlocksNobody, stage), over);
  end(over);
  // an unhandled rejection would end the process here
  await new Promise((resolve) => setImmediate(resolve));
});

const examine = (check: Check, stage: object): Promise<Judgement> => {
  if (!('examine' in check)) throw new Error('it is a staged check');
  return check.examine(stage as Parameters<typeof check.examine>[0]);
};

/** What a passive check says of requests. */
function judge(check: Check, all: readonly SeenRequest[], tokenBodyTypes: readonly string[] = ['form']): Judgement {
  if (!('judge' in check)) throw new Error('it is a passive check');
  return check.judge({
    provider: { policy: { tokenBodyTypes } },
    requests: new SeenRequests(all),
  } as unknown as OrdinaryRun);
}

function requestOf(
  endpoint: string,
  status: number,
  request: Partial<EntryView['request']>,
  body?: object,
): SeenRequest {
  return new SeenRequest({
    id: 1,
    at: '2026-01-01T00:00:00.000Z',
    realAt: '2026-01-01T00:00:00.000Z',
    endpoint,
    status,
    request: { method: 'POST', path: '/', query: {}, headers: {}, ...request },
    response: { status, headers: {}, body },
    notes: [],
  } satisfies EntryView);
}

void t.test('the Content-Type of every token request counts, not only that of the first', (t) => {
  const tokenRequest = (type: string, status = 200): SeenRequest =>
    requestOf('token', status, { headers: { 'content-type': type }, form: { code: 'a' } });
  const form = tokenRequest('application/x-www-form-urlencoded; charset=utf-8');
  const json = tokenRequest('Application/JSON');
  const text = tokenRequest('text/plain');
  t.match(judge(formContentType, [form]), { verdict: 'passed', explanation: '1 token requests had a form.' });
  t.match(judge(formContentType, [form, json], ['form', 'json']), { verdict: 'passed', explanation: /JSON/ });
  t.match(judge(formContentType, [json, text], ['form', 'json']), { verdict: 'warned', explanation: /is text\/plain/ });
  t.match(judge(formContentType, [json]), { verdict: 'warned', explanation: /is application\/json/ });
  const refused = judge(formContentType, [json, tokenRequest('text/plain', 400)]);
  t.match(refused, { verdict: 'failed', explanation: 'The Content-Type is text/plain, and the request was refused.' });
  const none = requestOf('token', 400, { form: { code: 'a' } });
  t.match(judge(formContentType, [none]), { verdict: 'failed', explanation: /is none/ });
  t.throws(() => judge(formContentType, [requestOf('token', 400, {})]), NotSeen);
  t.end();
});

void t.test('a token is found in every part of a URL', (t) => {
  const given = requestOf('token', 200, {}, { access_token: 'a-long-token' });
  const seen = (request: Partial<EntryView['request']>): string =>
    judge(tokenInHeader, [given, requestOf('resource', 200, request)]).verdict;
  t.equal(seen({ path: '/members/me', query: { trace: 'another', page: 1 } }), 'passed');
  t.equal(seen({ query: { trace: 'a-long-token' } }), 'failed');
  t.equal(seen({ query: { trace: ['first', 'a-long-token'] } }), 'failed');
  t.equal(seen({ path: '/tokens/a-long-token/members' }), 'failed');
  t.end();
});
