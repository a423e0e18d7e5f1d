import t from 'tap';
import { start } from '../../src/client/index.js';
import { faultFrom } from '../../src/panel/views/timeline/entry/fault-from.js';
import type { Test } from 'tap';
import type { EntryView } from '../../src/client/index.js';

type Part = Partial<Omit<EntryView, 'response' | 'request'>> & {
  readonly response?: Partial<EntryView['response']> & { readonly status: number };
  readonly request?: Partial<EntryView['request']>;
};
const entry = ({ response, request, ...more }: Part): EntryView =>
  ({
    id: 1,
    provider: 'mailup',
    endpoint: 'token',
    durationMs: 1,
    notes: [],
    ...more,
    request: { method: 'POST', path: '/mailup/Token', query: {}, headers: {}, ...request },
    ...(response === undefined ? {} : { status: response.status, response: { headers: {}, ...response } }),
  }) as EntryView;

const server = await start();
t.teardown(() => server.close());

/** Adds the rule to a server, so that its schema has to accept it. */
async function fault(test: Test, part: Part): Promise<unknown> {
  const rule = faultFrom(entry(part));
  if (rule === undefined) return undefined;
  const { match, times, fault: made } = await server.world().faults.add(rule);
  test.equal(times, 1);
  test.same({ match, fault: made }, { match: rule.match, fault: rule.fault });
  return made;
}

void t.test('the rule matches requests as the one of the entry', (t) => {
  const match = (part: Part): unknown => faultFrom(entry(part))?.match;
  t.same(match({ grantType: 'refresh_token', clientId: 'app' }), {
    provider: 'mailup',
    endpoint: 'token',
    grantType: 'refresh_token',
    clientId: 'app',
  });
  t.same(match({ grantType: 'magic', clientId: 'fp:0123456789ab' }), { provider: 'mailup', endpoint: 'token' });
  t.same(match({ clientId: '' }), { provider: 'mailup', endpoint: 'token' });
  t.same(match({ clientId: 'x'.repeat(201) }), { provider: 'mailup', endpoint: 'token' });
  t.same(match({ endpoint: 'resource', request: { method: 'GET', path: '/w/mine/mailup/Lists' } }), {
    provider: 'mailup',
    endpoint: 'resource',
    method: 'GET',
    path: '/Lists',
  });
  t.same(match({ endpoint: 'resource', request: { method: 'BREW', path: '/mailup/fp:0123456789ab' } }), {
    provider: 'mailup',
    endpoint: 'resource',
  });
  t.same(match({ endpoint: 'resource', request: { method: 'GET', path: `/${'x'.repeat(1000)}` } }), {
    provider: 'mailup',
    endpoint: 'resource',
    method: 'GET',
  });
  t.same(match({ endpoint: 'resource', request: { method: 'OPTIONS', path: '*' } }), {
    provider: 'mailup',
    endpoint: 'resource',
    method: 'OPTIONS',
  });
  const { provider: _, ...none } = entry({ endpoint: 'login' });
  t.same(faultFrom(none)?.match, { endpoint: 'login' });
  t.equal(faultFrom(entry({ endpoint: 'other' })), undefined, 'no fault can apply outside the protocol');
  t.end();
});

void t.test('the fault repeats a refusal of the provider', async (t) => {
  const body = { error: 'invalid_grant', error_description: 'It was used.' };
  t.same(await fault(t, { response: { status: 400, body } }), {
    kind: 'oauth-error',
    error: 'invalid_grant',
    description: 'It was used.',
  });
  const long = { error: 'invalid_grant', error_description: 'x'.repeat(1001) };
  t.same(await fault(t, { response: { status: 400, body: long } }), { kind: 'oauth-error', error: 'invalid_grant' });
  const location = 'http://localhost/callback?error=access_denied&state=x';
  t.same(await fault(t, { endpoint: 'consent', response: { status: 302, headers: { location } } }), {
    kind: 'oauth-error',
    error: 'access_denied',
  });
});

void t.test('the fault repeats an answer that is no OAuth error', async (t) => {
  t.same(await fault(t, { response: { status: 400, body: { error: 'with "quotes"' } } }), {
    kind: 'status',
    status: 400,
    body: { error: 'with "quotes"' },
  });
  const headers = { 'content-type': 'text/html', 'retry-after': '3', date: 'x' };
  t.same(await fault(t, { endpoint: 'resource', response: { status: 503, headers, body: '<h1>Down</h1>' } }), {
    kind: 'status',
    status: 503,
    headers: { 'content-type': 'text/html', 'retry-after': '3' },
    body: '<h1>Down</h1>',
  });
  t.same(await fault(t, { response: { status: 500, body: 'x'.repeat(5000) } }), { kind: 'status', status: 500 });
  t.same(await fault(t, { response: { status: 404 } }), { kind: 'status', status: 404 });
});

void t.test('too many requests: the same time to wait, if there is one', async (t) => {
  const limited = (headers: Record<string, unknown>): Promise<unknown> =>
    fault(t, { response: { status: 429, headers } });
  t.same(await limited({ 'retry-after': '7' }), { kind: 'rate-limit', retryAfter: 7 });
  t.same(await limited({}), { kind: 'rate-limit' });
  t.same(await limited({ 'retry-after': '-1' }), { kind: 'rate-limit' });
  t.same(await limited({ 'retry-after': '99999' }), { kind: 'rate-limit' });
});

void t.test('a request without an answer: the fault that took it, or a lost answer', async (t) => {
  t.same(await fault(t, { fault: { id: 'a', kind: 'cut' } }), { kind: 'cut' });
  t.same(await fault(t, { fault: { id: 'a', kind: 'delay' } }), { kind: 'drop' });
  t.same(await fault(t, {}), { kind: 'drop' });
  t.same(faultFrom({ ...entry({}), durationMs: undefined } as unknown as EntryView)?.fault, { kind: 'hang' });
});

void t.test('an accepted request: the next one is refused', async (t) => {
  t.same(await fault(t, { response: { status: 200, body: { access_token: 'fp:0123456789ab' } } }), {
    kind: 'oauth-error',
    error: 'invalid_grant',
  });
  const location = 'http://localhost/callback?code=fp:0123456789ab';
  t.same(await fault(t, { endpoint: 'authorize', response: { status: 302, headers: { location } } }), {
    kind: 'oauth-error',
    error: 'access_denied',
  });
  t.same(await fault(t, { endpoint: 'login', response: { status: 200, body: '<html>' } }), {
    kind: 'oauth-error',
    error: 'access_denied',
  });
  t.same(await fault(t, { endpoint: 'resource', response: { status: 200, body: null } }), {
    kind: 'status',
    status: 503,
  });
});
