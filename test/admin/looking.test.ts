import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { viewText } from '../../src/world/journal/entry-view.js';
import { streamJournal } from '../../src/admin/journal-stream.js';
import { demo, startServer } from '../support.js';
import { adminOf } from './calls.js';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import type { Test } from 'tap';
import type { TestServer } from '../support.js';

/*
 * Looking costs what is shown: an entry is redacted when it is first shown, and no call stops the event loop. The
 * numbers of redacted entries are exact. The bound of a step is generous, and relative to the speed of the machine.
 */

const evil = JSON.stringify({
  token: Array.from({ length: 3600 }, (_, i) => i.toString(36).padStart(6, 'q')),
  x: Array(10_000).fill(''),
});

/** Processor time of this process, in milliseconds. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The longest step that is allowed, in milliseconds of processor time: as long as it takes to copy 400 hostile bodies. */
const longestStepMs = ((): number => {
  const copies = 400;
  const began = processorMs();
  for (let i = 0; i < copies; i += 1) JSON.parse(JSON.stringify(JSON.parse(evil)));
  return processorMs() - began;
})();

/**
 * The longest step of the event loop while a call was served, in milliseconds of processor time: a pause of the machine
 * is no work of the server.
 */
async function longestStep(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = processorMs();
  const look = (): void => {
    const now = processorMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 5);
  await work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(timer);
  look();
  return longest;
}

/** Counts the entries of a world that are redacted. */
function countRedactions(server: TestServer, id: string): () => number {
  const world = server.world(id);
  let count = 0;
  const registered = world.registeredSecrets.bind(world);
  world.registeredSecrets = () => {
    count += 1;
    return registered();
  };
  return () => {
    const since = count;
    count = 0;
    return since;
  };
}

/** Fills the journal of a world with copies of one real entry. */
async function fill(server: TestServer, id: string, count: number): Promise<void> {
  await adminOf(server.url)(`PUT /worlds/${id}`, { scenario: { extends: 'default', journal: { limit: 100_000 } } });
  await fetch(`${server.url}/w/${id}/tinyemail/v1/contacts`, { headers: { authorization: 'Bearer x' } });
  const { journal } = server.world(id);
  const [first] = journal.entries();
  while (journal.size < count) {
    const copy = { ...first!, id: journal.nextId(), weight: 0 };
    journal.open(copy);
    journal.close(copy);
  }
}

function postJson(url: string, body: string): Promise<string> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then((r) => r.text());
}

/** Opens a call of the admin API that waits. */
async function open(t: Test, server: TestServer, path: string): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  return socket;
}

async function started(t: Test): Promise<TestServer> {
  const server = await startServer();
  t.teardown(() => server.close());
  // the validator is loaded at the first call
  await adminOf(server.url)('GET /journal?limit=1');
  return server;
}

t.test('a list of 50 among 100,000 entries redacts 50 entries, once', async (t) => {
  const server = await started(t);
  await fill(server, 'large', 100_000);
  const call = adminOf(`${server.url}/w/large`);
  const redacted = countRedactions(server, 'large');
  for (const [query, expected] of [
    ['limit=50', 50],
    ['limit=50', 0],
    ['limit=50&offset=99950', 50],
    ['limit=50&status=401', 0],
    ['limit=50&clientId=nobody', 0],
    ['since=99999&limit=50', 0],
  ] as const) {
    const ms = await longestStep(async () => {
      t.match(await call(`GET /journal?${query}`), { status: 200 });
    });
    t.equal(redacted(), expected, query);
    t.ok(ms < longestStepMs, `${query}: ${ms.toFixed(0)} ms`);
  }
});

t.test('no call about a large journal stops the event loop', async (t) => {
  const server = await started(t);
  await fill(server, 'large', 20_000);
  // a header is looked for in every entry, as it is shown: seconds for so many entries
  await fill(server, 'smaller', 5000);
  for (const [line, body, status, world = 'large'] of [
    ['GET /journal', undefined, 200],
    ['GET /journal?limit=1000&offset=5000', undefined, 200],
    ['GET /journal/20000', undefined, 200],
    ['GET /journal/wait?status=599&timeout=1ms', undefined, 408],
    ['POST /verify', { match: { endpoint: 'resource' }, count: 1 }, 200],
    ['POST /verify', { match: { headers: { 'x-none': '1' } } }, 200, 'smaller'],
    ['GET /lineage', undefined, 200],
    ['GET /snapshot', undefined, 200],
  ] as const) {
    // modules are loaded at the first call, which is about a small journal
    await adminOf(server.url)(line, body);
    const ms = await longestStep(async () => {
      t.equal((await adminOf(`${server.url}/w/${world}`)(line, body)).status, status);
    });
    t.ok(ms < longestStepMs, `${line}: ${ms.toFixed(0)} ms`);
  }
});

t.test('a hostile body costs little, also with streams and waiting calls', async (t) => {
  const server = await started(t);
  const tokenUrl = `${server.url}/mailup/Authorization/OAuth/Token`;
  for (let i = 0; i < 3; i += 1) await open(t, server, '/__admin/journal/stream?status=599');
  for (let i = 0; i < 3; i += 1) await open(t, server, '/__admin/journal/wait?status=599&timeout=60s');
  while (server.world().journal.listeners < 6) await new Promise(setImmediate);
  const redacted = countRedactions(server, 'default');
  const ms = await longestStep(() => postJson(tokenUrl, evil));
  t.equal(redacted(), 0, 'nobody is shown this entry');
  t.ok(ms < longestStepMs, `${ms.toFixed(0)} ms`);
  const looking = await longestStep(() => adminOf(server.url)('GET /journal'));
  t.equal(redacted(), 1);
  t.ok(looking < longestStepMs, `${looking.toFixed(0)} ms`);
});

t.test('streams and waiting calls share one view of an entry', async (t) => {
  const server = await started(t);
  for (let i = 0; i < 5; i += 1) await open(t, server, '/__admin/journal/stream');
  for (let i = 0; i < 5; i += 1) await open(t, server, '/__admin/journal/wait?timeout=60s');
  const { journal } = server.world();
  while (journal.listeners < 10) await new Promise(setImmediate);
  const redacted = countRedactions(server, 'default');
  await fetch(`${server.url}/tinyemail/v1/contacts`);
  while (journal.listeners > 5) await new Promise(setImmediate);
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.equal(redacted(), 1);
});

t.test('nothing is worked out for a caller that has left', async (t) => {
  const server = await started(t);
  await fill(server, 'left', 1000);
  const { journal } = server.world('left');
  const sockets = await Promise.all(
    Array.from({ length: 100 }, () => open(t, server, '/w/left/__admin/journal/wait?status=599&timeout=60s')),
  );
  while (journal.listeners < 100) await new Promise(setImmediate);
  const redacted = countRedactions(server, 'left');
  for (const socket of sockets) socket.destroy();
  while (journal.listeners > 0) await new Promise(setImmediate);
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.equal(redacted(), 0);
});

t.test('a stream from the start sends a journal of any size', async (t) => {
  const server = await started(t);
  await fill(server, 'long', 3000);
  const socket = await open(t, server, '/w/long/__admin/journal/stream?since=0');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const told = (): number => Buffer.concat(chunks).toString('latin1').split('event: entry\n').length - 1;
  while (told() < 3000) await new Promise((resolve) => setTimeout(resolve, 50));
  t.equal(told(), 3000);
});

t.test('lone surrogates and other odd text leave the journal readable', async (t) => {
  const server = await started(t);
  const url = `${server.url}/dottedsign/v1/oauth/token`;
  const waiting = adminOf(server.url)('GET /journal/wait?status=599&timeout=500ms');
  await open(t, server, '/__admin/journal/stream');
  for (const secret of ['\\ud800abcdefgh', '\\udfff', 'a\\u0000b', '\\uffff\\ud800', 'x'.repeat(20) + '\\ud83d']) {
    await postJson(url, `{"client_secret":"${secret}","grant_type":"x","${secret}":"${secret}"}`);
  }
  t.equal((await waiting).status, 408);
  for (const line of ['GET /journal', 'GET /journal/1', 'GET /findings', 'GET /lineage', 'GET /snapshot']) {
    t.equal((await adminOf(server.url)(line)).status, 200, line);
  }
  const verdict = await adminOf(server.url)('POST /verify', { match: { clientId: demo.id } });
  t.equal(verdict.status, 200);
});

t.test('a listener that fails does not break the request', async (t) => {
  const server = await started(t);
  const { journal } = server.world();
  journal.listen(() => {
    throw new Error('broken');
  });
  t.equal((await fetch(`${server.url}/tinyemail/v1/contacts`)).status, 401);
  t.equal(journal.listeners, 0);
  t.equal((await fetch(`${server.url}/tinyemail/v1/contacts`)).status, 401);
});

t.test('entries that end before a stream is read are sent too', async (t) => {
  const server = await started(t);
  await fetch(`${server.url}/tinyemail/v1/contacts`);
  const world = server.world();
  const [entry] = world.journal.entries();
  const raw = new EventEmitter();
  const stream = streamJournal(world, { isWanted: () => true, withPast: false, write: viewText }, {
    raw,
  } as unknown as FastifyReply);
  world.journal.close(entry!);
  stream.setEncoding('utf8');
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('id: 1\n')) break;
  }
  t.match(text, /^: following\n\nid: 1\nevent: entry\n/);
  raw.emit('close');
  world.journal.close(entry!);
  t.equal(world.journal.listeners, 0);
});

t.test('a list of tokens among 200,000 does not stop the event loop', async (t) => {
  const server = await started(t);
  const call = adminOf(server.url);
  const pair = { clientId: demo.id, userId: demo.username };
  await call('POST /providers/mailup/tokens', pair);
  const { accessTokens } = server.realm('mailup');
  const [token] = [...accessTokens.values()];
  for (let i = 0; i < 200_000; i += 1) accessTokens.set(`token-${i}`, { ...token!, token: `token-${i}` });
  const ms = await longestStep(async () => {
    const { body } = await call<{ total: number }>('GET /providers/mailup/tokens?limit=10&kind=access');
    t.equal(body.total, 200_001);
  });
  t.ok(ms < longestStepMs, `${ms.toFixed(0)} ms`);
});

t.test('limit "unknown parameters of a request": a report on hundreds of bodies with a thousand names', async (t) => {
  const server = await started(t);
  const body = Array.from({ length: 1000 }, (_, i) => `n${i}=${i}`).join('&');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  for (let i = 0; i < 200; i += 1) {
    await (await fetch(`${server.url}/dottedsign/v1/oauth/token`, { method: 'POST', headers, body })).text();
  }
  const call = adminOf(server.url);
  await call('GET /findings');
  const ms = await longestStep(async () => {
    const { body: report } = await call<{ findings: { rule: string; count: number }[] }>('GET /findings');
    t.equal(report.findings.find(({ rule }) => rule === 'unknown-parameter')?.count, 200 * 20);
  });
  t.ok(ms < longestStepMs, `${ms.toFixed(0)} ms`);
});
