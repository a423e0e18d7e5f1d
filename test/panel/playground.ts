import { createHash } from 'node:crypto';
import t from 'tap';
import { conventionsOf } from '../../src/admin/snippets/client-setup.js';
import { providers } from '../../src/providers/index.js';
import { findEntries } from '../../src/panel/views/playground/find-entries.js';
import { canHash, hashed, randomText } from '../../src/panel/views/playground/random.js';
import {
  apiRequest,
  beginRun,
  exchangeRequest,
  nextAction,
  pkceChoices,
  refreshRequest,
  revokeRequest,
} from '../../src/panel/views/playground/run.js';
import {
  bodyText,
  isBrokenJson,
  longestBody,
  requestText,
  sentenceOf,
  titles,
  tokensIn,
} from '../../src/panel/views/playground/texts.js';
import type { Row } from '../../src/panel/journal/row.js';
import type { NewLogin, PlaygroundProvider, Run, RunStep, StepKind } from '../../src/panel/views/playground/run.js';

const origin = 'http://localhost:8080';

function providerOf(name: string, policy: object = {}): PlaygroundProvider {
  const found = providers.find((each) => each.name === name)!;
  const { title, endpoints: paths } = found;
  const urls = { authorizeUrl: '', tokenUrl: '', apiUrl: '' };
  const whole = { ...found.policy, ...policy };
  const conventions = conventionsOf(found, whole);
  return { name, title, ...urls, base: `${origin}/${name}`, scopes: {}, paths, policy: whole, conventions };
}

const login: NewLogin = {
  world: 'default',
  client: { id: 'playground', secret: 's e' },
  callbackUrl: `${origin}/__admin/ui/callback`,
  scopes: ['a', 'b'],
  pkce: 'none',
  state: 'the-state',
  verifier: 'the-verifier',
  challenge: 'the-challenge',
};

const queryOf = (url: string): object => Object.fromEntries(new URL(url).searchParams);
const formOf = (body = ''): object => Object.fromEntries(new URLSearchParams(body));

t.test('an authorization request has what its provider needs', (t) => {
  const request = { response_type: 'code', client_id: 'playground', scope: 'a b' };
  const dotted = beginRun(providerOf('dottedsign'), { ...login, pkce: 'S256' });
  t.match(dotted.authorizeUrl, `${origin}/dottedsign/v1/oauth/authorize?`);
  t.same(queryOf(dotted.authorizeUrl), {
    ...request,
    redirect_uri: login.callbackUrl,
    state: 'the-state',
    code_challenge: 'the-challenge',
    code_challenge_method: 'S256',
  });
  const redirectUri = `${login.callbackUrl}?state=the-state`;
  const mailup = beginRun(providerOf('mailup'), { ...login, scopes: [] });
  t.same(
    queryOf(mailup.authorizeUrl),
    { response_type: 'code', client_id: 'playground', redirect_uri: redirectUri },
    'it returns no state',
  );
  t.equal(mailup.redirectUri, redirectUri);
  const odd = beginRun(providerOf('mailup', { redirectUriMatching: 'exact' }), login);
  t.same(queryOf(odd.authorizeUrl), { ...request, redirect_uri: login.callbackUrl }, 'there is no place for the state');
  t.end();
});

t.test('token requests authenticate as the documented clients do', (t) => {
  const mailup = providerOf('mailup');
  const atMailup = { ...beginRun(mailup, login), code: 'c1', accessToken: 'a1', refreshToken: 'r1' };
  const exchange = exchangeRequest(mailup, atMailup);
  t.match(exchange, {
    method: 'POST',
    url: `${origin}/mailup/Authorization/OAuth/Token`,
    headers: { authorization: `Basic ${btoa('playground:s e')}` },
  });
  t.same(formOf(exchange.body), { grant_type: 'authorization_code', code: 'c1', redirect_uri: atMailup.redirectUri });
  t.same(formOf(refreshRequest(mailup, atMailup).body), { grant_type: 'refresh_token', refresh_token: 'r1' });
  t.equal(revokeRequest(mailup, atMailup, 'a1'), undefined, 'MailUp revokes nothing');

  const dotted = providerOf('dottedsign');
  const atDotted = beginRun(dotted, { ...login, pkce: 'plain' });
  const client = { client_id: 'playground', client_secret: 'wrong' };
  t.same(formOf(exchangeRequest(dotted, atDotted, 'wrong').body), {
    ...client,
    grant_type: 'authorization_code',
    code: '',
    redirect_uri: login.callbackUrl,
    code_verifier: 'the-verifier',
  });
  t.same(formOf(refreshRequest(dotted, atDotted, 'wrong').body), {
    ...client,
    grant_type: 'refresh_token',
    refresh_token: '',
  });
  const revocation = revokeRequest(dotted, atDotted, 'a1');
  t.equal(revocation?.url, `${origin}/dottedsign/v1/oauth/revoke`);
  t.same(formOf(revocation?.body), { ...client, client_secret: 's e', token: 'a1' });
  t.end();
});

t.test('a call of the API has the access token', (t) => {
  const mailup = providerOf('mailup');
  const run = { ...beginRun(mailup, login), accessToken: 'a1' };
  t.same(apiRequest(mailup, run, '/x?y=1'), {
    method: 'GET',
    url: `${origin}/mailup/API/v1.1/Rest/x?y=1`,
    headers: { authorization: 'Bearer a1' },
  });
  t.match(apiRequest(mailup, beginRun(mailup, login), 'x'), { url: /Rest\/x$/, headers: { authorization: 'Bearer ' } });
  for (const path of ['../../../x y', '//x y', '/%2e%2e/x y']) {
    t.equal(apiRequest(mailup, run, path).url, `${origin}/mailup/API/v1.1/Rest/x%20y`, `${path} stays at the API`);
  }
  const bare = { ...mailup, paths: { authorize: [], token: [], revoke: [], api: [] } };
  t.match(apiRequest(bare, run, '/x'), { url: `${origin}/mailup/x` });
  t.match(exchangeRequest(bare, run), { url: `${origin}/mailup` });
  t.match(beginRun(bare, login).authorizeUrl, `${origin}/mailup?`);
  t.end();
});

t.test('the next action follows how the latest request ended', (t) => {
  const begun = beginRun(providerOf('mailup'), login);
  const after = (kind: StepKind, status: number, rest: Partial<Run> = {}): string => {
    const answer = { status, type: '', body: '', ms: 1 };
    const request = { method: 'GET', url: origin, headers: {} };
    return nextAction({ ...begun, code: 'c', ...rest, steps: [{ id: 1, kind, request, answer, afterEntry: 0 }] });
  };
  const done = { isCodeSpent: true, accessToken: 'a', refreshToken: 'r' };
  t.equal(nextAction(begun), 'login');
  t.equal(nextAction({ ...begun, code: 'c' }), 'exchange');
  t.equal(after('exchange', 400), 'login');
  t.equal(after('exchange', 503), 'exchange');
  t.equal(after('exchange', 429), 'exchange', 'a code that was not looked at is still good');
  t.equal(after('exchange', 200, done), 'api');
  t.equal(after('api', 401, done), 'refresh');
  t.equal(after('api', 401, { isCodeSpent: true }), 'login');
  t.equal(after('api', 404, done), 'api');
  t.equal(after('refresh', 200, done), 'api');
  t.equal(after('refresh', 400, done), 'login');
  t.equal(after('refresh', 429, done), 'api');
  t.equal(after('replay', 400, done), 'api');
  t.end();
});

t.test('PKCE is offered as far as the provider and the page can do it', (t) => {
  t.same(pkceChoices(providerOf('mailup'), true), ['none']);
  t.same(pkceChoices(providerOf('dottedsign'), true), ['none', 'S256', 'plain']);
  t.same(pkceChoices(providerOf('dottedsign'), false), ['none', 'plain']);
  t.same(pkceChoices(providerOf('dottedsign', { pkce: 'required' }), true), ['S256', 'plain']);
  t.same(pkceChoices(providerOf('dottedsign', { pkce: 'required', pkceMethods: ['S256'] }), false), ['none']);
  t.end();
});

t.test('random texts fit a verifier, and S256 is that of RFC 7636', async (t) => {
  const text = randomText();
  t.match(text, /^[\w-]{43}$/);
  t.not(text, randomText());
  t.equal(await hashed(text), createHash('sha256').update(text).digest('base64url'));
  t.equal(canHash(), true);
});

t.test('a request as text', (t) => {
  const url = `${origin}/mailup/x?y=1`;
  t.equal(requestText({ method: 'GET', url, headers: {} }), 'GET /mailup/x?y=1 HTTP/1.1\nHost: localhost:8080');
  const headers = { 'content-type': 'text/plain' };
  t.equal(
    requestText({ method: 'POST', url: origin, headers, body: 'a=1&b=2' }),
    'POST / HTTP/1.1\nHost: localhost:8080\nContent-Type: text/plain\n\na=1\n&b=2',
  );
  t.end();
});

t.test('bodies for people', (t) => {
  t.equal(bodyText({ body: '{"a":1}' }), '{\n  "a": 1\n}');
  for (const body of ['<b>', '1', 'null', '']) t.equal(bodyText({ body }), body);
  const cut = bodyText({ body: 'x'.repeat(longestBody + 1) });
  t.match(cut, /x\n… cut after 20,000 characters$/);
  t.same(tokensIn({ body: '{"access_token":"a","refresh_token":"r"}' }), { accessToken: 'a', refreshToken: 'r' });
  for (const body of ['{"access_token":1}', 'x', '[]']) t.same(tokensIn({ body }), {}, body);
  t.equal(isBrokenJson({ type: 'application/json', body: '{' }), true);
  t.equal(isBrokenJson({ type: 'application/json', body: '' }), false);
  for (const body of ['[]', 'null', '1']) t.equal(isBrokenJson({ type: 'application/json', body }), false, body);
  t.equal(isBrokenJson({ type: 'text/html', body: '{' }), false);
  t.end();
});

t.test('each step has its sentence', (t) => {
  const kinds = Object.keys(titles) as StepKind[];
  const step = (kind: StepKind, rest: Partial<RunStep>): RunStep => ({
    id: 1,
    kind,
    request: { method: 'GET', url: origin, headers: {} },
    afterEntry: 0,
    ...rest,
  });
  const answered = (status: number, body = '{}', type = 'application/json'): Partial<RunStep> => ({
    answer: { status, type, body, ms: 1 },
  });
  const all = kinds.flatMap((kind) => [
    sentenceOf(step(kind, answered(200)), 'MailUp'),
    sentenceOf(step(kind, answered(400)), 'MailUp'),
  ]);
  t.equal(new Set(all).size, 2 * kinds.length, 'no two are the same');
  t.match(
    sentenceOf(step('api', answered(401)), 'MailUp', 'the access token expired'),
    /^The access token expired\. The API refused/,
  );
  t.match(sentenceOf(step('api', answered(503)), 'MailUp', 'a fault'), /keeps its tokens/);
  t.match(sentenceOf(step('refresh', answered(429)), 'MailUp'), /limits the rate.*keeps its tokens/);
  t.equal(sentenceOf(step('api', answered(404)), 'MailUp'), 'There is no such path at MailUp.');
  const broken = { status: 200, type: 'application/json', body: '{', isBroken: true, ms: 1 };
  t.match(sentenceOf(step('api', { answer: broken }), 'MailUp'), /fails here/);
  t.equal(sentenceOf(step('api', { failure: 'no answer' }), 'MailUp'), 'no answer');
  t.equal(sentenceOf(step('callback', { remark: 'odd', isRefused: true }), 'MailUp'), 'odd');
  t.match(sentenceOf(step('callback', {}), 'MailUp'), /belongs to this login/);
  t.match(sentenceOf(step('callback', { isRefused: true }), 'MailUp'), /said no/);
  t.end();
});

t.test('entries are found for the steps that made them', (t) => {
  const url = `${origin}/w/x/mailup/token`;
  const step = (id: number, rest: Partial<RunStep> = {}): RunStep => ({
    id,
    kind: 'refresh',
    request: { method: 'POST', url, headers: {} },
    afterEntry: 5,
    ...rest,
  });
  const row = (id: number, rest: object = {}): Row => ({
    id,
    at: '',
    realAt: '',
    provider: 'mailup',
    endpoint: 'token',
    request: { method: 'POST', path: '/w/x/mailup/token' },
    ...rest,
  });
  const rows = [
    row(5),
    row(6, { provider: 'tinyemail' }),
    row(7, { request: { method: 'GET', path: '/w/x/mailup/token' } }),
    row(8, { request: { method: 'POST', path: '/mailup/other' } }),
    row(9),
  ];
  const mine = { provider: 'mailup', clientId: 'playground' };
  const entriesOf = (steps: readonly RunStep[]): unknown =>
    findEntries({ ...mine, steps }, rows)?.map(({ entry }) => entry);
  t.same(entriesOf([step(1)]), [9]);
  t.same(entriesOf([step(1), step(2)]), [9, undefined], 'an entry belongs to one step');
  t.equal(entriesOf([step(1, { entry: 9 }), step(2)]), undefined, 'nothing new');
  t.equal(entriesOf([step(1, { kind: 'callback' })]), undefined);
  const [repeated, next] = findEntries({ ...mine, steps: [step(1), step(2)] }, [row(9), row(10)]) ?? [];
  t.match(repeated, { entry: 10, sent: 2 }, 'the browser repeated it');
  t.equal(next?.entry, undefined);
  const [first, second] =
    findEntries({ ...mine, steps: [step(1), step(2, { afterEntry: 9 })] }, [row(9), row(10)]) ?? [];
  t.match([first, second], [{ entry: 9 }, { entry: 10 }], 'the second was sent before the stream told of the first');
  const traffic = [row(9, { clientId: 'playground' }), row(10, { clientId: 'other' })];
  t.strictSame(
    findEntries({ ...mine, steps: [step(1)] }, traffic),
    [step(1, { entry: 9 })],
    'what another client sends at the same time is not the step, and not a repetition of it',
  );
  t.equal(entriesOf([step(1, { request: { method: 'POST', url: `${origin}/__admin/x`, headers: {} } })]), undefined);
  t.end();
});
