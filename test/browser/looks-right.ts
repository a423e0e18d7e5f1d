import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const looks = [
  { colorScheme: 'light', rules: { resultTypes: ['violations'] } },
  { colorScheme: 'dark', rules: { runOnly: ['color-contrast'], resultTypes: ['violations'] } },
] as const;

/** Has axe look at what the page shows, in light and in dark colours. */
export async function axeFindsNothing(t: Test, page: Page, name: string): Promise<void> {
  await page.evaluate(axeSource);
  for (const { colorScheme, rules } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(rules)})`);
    t.strictSame(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      [],
      `${name}, ${colorScheme}`,
    );
  }
}

/** Has axe look at the page, and checks that a narrow page is not too wide. */
export async function looksRight(t: Test, page: Page, name: string): Promise<void> {
  await axeFindsNothing(t, page, name);
  await page.setViewportSize({ width: 390, height: 844 });
  t.equal(await page.evaluate('document.documentElement.scrollWidth'), 390, `${name} is not too wide at 390 px`);
}
