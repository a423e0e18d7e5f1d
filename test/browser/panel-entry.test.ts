import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import t from 'tap';
import { demo } from '../support.js';
import { axeFindsNothing } from './looks-right.js';
import { callApi, connectClient, requestTokens, startPanel } from './panel.js';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import type { EntryView, FaultRule, World } from '../../src/client/index.js';

const panel = await startPanel(t);
const { server } = panel;
const run = promisify(execFile);

/** A flow with a code that is sent with another redirect_uri, a login, calls, and a refresh whose answer is lost. */
async function stage(world: World): Promise<void> {
  const { access_token: access, refresh_token: refresh } = await connectClient(world, 'dottedsign');
  await callApi(world, 'dottedsign', access, '/members/me');
  await world.clock.advance('61m');
  await world.faults.add({ id: 'lost', match: { endpoint: 'token' }, times: 1, fault: { kind: 'drop' } });
  await requestTokens(world, 'dottedsign', { grant_type: 'refresh_token', refresh_token: refresh }).catch(
    () => undefined,
  );
  await requestTokens(world, 'dottedsign', { grant_type: 'refresh_token', refresh_token: refresh });
  await callApi(world, 'dottedsign', access, '/members/me');
  const { authorizeUrl } = await world.providers.describe('mailup');
  const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri });
  const { code } = await world.authorize(`${authorizeUrl}?${query.toString()}`);
  await requestTokens(world, 'mailup', {
    grant_type: 'authorization_code',
    code: String(code),
    redirect_uri: `${demo.redirectUri}/`,
  });
}

async function entryWith(world: World, has: (entry: EntryView) => boolean): Promise<EntryView> {
  const found = (await world.journal.list()).find(has);
  if (found === undefined) throw new Error('no such entry');
  return found;
}

const world = await server.newWorld({ id: 'entries' });
await stage(world);
const differing = await entryWith(world, ({ reason }) => reason === 'code.redirect-uri-differs');
const lost = await entryWith(world, ({ fault }) => fault?.id === 'lost');

const view = (query: string, id = world.id): string => `timeline?world=${id}&${query}`;
const open = (test: Test, query: string): Promise<Page> => panel.open(test, view(query));

/** The page of an entry with what it shows of it. */
const pane = (page: Page, id: number) => page.getByRole('article', { name: `Entry ${id}`, exact: true });

async function noOverflow(test: Test, page: Page): Promise<void> {
  test.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, 'nothing overflows sideways');
}

void t.test('a refusal: the reason, what was expected beside what was received, request and answer', async (t) => {
  const page = await open(t, `entry=${differing.id}`);
  const entry = pane(page, differing.id);
  await entry.getByRole('heading', { level: 2, name: /redirect_uri differs/ }).waitFor();
  const why = entry.getByRole('region', { name: 'What was expected, and what was received' });
  t.match(await why.innerText(), new RegExp(`Expected\\s+${demo.redirectUri}\\s+Received\\s+${demo.redirectUri}/`));
  t.equal(await why.locator('mark').innerText(), '/');
  const request = entry.getByRole('region', { name: 'Request', exact: true });
  t.match(await request.innerText(), /POST \/w\/entries\/mailup.*grant_type\s+authorization_code/s);
  t.notOk(await request.getByText('user-agent').isVisible(), 'headers are folded');
  await request.getByText(/^\d+ headers$/).click();
  await request.getByText('user-agent').waitFor();
  t.match(
    await entry.getByRole('region', { name: 'Answer', exact: true }).innerText(),
    /400.*"error": "invalid_grant"/s,
  );
  await entry.getByText('Facts of code.redirect-uri-differs').click();
  t.match(await entry.getByText('client authentication: basic').count(), 1);
});

void t.test('entries that are opened share a report, until one is newer than it', async (t) => {
  const own = await server.newWorld({ id: 'shared-report' });
  await stage(own);
  await callApi(own, 'dottedsign', 'unknown', '/members/me');
  const refused = (await own.journal.list()).filter(({ reason }) => reason !== undefined);
  const page = await panel.open(t, view('list=flat', own.id));
  let reports = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/findings')) reports += 1;
  });
  const visit = async (id: number): Promise<void> => {
    await page.locator(`[data-entry="${id}"] a`).click();
    await pane(page, id).getByRole('region', { name: 'Answer', exact: true }).waitFor();
  };
  for (const { id } of refused.toReversed()) await visit(id);
  await pane(page, Number(refused[0]?.id)).getByText('What is wrong with this:').waitFor();
  t.ok(refused.length > 1);
  t.equal(reports, 1);
  await callApi(own, 'dottedsign', 'unknown', '/members/me');
  const asked = page.waitForRequest((request) => request.url().endsWith('/findings'));
  await visit(Number((await own.journal.list()).at(-1)?.id));
  await asked;
  t.equal(reports, 2);
});

void t.test('a fact that is the id of an entry leads to it', async (t) => {
  const replaying = await server.newWorld({ id: 'replaying' });
  const { authorizeUrl } = await replaying.providers.describe('mailup');
  const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri });
  const { code } = await replaying.authorize(`${authorizeUrl}?${query.toString()}`);
  const form = { grant_type: 'authorization_code', code: String(code), redirect_uri: demo.redirectUri };
  await requestTokens(replaying, 'mailup', form);
  await requestTokens(replaying, 'mailup', form);
  const replayed = await entryWith(replaying, ({ reason }) => reason === 'code.replayed');
  const { spentAtEntry } = replayed.facts as { readonly spentAtEntry: number };
  const page = await panel.open(t, view(`entry=${replayed.id}`, 'replaying'));
  const entry = pane(page, replayed.id);
  await entry.getByText('Facts of code.replayed').click();
  await entry.getByRole('link', { name: String(spentAtEntry), exact: true }).click();
  await pane(page, spentAtEntry).waitFor();
});

void t.test('equal fingerprints light up, and lead to the other entries of the flow', async (t) => {
  const refreshed = await entryWith(world, ({ grantType, status }) => grantType === 'refresh_token' && status === 200);
  const page = await open(t, `entry=${refreshed.id}`);
  const entry = pane(page, refreshed.id);
  const sent = (refreshed.request.form as { refresh_token: string }).refresh_token;
  const first = entry.getByRole('button', { name: sent }).first();
  await first.hover();
  t.match(await first.getAttribute('class'), /lit/);
  await page.mouse.move(0, 0);
  t.notMatch(await first.getAttribute('class'), /lit/);
  await first.click();
  t.equal(await first.getAttribute('aria-pressed'), 'true');
  await page.getByRole('listitem').filter({ hasText: 'same secret' }).nth(1).waitFor();
  const note = entry.getByRole('status');
  await note.getByRole('link', { name: `entry ${lost.id}` }).click();
  await pane(page, lost.id)
    .getByRole('heading', { name: /a fault lost the answer/ })
    .waitFor();
  t.match(
    await pane(page, lost.id).getByRole('button', { name: sent }).getAttribute('class'),
    /lit/,
    'it stays pressed',
  );
  await pane(page, lost.id).getByRole('link', { name: 'Next entry of the flow' }).click();
  await pane(page, refreshed.id).waitFor();
  await page.goBack();
  await pane(page, lost.id).waitFor();
  t.equal(new URL(page.url()).searchParams.get('entry'), String(lost.id));
});

void t.test('the request is copied as a command, which sh can run', async (t) => {
  const plain = await server.newWorld({ id: 'plain', scenario: { extends: 'default', journal: { secrets: 'plain' } } });
  await stage(plain);
  const refused = await entryWith(plain, ({ reason }) => reason === 'code.redirect-uri-differs');
  const page = await panel.open(t, view(`entry=${refused.id}`, 'plain'), {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByText('Copied request as curl').waitFor();
  const command = await page.evaluate<string>('navigator.clipboard.readText()');
  const before = (await plain.journal.list()).length;
  const { stdout } = await run('sh', ['-c', command]);
  t.match(stdout, 'invalid_grant');
  const again = (await plain.journal.list()).slice(before);
  t.match(again, [{ reason: refused.reason, request: { form: refused.request.form } }]);

  await page.goto(`${server.url}/__admin/ui/${view(`entry=${differing.id}`)}`);
  await pane(page, differing.id).getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByText('Copied request as curl').waitFor();
  t.match(await page.evaluate<string>('navigator.clipboard.readText()'), /^# fp:… stands for a secret/);
});

void t.test('an entry becomes a fault, an expectation, and leads to its tokens', async (t) => {
  const page = await open(t, `entry=${differing.id}`);
  const entry = pane(page, differing.id);
  await entry.getByRole('link', { name: 'Make this a fault' }).click();
  await page.waitForURL(/\/faults\?/);
  const rule = JSON.parse(new URL(page.url()).searchParams.get('new') ?? '') as FaultRule;
  t.match(rule, {
    match: { provider: 'mailup', endpoint: 'token', grantType: 'authorization_code' },
    times: 1,
    fault: { kind: 'oauth-error', error: 'invalid_grant' },
  });
  await page.goBack();

  await entry.getByRole('button', { name: 'Make this an expectation' }).click();
  const dialog = page.getByRole('dialog');
  t.match(await dialog.getByRole('region', { name: 'expectation as YAML' }).innerText(), /expect:\n {2}- match:/);
  t.match(await dialog.getByRole('region', { name: 'expectation as code' }).innerText(), 'await world.expect({');
  await dialog.getByRole('button', { name: 'Check now' }).click();
  await dialog.getByText('Met: the journal has 1 such request.').waitFor();
  await dialog.getByLabel('A request like this').selectOption('never happens');
  t.match(await dialog.getByRole('region', { name: 'expectation as code' }).innerText(), 'count: 0');
  await dialog.getByRole('button', { name: 'Check now' }).click();
  await dialog.getByText('Not met').waitFor();
  await dialog.getByRole('link', { name: /^Entry \d+$/ }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await page.goto(`${server.url}/__admin/ui/${view(`entry=${lost.id}`)}`);
  await pane(page, lost.id).getByRole('button', { name: 'Open its token family' }).click();
  await page.waitForURL(/\/tokens\?/);
  const [family] = await world.lineage({ provider: 'dottedsign' });
  t.equal(new URL(page.url()).searchParams.get('family'), family?.id);
  const nowhere = await fetch(`${world.baseUrl}/mailup/nowhere`);
  t.equal(nowhere.status, 404);
  const other = (await world.journal.list()).at(-1) as EntryView;
  await page.goto(`${server.url}/__admin/ui/${view(`entry=${other.id}`)}`);
  await pane(page, other.id).getByRole('button', { name: 'Open its token family' }).click();
  await page.getByText('belongs to no token family').waitFor();
  t.equal(await pane(page, other.id).getByText('Make this a fault').count(), 0, 'no fault applies there');
});

void t.test('a request in progress is read until its answer came', async (t) => {
  const own = await server.newWorld({ id: 'held' });
  await own.faults.add({ id: 'held', match: { endpoint: 'resource' }, fault: { kind: 'hold' } });
  const call = callApi(own, 'dottedsign', 'unknown', '/members/me');
  const page = await panel.open(t, view('entry=1', 'held'));
  await page.getByText('The answer has not been sent yet. It appears here by itself.').waitFor();
  await own.faults.release('held');
  t.equal(await call, 401);
  await pane(page, 1).getByRole('region', { name: 'Answer', exact: true }).getByText('401', { exact: true }).waitFor();
  await own.journal.clear();
  await page.getByText('The journal has dropped this entry. This is what it was.').waitFor();
  await page.reload();
  await page.getByText('Entry 1 is not in the journal').waitFor();
});

void t.test('the sequence of a flow: drawn, told as a list, saved and copied', async (t) => {
  const page = await panel.open(t, view(`entry=${lost.id}`), {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await pane(page, lost.id).getByRole('link', { name: 'Show the sequence' }).click();
  const diagram = page.getByRole('img', { name: `Sequence of flow ${lost.flow ?? ''}` });
  await diagram.waitFor();
  const drawn = await diagram.textContent();
  for (const text of ['Browser', 'Client', 'Provider', 'API', 'Callback with a code', '1 hour 1 minute later']) {
    t.match(drawn, text);
  }
  t.match(drawn, 'Fault lost (drop)');
  t.match(drawn, `#${lost.id}`);
  const marked = diagram.locator('.marked');
  t.match(await marked.first().textContent(), `(entry ${lost.id})`, 'the entry that it was opened from');
  const [first, shown] = [await marked.first().boundingBox(), await page.locator('.timeline-sequence').boundingBox()];
  t.ok(first!.y >= shown!.y && first!.y + first!.height <= shown!.y + shown!.height, 'it is scrolled to');
  t.equal(await diagram.locator('.cross').count(), 1, 'the lost answer ends in a cross');

  await page.getByText(/^The \d+ steps as a list/).click();
  const steps = page.getByRole('listitem').filter({ hasText: 'The answer is lost (it does not arrive)' });
  t.match(await steps.innerText(), 'Provider to Client');

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as SVG' }).click(),
  ]);
  t.equal(file.suggestedFilename(), `flow-${lost.flow ?? ''}.svg`);
  const svg = readFileSync(await file.path(), 'utf8');
  t.match(svg, /^<\?xml.*<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*<style>.*\.lifeline \{/s);

  await page.getByRole('button', { name: 'Copy as Mermaid' }).click();
  await page.getByText('Copied diagram as Mermaid text').waitFor();
  t.match(await page.evaluate<string>('navigator.clipboard.readText()'), /^sequenceDiagram\n.*provider--xclient: /s);
  const [text] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as Mermaid' }).click(),
  ]);
  t.match(readFileSync(await text.path(), 'utf8'), /^sequenceDiagram/);

  await steps.getByRole('link', { name: `Entry ${lost.id}` }).click();
  await pane(page, lost.id).waitFor();
  t.ok(await diagram.isVisible(), 'the diagram stays beside the entry');
  await diagram.locator('.step').first().click();
  await pane(page, Number(lost.flow)).waitFor();

  const before = await diagram.locator('.step').count();
  await callApi(world, 'dottedsign', 'unknown', '/members/me');
  const { access_token: access } = await requestTokens(world, 'dottedsign', {
    grant_type: 'refresh_token',
    refresh_token: String((await world.tokens.list({ provider: 'dottedsign', kind: 'refresh' })).length),
  });
  t.equal(access, undefined);
  t.equal(await diagram.locator('.step').count(), before, 'requests of no flow are not drawn');
  await page.goto(`${server.url}/__admin/ui/${view('flow=nothing&show=sequence')}`);
  await page.getByText('Flow nothing has no requests in the journal').waitFor();
});

void t.test('a sequence follows its requests, its journal, and does without an entry that was dropped', async (t) => {
  const own = await server.newWorld({ id: 'sequence-live' });
  await own.faults.add({ id: 'held', match: { endpoint: 'authorize' }, times: 1, fault: { kind: 'hold' } });
  const visit = async (provider: string): Promise<void> => {
    const { authorizeUrl } = await own.providers.describe(provider);
    const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri });
    await (await fetch(`${authorizeUrl}?${query.toString()}`, { redirect: 'manual' })).arrayBuffer();
  };
  const visited = visit('mailup');
  const page = await panel.open(t, view('flow=1&show=sequence', 'sequence-live'));
  const head = page.getByRole('region', { name: 'Sequence of flow 1' }).getByRole('heading');
  const waiting = page.getByText('In progress: no answer yet', { exact: true });
  await waiting.waitFor();
  await own.faults.release('held');
  await visited;
  await waiting.waitFor({ state: 'detached', timeout: 10_000 });
  t.match(await head.innerText(), /^MailUp/);

  await own.reset();
  await own.providers.policy({ provider: 'dottedsign', interaction: { mode: 'auto', user: demo.username } });
  await page.route('**/journal/2', (route) => route.fulfill({ status: 404, json: { title: 'Not found' } }));
  await connectClient(own, 'dottedsign');
  await page.getByRole('link', { name: 'Show the journal' }).click();
  await page.locator('[data-entry="1"] a').click();
  await pane(page, 1).getByRole('link', { name: 'Show the sequence' }).click();
  await head.getByText('DottedSign').waitFor({ timeout: 10_000 });
  t.notMatch(await page.getByRole('main').innerText(), 'MailUp');
});

void t.test('hostile and huge values are text, and do not hang the page', async (t) => {
  const long = { method: 'GET' as const, path: '/v1/long', body: 'x'.repeat(90_000) };
  const scenario = { extends: 'default', providers: { mailup: { resources: [long] } } };
  const own = await server.newWorld({ id: 'hostile', scenario });
  const script = '<script>alert(1)</script>';
  const { authorizeUrl, tokenUrl } = await own.providers.describe('mailup');
  const query = new URLSearchParams({
    client_id: script,
    redirect_uri: script,
    state: script,
    [script]: 'x'.repeat(3000),
  });
  await fetch(`${authorizeUrl}?${query.toString()}`, { headers: { 'x-name': script } });
  const big = new URLSearchParams(Array.from({ length: 300 }, (_, i): [string, string] => [`name-${i}`, script]));
  await fetch(tokenUrl, { method: 'POST', body: big });
  await fetch(tokenUrl, {
    method: 'POST',
    body: '\u0000\u0001binary'.repeat(6000),
    headers: { 'content-type': 'text/plain' },
  });
  const json = { 'content-type': 'application/json' };
  const [malformed, large] = ['{"a', JSON.stringify('x'.repeat(70_000))];
  for (const body of [malformed, large]) await fetch(tokenUrl, { method: 'POST', body, headers: json });
  const { accessToken } = await own.tokens.mint({ provider: 'mailup', clientId: demo.id, userId: demo.username });
  t.equal(await callApi(own, 'mailup', accessToken, '/v1/long'), 200);
  const page = await panel.open(t, view('entry=1', 'hostile'), { viewport: { width: 390, height: 844 } });
  page.on('dialog', () => {
    t.fail('a script ran');
  });
  await pane(page, 1).getByRole('heading', { level: 2, name: script }).waitFor();
  await noOverflow(t, page);
  t.match(
    await pane(page, 1).locator('.first-line').first().innerHTML(),
    'OAuth/<wbr>LogOn',
    'a URL breaks at its slashes',
  );
  await page.goto(`${server.url}/__admin/ui/${view('entry=2', 'hostile')}`);
  await pane(page, 2).getByRole('button', { name: 'Show all 300 parameters' }).click();
  await pane(page, 2).getByText('name-299').waitFor();
  await page.goto(`${server.url}/__admin/ui/${view('entry=3', 'hostile')}`);
  await pane(page, 3).getByText('control characters').waitFor();
  t.ok((await pane(page, 3).innerText()).length < 12_000, 'the body is cut');
  await pane(page, 3)
    .getByRole('button', { name: /^Show all: / })
    .click();
  t.ok((await pane(page, 3).innerText()).length > 40_000, 'all of it');
  for (const [id, reason, bytes] of [
    [4, 'request.body-malformed', malformed.length],
    [5, 'request.body-too-large', large.length],
  ] as const) {
    await page.goto(`${server.url}/__admin/ui/${view(`entry=${id}`, 'hostile')}`);
    await pane(page, id).getByText(reason, { exact: true }).waitFor();
    await pane(page, id).getByText(`The journal does not have the body (${bytes} bytes)`, { exact: true }).waitFor();
  }
  await page.goto(`${server.url}/__admin/ui/${view('entry=6', 'hostile')}`);
  await pane(page, 6).getByText('The body has 90,000 characters.').waitFor();
  await noOverflow(t, page);
  await page.goto(`${server.url}/__admin/ui/${view('flow=1&show=sequence', 'hostile')}`);
  await page.getByRole('img').waitFor();
  await noOverflow(t, page);
});

void t.test('axe finds no violation in an entry, its expectation and a sequence, also at 390 px', async (t) => {
  const page = await panel.open(t, view(`entry=${differing.id}`));
  await pane(page, differing.id).getByRole('region', { name: 'Answer', exact: true }).waitFor();
  await axeFindsNothing(t, page, 'entry');
  await page.getByRole('button', { name: 'Make this an expectation' }).click();
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('Met: ').waitFor();
  await axeFindsNothing(t, page, 'expectation');
  await page.goto(`${server.url}/__admin/ui/${view(`flow=${lost.flow ?? ''}&show=sequence`)}`);
  await page.getByText(/^The \d+ steps as a list/).click();
  await axeFindsNothing(t, page, 'sequence');
  await page.setViewportSize({ width: 390, height: 844 });
  await noOverflow(t, page);
  await axeFindsNothing(t, page, 'narrow sequence');
  await page.goto(`${server.url}/__admin/ui/${view(`entry=${differing.id}`)}`);
  await pane(page, differing.id).getByRole('region', { name: 'Answer', exact: true }).waitFor();
  await noOverflow(t, page);
});
