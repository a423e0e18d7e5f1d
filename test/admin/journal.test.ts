import { connect } from 'node:net';
import { once } from 'node:events';
import t from 'tap';
import { request as rawRequest } from '../raw.js';
import { Browser } from '../journeys/browserless.js';
import { demo, startServer } from '../support.js';
import { adminOf, frozen, refused, refusedFor } from './calls.js';
import type { Test } from 'tap';
import type { EntryView, Verdict } from '../../src/client/index.js';
import type { WorldInfo } from '../../src/client/documents.js';
import type { Call, Problem } from './calls.js';

const server = await startServer();
t.teardown(() => server.close());
const admin = adminOf(server.url);

interface Setup {
  readonly id: string;
  readonly call: Call;
  readonly tokenUrl: string;
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  /** Sends a form to the token endpoint. */
  readonly post: (
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Record<string, unknown>>;
}

async function world(id: string, scenario: object = {}): Promise<Setup> {
  const { providers } = (
    await admin<WorldInfo>(`PUT /worlds/${id}`, {
      seed: id,
      clock: frozen,
      scenario: { extends: 'default', ...scenario },
    })
  ).body;
  const urls = providers.dottedsign;
  return {
    id,
    ...urls,
    call: adminOf(`${server.url}/w/${id}`),
    post: async (form, headers = {}) =>
      (await (
        await fetch(urls.tokenUrl, { method: 'POST', body: new URLSearchParams(form), headers })
      ).json()) as Record<string, unknown>,
  };
}

const client = { client_id: demo.id, client_secret: demo.secret };
const unknownCode = (code: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: demo.redirectUri,
  ...client,
});
const pair = { clientId: demo.id, userId: demo.username };
const at = '/providers/dottedsign';

interface Listed {
  readonly entries: EntryView[];
  readonly total: number;
  readonly dropped: number;
  readonly beganAt: string;
}
const list = async (call: Call, query = ''): Promise<Listed> => (await call<Listed>(`GET /journal${query}`)).body;

void t.test(
  'an entry shows the request, the answer, the client and user, and why the request was refused',
  async (t) => {
    const { call, tokenUrl, post } = await world('entries');
    await post({ ...unknownCode('no-such-code'), extra: 'x' }, { 'x-trace': '17' });
    const { entries, total, dropped } = await list(call);
    t.equal(total, 1);
    t.equal(dropped, 0);
    const [entry] = entries;
    t.match(entry, {
      id: 1,
      at: frozen.now,
      realAt: /^\d{4}-\d\d-\d\dT/,
      provider: 'dottedsign',
      endpoint: 'token',
      grantType: 'authorization_code',
      clientId: demo.id,
      request: {
        method: 'POST',
        path: new URL(tokenUrl).pathname,
        query: {},
        headers: { 'x-trace': '17', 'content-type': /^application\/x-www-form-urlencoded/ },
        form: { grant_type: 'authorization_code', extra: 'x', client_id: demo.id },
      },
      response: { status: 400, headers: { 'content-type': /json/ }, body: { error: 'invalid_grant' } },
      status: 400,
      reason: 'code.unknown',
      explanation: 'the code was not issued by this realm',
      notes: ['client authentication: body'],
      durationMs: Number,
    });
    t.ok(Date.now() - Date.parse(entry!.realAt) < 60_000);
    const comparison = {
      what: 'authorization code',
      expected: { words: 'An authorization code that this provider issued' },
      received: { values: [(entry!.facts as { code: string }).code] },
    };
    t.strictSame((await call('GET /journal/1')).body, { ...entry, comparison });
    t.match(await refused(t, call, 'GET /journal/2', undefined, 404), {
      title: 'Unknown entry',
      detail: '0 entries were dropped because of its limit',
    });
    t.equal((await call('GET /journal/01')).status, 404);

    await call('POST /clock/advance', { by: '1h' });
    await post(unknownCode('another'));
    t.equal((await list(call)).entries[1]?.at, '2026-01-01T01:00:00.000Z', 'stamps follow the virtual clock');
    t.equal((await call('DELETE /journal')).status, 204);
    const { beganAt, ...empty } = await list(call);
    t.strictSame(empty, { entries: [], total: 0, dropped: 0 });
    await post(unknownCode('a third'));
    t.equal((await list(call)).entries[0]?.id, 3, 'ids are not used again after the journal is cleared');
    t.equal((await list(call)).beganAt, beganAt, 'it is the same journal');
    await call('POST /reset');
    t.ok((await list(call)).beganAt > beganAt, 'the journal of a world that is reset begins anew');
  },
);

void t.test('the journal is filtered by protocol fields, and paged', async (t) => {
  const { call, post, apiUrl } = await world('filters', {
    providers: {
      dottedsign: { resources: [{ method: 'GET', path: '/moved', status: 302, headers: { location: '/elsewhere' } }] },
    },
  });
  const { accessToken } = (await call<{ accessToken: string }>(`POST ${at}/tokens`, pair)).body;
  await post(unknownCode('one'));
  await post({ grant_type: 'refresh_token', refresh_token: 'none', ...client });
  await call('POST /clock/advance', { by: '10s' });
  await fetch(`${apiUrl}/members/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  await fetch(`${server.url}/w/filters/mailup/nothing`);
  const ids = async (query: string): Promise<number[]> => (await list(call, `?${query}`)).entries.map(({ id }) => id);
  const rows: [string, number[]][] = [
    ['provider=mailup', [4]],
    ['provider=dottedsign', [1, 2, 3]],
    ['endpoint=token', [1, 2]],
    ['endpoint=resource', [3]],
    ['grantType=refresh_token', [2]],
    [`clientId=${demo.id}`, [1, 2, 3]],
    [`userId=${demo.username}`, [3]],
    ['status=200', [3]],
    ['reason=code.unknown', [1]],
    ['method=GET', [3, 4]],
    ['path=/v1/oauth/token', [1, 2]],
    ['path=/v1/*', [1, 2, 3]],
    ['path=/v1/*/tok*', [1, 2]],
    ['path=/v1/*a*b*', []],
    ['path=*/me', [3]],
    ['path=/nothing', [4]],
    ['fault=delay', []],
    ['since=2', [3, 4]],
    ['since=2026-01-01T00:00:10Z', [3, 4]],
    ['since=2026-01-01T00:00:10.001Z', []],
    ['endpoint=token&grantType=refresh_token&since=1', [2]],
    ['limit=2', [1, 2]],
    ['limit=2&offset=2', [3, 4]],
    ['order=oldest', [1, 2, 3, 4]],
    ['order=newest', [4, 3, 2, 1]],
    ['order=newest&limit=2', [4, 3]],
    ['order=newest&limit=2&offset=1&brief=true', [3, 2]],
    ['offset=9', []],
  ];
  for (const [query, expected] of rows) t.strictSame(await ids(query), expected, query);
  t.equal((await list(call, '?limit=1')).total, 4, 'total counts all pages');
  await fetch(`${apiUrl}/moved?a=1&a=2`, { headers: { authorization: `Bearer ${accessToken}` }, redirect: 'manual' });
  t.match((await list(call, '?status=302')).entries, [
    { request: { query: { a: ['1', '2'] } }, response: { headers: { location: '/elsewhere' } } },
  ]);
  for (const [query, path] of [
    ['endpoint=tokens', 'endpoint'],
    ['status=9', 'status'],
    ['status=ok', 'status'],
    ['since=yesterday', 'since'],
    ['since=May', 'since'],
    ['reason=', 'reason'],
    ['client=x', 'client'],
    ['order=latest', 'order'],
    ['brief=1', 'brief'],
    ['since=1&since=2', 'since'],
  ] as const) {
    const { status, body } = await call<Problem>(`GET /journal?${query}`);
    t.equal(status, 400, query);
    t.match(body.errors, [{ path }]);
  }
  const typos: [string, string][] = [
    ['endpoint=tokens', 'did you mean "token"?'],
    ['provider=mailupp', 'did you mean "mailup"?'],
    ['reason=code.expird', 'did you mean "code.expired"?'],
    ['fault=dely', 'did you mean "delay"?'],
    ['method=PSOT', 'did you mean "POST"?'],
    ['method=get', 'did you mean "GET"?'],
    ['path=/w/filters/mailup/nothing', 'remove the prefix "/w/filters/mailup"'],
    ['path=/dottedsign/v1/*', 'remove the prefix "/dottedsign"'],
    ['path=nothing', 'expected: a path that begins with / or *'],
  ];
  for (const call_ of ['GET /journal', 'GET /journal/wait', 'GET /journal/stream']) {
    for (const [query, message] of typos) {
      t.match((await call<Problem>(`${call_}?${query}`)).body.errors, [{ message }], `${call_}?${query}`);
    }
  }
  t.strictSame(await ids('grantType=made-up'), [], 'grantType may be any text, because a client may send any');
});

void t.test('a brief entry has what a list shows, with the secrets hidden that the whole entry hides', async (t) => {
  const { call, apiUrl, post } = await world('brief');
  await post({ ...unknownCode('never-issued-code'), extra: 'x' });
  const url = `${apiUrl}/paths/a-password-of-nobody?client_secret=a-password-of-nobody`;
  await fetch(url, { headers: { authorization: 'Bearer unknown-token' } });
  const whole = (await list(call)).entries;
  const { entries, total, dropped } = await list(call, '?brief=true');
  t.strictSame([total, dropped], [2, 0]);
  t.notMatch(JSON.stringify(entries), /never-issued-code|a-password-of-nobody/);
  t.strictSame(
    entries,
    whole.map(({ request: { method, host, path }, response: _response, facts: _facts, notes: _notes, ...rest }) => ({
      ...rest,
      request: { method, host, path },
    })),
  );
  t.match(entries, [
    { endpoint: 'token', clientId: demo.id, reason: 'code.unknown', status: 400 },
    { endpoint: 'resource', request: { method: 'GET', path: /\/paths\/fp:/ } },
  ]);
  t.strictSame((await list(call, '?brief=false')).entries, whole);
  t.strictSame((await list(call, '?brief=true')).entries, entries, 'a second reader gets the same');
});

void t.test('the journal drops the oldest entries at its limit, and reports how many', async (t) => {
  const { call, post } = await world('bounded', { journal: { limit: 3 } });
  for (const code of ['1', '2', '3', '4', '5']) await post(unknownCode(`code-${code}`));
  const { entries, total, dropped } = await list(call);
  t.strictSame(
    entries.map(({ id }) => id),
    [3, 4, 5],
  );
  t.equal(total, 3);
  t.equal(dropped, 2);
  t.match(await refused(t, call, 'GET /journal/1', undefined, 404), {
    detail: '2 entries were dropped because of its limit',
  });
});

/** Sends secrets in all places and encodings that clients use, right or wrong. Returns the secrets. */
async function sendSecrets({ post, apiUrl, authorizeUrl, tokenUrl, call }: Setup): Promise<string[]> {
  const secret = 'S3cr3t/p@ss+w%rd:&=x';
  for (const [line, body] of [
    ['clients', { secret, redirectUris: [demo.redirectUri] }],
    ['users', { password: 'Passw0rd-of-odd' }],
  ] as const) {
    const { status } = await call(`PUT ${at}/${line}/odd`, body);
    if (status !== 201) throw new Error(`${line} answered ${status}`);
  }
  const { code } = (
    await call<{ code: string }>(`POST ${at}/codes`, {
      clientId: 'odd',
      userId: 'odd',
      redirectUri: demo.redirectUri,
      codeChallenge: 'V'.repeat(50),
      codeChallengeMethod: 'plain',
    })
  ).body;
  const body = (await post({
    grant_type: 'authorization_code',
    code,
    redirect_uri: demo.redirectUri,
    client_id: 'odd',
    client_secret: secret,
    code_verifier: 'V'.repeat(50),
  })) as { access_token: string; refresh_token: string };
  const { code: second } = (
    await call<{ code: string }>(`POST ${at}/codes`, { clientId: 'odd', userId: 'odd', redirectUri: demo.redirectUri })
  ).body;
  const raw = Buffer.from(`odd:${secret}`).toString('base64');
  const encoded = Buffer.from(`odd:${encodeURIComponent(secret)}`).toString('base64');
  await post({ grant_type: 'refresh_token', refresh_token: body.refresh_token }, { authorization: `Basic ${raw}` });
  await post({ grant_type: 'refresh_token', refresh_token: body.refresh_token }, { authorization: `Basic ${encoded}` });
  await post(
    { grant_type: 'refresh_token' },
    {
      authorization: `Basic ${Buffer.from('n0-c0lon-s3cr3t').toString('base64')}`,
      'set-cookie': 'odd=c00kie-of-a-client',
    },
  );
  await fetch(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'grant_type=x&client_secret=100%zz-s3cr3t',
  });
  await post(
    { grant_type: 'authorization_code', code: second, ...client, client_secret: 'wr0ng-s3cr3t' },
    {
      authorization: raw,
      'proxy-authorization': 'Bearer pr0xy-t0ken',
      cookie: `sid=c00kie-value; lang=/Lax-secret`,
      referer: `http://app.test/cb?code=${second}&state=1`,
    },
  );
  const bearer = { authorization: `Bearer ${body.access_token}` };
  await fetch(`${apiUrl}/members/me`, { headers: bearer });
  await fetch(`${apiUrl}/members/me?access_token=${body.access_token}&state=${body.refresh_token}`);
  await fetch(`${apiUrl}/${body.access_token}`, { headers: bearer });
  await fetch(`${apiUrl}/members/me;access_token=${body.access_token}`);
  // Bodies that no parser accepts.
  await fetch(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: new URLSearchParams({
      client_secret: secret,
      grant_type: 'password',
      password: 'Passw0rd-of-odd',
      username: 'odd',
    }).toString(),
  });
  await fetch(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ client_secret: 'q"u\\oted-secret', accessToken: body.access_token }),
  });
  await fetch(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"client_secret":${secret}}`,
  });
  await fetch(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_secret: secret,
      nested: [{ refreshToken: body.refresh_token }],
      expires: 5,
      none: null,
    }),
  });
  // A user on the pages.
  const browser = new Browser();
  const consent = await browser.signIn(
    `${authorizeUrl}?${new URLSearchParams({ response_type: 'code', client_id: 'odd', redirect_uri: demo.redirectUri, state: 's' }).toString()}`,
    { username: 'odd', password: 'Passw0rd-of-odd' },
  );
  return [
    secret,
    encodeURIComponent(secret),
    'wr0ng-s3cr3t',
    raw,
    encoded,
    code,
    second,
    body.access_token,
    body.refresh_token,
    'V'.repeat(50),
    'pr0xy-t0ken',
    'c00kie-value',
    '/Lax-secret',
    'Passw0rd-of-odd',
    'oted-secret',
    'n0-c0lon-s3cr3t',
    'c00kie-of-a-client',
    '100%zz-s3cr3t',
    String(consent.url.searchParams.get('code')),
  ];
}

void t.test('the journal shows no secret of a request, in any encoding', async (t) => {
  const setup = await world('hidden');
  const secrets = await sendSecrets(setup);
  t.ok(secrets.length >= 15);
  const { body } = await setup.call<Listed>('GET /journal');
  const text = JSON.stringify(body);
  t.ok(body.total >= 12);
  const sessions = [...server.realm('dottedsign', 'hidden').sessions.values()].flatMap(({ id, antiForgery }) => [
    id,
    antiForgery,
  ]);
  t.ok(sessions.length > 0);
  for (const secret of [...secrets, ...sessions]) {
    for (const spelling of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ]) {
      t.notOk(text.includes(spelling), spelling);
    }
  }
  // Nor do the other calls that answer entries.
  const wait = await setup.call('GET /journal/wait?endpoint=resource');
  const verdict = await setup.call('POST /verify', { match: { endpoint: 'token' }, count: 0 });
  const late = await setup.call('GET /journal/wait?endpoint=token&status=599&timeout=1ms');
  t.equal(late.status, 408);
  const others = JSON.stringify([wait.body, verdict.body, late.body]);
  for (const secret of secrets) t.notOk(others.includes(secret), secret);
});

void t.test('the journal shows no token of an answer that a fault altered', async (t) => {
  const { call, post, tokenUrl } = await world('spoilt');
  for (const fault of [
    { kind: 'truncate', at: 60 },
    { kind: 'garble' },
    { kind: 'patch', set: { expires_in: '3600' } },
  ]) {
    const { accessToken, refreshToken } = (
      await call<{ accessToken: string; refreshToken: string }>(`POST ${at}/tokens`, pair)
    ).body;
    await call('POST /faults', { match: { endpoint: 'token' }, times: 1, fault });
    const text = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client }),
    })
      .then((answer) => answer.text())
      .catch(() => '');
    const issued = [...server.realm('dottedsign', 'spoilt').accessTokens.values()].map(({ token }) => token);
    t.equal(issued.length > 1, true, text);
    const entries = JSON.stringify(await list(call));
    for (const token of [accessToken, refreshToken, ...issued]) {
      for (const part of [token, token.slice(0, 20)]) t.notOk(entries.includes(part), `${fault.kind}: ${part}`);
    }
  }
  t.match(await post(unknownCode('x')), { error: String });
});

void t.test(
  'a secret has the same fingerprint everywhere in a world, and another fingerprint in another world',
  async (t) => {
    const [one, other] = [await world('fp-one'), await world('fp-two')];
    const form = async ({ call, post }: Setup): Promise<Record<string, string>[]> => {
      await post({ grant_type: 'refresh_token', refresh_token: 'the-same-token', ...client });
      await post(
        { grant_type: 'refresh_token', refresh_token: 'the-same-token' },
        { authorization: `Basic ${Buffer.from(`${demo.id}:${demo.secret}`).toString('base64')}` },
      );
      return (await list(call)).entries.map(({ request }) => ({
        ...(request.form as Record<string, string>),
        authorization: String(request.headers.authorization),
      }));
    };
    const [first, second] = await form(one);
    t.match(first!.refresh_token, /^fp:[0-9a-f]{12}$/);
    t.equal(first!.refresh_token, second!.refresh_token);
    t.equal(second!.authorization, `Basic ${demo.id}:${first!.client_secret!}`, 'in a header and in a form');
    t.not(first!.refresh_token, first!.client_secret);
    t.not((await form(other))[0]!.refresh_token, first!.refresh_token);

    const { call, post, apiUrl } = one;
    const issued = (await call<{ accessToken: string; refreshToken: string }>(`POST ${at}/tokens`, pair)).body;
    const refreshed = await post({ grant_type: 'refresh_token', refresh_token: issued.refreshToken, ...client });
    await fetch(`${apiUrl}/members/me`, { headers: { authorization: `Bearer ${String(refreshed.access_token)}` } });
    const [answered, used] = (await list(call, '?since=2')).entries;
    t.equal(
      used?.request.headers.authorization,
      `Bearer ${(answered?.response?.body as { access_token: string }).access_token}`,
      'an issued token has the same fingerprint in the answer and in the later request',
    );
  },
);

void t.test(
  'an issued token is hidden anywhere in a request, and a short secret is not hidden inside longer words',
  async (t) => {
    const { call, post, apiUrl } = await world('anywhere');
    const { accessToken } = (await call<{ accessToken: string }>(`POST ${at}/tokens`, pair)).body;
    await fetch(`${apiUrl}/members/me?${accessToken}`, {
      headers: {
        'x-api-key': accessToken,
        'user-agent': `a client (${accessToken})`,
        [accessToken.replaceAll(/\W/g, '')]: 'x',
        cookie: accessToken,
      },
    });
    await post({ client_id: demo.secret, client_secret: demo.id });
    await post({ grant_type: 'password', email: demo.username, password: demo.password, ...client });
    const text = JSON.stringify(await list(call));
    t.notMatch(text, accessToken);
    t.notMatch(text, demo.secret);
    const [, swapped, withPassword] = (await list(call)).entries;
    t.match(swapped?.clientId, /^fp:[0-9a-f]{12}$/, 'a secret sent as client_id is hidden');
    t.match(
      withPassword?.request.form,
      { client_id: 'understudy-client', password: /^fp:/ },
      'the password "understudy" is not replaced inside "understudy-client"',
    );
    const { body: verdict } = await call<{ passed: boolean }>('POST /verify', { match: { clientId: demo.secret } });
    t.ok(verdict.passed, 'verify finds an entry by the value of the secret');
  },
);

void t.test('with secrets: plain, secrets are shown as they were sent', async (t) => {
  const setup = await world('plain', { journal: { secrets: 'plain' } });
  const secrets = await sendSecrets(setup);
  const text = JSON.stringify(await list(setup.call));
  t.notMatch(text, /fp:[0-9a-f]{12}/);
  for (const secret of secrets.filter(
    (each) =>
      !/^[A-Za-z0-9+/]{20,}=*$/.test(each) && !each.includes('%') && !['oted-secret', 'n0-c0lon-s3cr3t'].includes(each),
  )) {
    t.ok(text.includes(JSON.stringify(secret).slice(1, -1)), secret);
  }
});

/** A reader of server-sent events over a bare socket. */
async function follow(
  t: Test,
  path: string,
  headers: readonly string[] = [],
): Promise<{ until: (pattern: RegExp) => Promise<string>; leave: () => void }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  t.teardown(() => socket.destroy());
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'connect');
  socket.write([`GET ${path} HTTP/1.1`, `Host: ${hostname}:${port}`, ...headers, '', ''].join('\r\n'));
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(text)) await once(socket, 'data');
    return text;
  };
  await until(/: following\n\n/);
  return {
    until,
    leave: () => {
      socket.destroy();
    },
  };
}

void t.test('the stream', async (t) => {
  const { call, post } = await world('stream');
  const path = '/w/stream/__admin/journal/stream';

  void t.test('sends each complete entry that matches the filter as an event', async (t) => {
    const all = await follow(t, path);
    const some = await follow(t, `${path}?grantType=refresh_token`);
    await post(unknownCode('one'));
    await post({ grant_type: 'refresh_token', refresh_token: 'none', ...client });
    const head = await all.until(/id: 2\n/);
    t.match(head, /^HTTP\/1\.1 200 OK\r\n/);
    t.match(head, /content-type: text\/event-stream; charset=utf-8\r\n/);
    t.match(head, /cache-control: no-store\r\n/);
    const [, data] = /id: 1\nevent: entry\ndata: (.*)\n\n/.exec(head)!;
    t.match((await call('GET /journal/1')).body, JSON.parse(data!));
    t.notMatch(await some.until(/id: 2\n/), /id: 1\n/);
    t.equal(server.world('stream').journal.listeners, 2);
    const brief = await (await follow(t, `${path}?brief=true&since=0`)).until(/id: 2\n.*\ndata: .*\n\n/);
    const { entries } = (await call<Listed>('GET /journal?brief=true')).body;
    for (const entry of entries) t.ok(brief.includes(`data: ${JSON.stringify(entry)}\n`), String(entry.id));
  });

  void t.test('continues after Last-Event-ID or since', async (t) => {
    for (const [query, headers] of [
      ['?since=1', []],
      ['', ['Last-Event-ID: 1']],
    ] as const) {
      const text = await (await follow(t, path + query, headers)).until(/id: 2\n/);
      t.notMatch(text, /id: 1\n/);
    }
    t.equal((await call('GET /journal/stream?since=nonsense')).status, 400);
  });

  void t.test('removes a listener that disconnects or reads too slowly', async (t) => {
    const { journal } = server.world('stream');
    journal.end();
    t.equal(journal.listeners, 0);
    const reader = await follow(t, path);
    t.equal(journal.listeners, 1);
    reader.leave();
    while (journal.listeners > 0) await new Promise(setImmediate);

    const slow = await follow(t, path);
    const entry = journal.entries()[0]!;
    // one is being written, and 1000 wait
    for (let i = 0; i < 1002; i += 1) journal.close(entry);
    t.match(await slow.until(/event: dropped\n.*\n/), /more than 1000 entries behind/);
    while (journal.listeners > 0) await new Promise(setImmediate);
    slow.leave();
  });

  void t.test('ends when its world is reset, so that the client reconnects', async (t) => {
    const reader = await follow(t, path);
    t.equal((await call('POST /reset')).status, 200);
    await reader.until(/\r\n0\r\n\r\n$/);
    await post(unknownCode('after'));
    t.match(await (await follow(t, path, ['Last-Event-ID: 0'])).until(/id: 1\n/), 'code.unknown');
  });
});

void t.test('GET /journal/wait', async (t) => {
  const { call, post, id } = await world('wait');

  void t.test('answers an existing entry at once', async (t) => {
    await post(unknownCode('one'));
    await post({ grant_type: 'refresh_token', refresh_token: 'none', ...client });
    t.match((await call('GET /journal/wait?endpoint=token')).body, { id: 1 });
    t.match((await call('GET /journal/wait?endpoint=token&since=1&timeout=0s')).body, { id: 2 });
  });

  void t.test('answers a later entry, and only one that matches', async (t) => {
    const { journal } = server.world(id);
    const waiting = call<EntryView>('GET /journal/wait?since=2&grantType=refresh_token&timeout=30s');
    while (journal.listeners === 0) await new Promise(setImmediate);
    await post(unknownCode('two'));
    await post({ grant_type: 'refresh_token', refresh_token: 'none', ...client });
    const { status, body } = await waiting;
    t.equal(status, 200);
    t.match(body, { id: 4, reason: 'refresh.unknown', durationMs: Number });
    t.equal(journal.listeners, 0);
  });

  void t.test('answers the nearest entries if none matches in time', async (t) => {
    const { status, body } = await call<Problem & Verdict>(
      'GET /journal/wait?grantType=refresh_token&status=200&provider=dottedsign&timeout=10ms',
    );
    t.equal(status, 408);
    t.match(body, {
      title: 'No matching entry',
      detail: 'No entry matched within 10ms.',
      nearMisses: [
        { entry: { id: 4 }, differences: [{ field: 'status', expected: 200, actual: 400 }] },
        { entry: { id: 2 } },
        { entry: { id: 3 } },
      ],
    });
    t.match((await (await world('silent')).call<Problem>('GET /journal/wait?timeout=1ms')).body, {
      status: 408,
      nearMisses: [],
    });
  });

  void t.test('ignores an entry that has no answer yet', async (t) => {
    await call('POST /faults', { match: { endpoint: 'token' }, fault: { kind: 'hold', until: 2 } });
    const held = post(unknownCode('held'));
    while ((await list(call, '?since=4')).total === 0) await new Promise(setImmediate);
    const [entry] = (await list(call, '?since=4')).entries;
    t.equal(entry?.status, undefined);
    t.equal(entry?.response, undefined);
    t.equal((await call('GET /journal/wait?since=4&timeout=5ms')).status, 408);
    await Promise.all([held, post(unknownCode('second'))]);
    t.match((await call('GET /journal/wait?since=4')).body, { fault: { kind: 'hold' } });
    await call('DELETE /faults');
  });

  void t.test('ends when the client disconnects, and when the world is reset', async (t) => {
    const { journal } = server.world(id);
    const leaving = new AbortController();
    const left = fetch(`${server.url}/w/${id}/__admin/journal/wait?reason=code.revoked&timeout=60s`, {
      signal: leaving.signal,
    });
    while (journal.listeners === 0) await new Promise(setImmediate);
    leaving.abort();
    await t.rejects(left);
    while (journal.listeners > 0) await new Promise(setImmediate);

    const waiting = call<Problem>('GET /journal/wait?reason=code.revoked&timeout=60s');
    while (journal.listeners === 0) await new Promise(setImmediate);
    await call('POST /reset');
    t.match(await waiting, { status: 409, body: { title: 'World was dropped' } });
  });

  void t.test('is refused with an invalid timeout, or if too many calls wait', async (t) => {
    for (const timeout of ['61s', 'never', '5 parsecs', '-1s', '']) {
      t.match(
        await call('GET /journal/wait?timeout=' + encodeURIComponent(timeout)),
        { status: 400, body: { errors: [{ path: 'timeout', message: 'expected a duration of at most 60s' }] } },
        timeout,
      );
    }
    const { journal } = server.world(id);
    const stops = Array.from({ length: 1000 }, () => journal.listen(() => undefined));
    for (const line of ['GET /journal/wait?reason=code.revoked', 'GET /journal/stream']) {
      t.match(await call(line), { status: 429, body: { title: 'Too many waiting calls' } });
    }
    for (const stop of stops) stop();
  });
});

void t.test('verify', async (t) => {
  const { call, post, apiUrl } = await world('verify');
  const { accessToken, refreshToken } = (
    await call<{ accessToken: string; refreshToken: string }>(`POST ${at}/tokens`, pair)
  ).body;
  await post(unknownCode('first-code'), { 'X-Trace': 'a' });
  await post({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client });
  await fetch(`${apiUrl}/members/me?page=2`, { headers: { authorization: `Bearer ${accessToken}` } });
  await fetch(`${apiUrl}/members/me`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"amount":5,"urgent":true,"note":null}',
  });
  const ask = async (expectation: object): Promise<Verdict> => {
    const { status, body } = await call<Verdict>('POST /verify', expectation);
    t.equal(status, 200);
    return body;
  };

  void t.test('counts matches: at least one, an exact number, a range, none', async (t) => {
    const token = { endpoint: 'token' };
    const rows: [object, boolean, number][] = [
      [{ match: token }, true, 2],
      [{ match: token, count: 2 }, true, 2],
      [{ match: token, count: 1 }, false, 2],
      [{ match: token, count: { atLeast: 3 } }, false, 2],
      [{ match: token, count: { atMost: 2 } }, true, 2],
      [{ match: token, count: { atLeast: 1, atMost: 1 } }, false, 2],
      [{ match: { endpoint: 'revoke' }, count: 0 }, true, 0],
      [{ match: { endpoint: 'resource' }, count: 0 }, false, 2],
      [{ match: { endpoint: 'revoke' } }, false, 0],
      [{ match: {}, count: 4 }, true, 4],
    ];
    for (const [expectation, passed, actual] of rows) {
      const verdict = await ask(expectation);
      t.match(verdict, { passed, actual }, JSON.stringify(expectation));
      t.equal(verdict.matched.length, Math.min(actual, 3), 'the matches are shown, whether it passes or not');
      const { atLeast } = verdict.expected;
      t.equal(verdict.nearMisses.length > 0, actual < atLeast, 'others are shown only if too few match');
      t.ok(
        verdict.nearMisses.every(({ differences }) => differences.length > 0),
        'a near miss does not match',
      );
    }
    t.strictSame((await ask({ match: token })).expected, { atLeast: 1, atMost: null });
    t.strictSame(
      (await ask({ match: {}, count: 0 })).matched.map(({ id }) => id),
      [2, 3, 4],
      'of many entries that match, the newest are shown, oldest first',
    );
  });

  void t.test(
    'compares parameters and headers, and shows how the nearest entries differ, field by field',
    async (t) => {
      t.match(
        await ask({
          match: {
            form: { grant_type: 'authorization_code', redirect_uri: demo.redirectUri },
            headers: { 'x-TRACE': 'a' },
            method: 'POST',
          },
          count: 1,
        }),
        { passed: true },
      );
      t.match(await ask({ match: { query: { page: '2' } }, count: 1 }), { passed: true });
      t.match(
        await ask({ match: { form: { amount: '5', urgent: 'true' } }, count: 1 }),
        { passed: true },
        'JSON values are compared as text',
      );
      const { nearMisses } = await ask({
        match: {
          endpoint: 'token',
          status: 200,
          form: { scope: 'all', grant_type: 'refresh_token' },
          query: { x: '1' },
          headers: { 'X-Trace': 'b' },
          fault: 'delay',
        },
      });
      t.equal(nearMisses.length, 3);
      t.equal(nearMisses[0]?.entry.id, 2);
      t.strictSame(nearMisses[0]!.differences, [
        { field: 'fault', expected: 'delay', actual: null },
        { field: 'query.x', expected: '1', actual: null },
        { field: 'form.scope', expected: 'all', actual: null },
        { field: 'headers.x-trace', expected: 'b', actual: null },
      ]);
      t.match(nearMisses.find(({ entry }) => entry.id === 1)?.differences, [
        { field: 'status', expected: 200, actual: 400 },
      ]);
    },
  );

  void t.test('compares a path as the provider does, by prefix or by Host, like the match of a fault', async (t) => {
    await rawRequest(server.url, 'GET http://api.tinyemail.com/v1/campaign');
    await rawRequest(server.url, 'GET /mailup/api/v1.1/rest/x');
    const asked = adminOf(server.url);
    const count = async (match: object): Promise<unknown> =>
      (await asked<Verdict>('POST /verify', { match })).body.actual;
    t.same(
      [
        await count({ path: '/v1/campaign' }),
        await count({ path: '/v1/camp*', provider: 'tinyemail' }),
        await count({ path: '/V1/campaign' }),
      ],
      [1, 1, 0],
    );
    t.same(
      [await count({ path: '/API/v1.1/Rest/x' }), await count({ path: '/API/*' })],
      [1, 1],
      'letter case is ignored if the provider ignores it',
    );
    t.match((await ask({ match: { path: '/v1/members' } })).nearMisses[0]?.differences, [
      { field: 'path', expected: '/v1/members', actual: '/v1/members/me' },
    ]);
    await refusedFor(
      t,
      call,
      'POST /verify',
      { match: { path: '/w/verify/dottedsign/v1/members/me' }, count: 0 },
      { 'match.path': 'remove the prefix "/w/verify/dottedsign"' },
    );
  });

  void t.test('reports how many entries the journal has dropped', async (t) => {
    const { call: bounded, post: send } = await world('forgetful', { journal: { limit: 1 } });
    for (const code of ['1', '2', '3']) await send(unknownCode(`code-${code}`));
    t.match((await bounded('POST /verify', { match: { endpoint: 'token' } })).body, {
      passed: true,
      actual: 1,
      dropped: 2,
    });
    t.equal((await ask({ match: {} })).dropped, 0);
  });

  void t.test('finds a secret by its value or by its fingerprint, and does not repeat the value', async (t) => {
    for (const match of [
      { form: { refresh_token: refreshToken } },
      { form: { client_secret: demo.secret, code: 'first-code' } },
      { headers: { authorization: `Bearer ${accessToken}` } },
    ]) {
      t.match(await ask({ match, count: 1 }), { passed: true }, JSON.stringify(match));
    }
    const [, refresh] = (await list(call)).entries;
    t.match(
      await ask({
        match: { form: { refresh_token: (refresh?.request.form as { refresh_token: string }).refresh_token } },
      }),
      { passed: true },
    );
    const verdict = await ask({
      match: { form: { refresh_token: 'another-s3cr3t' } },
      order: [{ form: { code: 'y0t-another' } }, {}],
    });
    t.equal(verdict.passed, false);
    t.notMatch(JSON.stringify(verdict), /another-s3cr3t|y0t-another/);
    t.match(verdict.nearMisses[0]?.differences[0], { field: 'form.refresh_token', expected: /^fp:/ });
  });

  void t.test('checks an order, with other entries in between allowed', async (t) => {
    const [code, refresh, resource] = [
      { grantType: 'authorization_code' },
      { grantType: 'refresh_token' },
      { endpoint: 'resource' },
    ];
    t.match(await ask({ order: [code, resource] }), {
      passed: true,
      actual: 2,
      expected: { atLeast: 2, atMost: 2 },
      nearMisses: [],
    });
    t.match(await ask({ order: [code, refresh, resource, resource] }), { passed: true });
    const { passed, actual, matched, nearMisses } = await ask({ order: [refresh, code, resource] });
    t.strictSame([passed, actual, matched.map(({ id }) => id)], [false, 1, [2]]);
    t.ok(
      nearMisses.every(({ entry }) => entry.id > 2),
      'near misses of the missing step come after the last step found',
    );
    t.match(await ask({ order: [code, refresh], match: { endpoint: 'token' }, count: 2 }), { passed: true, actual: 2 });
    t.match(
      await ask({ order: [refresh, code], match: { endpoint: 'token' }, count: 2 }),
      { passed: false, actual: 1 },
      'order and count must both be met',
    );
    t.match(await ask({ order: [code, refresh], match: { endpoint: 'token' }, count: 1 }), {
      passed: false,
      actual: 2,
      expected: { atLeast: 1, atMost: 1 },
    });
  });

  void t.test('refuses contradictory expectations and unknown names', async (t) => {
    await refusedFor(t, call, 'POST /verify', {}, { match: 'is required unless order is given' });
    await refusedFor(t, call, 'POST /verify', { count: 1 }, { match: 'is required unless order is given' });
    await refusedFor(t, call, 'POST /verify', { order: [{}, {}], count: 1 }, { count: 'requires match' });
    await refusedFor(
      t,
      call,
      'POST /verify',
      { match: {}, count: { atLeast: 3, atMost: 1 } },
      { count: 'expects at least 3 and at most 1' },
    );
    await refusedFor(
      t,
      call,
      'POST /verify',
      { match: { endpont: 'token', status: 'ok', form: { a: 1 } }, count: -1, order: [{}] },
      {
        'match.endpont': 'did you mean "endpoint"?',
        'match.status': 'expected an integer',
        'match.form.a': 'expected a string',
        count: 'must be >= 0',
        order: 'needs at least 2 items',
      },
    );
    await refusedFor(t, call, 'POST /verify', { match: {}, count: {} }, { count: 'needs at least 1 member' });
    await refusedFor(
      t,
      call,
      'POST /verify',
      { match: { provider: 'mailop', reason: 'code.expird', fault: 'dely', method: 'GTE' } },
      {
        'match.method': 'did you mean "GET"?',
        'match.provider': 'did you mean "mailup"?',
        'match.reason': 'did you mean "code.expired"?',
        'match.fault': 'did you mean "delay"?',
      },
    );
  });
});

void t.test('a reset or dropped world closes the connections of requests that its faults delay', async (t) => {
  const { call, post, id } = await world('underway');
  for (const fault of [{ kind: 'hold', until: 2 }, { kind: 'hang' }, { kind: 'delay', for: '10m' }]) {
    for (const end of [() => call('POST /reset'), () => admin(`DELETE /worlds/${id}`)]) {
      await admin(`PUT /worlds/${id}`, {
        scenario: { extends: 'default', faults: [{ match: { endpoint: 'token' }, fault }] },
      });
      const { journal } = server.world(id);
      const held = post(unknownCode('held'));
      const cut = t.rejects(held, { cause: { code: 'UND_ERR_SOCKET' } }, fault.kind);
      while (journal.entries().every(({ fault: applied }) => applied === undefined)) await new Promise(setImmediate);
      await end();
      await cut;
      if (server.worlds.use(id) !== undefined) {
        t.equal((await list(call)).total, 0, 'the new journal has no entry of it');
      }
    }
  }
  t.match(await (await world('after')).post(unknownCode('x')), { error: 'invalid_grant' }, 'the server goes on');
});
