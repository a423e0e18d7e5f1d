import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import t from 'tap';
import { examFormats } from '../../src/exam/formats/index.js';
import { launchChromium } from '../browser/chromium.js';
import { check, everyKind, hostile, hostileResult, request, resultOf } from './made-result.js';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Test } from 'tap';
import type { ExamResult } from '../../src/exam/result.js';

const { browser, close } = await launchChromium();
t.teardown(close);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const write = (result: ExamResult): string => examFormats.html(result, { failOn: 'error' });
const openAll = async (page: Page): Promise<void> => {
  await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
};

/** A page with a report, in a browser that says what it refused and what it loaded. */
async function show(
  t: Test,
  result: ExamResult,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  t.teardown(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  page.on('request', (each) => complaints.push(each.url()));
  await page.setContent(write(result));
  return { page, complaints };
}

void t.test('the file has every check with its diagram and its requests, and works without scripts', async (t) => {
  const { page, complaints } = await show(t, resultOf(everyKind), { javaScriptEnabled: false });
  t.equal(await page.title(), 'Understudy exam at mailup: grade C, score 74 of 100');
  t.equal(await page.locator('details').count(), everyKind.length);
  const failed = page.locator('details', { has: page.getByText('failed-error') });
  await failed.locator('summary').click();
  t.match(
    await failed.innerText(),
    /It sent the same state twice\.[\s\S]*RFC 6749 §10\.12[\s\S]*Make a new random state/,
  );
  t.strictSame(await failed.locator('.flow li.proof .no').allInnerTexts(), ['2']);
  t.strictSame(await failed.locator('tbody tr').count(), 2);
  t.match(await failed.locator('tbody tr').nth(1).innerText(), /POST \/mailup\/token[\s\S]*code=fp:7f97e22f87ce/);
  t.match(
    await page.locator('footer').innerText(),
    /10 checks in 2m31s on 2026-11-29 06:51 UTC, by Understudy 1\.2\.3/,
  );
  t.strictSame(complaints, []);
});

void t.test(
  'arrows of pages begin at the browser, all others at the client, and all end at the provider',
  async (t) => {
    const { page } = await show(t, resultOf([check()]));
    await openAll(page);
    const boxes = async (selector: string) =>
      Promise.all((await page.locator(selector).all()).map(async (each) => (await each.boundingBox())!));
    const middle = ({ x, width }: { x: number; width: number }): number => Math.round(x + width / 2);
    const [browserLane, clientLane, providerLane] = (await boxes('.lanes b')).map(middle);
    for (const part of ['.ask', '.reply']) {
      const [authorize, token] = await boxes(`.flow ${part}`);
      t.ok(Math.abs(authorize!.x - browserLane!) <= 2);
      t.ok(Math.abs(token!.x - clientLane!) <= 2);
      for (const { x, width } of [authorize!, token!]) t.ok(Math.abs(x + width - providerLane!) <= 2);
    }
  },
);

void t.test('a link to a check opens it', async (t) => {
  const { page } = await show(t, resultOf(everyKind));
  await page.getByRole('listitem').filter({ hasText: 'It sent the same state twice.' }).getByRole('link').click();
  await page.locator('#check-failed-error').waitFor({ state: 'visible' });
  t.equal(await page.locator('details[open]').count(), 1);
});

void t.test('text of a client is text: no markup, no control characters, no change of direction', async (t) => {
  const { page, complaints } = await show(t, hostileResult);
  await openAll(page);
  t.strictSame(complaints, []);
  t.equal(await page.locator('script').count(), 0);
  t.match(await page.locator('.said').first().innerText(), '<script>alert(1)</script></style>');
  const text = write(hostileResult);
  t.notMatch(text, /[^\n\P{Cc}]|\p{Bidi_Control}/u);
  t.match(await page.locator('.lost').innerText(), 'no answer (fault reset)');
  const rows = await page.locator('details', { hasText: 'long-one' }).locator('tbody').innerText();
  t.match(rows, '… and 12 more');
  t.match(rows, 'no form');
  t.match(await page.locator('header').innerText(), 'The exam was ended before its last check.');
});

for (const width of [390, 1440]) {
  void t.test(`at ${width} pixels nothing is wider than the page, and axe finds no violation`, async (t) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await show(t, hostileResult, { bypassCSP: true, viewport: { width, height: 900 }, colorScheme });
      await openAll(page);
      t.equal(await page.evaluate('document.documentElement.scrollWidth'), width, colorScheme);
      await page.addScriptTag({ content: axeSource });
      const { violations } = await page.evaluate<AxeResults>(`axe.run({ resultTypes: ['violations'] })`);
      t.strictSame(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        [],
        colorScheme,
      );
    }
  });
}

void t.test('a hundred checks with long hostile values stay below 2 MB, and keep their evidence', async (t) => {
  const long = hostile.repeat(50);
  const parameters = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}${long}`, long]));
  const requests = Array.from({ length: 60 }, (_, i) => request(i + 1, { path: long, query: { a: long } }));
  const checks = Array.from({ length: 100 }, (_, i) =>
    check({ id: `check-${i}`, explanation: long, expected: long, requests, evidence: [30] }),
  );
  const huge = write(resultOf([...checks.slice(1), check({ requests: [request(1, { query: parameters })] })]));
  t.ok(Buffer.byteLength(huge) < 2_000_000, `${Buffer.byteLength(huge)} bytes`);
  t.match(huge, /<li class="client proof">/);
  t.match(huge, /of 60 requests are left out, to keep this file small/);
  const one = write(resultOf(checks.slice(1, 2)));
  t.equal(one.match(/<li class="client/g)?.length, 60, 'a single check has room for all of its requests');
});

void t.test('a result without checks has no lists, and says that there is no grade', async (t) => {
  const { page } = await show(t, resultOf([], { score: null, grade: null }));
  t.equal(await page.locator('section').count(), 0);
  t.match(await page.locator('header').innerText(), /no grade: too little was seen/i);
});
