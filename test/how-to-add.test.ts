import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { typeMistakesAfter } from './affected-types.js';
import { applySteps, stepsOf } from './guide-steps.js';
import { launchServer, runProgram } from './programs.js';
import { request } from './raw.js';
import { demo } from './support.js';
import { copyTree, repository } from './tree-copy.js';
import type { Test } from 'tap';
import type { RawAnswer } from './raw.js';

const node = process.execPath;
const form = 'Content-Type: application/x-www-form-urlencoded';
const json = 'Content-Type: application/json';

const pages = [
  'add-a-provider.md',
  'add-a-fault-kind.md',
  'add-a-finding.md',
  'add-an-admin-call.md',
  'add-a-check.md',
].map((name) => ({
  name,
  steps: stepsOf(readFileSync(join(repository, 'docs/how-to', name), 'utf8')),
}));

// One copy for all pages, because the type check is the slowest part.
t.setTimeout(300_000);
const folder = copyTree(t);
for (const { steps } of pages) applySteps(folder, steps);
const bundle = await runProgram(node, ['scripts/bundle.js'], folder);
if (bundle.code !== 0) throw new Error(bundle.output);
const { url, stop } = await launchServer(folder);
t.teardown(stop);

t.test('each page has a whole file, a line in a table and a test', async (t) => {
  for (const { name, steps } of pages) {
    const has = (kind: string, place: RegExp): boolean =>
      steps.some((step) => step.kind === kind && place.test(step.path));
    t.ok(has('file', /^src\//), `${name}: a file`);
    t.ok(has('diff', /^src\//), `${name}: a line`);
    t.ok(has('file', /\.test\.ts$/) || has('diff', /\.test\.ts$/), `${name}: a test`);
  }
});

const changedByPages = [...new Set(pages.flatMap(({ steps }) => steps.map(({ path }) => path)))].filter((path) =>
  path.endsWith('.ts'),
);
const ownTests = changedByPages.filter((path) => path.endsWith('.test.ts'));

t.test('the sources and the tests of the pages type-check after the steps of all pages', async (t) => {
  const docs = await runProgram(node, ['scripts/run.js', 'scripts/write-docs.ts'], folder);
  t.equal(docs.code, 0, docs.output);
  t.equal(typeMistakesAfter(folder, changedByPages), '');
});

t.test('the tests that the pages show pass', async (t) => {
  t.ok(ownTests.length >= pages.length);
  const result = await runProgram(node, ['scripts/test-files.js', ...ownTests], folder);
  t.equal(result.code, 0, result.output);
});

/** A client over raw sockets; the policy consents automatically. */
async function signIn(t: Test, provider: string, authorize: string, token: string, scope: string): Promise<RawAnswer> {
  const policy = JSON.stringify({ interaction: { mode: 'auto', user: demo.username, decision: 'allow' } });
  const switched = await request(url, `PATCH /__admin/providers/${provider}/policy`, [json], policy);
  t.equal(switched.status, 200, switched.body);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: demo.id,
    redirect_uri: demo.redirectUri,
    state: 'a'.repeat(22),
    scope,
  });
  const sent = await request(url, `GET /${provider}${authorize}?${query.toString()}`);
  const code = new URL(String(sent.headers.location)).searchParams.get('code');
  t.ok(code, sent.text);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: String(code),
    redirect_uri: demo.redirectUri,
    client_id: demo.id,
    client_secret: demo.secret,
  });
  return request(url, `POST /${provider}${token}`, [form], body.toString());
}

t.test('add-a-provider.md: the new provider exchanges a code and answers a call of its API', async (t) => {
  const answer = await signIn(t, 'acme', '/oauth/authorize', '/oauth/token', 'orders.read');
  t.equal(answer.status, 200, answer.body);
  const { access_token, ...rest } = JSON.parse(answer.body) as { access_token: string };
  t.match(rest, { token_type: 'bearer', expires_in: 900 });
  const orders = await request(url, 'GET /acme/v1/orders', [`Authorization: Bearer ${access_token}`]);
  t.match(orders, { status: 200, body: '{"orders":[]}' });
});

t.test('add-a-fault-kind.md: the new kind changes an answer, and its parameters are checked', async (t) => {
  const match = { provider: 'mailup', endpoint: 'token' };
  const add = (fault: object): Promise<RawAnswer> =>
    request(url, 'POST /__admin/faults', [json], JSON.stringify({ match, times: 1, fault }));
  t.match((await add({ kind: 'twice', betwen: '-' })).body, /did you mean \\"between\\"/);
  t.equal((await add({ kind: 'twice', between: '-' })).status, 201);
  const answer = await request(url, 'POST /mailup/Authorization/OAuth/Token', [form], 'grant_type=password');
  t.match(answer.body, /^(\{.*\})-\1$/);
  const { body } = await request(url, 'GET /__admin/openapi.json');
  t.match(body, '"const":"twice"');
});

t.test('add-a-finding.md: the new finding is reported', async (t) => {
  const scope = 'files.general.read files.general.read';
  await signIn(t, 'dottedsign', '/v1/oauth/authorize', '/v1/oauth/token', scope);
  const { findings } = JSON.parse((await request(url, 'GET /__admin/findings')).body) as {
    findings: readonly { rule: string; severity: string }[];
  };
  t.match(
    findings.find(({ rule }) => rule === 'scope-repeated'),
    { severity: 'note' },
  );
});

t.test('add-an-admin-call.md: the new call answers and is in the OpenAPI document', async (t) => {
  const answer = await request(url, 'GET /__admin/providers/tinyemail/scopes');
  t.match(answer, { status: 200, body: /^\{"scopes":\[\{"name":"import_customers"/ });
  const { paths } = JSON.parse((await request(url, 'GET /__admin/openapi.json')).body) as { paths: object };
  t.match(paths, { '/__admin/providers/{provider}/scopes': { get: { summary: 'List the scopes of a provider' } } });
});

t.test('a diff that does not match its file is an error that shows the expected lines', async (t) => {
  const small = t.testdir({ src: { 'a.ts': 'one\ntwo\n' } });
  const [step] = stepsOf('In `src/a.ts`:\n\n```diff\n three\n+four\n```\n');
  t.throws(() => {
    applySteps(small, [step!]);
  }, /src\/a\.ts has 0 times, expected once:\nthree/);
});
