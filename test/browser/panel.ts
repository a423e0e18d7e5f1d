import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { start } from '../../src/library.js';
import { demo } from '../support.js';
import { launchChromium } from './chromium.js';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Test } from 'tap';
import type { StartOptions, Understudy, World } from '../../src/client/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A server with the built panel, and a browser. */
export interface Panel {
  readonly server: Understudy;
  readonly browser: Browser;
  /** Opens a view in a browser context of its own, which `t` closes. Errors of the page fail `t`. */
  open(t: Test, view: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Starts a server and a browser for the tests of a file. `t` closes both. */
export async function startPanel(t: Test, options: StartOptions = {}): Promise<Panel> {
  if (!existsSync(`${root}dist/panel/panel.js`)) {
    await once(spawn(process.execPath, ['scripts/bundle.js'], { cwd: root, stdio: 'ignore' }), 'close');
  }
  const server = await start(options);
  const { browser, close } = await launchChromium();
  t.teardown(async () => {
    await close();
    await server.close();
  });
  return {
    server,
    browser,
    async open(test, view, contextOptions) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
      test.teardown(() => context.close());
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => {
        test.fail(`the page threw: ${message}`);
      });
      await page.goto(`${server.url}/__admin/ui/${view}`);
      return page;
    },
  };
}

/** Tokens of a client, as the provider's token endpoint answered. */
export interface Grant {
  readonly access_token: string;
  readonly refresh_token: string;
}

const basic = `Basic ${Buffer.from(`${demo.id}:${demo.secret}`).toString('base64')}`;

/** Sends a token request of the demo client, and returns the parsed body. */
export async function requestTokens(world: World, provider: string, form: Record<string, string>): Promise<Grant> {
  const { tokenUrl } = await world.providers.describe(provider);
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: basic },
    body: new URLSearchParams(form),
  });
  return (await answer.json()) as Grant;
}

/** Logs in on the pages, exchanges the code, and returns the tokens. */
export async function connectClient(world: World, provider: string): Promise<Grant> {
  const { authorizeUrl } = await world.providers.describe(provider);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: demo.id,
    redirect_uri: demo.redirectUri,
    state: 'a-state-of-this-session',
  });
  const { code } = await world.authorize(`${authorizeUrl}?${query.toString()}`);
  return requestTokens(world, provider, {
    grant_type: 'authorization_code',
    code: String(code),
    redirect_uri: demo.redirectUri,
  });
}

/** Calls the provider's API with an access token, and returns the status. */
export async function callApi(world: World, provider: string, accessToken: string, path: string): Promise<number> {
  const { apiUrl } = await world.providers.describe(provider);
  const answer = await fetch(apiUrl + path, { headers: { authorization: `Bearer ${accessToken}` } });
  await answer.arrayBuffer();
  return answer.status;
}
