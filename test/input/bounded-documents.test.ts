import t from 'tap';
import { readFixture } from '../../src/world/scenario/parse-file.js';
import { adminOf } from '../admin/calls.js';
import { knownNames, startServer } from '../support.js';
import type { Test } from 'tap';
import type { TestServer } from '../support.js';
import type { Problem } from '../admin/calls.js';

const opened = async (t: Test): Promise<TestServer> => {
  const server = await startServer();
  t.teardown(() => server.close());
  return server;
};

const count = 200_000;
const manyEmpty = `[${'{},'.repeat(count)}{}]`;
const realm = (codes: string): string =>
  `{"policy":{},"clients":[],"users":[],"grants":[],"codes":${codes},"accessTokens":[],"refreshTokens":[]}`;
const snapshot = (codes: string): string =>
  `{"version":1,"scenario":{},"clock":{},"drawn":{},"realms":{"mailup":${realm(codes)}}}`;

/** Documents with a million mistakes or more. */
const wrong: readonly (readonly [line: string, body: string])[] = [
  ['POST /worlds', `{"scenario":{"faults":${manyEmpty}}}`],
  ['POST /faults', manyEmpty],
  ['PUT /snapshot', snapshot(manyEmpty)],
  ['PUT /scenario', `{"providers":{"mailup":{"clients":${manyEmpty}}}}`],
  ['PATCH /providers/mailup/policy', `{${Array.from({ length: 50_000 }, (_, i) => `"m${i}":0`).join()}}`],
];

for (const [line, body] of wrong) {
  t.test(`limit "mistakes of a document": ${line}`, async (t) => {
    const server = await opened(t);
    const call = adminOf(server.url);
    await call('POST /faults', '[{}]');
    const before = process.memoryUsage().rss;
    const answer = await call<Problem>(line, body);
    t.equal(answer.status, 400);
    t.equal(answer.body.errors?.length, 101, 'a hundred, and a word about the rest');
    t.match(answer.body.errors?.at(-1), { path: '', message: /^has more mistakes/ });
    t.match(answer.body.detail, / \(and more\)$/);
    t.ok(process.memoryUsage().rss - before < 250 * 1024 * 1024, 'memory');
  });
}

t.test('limit "mistakes of a document": codes without their grant', async (t) => {
  const call = adminOf((await opened(t)).url);
  const code = '{"code":"c","grantId":"none","redirectUri":"","redirectUriSent":false,"issuedAt":0,"expiresAt":0}';
  const answer = await call<Problem>('PUT /snapshot', snapshot(`[${Array(5000).fill(code).join()}]`));
  t.equal(answer.status, 400);
  t.equal(answer.body.errors?.length, 101);
});

t.test('limit "mistakes of a document": a scenario file', (t) => {
  const doubled = Array.from({ length: 5000 }, () => 'seed: 1').join('\n');
  const unknown = Array.from({ length: 5000 }, (_, i) => `m${i}: 1`).join('\n');
  for (const text of [doubled, unknown]) {
    const { mistakes } = readFixture(text, 'x.yaml', knownNames);
    t.equal(mistakes.length, 101);
    t.match(mistakes.at(-1)?.message, /^has more mistakes/);
  }
  t.end();
});

t.test('a document with few mistakes has them all, and a long value is quoted in part', async (t) => {
  const call = adminOf((await opened(t)).url);
  const answer = await call<Problem>('PATCH /providers/mailup/policy', { code: 'x'.repeat(100_000), pkce: 'n', b: 1 });
  t.equal(answer.body.errors?.length, 4);
  t.match(answer.body.detail, /\(and 3 more\)$/);
  t.ok(JSON.stringify(answer.body).length < 10_000);
});

t.test('limit "a value in a mistake": 500 characters', async (t) => {
  const call = adminOf((await opened(t)).url);
  const answer = await call<Problem>('PATCH /clock', { rate: 'x'.repeat(5000) });
  t.equal(answer.status, 400);
  for (const { message } of answer.body.errors ?? []) t.ok(message.length < 700, String(message.length));
  t.match(answer.body.errors?.[0]?.message, /x{400}/);
});

t.test('limit "mistakes of a document": faults that are wrong in one way, in any number', async (t) => {
  const call = adminOf((await opened(t)).url);
  for (const rule of [
    { fault: { kind: 'status', status: 9999 } },
    { fault: { kind: 'zz' } },
    { match: { no: 1 }, fault: { kind: 'hang' } },
  ]) {
    for (const count of [166, 167, 168, 498, 499, 500, 501, 900]) {
      const answer = await call<Problem>('POST /faults', Array(count).fill(rule));
      t.equal(answer.status, 400, `${count} × ${JSON.stringify(rule)}`);
    }
  }
});
