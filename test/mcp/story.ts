import { answerOf, call } from './assistant.js';
import { oneConnection } from './one-connection.js';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Test } from 'tap';
import type {
  AuthorizeResult,
  BriefEntryView,
  ExamState,
  FaultState,
  OneEntryView,
  Report,
  Verdict,
  WorldInfo,
} from '../../src/client/index.js';

const provider = 'mailup';

/** What an assistant does to test an application: every step is a call of a tool, or a request of the application. */
export async function wholeStory(t: Test, client: Client): Promise<void> {
  const ask = <T>(name: string, args: Record<string, unknown> = {}): Promise<T> =>
    answerOf<T>(client, name, { world: 'story', ...args });

  const world = await answerOf<WorldInfo>(client, 'create_world', { id: 'story', seed: 'story' });
  const urls = world.providers.mailup;
  const redirectUri = 'http://localhost:3000/signed-in';
  const registered = await ask<{ redirectUris: string[] }>('register_client', {
    provider,
    id: 'understudy-client',
    redirectUris: [redirectUri],
  });
  t.same(registered.redirectUris, [redirectUri], 'the client of the scenario has the redirect URI of the application');

  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'understudy-client',
    redirect_uri: redirectUri,
  });
  const authorized = await ask<AuthorizeResult>('authorize', { url: `${urls.authorizeUrl}?${query.toString()}` });
  t.ok(authorized.redirectTo.startsWith(`${redirectUri}?`));

  const token = async (parameters: Record<string, string>): Promise<Response> =>
    fetch(urls.tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` },
      body: new URLSearchParams(parameters),
    });
  const exchange = { grant_type: 'authorization_code', code: String(authorized.code), redirect_uri: redirectUri };
  const tokens = (await (await token(exchange)).json()) as { access_token: string; refresh_token: string };
  const api = async (): Promise<number> =>
    (
      await fetch(`${urls.apiUrl}/ConsoleService.svc/Console/Authentication/Info`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      })
    ).status;
  t.equal(await api(), 200);

  t.same(await ask('expire_tokens', { provider, kind: 'access' }), { expired: 1 });
  t.equal(await api(), 401, 'the token is expired');

  const fault = await ask<FaultState>('add_fault', {
    match: { provider, endpoint: 'token' },
    times: 1,
    fault: { kind: 'rate-limit', retryAfter: 2 },
  });
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
  const limited = await token(refresh);
  t.equal(limited.status, 429);
  t.equal(limited.headers.get('retry-after'), '2');
  t.match(await ask('list_faults'), [{ id: fault.id, hits: 1, remaining: 0 }]);
  t.same(await ask('remove_fault', { id: fault.id }), { faults: [] });
  t.equal((await token(refresh)).status, 200);

  t.equal((await token(exchange)).status, 400, 'a code is exchanged once');
  const [entry] = await ask<BriefEntryView[]>('read_journal', { endpoint: 'token', status: 400 });
  t.equal(entry?.reason, 'code.replayed');
  const whole = await ask<OneEntryView>('explain_request', { id: entry?.id });
  t.equal(whole.reason, 'code.replayed');
  t.notOk(JSON.stringify(whole).includes(exchange.code), 'secrets are fingerprints');

  const report = await ask<Report>('report_findings');
  t.ok(report.findings.some(({ rule }) => rule === 'code-replayed'));
  const verdict = await ask<Verdict>('verify_requests', { match: { endpoint: 'token' }, count: 9 });
  t.equal(verdict.passed, false);
  t.equal(verdict.actual, 4);
  t.equal(verdict.matched.length, 3);
  const met = await ask<Partial<Verdict>>('verify_requests', { match: { endpoint: 'token' }, count: 4 });
  t.match(met, { passed: true, actual: 4, matched: undefined });

  await examOfAnApplication(t, client);
  t.same(await answerOf(client, 'drop_world', { world: 'story' }), { dropped: 'story' });
  t.match(await call(client, 'read_journal', { world: 'story' }), { isError: true, text: /story/ });
}

async function examOfAnApplication(t: Test, client: Client): Promise<void> {
  const application = await oneConnection(t);
  const world = await answerOf<WorldInfo>(client, 'create_world', { id: 'exam' });
  application.configure(world.providers.mailup);
  await answerOf(client, 'register_client', {
    world: 'exam',
    provider,
    id: 'understudy-client',
    redirectUris: [application.redirectUri],
  });
  const visited = await answerOf<AuthorizeResult>(client, 'authorize', {
    world: 'exam',
    url: `${application.url}/connect`,
  });
  t.match(visited, { page: { status: 200, body: 'connected' } });

  const steps: number[] = [];
  const answer = await client.callTool(
    {
      name: 'run_exam',
      arguments: {
        world: 'exam',
        provider,
        connect: `${application.url}/connect`,
        call: `${application.url}/lists`,
        client: { redirectUri: application.redirectUri },
        only: ['state-sent', 'refresh-after-401'],
      },
    },
    undefined,
    { onprogress: ({ progress }) => steps.push(progress), resetTimeoutOnProgress: true },
  );
  const [{ text }] = answer.content as [{ text: string }];
  t.notOk(answer.isError, text);
  const result = JSON.parse(text) as ExamState;
  t.equal(result.status, 'ended');
  t.equal(result.done, 2);
  t.ok(steps.length > 0, 'progress was told');
  t.same(
    steps,
    steps.toSorted((a, b) => a - b),
  );
  t.ok(result.checks.length > 0, 'an application that never refreshes has failures');
  for (const { verdict, advice } of result.checks) {
    t.not(verdict, 'passed');
    t.ok(advice);
  }
  const [first] = result.checks;
  const check = await answerOf<{ requests: unknown[] }>(client, 'read_exam', { world: 'exam', check: first?.id });
  t.ok(check.requests.length > 0, 'one check has its requests');
}
