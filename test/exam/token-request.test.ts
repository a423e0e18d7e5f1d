import t from 'tap';
import { exam } from '../../src/library.js';
import { askByForm, sampleClient } from './sample-client.js';
import { codeUsedSoon } from '../../src/exam/checks/token-request/code-used-soon.js';
import { redirectUriRepeated } from '../../src/exam/checks/token-request/redirect-uri-repeated.js';
import { NotSeen } from '../../src/exam/judgement.js';
import type { OrdinaryRun } from '../../src/exam/ordinary-run.js';
import type { Manner } from './sample-client.js';

/** Verdicts by check. */
async function verdictsOf(provider: string, manner: Manner, only: readonly string[]): Promise<Record<string, string>> {
  const { checks } = await exam({ provider, only, ...sampleClient(manner) });
  return Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
}

t.test("a client that follows MailUp's samples is warned, not failed", async (t) => {
  const manner: Manner = {
    ask: ({ grant_type: grant, code }, { urls }) =>
      fetch(`${urls.tokenUrl}?${new URLSearchParams({ grant_type: String(grant), code: String(code) }).toString()}`),
    refused: () => Promise.resolve(),
  };
  const expected = {
    'one-authentication': 'not-seen',
    'form-content-type': 'not-seen',
    'token-request-by-post': 'warned',
    'no-secret-in-token-url': 'passed',
    'redirect-uri-repeated': 'warned',
  };
  t.match(await verdictsOf('mailup', manner, Object.keys(expected)), expected);
});

t.test("a client that follows tinyEmail's documents is warned about the secret in the URL", async (t) => {
  const manner: Manner = {
    ask: (parameters, { urls, client }) => {
      const all = { ...parameters, client_id: client.id, client_secret: client.secret };
      return fetch(`${urls.tokenUrl}?${new URLSearchParams(all).toString()}`, { method: 'POST' });
    },
  };
  t.match(await verdictsOf('tinyemail', manner, ['no-secret-in-token-url']), { 'no-secret-in-token-url': 'warned' });
});

t.test('JSON is as good as a form at DottedSign, which accepts it', async (t) => {
  const manner: Manner = {
    ask: (parameters, { urls, client }) =>
      fetch(urls.tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...parameters, client_id: client.id, client_secret: client.secret }),
      }),
  };
  const expected = { 'form-content-type': 'passed', 'one-authentication': 'passed' };
  t.match(await verdictsOf('dottedsign', manner, Object.keys(expected)), expected);
});

t.test('a form without a content type works at DottedSign, and is warned', async (t) => {
  const manner: Manner = {
    ask: (parameters, { urls, client }) => {
      const form = new URLSearchParams({ ...parameters, client_id: client.id, client_secret: client.secret });
      return fetch(urls.tokenUrl, { method: 'POST', body: Buffer.from(form.toString()) });
    },
  };
  const { checks } = await exam({ provider: 'dottedsign', only: ['form-content-type'], ...sampleClient(manner) });
  t.match(checks, [{ verdict: 'warned', explanation: /^The Content-Type is none/ }]);
});

t.test('a client that tries wrong requests before the right one fails', async (t) => {
  const manner: Manner = {
    ask: async (parameters, tools) => {
      await fetch(tools.urls.tokenUrl);
      const headers = { 'content-type': 'application/json' };
      await fetch(tools.urls.tokenUrl, { method: 'POST', headers, body: JSON.stringify(parameters) });
      return askByForm(parameters, tools);
    },
  };
  const expected = { 'form-content-type': 'failed', 'token-request-by-post': 'failed', 'grant-type-known': 'failed' };
  t.match(await verdictsOf('tinyemail', manner, Object.keys(expected)), expected);
});

t.test('a plain challenge is its own verifier', async (t) => {
  const verifier = 'a-verifier-of-a-client-that-cannot-hash-anything';
  const manner: Manner = {
    extra: () => ({ code_challenge: verifier, code_challenge_method: 'plain' }),
    ask: (parameters, tools) => askByForm({ ...parameters, code_verifier: verifier }, tools),
  };
  t.match(await verdictsOf('dottedsign', manner, ['verifier-sent']), { 'verifier-sent': 'passed' });
});

t.test('special characters of the id and the secret', async (t) => {
  const isAwkward = (id: string): boolean => id !== 'understudy-client';
  const basic = (text: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(text).toString('base64')}`,
  });
  const manners: readonly (readonly [string, Manner, string, RegExp])[] = [
    [
      'a client that keeps its own id is not judged',
      {
        extra: () => ({ client_id: 'understudy-client' }),
        ask: (parameters, tools) =>
          askByForm(parameters, {
            ...tools,
            client: { ...tools.client, id: 'understudy-client', secret: 'understudy-secret' },
          }),
      },
      'not-seen',
      /did not use the id/,
    ],
    [
      'an id that is not encoded in the authorization URL fails',
      {
        url: ({ urls, client }) => {
          const query = new URLSearchParams({ response_type: 'code', redirect_uri: client.redirectUri });
          return `${urls.authorizeUrl}?${query.toString()}&client_id=${client.id}`;
        },
      },
      'failed',
      /has another id/,
    ],
    [
      'a client that begins no flow is not judged',
      {
        url: ({ urls, client }) => {
          if (isAwkward(client.id)) throw new Error('this id cannot be used');
          return `${urls.authorizeUrl}?response_type=code&redirect_uri=${client.redirectUri}&client_id=${client.id}`;
        },
      },
      'not-seen',
      /began no flow/,
    ],
    [
      'a client that makes no exchange is not judged',
      {
        ask: (parameters, tools) =>
          isAwkward(tools.client.id) ? Promise.reject(new Error('no')) : askByForm(parameters, tools),
      },
      'not-seen',
      /no exchange/,
    ],
    [
      'a secret that is not encoded in the form fails',
      {
        ask: (parameters, { urls, client }) => {
          const encoded = new URLSearchParams({ ...parameters, client_id: client.id }).toString();
          return fetch(urls.tokenUrl, {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: `${encoded}&client_secret=${client.secret}`,
          });
        },
      },
      'failed',
      /refused the exchange: client\./,
    ],
    [
      'a header that is not encoded passes at DottedSign, which does not decode it',
      {
        ask: (parameters, { urls, client }) =>
          fetch(urls.tokenUrl, {
            method: 'POST',
            headers: basic(`${client.id}:${client.secret}`),
            body: new URLSearchParams(parameters),
          }),
      },
      'passed',
      /as they were registered/,
    ],
  ];
  for (const [name, manner, verdict, explanation] of manners) {
    const { checks } = await exam({ provider: 'dottedsign', only: ['secret-encoded'], ...sampleClient(manner) });
    t.match(checks, [{ verdict, explanation }], name);
  }
});

t.test('a run without exchanges is not judged', (t) => {
  const run = {
    flows: [{ authorization: { query: () => undefined } }],
    requests: { all: [] },
  } as unknown as OrdinaryRun;
  for (const check of [codeUsedSoon, redirectUriRepeated]) {
    t.throws(() => 'judge' in check && check.judge(run), NotSeen);
  }
  t.end();
});
