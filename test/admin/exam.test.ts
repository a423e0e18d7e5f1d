import t from 'tap';
import { configOf } from '../../src/config.js';
import { examiner } from '../../src/exam/examiner.js';
import { start } from '../../src/library.js';
import { openServer } from '../../src/server.js';
import { CarefulApplication } from '../exam/careful/application.js';
import { settingsFor } from '../exam/careful/settings.js';
import { adminOf, frozen, refused, refusedFor } from './calls.js';
import type { Test } from 'tap';
import type { Examiner, ExamObserver, ExamOutcome } from '../../src/admin/examiner.js';
import type { ExamCheck, ExamOrder, ExamState, Understudy, World } from '../../src/library.js';
import type { Server } from '../../src/server.js';
import type { Call, Problem } from './calls.js';

const provider = 'tinyemail';

/** A careful application that uses a provider of a world, and the order to examine it. */
async function applicationIn(t: Test, world: World, flaws: readonly string[] = []): Promise<ExamOrder> {
  const application = new CarefulApplication(settingsFor({ info: await world.providers.describe(provider) }), flaws);
  await application.start();
  t.teardown(() => {
    application.close();
  });
  return {
    provider,
    connect: `${application.url}/connect`,
    call: `${application.url}/call`,
    disconnect: `POST ${application.url}/disconnect`,
    client: { redirectUri: application.redirectUri },
  };
}

/** Reads the state until it is as wanted. */
async function stateWhen(world: World, isWanted: (state: ExamState) => boolean): Promise<ExamState> {
  let state = await world.exam.state();
  for (let tries = 0; tries < 1500 && !isWanted(state); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    state = await world.exam.state();
  }
  return state;
}
const ended = ({ status }: ExamState): boolean => status !== 'running';

/** A server of the library, which is closed after the test. */
async function library(t: Test, options = {}): Promise<Understudy> {
  const server = await start(options);
  t.teardown(() => server.close());
  return server;
}

t.jobs = 2;

void t.test('an exam runs in its world, is followed while it runs, and leaves the world as it was', async (t) => {
  const server = await library(t);
  const world = await server.newWorld();
  const order = await applicationIn(t, world, ['state-fresh']);
  const { accessToken } = await world.tokens.mint({
    provider,
    clientId: 'understudy-client',
    userId: 'ada@example.test',
  });
  const none = await adminOf(world.baseUrl)('GET /exam');
  t.match(none.body, { status: 'none', done: 0, total: 0, current: null, score: null, grade: null, checks: [] });

  const only = ['state-sent', 'state-fresh', 'denied-no-token-request'];
  const began = await adminOf(world.baseUrl)<ExamState>('POST /exam', { ...order, only });
  t.match(began, { status: 202, body: { status: 'running', provider, done: 0, total: 3 } });
  t.match(await stateWhen(world, ({ current }) => current !== null), {
    status: 'running',
    current: { id: String, title: String },
  });
  const state = await stateWhen(world, ended);
  t.match(state, { status: 'ended', done: 3, current: null, score: Number, grade: String, notes: [] });
  t.equal(state.failure, undefined);
  t.match(state.counts, { failed: 1, passed: 2 });
  t.same(state.checks.map(({ id }) => id).sort(), [...only].sort());
  t.ok(state.checks.every(({ requests }) => requests.length > 0));
  t.equal((await world.tokens.get({ provider, token: accessToken })).userId, 'ada@example.test');

  t.same((await world.exam.state({ brief: true })).checks[0]?.requests, [], 'in brief without requests');
  const answer = await adminOf(world.baseUrl)<ExamCheck>('GET /exam/checks/state-fresh');
  t.match(answer, { status: 200, body: { id: 'state-fresh', verdict: 'failed' } });
  t.same(answer.body, await world.exam.check('state-fresh'));
  t.match(await adminOf(world.baseUrl)('GET /exam?brief=false'), { status: 200, body: state });
  t.match(await adminOf(world.baseUrl)('GET /exam/checks/state-fesh'), {
    status: 404,
    body: { title: 'Unknown check', known: state.checks.map(({ id }) => id) },
  });
  t.equal((await server.world().exam.state()).status, 'none', 'another world has none');
  await reportsOf(t, world, state);
  t.equal((await world.exam.stop()).status, 'ended', 'an exam that ended cannot be stopped');

  const { worlds } = await server.findings();
  t.same(
    worlds.filter(({ world: id }) => id === world.id).map(({ findings }) => findings),
    [],
    'what the exam provoked is no finding',
  );
  t.match(await world.exam.start({ ...order, only: ['state-sent'] }), { status: 'running', total: 1, checks: [] });
  t.match(await stateWhen(world, ended), { status: 'ended', checks: [{ id: 'state-sent' }] }, 'the next one');
});

/** The reports of an exam that ended. */
async function reportsOf(t: Test, world: World, state: ExamState): Promise<void> {
  t.match(await world.exam.report(), /<!doctype html>[^]*state-fresh/i);
  t.match(await world.exam.report('markdown'), 'state-fresh');
  const call = adminOf(world.baseUrl);
  const { checks, counts, score } = state;
  t.match((await call('GET /exam/report?format=json')).body, { provider, checks, counts, score, seed: 'exam' });
  const failures = async (failOn: string): Promise<string> =>
    String(/failures="(\d+)"/.exec((await call<string>(`GET /exam/report?format=junit&failOn=${failOn}`)).body)?.[1]);
  t.same([await failures('error'), await failures('never')], ['1', '0']);
  const page = await call('GET /exam/report');
  t.match(page.headers.get('content-type'), 'text/html');
  t.match(page.headers.get('content-security-policy'), "default-src 'none'");
}

void t.test('an exam is stopped, and ends with what is known', async (t) => {
  const server = await library(t, { adminToken: 'understudy-admin-token' });
  const world = server.world();
  const order = await applicationIn(t, world);
  const { scenario } = await world.info();
  await world.exam.start(order);
  await stateWhen(world, ({ done }) => done >= 2);
  await t.rejects(world.exam.start(order), { message: /An exam runs in the world "default"/ });
  const state = await world.exam.stop();
  t.match(state, { status: 'stopped', current: null, score: null, grade: null });
  t.ok(state.done >= 2 && state.done < state.total, `${state.done} of ${state.total}`);
  t.equal(new Set(state.checks.map(({ id }) => id)).size, state.done, 'no check is told twice');
  t.equal((await world.info()).scenario, scenario, 'the world has its state again');
});

void t.test('an exam that cannot be made says why', async (t) => {
  const world = (await library(t)).world();
  const order = await applicationIn(t, world);
  await world.exam.start({ ...order, connect: 'http://127.0.0.1:1/connect', timeout: '1s' });
  const state = await stateWhen(world, ended);
  t.match(state, { status: 'failed', done: 0, score: null, grade: null });
  t.match(state.failure, /^the first flow did not work: no request reached tinyemail/);
});

void t.test('an application that knows the server by another URL is examined', async (t) => {
  const server = await library(t, { baseUrl: 'http://understudy.test:1234/mock' });
  const world = await server.newWorld();
  const order = await applicationIn(t, world);
  t.match((await world.providers.describe(provider)).baseUrl, /^http:\/\/understudy\.test:1234\/mock\/w\//);
  await world.exam.start({ ...order, only: ['state-sent'] });
  // its token requests cannot reach that URL, which only browsers can
  t.match((await stateWhen(world, ended)).failure, /the token endpoint was never called/);
});

/** An examiner whose exam ends when a test says so. */
class HeldExaminer implements Examiner {
  readonly exams: { readonly observer: ExamObserver; readonly end: (outcome: ExamOutcome) => void }[] = [];
  readonly plan = (): ReturnType<Examiner['plan']> => Promise.resolve({ mistakes: [], total: 3 });
  readonly report = (): Promise<string> => Promise.resolve('a report');
  readonly examine: Examiner['examine'] = (_order, _place, observer) =>
    new Promise((resolve, reject) => {
      observer.signal.addEventListener('abort', () => {
        reject(new Error('it was stopped'));
      });
      this.exams.push({ observer, end: resolve });
    });
}

const someOrder = { provider, connect: 'http://localhost:3000/connect', call: 'http://localhost:3000/call' };
const outcome: ExamOutcome = {
  score: 100,
  grade: 'A',
  notes: ['a note'],
  interrupted: false,
  callsProveNothing: false,
  seed: 'exam',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1000,
  version: '1',
};

async function heldServer(t: Test): Promise<{ held: HeldExaminer; server: Server; call: Call }> {
  const held = new HeldExaminer();
  const server = await openServer(configOf({ port: 0, logLevel: 'silent' }), { examiner: held });
  t.teardown(() => server.close());
  return { held, server, call: adminOf(server.url) };
}

const checkWith = (id: string, text: string): ExamCheck => ({
  id,
  group: 'request',
  title: 'a check',
  clause: 'RFC 6749',
  severity: 'error',
  verdict: 'passed',
  explanation: 'it passed',
  advice: 'nothing',
  evidence: [1],
  requests: [{ entry: 1, afterMs: 0, endpoint: 'token', method: 'POST', path: '/token', query: { text } }],
  durationMs: 1,
});

void t.test('limit "requests of an exam": later checks are kept without them, and a note says so', async (t) => {
  const { held, call } = await heldServer(t);
  await call('POST /exam', someOrder);
  const { observer, end } = held.exams[0]!;
  const checks = ['small', 'large', 'small-too'].map((id) => checkWith(id, 'x'.repeat(id === 'large' ? 2 ** 21 : 10)));
  for (const [i, check] of checks.entries()) {
    observer.onProgress({ done: i + 1, total: 3, next: undefined, ended: check });
  }
  end(outcome);
  const { body } = await call<ExamState>('GET /exam');
  t.same(
    body.checks.map(({ id, requests, evidence }) => [id, requests.length, evidence.length]),
    [
      ['small', 1, 1],
      ['large', 0, 1],
      ['small-too', 1, 1],
    ],
  );
  t.same(body.notes, ['a note', 'the requests of 1 checks are left out: together they would be larger than 2 MiB']);
});

void t.test('limit "exams at once": two in a server, one in a world', async (t) => {
  const { held, server, call } = await heldServer(t);
  await call('PATCH /clock', frozen);
  const inWorld = async (id: string): Promise<Call> => {
    await call(`PUT /worlds/${id}`, { clock: frozen });
    return adminOf(`${server.url}/w/${id}`);
  };
  const [one, two] = [await inWorld('one'), await inWorld('two')];
  t.equal((await one('POST /exam', someOrder)).status, 202);
  const again = await refused(t, one, 'POST /exam', someOrder, 409);
  t.match(again, { title: 'An exam runs already', detail: /^An exam runs in the world "one"/ });
  t.equal((await two('POST /exam', someOrder)).status, 202);
  t.match(await refused(t, call, 'POST /exam', someOrder, 409), {
    title: 'Too many exams',
    detail: /^2 exams run in this server, which is the limit/,
  });
  held.exams[0]!.end(outcome);
  t.match(await one('GET /exam'), { body: { status: 'ended', grade: 'A' } });
  t.equal((await call('POST /exam', someOrder)).status, 202);
  t.match((await two('DELETE /exam')).body, { status: 'stopped', score: null }, 'stopped in its first flow');
  t.match(await refused(t, two, 'GET /exam/report', undefined, 409), {
    detail: /has no result: its status is stopped/,
  });
  t.match(await refused(t, call, 'GET /exam/report', undefined, 409), {
    detail: /has no result: its status is running/,
  });
  t.match(await refused(t, await inWorld('three'), 'GET /exam/report', undefined, 409), { detail: /status is none/ });
});

void t.test('limit "kept exams": the last one of 50 worlds; it ends with its world', async (t) => {
  const { held, server, call } = await heldServer(t);
  const inWorld = (i: number): Call => adminOf(`${server.url}/w/w${i}`);
  for (let i = 0; i <= 50; i += 1) {
    await call(`PUT /worlds/w${i}`, {});
    t.equal((await inWorld(i)('POST /exam', someOrder)).status, 202);
    // the first one runs while all the others begin and end
    if (i > 0) held.exams[i]!.end(outcome);
  }
  const statusIn = async (i: number): Promise<string> => (await inWorld(i)<ExamState>('GET /exam')).body.status;
  t.equal(await statusIn(0), 'running');
  t.equal(await statusIn(1), 'none', 'forgotten');
  t.equal(await statusIn(2), 'ended');
  await inWorld(2)('POST /reset');
  t.equal(await statusIn(2), 'ended', 'a reset does not forget it');
  await call('DELETE /worlds/w2');
  await call('DELETE /worlds/w0');
  t.ok(held.exams[0]!.observer.signal.aborted, 'an exam ends with its world');
  for (const i of [0, 2]) {
    await call(`PUT /worlds/w${i}`, {});
    t.equal(await statusIn(i), 'none');
  }
});

void t.test('a server that closes ends its exams', async (t) => {
  const { held, server, call } = await heldServer(t);
  await call('POST /exam', someOrder);
  await server.close();
  t.ok(held.exams[0]!.observer.signal.aborted);
});

void t.test('an order with mistakes is refused, and begins nothing', async (t) => {
  const server = await openServer(configOf({ port: 0, logLevel: 'silent' }), { examiner });
  t.teardown(() => server.close());
  const call = adminOf(server.url);
  await call('PATCH /clock', frozen);
  await refusedFor(
    t,
    call,
    'POST /exam',
    {
      ...someOrder,
      provider: 'mailupp',
      call: 'localhost/call',
      disconnect: 'file:///etc/passwd',
      only: ['state-fesh'],
    },
    {
      provider: 'there is no provider "mailupp"; did you mean "mailup"?',
      call: '"localhost/call" is no URL of an application',
      disconnect: '"file:///etc/passwd" is no URL of an application',
      'only.0': 'there is no check "state-fesh"; did you mean "state-fresh"?',
    },
  );
  await refusedFor(
    t,
    call,
    'POST /exam',
    { ...someOrder, skip: ['xxxxxxxxxxxxxxx'], group: ['request', 'apy'] },
    { 'skip.0': 'there is no check', 'group.1': 'there is no group "apy"; did you mean "api"?' },
  );
  await refusedFor(t, call, 'POST /exam', { ...someOrder, only: ['state-fresh'], group: ['end'] }, { '': 'no check' });
  await refusedFor(
    t,
    call,
    'POST /exam',
    { ...someOrder, timeout: '1 year', repeat: 0, client: { redirect: 'x' } },
    {
      timeout: 'expected: a duration in real time, at most 10m',
      repeat: 'must be >= 1',
      'client.redirect': 'is not a member here; known: id, secret, redirectUri',
    },
  );
  await refusedFor(
    t,
    call,
    'POST /exam',
    { ...someOrder, timeout: '0s' },
    { timeout: 'expected: a duration from 1ms' },
  );
  t.match((await call('GET /exam')).body, { status: 'none' });
});

void t.test('a server without the part that makes exams says so', async (t) => {
  const server = await openServer(configOf({ port: 0, logLevel: 'silent' }));
  t.teardown(() => server.close());
  const call = adminOf(server.url);
  const lines: [string, unknown?][] = [
    ['POST /exam', someOrder],
    ['GET /exam'],
    ['GET /exam/report'],
    ['GET /exam/checks/x'],
    ['DELETE /exam'],
  ];
  for (const [line, body] of lines) {
    t.match(await call<Problem>(line, body), {
      status: 501,
      body: { title: 'No exams here', detail: /understudy serve/ },
    });
  }
});
