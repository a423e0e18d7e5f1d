import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { sendRaw } from '../raw.js';
import { demo } from '../support.js';
import type { FaultRule, World } from '../../src/client/index.js';

const server = await start();
t.teardown(() => server.close());
const provider = 'dottedsign';

interface Stage {
  readonly world: World;
  readonly tokenUrl: string;
  readonly form: URLSearchParams;
  /** The refresh as bytes. */
  readonly bytes: string;
}

/** A world with one fault for one token request, and a refresh to send. */
async function stage(fault: FaultRule['fault'], seed = 1): Promise<Stage> {
  const world = await server.newWorld({ seed, clock: { now: '2026-01-01T00:00:00Z', frozen: true } });
  await world.providers.policy({ provider, refreshRotation: 'rotate' });
  const { refreshToken } = await world.tokens.mint({ provider, clientId: demo.id, userId: demo.username });
  await world.faults.add({ id: 'it', match: { endpoint: 'token' }, times: 1, fault });
  const { tokenUrl } = (await world.info()).providers[provider];
  const { pathname, host } = new URL(tokenUrl);
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: String(refreshToken),
    client_id: demo.id,
    client_secret: demo.secret,
  });
  const text = form.toString();
  const bytes =
    `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\n` +
    `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
  return { world, tokenUrl, form, bytes };
}

const refreshTokens = async (world: World): Promise<string[]> =>
  (await world.tokens.list({ provider, kind: 'refresh' })).map(({ status }) => status);
const head = (bytes: string): string => bytes.slice(0, bytes.indexOf('\r\n\r\n'));
const body = (bytes: string): string => bytes.slice(bytes.indexOf('\r\n\r\n') + 4);

t.test('close ends the connection with a FIN and without a byte, before or after the effect', async (t) => {
  for (const after of [false, true]) {
    const { world, bytes } = await stage({ kind: 'close', after });
    // an RST would reject
    t.equal(await sendRaw(server.url, bytes), '');
    t.same(await refreshTokens(world), after ? ['replaced', 'live'] : ['live']);
    const [entry] = await world.journal.list();
    t.match(entry, { fault: { id: 'it', kind: 'close' }, status: undefined, response: undefined });
    t.equal(entry?.fault?.replaced, after ? undefined : true, 'whether the provider handled the request');
    t.match(entry?.notes[0], after ? /^fault it: close, after the effect: / : /^fault it: close: /);
  }
});

t.test('cut and drop end the connection with an RST', async (t) => {
  for (const kind of ['cut', 'drop'] as const) {
    const { bytes } = await stage({ kind, delay: '5ms' });
    await t.rejects(sendRaw(server.url, bytes), { code: 'ECONNRESET' }, kind);
  }
});

t.test('random-bytes has the given length, and the same bytes with the same seed', async (t) => {
  const received = async (length: number | undefined, seed: number): Promise<string> => {
    const { bytes } = await stage({ kind: 'random-bytes', ...(length === undefined ? {} : { length }) }, seed);
    return sendRaw(server.url, bytes);
  };
  const first = await received(undefined, 1);
  t.equal(first.length, 256);
  t.equal(await received(undefined, 1), first);
  t.not(await received(undefined, 2), first);
  t.equal((await received(65_536, 1)).length, 65_536);
  const { tokenUrl, form } = await stage({ kind: 'random-bytes' });
  await t.rejects(fetch(tokenUrl, { method: 'POST', body: form }), { name: 'TypeError' });
});

t.test('bad-chunk is a valid chunk, then a size that is no number, then the end of the connection', async (t) => {
  const { bytes, world } = await stage({ kind: 'bad-chunk' });
  const answer = await sendRaw(server.url, bytes);
  t.match(head(answer), /^HTTP\/1\.1 200 OK\r\n/);
  t.match(head(answer), /transfer-encoding: chunked/i);
  t.notMatch(head(answer), /content-length/i);
  const [, size = '', chunk = '', rest] = /^([0-9a-f]+)\r\n([^\r]*)\r\n([^]*)$/.exec(body(answer)) ?? [];
  t.equal(parseInt(size, 16), chunk.length);
  t.match(chunk, /^\{"access_token":"/);
  t.equal(rest, 'xyz\r\n');
  t.match((await world.journal.list())[0], { status: 200, response: { status: 200 } });

  const other = await stage({ kind: 'bad-chunk' });
  const received = await fetch(other.tokenUrl, { method: 'POST', body: other.form });
  t.equal(received.status, 200);
  await t.rejects(received.text(), { name: 'TypeError', message: 'terminated' });
  t.same(await refreshTokens(other.world), ['replaced', 'live']);
});

t.test('bad-chunk leaves a HEAD request and an answer without a body as they are', async (t) => {
  const { world, bytes } = await stage({ kind: 'bad-chunk' });
  await world.faults.clear();
  await world.faults.add({ match: {}, fault: { kind: 'bad-chunk' } });
  const answer = await sendRaw(
    server.url,
    bytes.replace(/^POST (\S+) /, 'HEAD $1 ').replace('\r\nHost', '\r\nConnection: close\r\nHost'),
  );
  t.match(answer, /^HTTP\/1\.1 \d+ /);
  t.equal(body(answer), '');
  const { authorizeUrl } = (await world.info()).providers[provider];
  const page = await fetch(`${authorizeUrl}?response_type=code&client_id=${demo.id}&redirect_uri=${demo.redirectUri}`, {
    redirect: 'manual',
  });
  t.equal(page.status, 302);
});

t.test('gzip is valid gzip with its length, and the journal shows the text', async (t) => {
  const { world, bytes } = await stage({ kind: 'gzip' });
  const answer = await sendRaw(server.url, bytes.replace('\r\nHost', '\r\nConnection: close\r\nHost'));
  t.match(head(answer), /content-encoding: gzip/i);
  const compressed = Buffer.from(body(answer), 'latin1');
  t.equal(Number(/content-length: (\d+)/i.exec(head(answer))?.[1]), compressed.length);
  t.match(JSON.parse(gunzipSync(compressed).toString()), { access_token: /./, refresh_token: /./ });
  t.match((await world.journal.list())[0], { response: { body: { access_token: /./ } } });

  const read = await stage({ kind: 'gzip' });
  t.match(await (await fetch(read.tokenUrl, { method: 'POST', body: read.form })).json(), { access_token: /./ });
  const broken = await stage({ kind: 'gzip', broken: true });
  const received = await fetch(broken.tokenUrl, { method: 'POST', body: broken.form });
  t.equal(received.headers.get('content-encoding'), 'gzip');
  await t.rejects(received.text(), { name: 'TypeError' });
  const damaged = await stage({ kind: 'gzip', broken: true });
  const raw = body(await sendRaw(server.url, damaged.bytes.replace('\r\nHost', '\r\nConnection: close\r\nHost')));
  t.throws(() => gunzipSync(Buffer.from(raw, 'latin1')), { code: 'Z_DATA_ERROR' });
  const { world: silent } = await stage({ kind: 'gzip' });
  await silent.faults.clear();
  await silent.faults.add({ match: {}, fault: { kind: 'gzip' } });
  // Rails sends a body with a redirect, Spring does not
  const { authorizeUrl } = (await silent.info()).providers.tinyemail;
  const page = await fetch(`${authorizeUrl}?response_type=code&client_id=${demo.id}&redirect_uri=${demo.redirectUri}`, {
    redirect: 'manual',
  });
  t.equal(page.headers.get('content-encoding'), null, 'a redirect has no body');
});

t.test('an error after the effect: the token is rotated, the client sees the error', async (t) => {
  const { world, tokenUrl, form } = await stage({ kind: 'status', status: 502, body: 'Bad Gateway', after: true });
  const answer = await fetch(tokenUrl, { method: 'POST', body: form });
  t.equal(answer.status, 502);
  t.same(await refreshTokens(world), ['replaced', 'live']);
  const again = await fetch(tokenUrl, { method: 'POST', body: form });
  t.match(await again.json(), { error: 'invalid_grant' });
  t.match(await world.journal.list(), [
    { status: 502, reason: undefined, clientId: demo.id, userId: demo.username, fault: { kind: 'status' } },
    { status: 400, reason: 'refresh.replaced' },
  ]);
  t.same((await world.findings()).findings, [], 'the client cannot know of the newer token');
});

t.test("after the effect, oauth-error replaces the provider's own refusal too, in its format", async (t) => {
  for (const [name, expected] of Object.entries({
    mailup: { error: 'server_error', error_description: 'Over.' },
    tinyemail: { error: 'server_error', error_description: 'Over.' },
    dottedsign: { error: 'server_error', error_description: 'Over.' },
  })) {
    const world = await server.newWorld();
    const fault = { kind: 'oauth-error', error: 'server_error', description: 'Over.', after: true } as const;
    await world.faults.add({ match: { endpoint: 'token' }, fault });
    const { tokenUrl } = (await world.info()).providers[name as typeof provider];
    const answer = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'unknown', client_id: demo.id }),
    });
    t.equal(answer.status, 500);
    t.match(await answer.json(), expected, name);
    const [entry] = await world.journal.list();
    t.match(entry, { status: 500, reason: /./ }, 'the journal keeps the reason of the refusal that was replaced');
  }
});

t.test('an API call with an error after the effect, and a late one', async (t) => {
  const { world } = await stage({ kind: 'pass' });
  const { accessToken } = await world.tokens.mint({ provider, clientId: demo.id, userId: demo.username });
  const { apiUrl } = (await world.info()).providers[provider];
  await world.faults.addAll([
    { match: { endpoint: 'resource' }, times: 1, fault: { kind: 'oauth-error', error: 'invalid_token', after: true } },
    { match: { endpoint: 'resource' }, times: 1, fault: { kind: 'rate-limit', after: true } },
    { match: { endpoint: 'resource' }, times: 1, fault: { kind: 'status', status: 504, delay: '60ms' } },
  ]);
  const call = (): Promise<Response> =>
    fetch(`${apiUrl}/members/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  t.equal((await call()).status, 401);
  t.match(await call(), { status: 429 });
  t.equal((await call()).status, 504);
  const late = (await world.journal.list()).at(-1);
  t.ok(Number(late?.durationMs) >= 59, `it took ${String(late?.durationMs)} ms`);
  t.equal((await call()).status, 200);
});

t.test('a client that leaves during the delay of an error', async (t) => {
  for (const after of [false, true]) {
    const { world, bytes } = await stage({ kind: 'status', status: 504, delay: '5m', after });
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(bytes);
    while ((await world.faults.get('it')).hits === 0) await sleep(5);
    socket.destroy();
    const entry = await world.journal.wait({ endpoint: 'token' });
    t.match(entry, { status: undefined, fault: { kind: 'status' }, durationMs: Number });
    t.same(await refreshTokens(world), after ? ['replaced', 'live'] : ['live'], 'the effect is as the fault has it');
  }
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
  t.ok(timers.length < 10, `no timer of five minutes is left: ${timers.length}`);
});

t.test('the server closes while a fault hangs after the effect', async (t) => {
  const other = await start();
  const world = other.world();
  await world.faults.add({ id: 'it', match: { endpoint: 'token' }, fault: { kind: 'hang', after: true } });
  const { tokenUrl } = (await world.info()).providers[provider];
  const answer = fetch(tokenUrl, { method: 'POST' }).then(
    () => 'answered',
    () => 'cut',
  );
  while ((await world.faults.get('it')).hits === 0) await sleep(5);
  const begun = performance.now();
  await other.close();
  t.ok(performance.now() - begun < 5000);
  t.equal(await answer, 'cut');
});
