import { expect as plainExpect, test as plain } from '@playwright/test';
import { entryText, evidenceOf, withText } from './evidence.js';
import { matchers } from './matchers.js';
import { newWorldOf, providerOfTest, refuseWrongOptions } from './provider-of-test.js';
import { startOrConnect } from './start-or-connect.js';
import { dropAfterTest, passIfGone } from './with-world.js';
import type { TestInfo } from '@playwright/test';
import type { World } from '../library.js';
import type { WorldOptions } from './provider-of-test.js';
import type { TestWorld } from './with-world.js';

export type { ProviderOfTest, WorldOptions } from './provider-of-test.js';
export type { RequestsOf } from './matchers.js';
export type { TestWorld } from './with-world.js';

/** What a test can ask for. */
export interface Fixtures extends Omit<TestWorld, 'understudy'> {
  /** An option: `test.use({ worldOptions: { scenario: 'happy-path' } })`. */
  readonly worldOptions: WorldOptions;
}

/** Playwright's `expect` with matchers over the journal and the findings of a world. */
export const expect = plainExpect.extend(matchers);

/**
 * Playwright's `test` with a world for each test, from one server for each worker. The trace has a step for each
 * journal entry, and the report an annotation for each finding.
 */
export const test = plain.extend<Fixtures, Pick<TestWorld, 'understudy'>>({
  worldOptions: [{}, { option: true }],
  understudy: [
    // Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await startOrConnect();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  world: async ({ understudy, worldOptions }, use, info) => {
    refuseWrongOptions('worldOptions', worldOptions);
    const world = await newWorldOf(understudy, worldOptions);
    await use(world);
    try {
      // a test may end its world by itself
      await report(world, info).catch(passIfGone);
    } finally {
      await dropAfterTest(world);
    }
  },
  provider: async ({ world, worldOptions }, use) => {
    await use(await providerOfTest(world, worldOptions));
  },
});

/** Maximum number of journal entries that become steps. */
const shownEntries = 100;

/** Tells the report and the trace of Playwright about the world of a test. */
async function report(world: World, info: TestInfo): Promise<void> {
  const entries = await world.journal.listBriefly({ order: 'newest', limit: shownEntries });
  await plain.step('journal of Understudy', async () => {
    for (const entry of entries.reverse()) await plain.step(entryText(entry), async () => {});
  });
  const { findings } = await world.findings();
  for (const { severity, rule, verdict, evidence } of findings) {
    info.annotations.push({ type: `${severity} ${rule}`, description: `${verdict} Entries: #${evidence.join(', #')}` });
  }
  const [error] = info.errors;
  if (error === undefined) return;
  const text = await evidenceOf(world);
  withText(error, text);
  await info.attach('understudy', { body: text, contentType: 'text/plain' });
}
