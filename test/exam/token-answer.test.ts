import t from 'tap';
import { exam } from '../../src/library.js';
import { examOf } from './exam-of.js';
import { noRefreshToken } from '../../src/exam/checks/token-answer/no-refresh-token.js';
import { askByForm, sampleClient } from './sample-client.js';
import type { ExamOptions } from './exam-of.js';
import type { ExaminedProvider } from '../../src/exam/examined-provider.js';
import type { CheckResult } from '../../src/exam/result.js';
import type { Manner } from './sample-client.js';

/** The result of one check of the careful application. */
async function careful(provider: string, id: string, options: ExamOptions): Promise<CheckResult | undefined> {
  const { checks } = await examOf(provider, { ...options, only: [id] });
  return checks.find((check) => check.id === id);
}

/** The result of one check of a client of functions. */
async function sample(id: string, manner: Manner): Promise<CheckResult | undefined> {
  const { checks } = await exam({ provider: 'dottedsign', only: [id], ...sampleClient(manner) });
  return checks[0];
}

t.test('an application that has ended is not judged by the checks that follow', async (t) => {
  const only = [
    'megabyte-answer-survived',
    'exchange-500-survived',
    'exchange-429-not-repeated',
    'token-redirect-not-followed',
    'hanging-answer-blocks-nobody',
  ];
  const { checks } = await examOf('tinyemail', { flaws: ['megabyte-answer-survived'], only });
  t.strictSame(
    checks.map(({ verdict }) => verdict),
    ['failed', 'not-seen', 'not-seen', 'not-seen', 'not-seen'],
  );
});

t.test('a client that begins no further flow is not judged', async (t) => {
  let flows = 0;
  const result = await sample('expires-in-zero', {
    ask: (parameters, tools) => {
      flows += 1;
      return flows > 1 ? Promise.reject(new Error('one flow is enough')) : askByForm(parameters, tools);
    },
  });
  t.match(result, { verdict: 'not-seen', explanation: 'the client exchanged no code' });
});

t.test('a secret that follows a redirect in the body is found', async (t) => {
  const result = await careful('tinyemail', 'token-redirect-not-followed', { flaws: ['token-redirect-not-followed'] });
  t.match(result, { verdict: 'failed', explanation: 'The secret of the client arrived at another host.' });
});

t.test('a client that waits longer than the exam is not judged', async (t) => {
  const hanging = await careful('mailup', 'hanging-answer-blocks-nobody', { timeoutMs: 800 });
  t.match(hanging, { verdict: 'not-seen', explanation: /^the client waited longer than the exam does/ });
  const options = { flaws: ['waits-in-callback'], timeoutMs: 1000 };
  const waiting = await careful('mailup', 'exchange-429-not-repeated', options);
  t.match(waiting, { verdict: 'not-seen', explanation: /^the flow did not end/ });
});

t.test('a client that does not ask for compressed answers need not read them', async (t) => {
  const result = await sample('gzip-answer-read', {
    ask: (parameters, { urls, client }) =>
      fetch(urls.tokenUrl, {
        method: 'POST',
        headers: { 'accept-encoding': 'identity' },
        body: new URLSearchParams({ ...parameters, client_id: client.id, client_secret: client.secret }),
      }),
  });
  t.match(result, { verdict: 'not-seen', explanation: 'the client does not ask for compressed answers' });
});

t.test('a client that needs a refresh token is warned', async (t) => {
  const keep: Manner['keep'] = ({ refresh_token: token }) => {
    if (token === undefined) throw new Error('there is no refresh token');
  };
  t.match(await sample('no-refresh-token', { keep }), { verdict: 'warned', explanation: /is not connected/ });
});

t.test('a client that calls again and again without a refresh token fails', async (t) => {
  const refused: Manner['refused'] = async (call) => {
    for (let times = 0; times < 10; times += 1) await call();
  };
  t.match(await sample('no-refresh-token', { refused }), { verdict: 'failed', explanation: /^One call caused 11/ });
});

t.test('a client that cannot connect again after the token expired fails', async (t) => {
  // the first refusal is that of the token of the first flow, which is not known in the world of the check
  let refusals = 0;
  const result = await sample('no-refresh-token', {
    refused: () => Promise.resolve((refusals += 1)),
    ask: (parameters, tools) =>
      refusals > 1 ? Promise.reject(new Error('the connection has ended')) : askByForm(parameters, tools),
  });
  t.match(result, { verdict: 'failed', explanation: /connecting anew did not help/ });
});

t.test('a provider without refresh tokens has no client to ask about them', (t) => {
  t.equal(noRefreshToken.notFor?.({ refreshes: false } as ExaminedProvider), 'this provider gives no refresh tokens');
  t.end();
});
