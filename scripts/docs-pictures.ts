// Makes the pictures of the panel for the documentation: `npm run docs:pictures`. The world has a fixed seed and a
// frozen clock, and its traffic is real: a client logs in, exchanges, calls, refreshes, and does what it should not do.
import { mkdirSync } from 'node:fs';
import { callApi, connectClient, requestTokens } from '../test/browser/panel.js';
import { launchChromium } from '../test/browser/chromium.js';
import { start } from '../src/client/index.js';
import type { World } from '../src/client/index.js';

const folder = 'docs/pictures';
const size = { width: 1280, height: 800 };

/** The paths of an API call that each provider serves. */
const apiPaths = {
  mailup: '/ConsoleService.svc/Console/Authentication/Info',
  tinyemail: '/customers',
  dottedsign: '/members/me',
} as const;

/** A day of a client: what it does right, and what it does wrong. */
async function stage(world: World): Promise<void> {
  const call = (provider: keyof typeof apiPaths, token: string): Promise<number> =>
    callApi(world, provider, token, apiPaths[provider]);
  const refresh = { grant_type: 'refresh_token' };

  const dottedsign = await connectClient(world, 'dottedsign');
  await call('dottedsign', dottedsign.access_token);
  await world.clock.advance('50h');
  await call('dottedsign', dottedsign.access_token);
  await requestTokens(world, 'dottedsign', { ...refresh, refresh_token: dottedsign.refresh_token });
  await requestTokens(world, 'dottedsign', { ...refresh, refresh_token: dottedsign.refresh_token });

  const mailup = await connectClient(world, 'mailup');
  await call('mailup', mailup.access_token);
  await world.faults.add({
    id: 'lost-answer',
    match: { provider: 'mailup', endpoint: 'token', grantType: 'refresh_token' },
    times: 1,
    fault: { kind: 'drop' },
  });
  await world.clock.advance('61m');
  await call('mailup', mailup.access_token);
  const again = { ...refresh, refresh_token: mailup.refresh_token };
  await requestTokens(world, 'mailup', again).catch(() => undefined);
  await requestTokens(world, 'mailup', again);
}

mkdirSync(folder, { recursive: true });
const server = await start({ port: 8080 });
const { browser, close } = await launchChromium({ fonts: ['/usr/share/fonts'] });
try {
  const clock = { now: '2026-11-21T09:00:00Z', frozen: true };
  const world = await server.newWorld({ id: 'checkout-test', seed: 14, clock });
  await stage(world);
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await (await browser.newContext({ viewport: size, colorScheme, deviceScaleFactor: 1.5 })).newPage();
    const take = async (name: string, view: string): Promise<void> => {
      await page.goto(`${server.url}/__admin/ui/${view}`);
      await page.getByText('Live', { exact: true }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
    };
    await take('timeline', 'timeline?world=checkout-test');
    if (colorScheme === 'dark') continue;
    const { flow = '' } = (await world.journal.list({ provider: 'mailup', limit: 1 }))[0] ?? {};
    await take('sequence', `timeline?world=checkout-test&flow=${flow}&show=sequence`);
    await take('tokens', 'tokens?world=checkout-test');
    await take('findings', 'findings?world=checkout-test');
  }
} finally {
  await close();
  await server.close();
}
