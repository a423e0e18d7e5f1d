import t from 'tap';
import { exam } from '../../src/library.js';
import { examOf } from './exam-of.js';
import { sampleClient } from './sample-client.js';
import { callApi, exchange, examOfPages } from './plain-application.js';
import type { Pages } from './plain-application.js';

t.jobs = 2;

/** Keeps whatever the token endpoint answers, as text. */
const careless: Pages = {
  '/callback': async (asked) => {
    const answer = await exchange(asked);
    asked.keep(String(asked.token()));
    return answer;
  },
};

const unusable = ['error-with-200-refused', 'no-access-token-refused'];

void t.test('a client that reads undefined in an answer fails, also if it sent it before', async (t) => {
  const { checks } = await examOfPages(t, careless, { only: unusable });
  t.match(checks, [{ verdict: 'failed' }, { verdict: 'failed' }]);
  for (const { requests, evidence } of checks) {
    const proof = requests.filter(({ entry }) => evidence.includes(entry));
    // a word that stands for nothing is no secret
    t.match(proof.at(-1), { endpoint: 'resource', explanation: /it is the text "undefined", which a program writes/ });
  }
});

void t.test('a client that sends undefined before it was ever connected is not judged by it', async (t) => {
  const pages: Pages = { ...careless, '/lists': async (asked) => ({ status: (await callApi(asked)) ? 200 : 401 }) };
  const { checks } = await examOfPages(t, pages, { only: unusable.slice(0, 1) });
  const explanation = 'the client calls the API with a word in place of a token also before it was connected';
  t.match(checks, [{ verdict: 'not-seen', explanation }]);
});

void t.test('an open redirect is told with its page and its parameter, a raw text with its page', async (t) => {
  const { checks } = await examOfPages(
    t,
    {
      '/callback': async (asked) => {
        const error = asked.url.searchParams.get('error');
        if (error !== null) return { text: `<p>${error}` };
        await exchange(asked);
        return { location: asked.url.searchParams.get('continue') ?? '/' };
      },
    },
    { only: ['error-text-escaped', 'no-open-redirect'] },
  );
  const place = /^\/callback redirected to http:\S+\/callback\/continue\. Each parameter had a target of its own: /;
  const byId = Object.fromEntries(checks.map((check) => [check.id, check]));
  t.match(byId['no-open-redirect'], { verdict: 'failed', explanation: place });
  const page = /^The page http:\S+\/callback contains the script as it was sent with the callback\.$/;
  t.match(byId['error-text-escaped'], { verdict: 'failed', explanation: page });
  t.ok(checks.every(({ evidence }) => evidence.length > 0));
});

void t.test('a call that did not reach the API is told as such', async (t) => {
  let calls = 0;
  const { checks } = await examOfPages(
    t,
    {
      '/lists': async (asked) => {
        calls += 1;
        // the first two are before the check
        return calls > 2
          ? { status: 504 }
          : { status: asked.token() !== undefined && (await callApi(asked)) ? 200 : 401 };
      },
    },
    { only: ['second-person'] },
  );
  t.match(checks, [{ verdict: 'not-seen', explanation: 'the call did not reach the API: status 504' }]);
});

void t.test('a lost connection after a restart is proved by requests', async (t) => {
  const options = { flaws: ['restart-keeps-connection'], only: ['restart-keeps-connection'] };
  const { checks } = await examOf('tinyemail', options);
  t.equal(checks[0]?.verdict, 'warned');
  t.match(
    checks[0]?.requests.filter(({ entry }) => checks[0]?.evidence.includes(entry)),
    [{ endpoint: 'token' }],
  );
});

void t.test('a client that keeps its own id is told where the other one was', async (t) => {
  const { connect, call } = sampleClient();
  const { checks } = await exam({
    provider: 'dottedsign',
    only: ['secret-encoded'],
    connect: (tools) => {
      const own = { id: 'understudy-client', secret: 'understudy-secret', redirectUri: tools.client.redirectUri };
      return connect({ ...tools, client: own });
    },
    call,
  });
  const explanation = 'the client did not use the id in the member client of its argument';
  t.match(checks, [{ verdict: 'not-seen', explanation }]);
});
