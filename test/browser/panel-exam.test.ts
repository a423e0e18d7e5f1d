import { readFile } from 'node:fs/promises';
import t from 'tap';
import { CarefulApplication } from '../exam/careful/application.js';
import { settingsFor } from '../exam/careful/settings.js';
import { demo } from '../support.js';
import { looksRight } from './looks-right.js';
import { startPanel } from './panel.js';
import type { Locator, Page } from 'playwright-core';
import type { Test } from 'tap';
import type { World } from '../../src/client/index.js';

const panel = await startPanel(t);
const provider = 'tinyemail';

const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });

/** An application that is registered in a new world, with some flaws. */
async function applicationIn(
  t: Test,
  id: string,
  flaws: readonly string[],
): Promise<{ readonly world: World; readonly application: CarefulApplication }> {
  const world = await panel.server.newWorld({ id });
  const application = new CarefulApplication(settingsFor({ info: await world.providers.describe(provider) }), flaws);
  await application.start();
  t.teardown(() => {
    application.close();
  });
  await world.clients.update({ provider, id: demo.id, redirectUris: [application.redirectUri] });
  return { world, application };
}

/** Fills in the form and begins an exam. */
async function order(page: Page, { url }: CarefulApplication, group = ''): Promise<void> {
  await button(page, 'Examine an application').click();
  await page.getByLabel('Provider').selectOption(provider);
  await page.getByLabel('URL that begins the login').fill(`${url}/connect`);
  await page.getByLabel('URL that calls the API').fill(`${url}/call`);
  await page.getByLabel('URL that disconnects').fill(`POST ${url}/disconnect`);
  await page.getByLabel('Checks', { exact: true }).selectOption(group);
  await button(page, 'Begin').click();
}

void t.test('an exam is begun, followed and read, and its report is saved', async (t) => {
  const { world, application } = await applicationIn(t, 'examined', ['state-fresh']);
  const page = await panel.open(t, `exam?world=${world.id}`);
  await page.getByText('No application was examined in this world').waitFor();
  await order(page, application, 'request');
  await page.getByRole('progressbar', { name: 'Checks that are done' }).waitFor();
  await button(page, 'Stop the exam').waitFor();
  await page.getByRole('heading', { name: /^Grade [B-F], \d+ of 100 points$/ }).waitFor();
  const failed = page.locator('details', { has: page.locator('summary', { hasText: '1 failed' }) });
  const check = failed.getByRole('link', { name: 'Each flow has a state of its own' });
  await failed.getByText('Two flows had the same state.').waitFor();

  const passed = page.locator('details', { has: page.locator('summary', { hasText: 'passed' }) });
  t.equal(await passed.getByRole('link').first().isVisible(), false, 'what needs no action is folded');

  await check.click();
  t.equal(new URL(page.url()).searchParams.get('check'), 'state-fresh');
  t.equal(await check.getAttribute('aria-expanded'), 'true');
  await failed.getByText('What to do:').waitFor();
  await failed.getByRole('link', { name: 'RFC 6749 §10.12' }).waitFor();
  t.ok((await failed.locator('.diagram .marked').count()) >= 2, 'what proves it is marked in the diagram');
  await failed.getByText('The requests as a list').click();
  await failed.getByText('proof').first().waitFor();
  await failed.getByRole('button', { name: /^fp:/ }).first().click();
  t.ok((await failed.locator('.fingerprint.lit').count()) >= 2, 'the same state is in two requests');
  await looksRight(t, page, 'an open check');
  await page.reload();
  await failed.getByText('What to do:').waitFor();
  await check.click();
  await failed.getByText('What to do:').waitFor({ state: 'detached' });

  const saved = page.waitForEvent('download');
  await button(page, 'Save the report').click();
  t.equal((await saved).suggestedFilename(), `exam-${world.id}.html`);
  t.match(await readFile(await (await saved).path(), 'utf8'), /<title>Understudy exam at tinyemail: grade [B-F]/);
});

void t.test('an exam is stopped, and ends with what is known', async (t) => {
  const { world, application } = await applicationIn(t, 'stopped', []);
  const page = await panel.open(t, `exam?world=${world.id}`);
  await order(page, application);
  await page
    .getByText(/^[1-9]\d* passed$/)
    .first()
    .waitFor();
  await button(page, 'Stop the exam').click();
  await page.getByText('The exam was stopped before its last check.').waitFor();
  t.equal((await world.exam.state()).status, 'stopped');
  // what was filled in is still there
  await button(page, 'Examine an application').click();
  t.equal(await page.getByLabel('URL that calls the API').inputValue(), `${application.url}/call`);
});

void t.test(
  'a mistake in the form is told at its field, and an application that cannot be examined says why',
  async (t) => {
    const { world, application } = await applicationIn(t, 'mistaken', []);
    application.close();
    const page = await panel.open(t, `exam?world=${world.id}`);
    await button(page, 'Examine an application').click();
    await page.getByLabel('URL that begins the login').fill('localhost:3000');
    await page.getByLabel('URL that calls the API').fill(`${application.url}/call`);
    await button(page, 'Begin').click();
    await page.getByText(/^URL that begins the login: /).waitFor();
    t.equal((await world.exam.state()).status, 'none', 'nothing was begun');
    await button(page, 'Cancel').click();
    await order(page, application);
    await page.getByRole('heading', { name: 'The exam could not be made' }).waitFor();
    await page.getByText(/ECONNREFUSED|no answer/).waitFor();
    t.equal(await button(page, 'Save the report').count(), 0, 'there is none');
    await looksRight(t, page, 'an exam that could not be made');
  },
);

void t.test('text of an application is text', async (t) => {
  const { world } = await applicationIn(t, 'hostile', []);
  const page = await panel.open(t, `exam?world=${world.id}`);
  const script = '<img src=x onerror=alert(1)>';
  await page.route('**/__admin/exam*', (route) =>
    route.fulfill({
      json: {
        status: 'failed',
        provider: script,
        startedAt: '2026-01-01T00:00:00Z',
        done: 0,
        total: 1,
        current: null,
        failure: `${script}${'x'.repeat(3000)}`,
        score: null,
        grade: null,
        counts: { failed: 0, unsteady: 0, warned: 0, 'not-seen': 0, passed: 0, 'not-applicable': 0 },
        checks: [],
        notes: [script],
      },
    }),
  );
  await page.getByText(`${script}xxx`).waitFor();
  t.equal(await page.locator('main img').count(), 0);
  await looksRight(t, page, 'a long failure');
});
